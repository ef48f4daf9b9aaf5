// The resources that `get` knows, with the names that discovery gives them. Not here yet: those whose controllers are not simulated.

export interface Resource {
  readonly kind: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly short: readonly string[];
  readonly namespaced: boolean;
}

const CORE = { group: '', version: 'v1', namespaced: true } as const;
const APPS = { group: 'apps', version: 'v1', namespaced: true } as const;
const NETWORKING = { group: 'networking.k8s.io', version: 'v1', namespaced: true } as const;

export const RESOURCES: readonly Resource[] = [
  { ...CORE, kind: 'Pod', plural: 'pods', singular: 'pod', short: ['po'] },
  { ...CORE, kind: 'Service', plural: 'services', singular: 'service', short: ['svc'] },
  // Its singular is `endpoints` too: `get endpoint` is refused.
  { ...CORE, kind: 'Endpoints', plural: 'endpoints', singular: 'endpoints', short: ['ep'] },
  { ...CORE, kind: 'ConfigMap', plural: 'configmaps', singular: 'configmap', short: ['cm'] },
  { ...CORE, kind: 'Node', plural: 'nodes', singular: 'node', short: ['no'], namespaced: false },
  { ...CORE, kind: 'Namespace', plural: 'namespaces', singular: 'namespace', short: ['ns'], namespaced: false },
  { ...APPS, kind: 'Deployment', plural: 'deployments', singular: 'deployment', short: ['deploy'] },
  { ...APPS, kind: 'ReplicaSet', plural: 'replicasets', singular: 'replicaset', short: ['rs'] },
  { ...NETWORKING, kind: 'Ingress', plural: 'ingresses', singular: 'ingress', short: ['ing'] },
  { ...NETWORKING, kind: 'NetworkPolicy', plural: 'networkpolicies', singular: 'networkpolicy', short: ['netpol'] },
  {
    group: 'discovery.k8s.io',
    version: 'v1',
    namespaced: true,
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    singular: 'endpointslice',
    short: [],
  },
];

/** The category `all`, in the order of the API groups. */
const ALL = ['pods', 'services', 'deployments', 'replicasets'];

/** Served by a cluster, and kept here without being shown: whoever asks for one is told so, rather than that there is no such type. */
const NOT_SIMULATED =
  /^(?:sts|statefulsets?|ds|daemonsets?|rc|replicationcontrollers?|jobs?|cj|cronjobs?|hpa|horizontalpodautoscalers?|secrets?|sa|serviceaccounts?|ev|events?|ingressclass(?:es)?|pv|persistentvolumes?|pvc|persistentvolumeclaims?|crds?|customresourcedefinitions?|gateways?|gtw|httproutes?)(?:\.|$)/i;

export function isNotSimulated(word: string): boolean {
  return NOT_SIMULATED.test(word);
}

/** The resources that a word names: `po`, `Pod`, `deploy.apps`, `deployments.v1.apps`, `all`; none for an unknown one. */
export function resourcesNamed(word: string): readonly Resource[] {
  const lower = word.toLowerCase();
  if (lower === 'all') return ALL.flatMap((plural) => RESOURCES.filter((one) => one.plural === plural));
  const [name = '', ...rest] = lower.split('.');
  const group = rest.join('.');
  const found = RESOURCES.find(
    (one) => [one.plural, one.singular, ...one.short].includes(name) && ['', one.group, `${one.version}.${one.group}`].includes(group),
  );
  return found === undefined ? [] : [found];
}

/** `pods`, `deployments.apps`: as errors name it. */
export function qualifiedPlural({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** `pod/web`, `deployment.apps/web`. */
export function prefixed({ singular, group }: Resource, name: string): string {
  return `${group === '' ? singular : `${singular}.${group}`}/${name}`;
}
