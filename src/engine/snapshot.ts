// The view of a built cluster: what the page draws and lists.

import type { Built, PlacedFinding } from './built';
import type { RunningPod } from './controlplane/cluster';
import { type Listening, listening } from './controlplane/listening';
import { isUnanswered } from './controlplane/load-balancer';
import { tellFinding, tellParseProblem } from './explain/finding';
import { fixTitle } from './fixes';
import type { EndpointSlice } from './kube/endpoints';
import { SERVICE_NAME_LABEL } from './kube/endpoints';
import { formatPath } from './kube/field-path';
import { errorKind } from './kube/finding';
import { refOf } from './kube/meta';
import type { Node } from './kube/node';
import { compareText, formatRef, type ObjectRef } from './kube/ref';
import type { Service } from './kube/service';
import { netnsOfPod } from './names';
import { formatCidr } from './net/cidr';
import { parseIp } from './net/ip';
import { formatSocket } from './net/packet';
import { faresOf } from './pod-condition';
import { rangeOf } from './sources';
import type { ClusterView, Diagnostic, ExternalView, NodeView, PodView, ServiceView, Snapshot } from './view';
import { settingsView } from './written-setting';

export function snapshotOf(built: Built, revision: number): Snapshot {
  return { revision, view: viewOf(built), diagnostics: diagnosticsOf(built), staleFromLine: null };
}

function viewOf(built: Built): ClusterView {
  const { cluster } = built;
  return {
    nodes: cluster.nodes.map((node) => nodeView(built, node)),
    pods: cluster.pods.map((pod) => podView(built, pod)),
    services: cluster.services.map((service) => serviceView(built, service)),
    externals: externalViews(built),
    serviceCIDR: formatCidr(cluster.serviceCIDR),
    clusterCIDR: formatCidr(cluster.clusterCIDR),
    settings: settingsView(built),
  };
}

/** What every view has: whether we added the object, and where it is written. */
function origin(built: Built, ref: ObjectRef): { readonly added: boolean; readonly range: NodeView['range'] } {
  return { added: built.cluster.added.includes(formatRef(ref)), range: rangeOf(built, ref, ['metadata', 'name']) };
}

function nodeView(built: Built, node: Node): NodeView {
  const netns = `node/${node.metadata.name}`;
  const devices = built.world.kernels[netns]?.devices ?? [];
  return {
    name: node.metadata.name,
    netns,
    addresses: node.status.internalIPs,
    podCIDRs: node.spec.podCIDRs.map(formatCidr),
    ready: node.status.ready,
    schedulable: !node.spec.unschedulable,
    devices: devices
      .filter(({ attachment }) => attachment.kind !== 'loopback')
      .map(({ name, attachment }) => ({ name, to: 'peer' in attachment ? attachment.peer.netns : null })),
    ...origin(built, refOf(node)),
  };
}

function podView(built: Built, pod: RunningPod): PodView {
  const namespace = pod.metadata.namespace ?? '';
  const ports: readonly Listening[] = listening(pod, built.cluster);
  return {
    namespace,
    name: pod.metadata.name,
    owner: stableName(built, pod),
    ownerKind: pod.metadata.ownerReferences.find(({ controller }) => controller)?.kind ?? null,
    netns: netnsOfPod(pod),
    node: pod.spec.nodeName,
    addresses: pod.status.podIPs,
    labels: pod.metadata.labels,
    ports,
    ready: pod.status.ready,
    phase: pod.status.phase,
    ...faresOf(pod),
    restarts: pod.status.containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    nameServer: isNameServer(built, pod),
    hostNetwork: pod.spec.hostNetwork,
    ...origin(built, refOf(pod)),
  };
}

/** The Deployment behind the ReplicaSet behind the Pod: the part of its name that a reader knows. */
function stableName(built: Built, pod: RunningPod): string | null {
  const owner = pod.metadata.ownerReferences[0];
  if (owner?.kind !== 'ReplicaSet') return owner?.name ?? null;
  const set = built.cluster.replicaSets.find(
    ({ metadata }) => metadata.namespace === pod.metadata.namespace && metadata.name === owner.name,
  );
  return set?.metadata.ownerReferences[0]?.name ?? owner.name;
}

function isNameServer(built: Built, pod: RunningPod): boolean {
  const owner = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const sockets = built.world.kernels[netnsOfPod(pod)]?.sockets ?? [];
  return sockets.some((socket) => socket.owner === owner && socket.application.kind === 'dns');
}

function serviceView(built: Built, service: Service): ServiceView {
  const { spec, metadata } = service;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    type: spec.type,
    clusterIPs: spec.clusterIPs === 'None' ? ['None'] : spec.clusterIPs,
    ports: spec.ports.map(({ name, port, protocol, targetPort, nodePort }) => ({
      name,
      port,
      protocol,
      targetPort: String(targetPort),
      nodePort,
    })),
    externalAddresses: [...service.status.loadBalancer.flatMap(({ ip, hostname }) => ip ?? hostname ?? []), ...spec.externalIPs],
    pending: isUnanswered(service),
    selector: spec.selector,
    endpoints: endpointsOf(built, service),
    ...origin(built, refOf(service)),
  };
}

function endpointsOf(built: Built, { metadata }: Service): ServiceView['endpoints'] {
  const slices = built.cluster.endpointSlices.filter(
    (slice) => slice.metadata.namespace === metadata.namespace && slice.metadata.labels[SERVICE_NAME_LABEL] === metadata.name,
  );
  const all = slices.flatMap((slice) => slice.endpoints.flatMap((endpoint) => portsOf(slice).map((port) => endpointView(endpoint, port))));
  const distinct = new Map(all.map((endpoint) => [`${endpoint.address} ${endpoint.ready}`, endpoint]));
  return [...distinct.values()].sort((a, b) => compareText(a.address, b.address));
}

/** A slice without ports, or with all of them, is shown by its addresses alone. */
function portsOf(slice: EndpointSlice): readonly (number | null)[] {
  return slice.ports.length === 0 ? [null] : slice.ports.map(({ port }) => port);
}

function endpointView(endpoint: EndpointSlice['endpoints'][number], port: number | null): ServiceView['endpoints'][number] {
  const text = endpoint.addresses[0] ?? '';
  const ip = parseIp(text);
  const { targetRef } = endpoint;
  return {
    address: ip === null || port === null ? text : formatSocket({ ip, port }),
    ready: endpoint.conditions.ready,
    pod: targetRef?.kind === 'Pod' ? `${targetRef.namespace}/${targetRef.name}` : null,
  };
}

function externalViews(built: Built): readonly ExternalView[] {
  return Object.keys(built.world.kernels)
    .filter((netns) => netns.startsWith('external/'))
    .sort(compareText)
    .map((netns) => ({ netns, address: netns.slice('external/'.length) }));
}

/** Everything that is wrong with the text or could be better, in the order of the text. */
export function diagnosticsOf(built: Pick<Built, 'manifest' | 'findings'>): readonly Diagnostic[] {
  return placedDiagnostics(built).map(({ shown }) => shown);
}

/** Each as the page shows it, with the finding behind it; null for what is no YAML. */
export function placedDiagnostics(
  built: Pick<Built, 'manifest' | 'findings'>,
): readonly { readonly shown: Diagnostic; readonly placed: PlacedFinding | null }[] {
  const { problems, locate } = built.manifest;
  const parse: readonly Diagnostic[] = problems.map((problem) => ({
    severity: 'error',
    kind: 'Parse',
    document: problem.document,
    path: '',
    object: '',
    range: problem.range,
    message: tellParseProblem(problem),
    fix: null,
  }));
  const broken = parse.map((shown) => ({ shown, placed: null }));
  const found = built.findings.map((placed) => ({ shown: diagnostic(placed, locate), placed }));
  return [...broken, ...found].sort(({ shown: a }, { shown: b }) => a.range.from - b.range.from || compareText(a.path, b.path));
}

function diagnostic({ finding, raw, range }: PlacedFinding, locate: Built['manifest']['locate']): Diagnostic {
  return {
    severity: finding.severity,
    kind: errorKind(finding) ?? finding.code,
    document: raw?.document ?? 0,
    path: formatPath(finding.path),
    object: formatRef(finding.object),
    range: range ?? (raw === null ? { from: 0, to: 0 } : locate(raw, finding.path)),
    message: tellFinding(finding),
    fix: fixTitle({ finding, raw }),
  };
}
