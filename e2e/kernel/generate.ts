// Clusters and requests by dice, as a user would write them: YAML with every address and port fixed, so that a request can name them.
// A cluster is a list of documents: what fails is shrunk by leaving some of them out.

import type { ClusterSettings, NetworkName, ProxyModeName } from '../../src/engine/controlplane/cluster';
import type { ScenarioRequest } from '../../src/engine/view';
import { beyond } from './ability';
import { Dice } from './dice';
import type { Feature } from './features';
import { type DrawnNode, type DrawnPod, type DrawnService, nodeText, podText, policyText, serviceText } from './texts';

export interface GeneratedRequest {
  readonly request: ScenarioRequest;
  readonly features: readonly Feature[];
}

export interface Generated {
  readonly seed: number;
  readonly settings: Partial<ClusterSettings>;
  readonly documents: readonly string[];
  readonly requests: readonly GeneratedRequest[];
}

/** Modes of kube-proxy, and networks with whether they wrap packets. `none` is left out: there two Pods may have one address. */
export const MODES: readonly ProxyModeName[] = ['iptables', 'nftables', 'ipvs'];
export const NETWORKS: readonly { readonly network: NetworkName; readonly overlay: boolean }[] = [
  { network: 'calico', overlay: false },
  { network: 'calico-ipip', overlay: true },
  { network: 'calico-vxlan', overlay: true },
  { network: 'flannel', overlay: true },
  { network: 'kindnet', overlay: false },
  { network: 'bridge', overlay: false },
];

const APPS = ['web', 'api', 'db'] as const;
const OUTSIDE: Readonly<Record<4 | 6, readonly string[]>> = {
  4: ['198.51.100.7', '192.0.2.42', '192.168.1.77'],
  6: ['2001:db8:7::7', '2001:db8:7::8'],
};

/** What of a cluster is not left to the dice. */
export interface Wish {
  readonly mode: ProxyModeName | null;
  readonly network: NetworkName | null;
}

/** A kind of cluster that this kernel cannot build is drawn once in a while, so that the report says so. */
export function generate(seed: number, wish: Wish): Generated {
  const dice = new Dice(seed);
  const { network, overlay } =
    NETWORKS.find((one) => one.network === wish.network) ?? drawn(dice, NETWORKS, (one) => beyond({ proxyMode: 'iptables', ...one }));
  const proxyMode = wish.mode ?? drawn(dice, MODES, (one) => beyond({ proxyMode: one, network: 'calico' }));
  const dual = dice.chance(0.3);
  const nodes = drawNodes(dice, { dual, alone: network === 'bridge' });
  const pods = drawPods(dice, nodes, dual);
  const services = drawServices(dice, dual);
  const policies = dice.chance(0.2) ? [policyText(dice.pick(APPS), dice.pick(APPS))] : [];
  const settings: Partial<ClusterSettings> = {
    conveniences: false,
    network,
    proxyMode,
    natOutgoing: dice.pick(['IPPoolsOnly', 'IPPoolsAndHostIPs', 'none']),
    masqueradeAll: dice.chance(0.1),
    detectLocal: dice.chance(0.9),
  };
  const made: Drawn = {
    nodes,
    pods,
    services,
    dual,
    shared: [...(overlay ? ['overlay' as const] : []), ...(policies.length > 0 ? ['policy' as const] : [])],
  };
  return {
    seed,
    settings,
    documents: [...nodes.map(nodeText), ...pods.map(podText), ...services.map(serviceText), ...policies],
    requests: Array.from({ length: dice.between(6, 8) }, () => drawRequest(dice, made)),
  };
}

/** Draws once more where the first is nothing for this kernel; the same number of throws either way. */
function drawn<Of>(dice: Dice, list: readonly Of[], lacking: (one: Of) => string | null): Of {
  const [first, second] = [dice.pick(list), dice.pick(list.filter((one) => lacking(one) === null))];
  return lacking(first) !== null && dice.chance(0.9) ? second : first;
}

interface Drawn {
  readonly nodes: readonly DrawnNode[];
  readonly pods: readonly DrawnPod[];
  readonly services: readonly DrawnService[];
  readonly dual: boolean;
  /** What every request of this cluster has. */
  readonly shared: readonly Feature[];
}

function drawNodes(dice: Dice, { dual, alone }: { dual: boolean; alone: boolean }): readonly DrawnNode[] {
  return Array.from({ length: alone ? 1 : dice.between(2, 3) }, (_, index) => ({
    name: `node-${index + 1}`,
    ips: [`192.168.1.${11 + index}`, ...(dual ? [`fd00:192::${11 + index}`] : [])],
    podCIDRs: [`10.1.${index + 1}.0/24`, ...(dual ? [`fd00:10:1:${index + 1}::/64`] : [])],
  }));
}

function drawPods(dice: Dice, nodes: readonly DrawnNode[], dual: boolean): readonly DrawnPod[] {
  return Array.from({ length: dice.between(4, 8) }, (_, index): DrawnPod => {
    const node = dice.pick(nodes);
    const at = nodes.indexOf(node) + 1;
    const hostNetwork = dice.chance(0.15);
    const own = [`10.1.${at}.${10 + index}`, ...(dual ? [`fd00:10:1:${at}::${10 + index}`] : [])];
    return {
      name: `pod-${index + 1}`,
      app: dice.pick(APPS),
      node: node.name,
      ips: hostNetwork ? node.ips : own,
      hostNetwork,
      ready: dice.chance(0.85),
      terminating: dice.chance(0.12),
      // On the host network two programs cannot have one port.
      listens: hostNetwork ? [8000 + index, 9000 + index] : dice.chance(0.92) ? [8080, 9090] : [8080],
    };
  });
}

function drawServices(dice: Dice, dual: boolean): readonly DrawnService[] {
  return Array.from({ length: dice.between(3, 5) }, (_, index): DrawnService => {
    const type = dice.pick(['ClusterIP', 'ClusterIP', 'NodePort', 'LoadBalancer'] as const);
    const four = `10.152.183.${20 + index}`;
    const six = `fd00:10:152::${20 + index}`;
    const clusterIPs = !dual ? [four] : dice.pick([[four, six], [six, four], [six]]);
    const fronts = (ofFour: string, ofSix: string): readonly string[] =>
      [ofFour, ofSix].filter((address) => clusterIPs.some((clusterIP) => clusterIP.includes(':') === address.includes(':')));
    const balanced = type === 'LoadBalancer' ? fronts(`203.0.113.${20 + index}`, `2001:db8:113::${20 + index}`) : [];
    return {
      name: `svc-${index + 1}`,
      type,
      app: dice.chance(0.12) ? 'nobody' : dice.pick(APPS),
      clusterIPs,
      protocol: dice.chance(0.25) ? 'UDP' : 'TCP',
      port: dice.pick([80, 8080, 5000]),
      targetPort: dice.chance(0.85) ? dice.pick([8080, 9090]) : 'main',
      nodePort: type === 'ClusterIP' ? null : 30080 + index,
      balancers: balanced,
      sourceRanges:
        balanced.length > 0 && dice.chance(0.25) ? fronts(dice.pick(['198.51.100.0/24', '192.0.2.0/24']), '2001:db8:7::7/128') : [],
      externalIPs: dice.chance(0.2) ? fronts(`192.168.1.${200 + index}`, `fd00:192::${200 + index}`) : [],
      externalPolicy: type !== 'ClusterIP' && dice.chance(0.4) ? 'Local' : 'Cluster',
      internalPolicy: dice.chance(0.2) ? 'Local' : 'Cluster',
      affinity: dice.chance(0.2),
      publishNotReady: dice.chance(0.08),
    };
  });
}

// Requests: from somebody, to one of the ways to reach something.

function drawRequest(dice: Dice, drawn: Drawn): GeneratedRequest {
  const service = dice.pick(drawn.services);
  const source = drawSource(dice, drawn, service);
  const features: Feature[] = [...drawn.shared, ...source.features];
  const family = source.from.includes(':') || (drawn.dual && !source.from.startsWith('external') && dice.chance(0.45)) ? 6 : 4;
  const target = dice.chance(0.82)
    ? serviceTarget(dice, drawn, { service, family, outside: source.outside })
    : plainTarget(dice, drawn, family);
  features.push(...target.features);
  if (target.host.includes(':')) features.push('IPv6');
  if (target.protocol !== 'TCP') features.push(target.protocol);
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const to = target.protocol === 'ICMP' ? `ping:${host}` : `${host}:${target.port}`;
  const via = source.outside ? `node/${dice.pick(drawn.nodes).name}` : null;
  return {
    request: { from: source.from, to, protocol: target.protocol, via: target.isNode ? null : via },
    features: [...new Set(features)],
  };
}

interface Source {
  readonly from: string;
  readonly outside: boolean;
  readonly features: readonly Feature[];
}

function drawSource(dice: Dice, { pods, nodes, dual }: Drawn, service: DrawnService): Source {
  const lot = dice.number();
  if (lot < 0.25)
    return { from: `external/${dice.pick(OUTSIDE[dual && dice.chance(0.4) ? 6 : 4])}`, outside: true, features: ['source outside'] };
  if (lot < 0.38) return { from: `node/${dice.pick(nodes).name}`, outside: false, features: ['source node'] };
  const behind = pods.filter(({ app }) => app === service.app);
  const pod = dice.pick(behind.length > 0 && dice.chance(0.3) ? behind : pods);
  const features: Feature[] = ['source pod'];
  if (pod.hostNetwork) features.push('hostNetwork');
  if (behind.includes(pod) && !pod.hostNetwork) features.push('hairpin');
  return { from: `pod/default/${pod.name}`, outside: false, features };
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'ICMP';
  readonly features: readonly Feature[];
  /** An address of a node needs no way to it. */
  readonly isNode: boolean;
}

function serviceTarget(
  dice: Dice,
  drawn: Drawn,
  { service, family, outside }: { service: DrawnService; family: 4 | 6; outside: boolean },
): Target {
  const { protocol, port, nodePort, balancers, externalIPs } = service;
  const isSix = (address: string): boolean => address.includes(':');
  const wanted = (addresses: readonly string[]): string =>
    addresses.find((address) => isSix(address) === (family === 6)) ?? addresses[0] ?? '';
  const features = featuresOf(drawn, service);
  const fronts: Target[] = [
    { host: wanted(service.clusterIPs), port, protocol, features: [...features, ...inside(service)], isNode: false },
  ];
  const front = (host: string, at: number, feature: Feature, isNode: boolean): Target => ({
    host,
    port: at,
    protocol,
    features: [...features, feature, ...(service.externalPolicy === 'Local' ? (['externalTrafficPolicy Local'] as const) : [])],
    isNode,
  });
  if (nodePort !== null) fronts.push(front(wanted(dice.pick(drawn.nodes).ips), nodePort, 'NodePort', true));
  for (const address of balancers) fronts.push(front(address, port, 'load balancer address', false));
  for (const address of externalIPs) fronts.push(front(address, port, 'externalIP', false));
  // Who is outside has one family, and little to do with a cluster IP.
  const reachable = outside ? fronts.filter(({ host }) => isSix(host) === (family === 6)) : fronts;
  if (reachable.length === 0) return plainTarget(dice, drawn, family);
  const asked = outside && reachable.length > 1 && dice.chance(0.8) ? reachable.slice(1) : reachable;
  const target = dice.pick(asked);
  return dice.chance(0.04) ? { ...target, port: target.port + 1 } : target;
}

function inside({ internalPolicy }: DrawnService): readonly Feature[] {
  return internalPolicy === 'Local' ? ['internalTrafficPolicy Local'] : [];
}

function featuresOf({ pods, services }: Drawn, service: DrawnService): readonly Feature[] {
  const behind = pods.filter(({ app }) => app === service.app);
  const features: Feature[] = [];
  if (service.affinity) features.push('affinity');
  if (behind.every(({ ready, terminating }) => !ready || terminating)) features.push('no endpoint');
  if (behind.some(({ ready }) => !ready)) features.push('not ready');
  if (behind.some(({ terminating }) => terminating)) features.push('terminating');
  if (behind.some(({ hostNetwork }) => hostNetwork)) features.push('hostNetwork');
  if (behind.length > 0 && services.some((other) => other !== service && other.app === service.app))
    features.push('two Services with one pod');
  return features;
}

/** A Pod, a node, an address that nobody has, a host outside; by TCP, UDP or ping. */
function plainTarget(dice: Dice, { pods, nodes, services }: Drawn, family: 4 | 6): Target {
  const isWanted = (address: string): boolean => address.includes(':') === (family === 6);
  const pod = dice.pick(pods);
  const node = dice.pick(nodes);
  const hosts: readonly (readonly [string | undefined, boolean])[] = [
    [pod.ips.find(isWanted), pod.hostNetwork],
    [pod.ips.find(isWanted), pod.hostNetwork],
    [node.ips.find(isWanted), true],
    [family === 4 ? '10.1.1.200' : 'fd00:10:1:1::200', false],
    [dice.pick(OUTSIDE[family]), false],
    [dice.pick(services).clusterIPs.find(isWanted), false],
  ];
  const [host = pod.ips[0] ?? '', isNode] = dice.pick(hosts);
  const protocol = dice.pick(['TCP', 'UDP', 'ICMP', 'ICMP'] as const);
  return { host, port: dice.pick([pod.listens[0] ?? 80, 9999]), protocol, features: pod.hostNetwork ? ['hostNetwork'] : [], isNode };
}
