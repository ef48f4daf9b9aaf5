// The resources that the API server serves, with the names that discovery gives them; and custom ones, as far as objects of them are there.

import type { StoredObject } from '../engine/index';
import { textAt } from './fields';

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

/**
 * One resource a word: kind, its short names in brackets, `*` where it belongs to the cluster as a whole, `=` the plural where it is not the
 * usual one. In the order of discovery: the core, then by group.
 */
const SERVED: readonly (readonly [string, string])[] = [
  [
    'v1',
    'Binding ComponentStatus(cs)*=componentstatuses ConfigMap(cm) Endpoints(ep)=endpoints Event(ev) LimitRange(limits) Namespace(ns)* Node(no)* PersistentVolumeClaim(pvc) PersistentVolume(pv)* Pod(po) PodTemplate ReplicationController(rc) ResourceQuota(quota) Secret ServiceAccount(sa) Service(svc)',
  ],
  [
    'admissionregistration.k8s.io/v1',
    'MutatingAdmissionPolicy* MutatingAdmissionPolicyBinding* MutatingWebhookConfiguration* ValidatingAdmissionPolicy* ValidatingAdmissionPolicyBinding* ValidatingWebhookConfiguration*',
  ],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition(crd,crds)*'],
  ['apiregistration.k8s.io/v1', 'APIService*'],
  ['apps/v1', 'ControllerRevision DaemonSet(ds) Deployment(deploy) ReplicaSet(rs) StatefulSet(sts)'],
  ['authentication.k8s.io/v1', 'SelfSubjectReview* TokenReview*'],
  ['authorization.k8s.io/v1', 'LocalSubjectAccessReview SelfSubjectAccessReview* SelfSubjectRulesReview* SubjectAccessReview*'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler(hpa)'],
  ['batch/v1', 'CronJob(cj) Job'],
  ['certificates.k8s.io/v1', 'CertificateSigningRequest(csr)*'],
  ['coordination.k8s.io/v1', 'Lease'],
  ['discovery.k8s.io/v1', 'EndpointSlice'],
  ['events.k8s.io/v1', 'Event(ev)'],
  ['flowcontrol.apiserver.k8s.io/v1', 'FlowSchema* PriorityLevelConfiguration*'],
  ['networking.k8s.io/v1', 'IngressClass* Ingress(ing) IPAddress(ip)* NetworkPolicy(netpol) ServiceCIDR*'],
  ['node.k8s.io/v1', 'RuntimeClass*'],
  ['policy/v1', 'PodDisruptionBudget(pdb)'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding* ClusterRole* RoleBinding Role'],
  ['resource.k8s.io/v1', 'DeviceClass* ResourceClaim ResourceClaimTemplate ResourceSlice*'],
  ['scheduling.k8s.io/v1', 'PriorityClass(pc)*'],
  ['storage.k8s.io/v1', 'CSIDriver* CSINode* CSIStorageCapacity StorageClass(sc)* VolumeAttachment* VolumeAttributesClass(vac)*'],
  // The Gateway API is no part of Kubernetes, and installed wherever its objects are simulated.
  ['gateway.networking.k8s.io/v1', 'GatewayClass(gc)* Gateway(gtw) GRPCRoute HTTPRoute'],
];

export const RESOURCES: readonly Resource[] = SERVED.flatMap(([apiVersion, kinds]) =>
  kinds.split(' ').map((word) => served(apiVersion, word)),
);

function served(apiVersion: string, word: string): Resource {
  const [, kind = '', short = '', wide = '', plural] = /^(\w+)(?:\(([\w,]+)\))?(\*)?(?:=(\w+))?$/.exec(word) ?? [];
  const named = { ...namesOf(kind), ...(plural === undefined ? {} : { plural }) };
  return { kind, ...groupVersion(apiVersion), ...named, short: short === '' ? [] : short.split(','), namespaced: wide === '' };
}

/** Singular and plural as a resource of the kind is usually called. */
function namesOf(kind: string): { readonly singular: string; readonly plural: string } {
  const singular = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(singular)) return { singular, plural: singular === 'endpoints' ? singular : `${singular}es` };
  return { singular, plural: /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s` };
}

function groupVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const [group = '', version] = apiVersion.split('/');
  return version === undefined ? { group: '', version: group } : { group, version };
}

/** The resource of an object. A custom one has names that follow from its kind. */
export function resourceOf(object: StoredObject): Resource {
  const { group, version } = groupVersion(textAt(object.json, 'apiVersion'));
  const known = RESOURCES.find((one) => one.kind === object.kind && one.group === group);
  return known ?? { kind: object.kind, group, version, ...namesOf(object.kind), short: [], namespaced: object.namespace !== null };
}

export function isOf({ kind, group }: Resource, object: StoredObject): boolean {
  return object.kind === kind && groupVersion(textAt(object.json, 'apiVersion')).group === group;
}

/** Every resource that the API server serves with these objects. */
export function resourcesWith(objects: readonly StoredObject[]): readonly Resource[] {
  const custom = new Map(
    objects
      .map((object) => resourceOf(object))
      .filter((one) => !RESOURCES.includes(one))
      .map((one) => [qualifiedPlural(one), one]),
  );
  return [...RESOURCES, ...custom.values()];
}

/** The category `all`, in the order of the API groups. */
const ALL = [
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'horizontalpodautoscalers',
  'cronjobs',
  'jobs',
];

export function isInAll({ plural, group }: Resource): boolean {
  return ALL.includes(plural) && !group.includes('.');
}

/** The resources that a word names: `po`, `Pod`, `deploy.apps`, `deployments.v1.apps`, `all`; none for an unknown one. */
export function resourcesNamed(word: string, objects: readonly StoredObject[] = []): readonly Resource[] {
  const lower = word.toLowerCase();
  if (lower === 'all') return ALL.flatMap((plural) => RESOURCES.filter((one) => one.plural === plural));
  const [name = '', ...rest] = lower.split('.');
  const found = resourcesWith(objects).find((one) => isCalled(one, name) && isInGroup(one, rest));
  return found === undefined ? [] : [found];
}

/**
 * The lines on standard error for short names that mean a second type as well: `ev` (ShortcutExpander of client-go's restmapper). Whoever
 * writes a type out means the first one without a word.
 */
export function ambiguities(words: readonly string[]): string {
  const types = words.flatMap((word) => (word.split('/')[0] ?? '').split(','));
  return [...new Set(types)]
    .flatMap((type) => {
      const [, ...others] = RESOURCES.filter(({ short }) => short.includes(type));
      return others.map((other) => `Warning: short name "${type}" could also match lower priority resource ${qualifiedPlural(other)}\n`);
    })
    .join('');
}

function isCalled({ plural, singular, short }: Resource, name: string): boolean {
  return plural === name || short.includes(name) || singular === name;
}

/** `.group`, `.version.group`; a group may be cut short at a dot: `ing.networking`. */
function isInGroup({ group, version }: Resource, wanted: readonly string[]): boolean {
  const written = wanted.join('.');
  if (written === '' || written === group || group.startsWith(`${written}.`)) return true;
  return wanted.length > 1 && wanted[0] === version && wanted.slice(1).join('.') === group;
}

/** `pods`, `deployments.apps`: as errors name it. */
export function qualifiedPlural({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** `pod/web`, `deployment.apps/web`. */
export function prefixed({ singular, group }: Resource, name: string): string {
  return `${group === '' ? singular : `${singular}.${group}`}/${name}`;
}
