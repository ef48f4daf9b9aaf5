// The YAML of what the generator drew.

export interface DrawnNode {
  readonly name: string;
  readonly ips: readonly string[];
  readonly podCIDRs: readonly string[];
}

export interface DrawnPod {
  readonly name: string;
  readonly app: string;
  readonly node: string;
  readonly ips: readonly string[];
  readonly hostNetwork: boolean;
  readonly ready: boolean;
  readonly terminating: boolean;
  /** The first one is named `main`. */
  readonly listens: readonly number[];
}

export interface DrawnService {
  readonly name: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  readonly app: string;
  readonly clusterIPs: readonly string[];
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort: number | null;
  readonly balancers: readonly string[];
  readonly sourceRanges: readonly string[];
  readonly externalIPs: readonly string[];
  readonly externalPolicy: 'Cluster' | 'Local';
  readonly internalPolicy: 'Cluster' | 'Local';
  readonly affinity: boolean;
  readonly publishNotReady: boolean;
}

export function nodeText({ name, ips, podCIDRs }: DrawnNode): string {
  return [
    'apiVersion: v1',
    'kind: Node',
    `metadata: { name: ${name} }`,
    `spec: { podCIDR: ${quoted(podCIDRs[0])}, podCIDRs: ${list(podCIDRs)} }`,
    `status: { addresses: [${ips.map((ip) => `{ type: InternalIP, address: ${quoted(ip)} }`).join(', ')}] }`,
  ].join('\n');
}

export function podText({ name, app, node, ips, hostNetwork, ready, terminating, listens }: DrawnPod): string {
  const ports = listens.flatMap((port, index) => [
    `    - { containerPort: ${port}, name: ${index === 0 ? 'main' : 'other'} }`,
    `    - { containerPort: ${port}, protocol: UDP, name: ${index === 0 ? 'main-udp' : 'other-udp'} }`,
  ]);
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    `  name: ${name}`,
    `  labels: { app: ${app} }`,
    ...(terminating ? ['  deletionTimestamp: "2026-01-01T00:00:00Z"'] : []),
    'spec:',
    `  nodeName: ${node}`,
    ...(hostNetwork ? ['  hostNetwork: true'] : []),
    '  containers:',
    '  - name: main',
    '    image: registry.example/app',
    '    ports:',
    ...ports,
    'status:',
    '  phase: Running',
    `  podIP: ${quoted(ips[0])}`,
    `  podIPs: [${ips.map((ip) => `{ ip: ${quoted(ip)} }`).join(', ')}]`,
    `  conditions: [{ type: Ready, status: "${ready ? 'True' : 'False'}" }]`,
  ].join('\n');
}

export function serviceText(service: DrawnService): string {
  const { clusterIPs, protocol, port, targetPort, nodePort, balancers } = service;
  const families = clusterIPs.map((ip) => (ip.includes(':') ? 'IPv6' : 'IPv4'));
  const dual = clusterIPs.length > 1;
  return [
    'apiVersion: v1',
    'kind: Service',
    `metadata: { name: ${service.name} }`,
    'spec:',
    `  type: ${service.type}`,
    `  selector: { app: ${service.app} }`,
    `  clusterIP: ${quoted(clusterIPs[0])}`,
    `  clusterIPs: ${list(clusterIPs)}`,
    `  ipFamilies: [${families.join(', ')}]`,
    `  ipFamilyPolicy: ${dual ? 'RequireDualStack' : 'SingleStack'}`,
    `  internalTrafficPolicy: ${service.internalPolicy}`,
    ...(service.type === 'ClusterIP' ? [] : [`  externalTrafficPolicy: ${service.externalPolicy}`]),
    ...(service.affinity ? ['  sessionAffinity: ClientIP'] : []),
    ...(service.publishNotReady ? ['  publishNotReadyAddresses: true'] : []),
    ...(service.externalIPs.length > 0 ? [`  externalIPs: ${list(service.externalIPs)}`] : []),
    ...(service.sourceRanges.length > 0 ? [`  loadBalancerSourceRanges: ${list(service.sourceRanges)}`] : []),
    '  ports:',
    `  - { port: ${port}, protocol: ${protocol}, targetPort: ${targetPort === 'main' && protocol === 'UDP' ? 'main-udp' : targetPort}${nodePort === null ? '' : `, nodePort: ${nodePort}`} }`,
    ...(balancers.length > 0
      ? [`status: { loadBalancer: { ingress: [${balancers.map((ip) => `{ ip: ${quoted(ip)} }`).join(', ')}] } }`]
      : []),
  ].join('\n');
}

/** Only this app may ask that one. */
export function policyText(app: string, from: string): string {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    `metadata: { name: only-${from}-to-${app} }`,
    'spec:',
    `  podSelector: { matchLabels: { app: ${app} } }`,
    `  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }] }]`,
  ].join('\n');
}

function list(values: readonly string[]): string {
  return `[${values.map(quoted).join(', ')}]`;
}

function quoted(text: string | undefined): string {
  return `"${text ?? ''}"`;
}
