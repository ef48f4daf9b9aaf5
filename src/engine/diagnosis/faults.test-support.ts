// Forty ways to break a cluster, none of which knows the cluster: each is a change of the objects, of the settings, of the request, or of the
// world as it runs, and the cause that a diagnosis should name, with the object at fault. The diagnosis is told none of this.

import { parseAllDocuments } from 'yaml';
import { type Built, build } from '../built';
import type { ClusterSettings } from '../controlplane/cluster';
import type { Kernel, World } from '../linux/kernel';
import { PLAYGROUND } from '../settings';
import type { ScenarioRequest } from '../view';
import type { CauseFact } from './cause-fact';
import type { TestWorld } from './worlds.test-support';

// biome-ignore lint/suspicious/noExplicitAny: objects as somebody wrote them
export type Written = any;

/** A broken cluster, and a request into it. */
export interface Broken {
  readonly built: Built;
  readonly world: World;
  readonly request: ScenarioRequest;
  readonly text: string;
  readonly settings: Partial<ClusterSettings>;
}

export interface Fault {
  readonly name: string;
  readonly set: (world: TestWorld) => Broken;
  readonly code: CauseFact['code'];
  /** The object at fault: its kind and a part of its name; null where nothing of the API is. */
  readonly object: ((world: TestWorld) => { readonly kind: string; readonly name: string | RegExp }) | null;
  /** How many of the requests fail, where that is not all of them; `any`: as many as the world has it. */
  readonly share?: 'some' | 'any';
}

export function objectsIn(text: string): Written[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

export function textOf(objects: readonly Written[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

/** The cluster as it is meant. */
export function sound(world: TestWorld): Broken {
  return broken(world, {});
}

function broken(
  { text, settings, request }: TestWorld,
  change: { text?: string; settings?: Partial<ClusterSettings>; request?: Partial<ScenarioRequest>; world?: (built: Built) => World },
): Broken {
  const all = { ...settings, ...change.settings };
  const changed = change.text ?? text;
  const built = build(changed, PLAYGROUND, { chosen: all });
  return { built, world: change.world?.(built) ?? built.world, request: { ...request, ...change.request }, text: changed, settings: all };
}

// The parts of a cluster that play a role, whatever they are called

function serviceIn(objects: Written[], { service }: TestWorld): Written {
  return objects.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.namespace === service.namespace && metadata.name === service.name,
  );
}

function clientIn(objects: Written[], { client }: TestWorld): Written {
  return objects.find(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === client.namespace && metadata.name === client.name);
}

/** What makes the Pods behind the Service: templates of workloads, or Pods themselves. */
function makersIn(objects: Written[], world: TestWorld): Written[] {
  const { namespace } = world.service;
  const selector: Record<string, string> = serviceIn(objects, world)?.spec.selector ?? {};
  return objects.filter((object) => {
    if (!['Pod', 'Deployment'].includes(object.kind) || object.metadata.namespace !== namespace) return false;
    const labels = templateOf(object).metadata.labels ?? {};
    return Object.entries(selector).every(([key, value]) => labels[key] === value);
  });
}

function templateOf(object: Written): Written {
  return object.kind === 'Pod' ? object : object.spec.template;
}

interface Roles {
  readonly objects: Written[];
  readonly service: Written;
  readonly makers: Written[];
  /** Of the Pods behind the Service. */
  readonly templates: Written[];
  readonly client: Written;
  readonly world: TestWorld;
}

function rolesOf(world: TestWorld): Roles {
  const objects = objectsIn(world.text);
  const makers = makersIn(objects, world);
  return {
    objects,
    service: serviceIn(objects, world),
    makers,
    templates: makers.map(templateOf),
    client: clientIn(objects, world),
    world,
  };
}

/** A fault in the objects; what is returned takes their place. */
function inText(change: (roles: Roles) => Written[] | undefined): Fault['set'] {
  return (world) => {
    const roles = rolesOf(world);
    const changed = change(roles);
    return broken(world, { text: textOf(changed ?? roles.objects) });
  };
}

/** A fault in the world that runs, while the objects are as they should be. */
function running(
  change: (built: Built, world: TestWorld, other: (change: (roles: Roles) => Written[] | undefined) => Built) => World,
): Fault['set'] {
  return (world) => broken(world, { world: (built) => change(built, world, (edit) => inText(edit)(world).built) });
}

const theService: Fault['object'] = ({ service }) => ({ kind: 'Service', name: service.name });
const theClient: Fault['object'] = ({ client }) => ({ kind: 'Pod', name: client.name });
const theMaker: Fault['object'] = (world) => {
  const [maker] = makersIn(objectsIn(world.text), world);
  return { kind: maker.kind, name: maker.metadata.name };
};

function port(objects: { service: Written }): Written {
  return objects.service.spec.ports[0];
}

function policy(namespace: string, labels: Record<string, string>, spec: object): Written {
  const metadata = { name: 'surprise', namespace };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: { podSelector: { matchLabels: labels }, ...spec } };
}

/** The Service kube-dns as the playground adds it, to be written otherwise. */
function nameService(spec: object): Written {
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system' },
    spec: { selector: { 'k8s-app': 'kube-dns' }, ports, ...spec },
  };
}

function nameServers(template: object, replicas = 2): Written {
  const labels = { 'k8s-app': 'kube-dns' };
  const container = {
    name: 'coredns',
    image: 'coredns/coredns:1.14',
    ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: 'kube-system' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], ...template } },
    },
  };
}

const TAINT = { key: 'maintenance', value: 'true', effect: 'NoSchedule' };

// The world that runs

function withKernels(world: World, change: (kernel: Kernel) => Kernel | null): World {
  const kernels = Object.values(world.kernels).flatMap((kernel) => change(kernel) ?? []);
  return { ...world, kernels: Object.fromEntries(kernels.map((kernel) => [kernel.netns, kernel])) };
}

function nodeOfClient(built: Built, { client }: TestWorld): string {
  return podsNamed(built, client)[0]?.spec.nodeName ?? '';
}

function podsNamed({ cluster }: Built, { namespace, name }: { namespace: string; name: string }) {
  return cluster.pods.filter(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
}

/** The Pods behind the Service, those on other nodes than the client first. */
function backEnds(built: Built, world: TestWorld) {
  const here = nodeOfClient(built, world);
  const names = built.cluster.endpointSlices
    .filter(
      ({ metadata }) =>
        metadata.namespace === world.service.namespace && metadata.labels['kubernetes.io/service-name'] === world.service.name,
    )
    .flatMap(({ endpoints }) => endpoints.flatMap(({ targetRef }) => targetRef?.name ?? []));
  return built.cluster.pods
    .filter(({ metadata }) => metadata.namespace === world.service.namespace && names.includes(metadata.name))
    .sort((a, b) => Number(a.spec.nodeName === here) - Number(b.spec.nodeName === here));
}

/** The rules of one node, from another cluster: kube-proxy has not carried the change on. */
function rulesOf(built: Built, node: string, other: Built): World {
  const stale = other.world.kernels[`node/${node}`];
  if (stale === undefined) throw new Error(`no node ${node}`);
  const { iptables, ip6tables, nftables, ipvs, sets } = stale;
  return withKernels(built.world, (kernel) =>
    kernel.netns === `node/${node}` ? { ...kernel, iptables, ip6tables, nftables, ipvs, sets } : kernel,
  );
}

/** Nobody on the link of the nodes finds this node any more. */
function unfound(built: Built, node: string): World {
  const own = built.cluster.nodes.find(({ metadata }) => metadata.name === node)?.status.internalIPs ?? [];
  const segments = Object.entries(built.world.segments).map(([name, neighbours]) => [
    name,
    Object.fromEntries(Object.entries(neighbours).filter(([ip]) => !own.some((address) => address === ip))),
  ]);
  return { ...built.world, segments: Object.fromEntries(segments) };
}

export const FAULTS: readonly Fault[] = [
  // F6: Service, endpoints, Pods
  {
    name: 'the selector has a typing error',
    set: inText(({ service }) => {
      const [[key, value]] = Object.entries<string>(service.spec.selector) as [[string, string]];
      service.spec.selector[key] = `${value}x`;
    }),
    code: 'selector-matches-nothing',
    object: theService,
  },
  {
    name: 'the Pods bear another label',
    set: inText(({ service, templates, makers }) => {
      const [[key, value]] = Object.entries<string>(service.spec.selector).reverse() as [[string, string]];
      for (const template of templates) template.metadata.labels[key] = value.slice(0, -1);
      for (const maker of makers) if (maker.kind === 'Deployment') maker.spec.selector.matchLabels = templateOf(maker).metadata.labels;
    }),
    code: 'selector-matches-nothing',
    object: theService,
  },
  {
    name: 'the Service does not exist',
    set: inText(({ objects, service }) => objects.filter((object) => object !== service)),
    code: 'service-missing',
    object: theService,
  },
  {
    name: 'the Service has another name',
    set: inText(({ service }) => {
      service.metadata.name += 's';
    }),
    code: 'service-missing',
    object: theService,
  },
  {
    name: 'the Service lives in another namespace',
    set: inText(({ service, objects }) => {
      service.metadata.namespace = 'elsewhere';
      objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'elsewhere' } });
    }),
    code: 'service-in-other-namespace',
    object: theService,
  },
  {
    name: 'the workload has no Pods',
    set: inText(({ objects, makers }) => [
      ...objects.filter((object) => !makers.includes(object)),
      ...makers.slice(0, 1).map((maker) => {
        const { metadata, spec } = templateOf(maker);
        const template = { metadata: { labels: metadata.labels }, spec: { ...spec, nodeName: undefined } };
        const selector = { matchLabels: metadata.labels };
        return {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'empty', namespace: maker.metadata.namespace },
          spec: { replicas: 0, selector, template },
        };
      }),
    ]),
    code: 'workload-has-no-pods',
    object: () => ({ kind: 'Deployment', name: 'empty' }),
  },
  {
    name: 'the API server refuses the Service',
    set: inText(({ service }) => {
      port({ service }).port = 99999;
    }),
    code: 'object-refused',
    object: theService,
  },
  {
    name: 'the API server refuses the workload',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.containers[0].name = 'Main_1';
    }),
    code: 'object-refused',
    object: theMaker,
  },
  {
    name: 'the readiness probe knocks at the wrong port',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.containers[0].readinessProbe = { tcpSocket: { port: 1 } };
    }),
    code: 'pod-probe-fails',
    object: theMaker,
  },
  {
    name: 'the startup probe knows a port that has no name',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.containers[0].startupProbe = { httpGet: { path: '/', port: 'nowhere' } };
    }),
    code: 'pod-probe-fails',
    object: theMaker,
  },
  {
    name: 'no node has the label that the Pods ask for',
    set: inText(({ templates }) => {
      for (const { spec } of templates) Object.assign(spec, { nodeName: undefined, nodeSelector: { gpu: 'true' } });
    }),
    code: 'pod-unschedulable',
    object: theMaker,
  },
  {
    name: 'the Pods are bound to a node that is not there',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.nodeName = 'node-9';
    }),
    code: 'pod-node-missing',
    object: theMaker,
  },
  {
    name: 'every node is tainted',
    set: inText(({ objects, templates, client }) => {
      for (const { spec } of templates) delete spec.nodeName;
      client.spec.tolerations = [{ operator: 'Exists' }];
      const nodes = objects.filter(({ kind }) => kind === 'Node');
      for (const node of nodes) node.spec.taints = [TAINT];
      if (nodes.length === 0) {
        const named = { name: client.spec.nodeName };
        objects.push({ apiVersion: 'v1', kind: 'Node', metadata: named, spec: { taints: [TAINT] } });
      }
      objects.push(nameServers({ tolerations: [{ operator: 'Exists' }] }));
    }),
    code: 'pod-unschedulable',
    object: theMaker,
  },
  {
    name: 'the containers of the Pods crash',
    set: inText(({ templates, makers, objects, client }) => {
      const [template] = templates;
      const state = { waiting: { reason: 'CrashLoopBackOff' } };
      const status = {
        phase: 'Running',
        podIP: '10.1.1.77',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [{ name: template.spec.containers[0].name, ready: false, restartCount: 7, state }],
      };
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...template.metadata, name: 'crashing', namespace: makers[0].metadata.namespace },
        spec: { ...template.spec, nodeName: client.spec.nodeName },
        status,
      };
      return [...objects.filter((object) => !makers.includes(object)), pod];
    }),
    code: 'pod-container-waiting',
    object: () => ({ kind: 'Pod', name: 'crashing' }),
  },
  {
    name: 'nobody writes endpoints',
    set: inText(({ service }) => {
      delete service.spec.selector;
    }),
    code: 'endpoints-not-written',
    object: theService,
  },
  {
    name: 'endpoints are written by hand for another port',
    set: inText(({ service, objects }) => {
      delete service.spec.selector;
      objects.push(handWritten(service, 'another', '192.0.2.7'));
    }),
    code: 'endpoint-port-differs',
    object: () => ({ kind: 'EndpointSlice', name: 'by-hand' }),
  },
  {
    name: 'the traffic policy keeps to a node without a Pod',
    set: inText(({ service, templates, client, objects }) => {
      Object.assign(service.spec, { internalTrafficPolicy: 'Local', type: 'ClusterIP' });
      const others = objects.filter(({ kind, metadata }) => kind === 'Node' && metadata.name !== client.spec.nodeName);
      for (const { spec } of templates) spec.nodeName = others[0]?.metadata.name ?? 'node-2';
    }),
    code: 'no-local-endpoint',
    object: theService,
  },
  {
    name: 'the client finds no node',
    set: inText(({ client }) => {
      Object.assign(client.spec, { nodeName: undefined, nodeSelector: { gpu: 'true' } });
    }),
    code: 'pod-unschedulable',
    object: theClient,
  },
  // F7: names
  {
    name: 'a policy closes the way to the name servers',
    set: inText(({ client, objects, service }) => {
      const to = [{ podSelector: {}, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': service.metadata.namespace } } }];
      objects.push(policy(client.metadata.namespace, client.metadata.labels, { policyTypes: ['Egress'], egress: [{ to }] }));
    }),
    code: 'policy-drops',
    object: () => ({ kind: 'NetworkPolicy', name: 'surprise' }),
  },
  {
    name: 'the Service of the name servers selects nothing',
    set: inText(({ objects }) => [...objects, nameService({ selector: { 'k8s-app': 'coredns' } }), nameServers({})]),
    code: 'selector-matches-nothing',
    object: () => ({ kind: 'Service', name: 'kube-dns' }),
  },
  {
    name: 'the name servers find no node',
    set: inText(({ objects }) => [...objects, nameService({}), nameServers({ nodeSelector: { gpu: 'true' } })]),
    code: 'pod-unschedulable',
    object: () => ({ kind: 'Deployment', name: 'coredns' }),
  },
  {
    name: 'the name servers are scaled to nothing',
    set: inText(({ objects }) => [...objects, nameService({}), nameServers({}, 0)]),
    code: 'workload-has-no-pods',
    object: () => ({ kind: 'Deployment', name: 'coredns' }),
  },
  {
    name: 'the client asks the name servers of its node',
    set: inText(({ client }) => {
      client.spec.dnsPolicy = 'Default';
    }),
    code: 'name-server-not-cluster',
    object: theClient,
  },
  {
    name: 'the client asks a name server that is not there',
    set: inText(({ client }) => {
      Object.assign(client.spec, { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.9.9.9'], searches: ['svc.cluster.local'] } });
    }),
    code: 'name-server-not-cluster',
    object: theClient,
  },
  {
    name: 'the kubelets were told another address of the name server',
    set: (world) => broken(world, { settings: { clusterDNS: '10.152.183.99' as never } }),
    code: 'name-server-nobody',
    object: null,
  },
  {
    name: 'the client asks for a namespace that is misspelt',
    set: (world) => broken(world, { request: retargeted(world, `${world.service.name}.${world.service.namespace}x`) }),
    code: 'namespace-missing',
    object: ({ service }) => ({ kind: 'Namespace', name: `${service.namespace}x` }),
  },
  {
    name: 'the client asks for another domain',
    set: (world) => broken(world, { request: retargeted(world, `${world.service.name}.${world.service.namespace}.svc.cluster.lan`) }),
    code: 'name-wrong-domain',
    object: null,
  },
  {
    name: 'the Service stands for a name that nobody knows',
    set: inText(({ service }) => {
      service.spec = { type: 'ExternalName', externalName: 'gone.example' };
    }),
    code: 'external-name-unknown',
    object: theService,
  },
  // F8: the name resolves, the connection fails
  {
    name: 'the target port is not the one of the programs',
    set: inText(({ service }) => {
      port({ service }).targetPort = 8999;
    }),
    code: 'nobody-listens',
    object: theService,
  },
  {
    name: 'the programs listen on another port than declared',
    set: inText(({ templates }) => {
      for (const { metadata, spec } of templates) {
        metadata.annotations = { 'kubehop.dev/listen': '6006' };
        for (const container of spec.containers) Object.assign(container, { readinessProbe: undefined, livenessProbe: undefined });
      }
    }),
    code: 'nobody-listens',
    object: theService,
  },
  {
    name: 'the target port has a name that the Pods lack',
    set: inText(({ service }) => {
      port({ service }).targetPort = 'grpc';
    }),
    code: 'target-port-name-missing',
    object: theService,
  },
  {
    name: 'the Service has another port than the client calls',
    set: inText(({ service }) => {
      port({ service }).port = 8088;
    }),
    code: 'service-port-missing',
    object: theService,
  },
  {
    name: 'the Service speaks UDP',
    set: inText(({ service, templates }) => {
      port({ service }).protocol = 'UDP';
      if (typeof port({ service }).targetPort === 'string')
        for (const { spec } of templates) spec.containers[0].ports.push({ ...spec.containers[0].ports[0], name: 'udp', protocol: 'UDP' });
    }),
    code: 'service-protocol-differs',
    object: theService,
  },
  {
    name: 'the client pings the Service',
    set: (world) => {
      const { cluster } = sound(world).built;
      const service = cluster.services.find(
        ({ metadata }) => metadata.namespace === world.service.namespace && metadata.name === world.service.name,
      );
      const address = service?.spec.clusterIPs[0] ?? '';
      return broken(world, { request: { to: `ping:${address}` } });
    },
    code: 'service-not-pingable',
    object: theService,
  },
  {
    name: 'the client remembers the address of a Pod that is gone',
    set: (world) => {
      const [range] = sound(world).built.cluster.nodes[0]?.spec.podCIDRs ?? [];
      const address = (range?.network ?? '').replace(/0$/, '200');
      return broken(world, { request: retargeted(world, address) });
    },
    code: 'address-of-nobody',
    object: null,
  },
  {
    name: 'a policy of the server keeps the client out',
    set: inText(({ templates, objects, service }) => {
      for (const object of [...objects]) if (object.kind === 'NetworkPolicy') objects.splice(objects.indexOf(object), 1);
      objects.push(
        policy(service.metadata.namespace, commonLabels(templates), {
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'friend' } } }] }],
        }),
      );
    }),
    code: 'policy-drops',
    object: () => ({ kind: 'NetworkPolicy', name: 'surprise' }),
  },
  {
    name: 'a policy of the client lets it ask for names only',
    set: inText(({ client, objects }) => {
      const to = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }];
      objects.push(policy(client.metadata.namespace, client.metadata.labels, { policyTypes: ['Egress'], egress: [{ to }] }));
    }),
    code: 'policy-drops',
    object: () => ({ kind: 'NetworkPolicy', name: 'surprise' }),
  },
  {
    name: 'endpoints are written by hand for an address that nobody has',
    set: inText(({ service, objects }) => {
      delete service.spec.selector;
      service.spec.ipFamilyPolicy = 'SingleStack';
      const [nodeRange] =
        sound({
          name: '',
          text: textOf(objects),
          settings: {},
          request: { from: '', to: '', protocol: 'TCP', via: null },
          service: service.metadata,
          client: service.metadata,
        }).built.cluster.nodes[0]?.spec.podCIDRs ?? [];
      objects.push(handWritten(service, port({ service }).name ?? '', (nodeRange?.network ?? '').replace(/0$/, '250')));
    }),
    code: 'endpoint-of-nobody',
    object: () => ({ kind: 'EndpointSlice', name: 'by-hand' }),
  },
  {
    name: 'the Service is headless, and the client calls its port',
    set: inText(({ service, templates }) => {
      Object.assign(service.spec, { clusterIP: 'None', type: 'ClusterIP' });
      const own = templates[0].spec.containers[0].ports[0].containerPort;
      if (port({ service }).port === own) {
        port({ service }).targetPort = 5673;
        for (const { metadata, spec } of templates) {
          metadata.annotations = { 'kubehop.dev/listen': '5673' };
          for (const container of spec.containers) Object.assign(container, { readinessProbe: undefined });
        }
      }
    }),
    code: 'headless-port',
    object: theService,
  },
  {
    name: 'the cluster has no Pod network',
    set: (world) => {
      const { objects, client, templates } = rolesOf(world);
      const nodes = objects.filter(({ kind }) => kind === 'Node').map(({ metadata }) => metadata.name);
      const other = (nodes.length === 0 ? ['node-1', 'node-2'] : nodes).find((name: string) => name !== client.spec.nodeName);
      for (const { spec } of templates) spec.nodeName = other;
      objects.push(nameService({}), nameServers({ nodeName: client.spec.nodeName }));
      return broken(world, { text: textOf(objects), settings: { network: 'none', proxyMode: 'iptables' } });
    },
    code: 'no-pod-network',
    object: null,
  },
  // F9: some requests fail
  {
    name: 'one Pod of many listens elsewhere',
    set: inText(({ makers, templates, objects }) => {
      const [template] = templates;
      const { nodeName: _, ...spec } = template.spec;
      const containers = spec.containers.map((container: Written) => ({
        ...container,
        readinessProbe: undefined,
        livenessProbe: undefined,
      }));
      const metadata = {
        name: 'bad',
        namespace: makers[0].metadata.namespace,
        labels: { ...template.metadata.labels, odd: 'yes' },
        annotations: { 'kubehop.dev/listen': '6006' },
      };
      const owner =
        makers[0].kind === 'Deployment'
          ? { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'nobody', uid: '1', controller: true }] }
          : {};
      objects.push({ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...owner }, spec: { ...spec, containers } });
    }),
    code: 'one-bad-pod',
    object: () => ({ kind: 'Pod', name: 'bad' }),
    share: 'some',
  },
  {
    name: 'one Pod runs, and its program is not up',
    set: running((built, world) => {
      const [pod] = backEnds(built, world);
      return withKernels(built.world, (kernel) =>
        kernel.netns === `pod/${pod?.metadata.namespace}/${pod?.metadata.name}` ? { ...kernel, sockets: [] } : kernel,
      );
    }),
    code: 'program-not-up',
    object: theMaker,
    share: 'some',
  },
  // What runs, and is not what the objects say
  {
    name: 'kube-proxy on the node of the client never wrote the rules of the Service',
    set: running((built, world, other) => {
      const without = other(({ objects, service }) => objects.filter((object) => object !== service));
      return rulesOf(built, nodeOfClient(built, world), without);
    }),
    code: 'kube-proxy-behind',
    object: (world) => ({ kind: 'Node', name: nodeOfClient(sound(world).built, world) }),
  },
  {
    name: 'kube-proxy on the node of the client still sends to the port of before',
    set: running((built, world, other) =>
      rulesOf(
        built,
        nodeOfClient(built, world),
        other(({ service }) => {
          port({ service }).targetPort = 8999;
        }),
      ),
    ),
    code: 'kube-proxy-behind',
    object: (world) => ({ kind: 'Node', name: nodeOfClient(sound(world).built, world) }),
  },
  {
    name: 'CoreDNS has not heard of the Service',
    set: running((built, _, other) => ({
      ...built.world,
      nameServers: other(({ objects, service }) => objects.filter((object) => object !== service)).world.nameServers,
    })),
    code: 'coredns-behind',
    object: () => ({ kind: 'Pod', name: /^coredns/ }),
  },
  {
    name: 'the programs of the name servers have ended',
    set: running((built) =>
      withKernels(built.world, (kernel) => (kernel.netns.startsWith('pod/kube-system/coredns') ? { ...kernel, sockets: [] } : kernel)),
    ),
    code: 'program-not-up',
    object: () => ({ kind: 'Pod', name: /^coredns/ }),
  },
  {
    name: 'a machine with a back end cannot be reached',
    set: running((built, world) => unfound(built, backEnds(built, world)[0]?.spec.nodeName ?? '')),
    code: 'node-unreachable',
    object: (world) => {
      const { built } = sound(world);
      return { kind: 'Node', name: backEnds(built, world)[0]?.spec.nodeName ?? '' };
    },
    share: 'some',
  },
  {
    name: 'the cable of a Pod is pulled',
    set: running((built, world) => {
      const [pod] = backEnds(built, world);
      const netns = `pod/${pod?.metadata.namespace}/${pod?.metadata.name}`;
      return withKernels(built.world, (kernel) => ({
        ...kernel,
        devices: kernel.devices.filter(({ attachment }) => !('peer' in attachment && attachment.peer.netns === netns)),
      }));
    }),
    code: 'pod-unplugged',
    object: () => ({ kind: 'Pod', name: /./ }),
    share: 'some',
  },
  {
    name: 'the node of the client has lost its routes to the Pods of others',
    set: running((built, world) => {
      const here = nodeOfClient(built, world);
      const far = built.cluster.nodes.filter(({ metadata }) => metadata.name !== here).flatMap(({ spec }) => spec.podCIDRs);
      return withKernels(built.world, (kernel) =>
        kernel.netns === `node/${here}`
          ? {
              ...kernel,
              routes: kernel.routes.filter(
                ({ destination }) => !far.some(({ network, length }) => network === destination.network && length <= destination.length),
              ),
            }
          : kernel,
      );
    }),
    code: 'routes-behind',
    object: (world) => ({ kind: 'Node', name: nodeOfClient(sound(world).built, world) }),
    share: 'any',
  },
];

function handWritten(service: Written, name: string, address: string): Written {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'by-hand', namespace: service.metadata.namespace, labels: { 'kubernetes.io/service-name': service.metadata.name } },
    addressType: 'IPv4',
    ports: [{ name, port: 9376, protocol: 'TCP' }],
    endpoints: [{ addresses: [address] }],
  };
}

/** The labels that all of them bear. */
function commonLabels(templates: Written[]): Record<string, string> {
  const [first, ...others] = templates.map(({ metadata }) => metadata.labels);
  return Object.fromEntries(Object.entries<string>(first).filter(([key, value]) => others.every((labels) => labels[key] === value)));
}

/** The same request to another host. */
function retargeted({ request }: TestWorld, host: string): Partial<ScenarioRequest> {
  const name = /^(?:http:\/\/)?([^:/]+)/.exec(request.to)?.[1] ?? '';
  return { to: request.to.replace(name, host) };
}
