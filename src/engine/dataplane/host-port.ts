// hostPort: the CNI plugin `portmap` leads a port of the node to a Pod of that node, whatever the network (plugins/meta/portmap/portmap_iptables.go).
// An outside client keeps its address. The chain of a container is named by a hash of its random id: here the Pod's name stands for it.

import type { RunningPod } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import type { ContainerPort } from '../kube/pod';
import { provenance } from '../kube/ref';
import type { Match, Rule } from '../linux/netfilter';
import { hex } from '../net/bytes';
import { type Cidr, cidr } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import { NO_PROVENANCE, type Provenance } from '../net/provenance';
import { sha256 } from '../net/sha';
import { NETWORKS } from './networks';
import { type NodeDraft, type OnNode, podsHere } from './node-draft';
import { jump, MATCH, rule, type TableDraft } from './rules';

/** A port of the node and what is behind it. */
interface Mapping {
  readonly port: ContainerPort & { readonly hostPort: number };
  readonly because: Provenance;
}

/** The mark of portmap, beside that of kube-proxy. */
const HAIRPIN_MARK = 0x2000;

const LOCALHOST = cidr('127.0.0.1/32');

/** Writes the mappings of the node's Pods, and says whether there are any. */
export function mapHostPorts(draft: NodeDraft, on: OnNode): boolean {
  const mapped = podsHere(on)
    .map((pod) => ({ pod, mappings: mappingsOf(pod) }))
    .filter(({ mappings }) => mappings.length > 0);
  if (mapped.length === 0) return false;
  for (const of of on.families) {
    const nat = draft.table(of, 'nat');
    writeEntrances(nat);
    for (const { pod, mappings } of mapped) writePod(nat, on, { pod, of, mappings: mappings.filter((mapping) => isOf(mapping, of)) });
  }
  return true;
}

function mappingsOf(pod: RunningPod): readonly Mapping[] {
  return pod.spec.containers.flatMap((container, index) =>
    container.ports.flatMap((port, at) => {
      if (port.hostPort === null) return [];
      const because = provenance(refOf(pod), ['spec', 'containers', index, 'ports', at, 'hostPort']);
      return [{ port: { ...port, hostPort: port.hostPort }, because }];
    }),
  );
}

function isOf({ port }: Mapping, of: Family): boolean {
  return port.hostIP === null || family(port.hostIP) === of;
}

function writeEntrances(nat: TableDraft): void {
  const entrance = rule({ matches: [MATCH.toLocal], target: jump('CNI-HOSTPORT-DNAT') });
  nat.add('PREROUTING', entrance);
  nat.add('OUTPUT', entrance);
  nat.first('POSTROUTING', rule({ comment: 'CNI portfwd requiring masquerade', target: jump('CNI-HOSTPORT-MASQ') }));
  nat.add('CNI-HOSTPORT-DNAT');
  nat.add(
    'CNI-HOSTPORT-SETMARK',
    rule({ comment: 'CNI portfwd masquerade mark', target: { kind: 'mark', value: HAIRPIN_MARK, mask: HAIRPIN_MARK } }),
  );
  nat.add('CNI-HOSTPORT-MASQ', rule({ matches: [MATCH.mark(HAIRPIN_MARK)], target: { kind: 'masquerade', keepsPort: true } }));
}

interface PodPorts {
  readonly pod: RunningPod;
  readonly of: Family;
  readonly mappings: readonly Mapping[];
}

function writePod(nat: TableDraft, { cluster }: OnNode, { pod, of, mappings }: PodPorts): void {
  const card = NETWORKS[cluster.settings.network].podDevices(pod, cluster)[0];
  const own = card?.addresses.find(({ ip }) => family(ip) === of);
  if (own === undefined || mappings.length === 0) return;
  const chain = `CNI-DN-${hex(sha256(`${pod.metadata.namespace}/${pod.metadata.name}`)).slice(0, 21)}`;
  for (const protocol of new Set(mappings.map(({ port }) => port.protocol))) {
    const ports = mappings.filter(({ port }) => port.protocol === protocol);
    const several: Match = { kind: 'destination-ports', negated: false, ports: ports.map(({ port }) => port.hostPort) };
    const comment = `dnat name: "${cluster.settings.network}" id: "${pod.metadata.namespace}/${pod.metadata.name}"`;
    const because = ports[0]?.because ?? NO_PROVENANCE;
    nat.add('CNI-HOSTPORT-DNAT', rule({ matches: [MATCH.protocol(protocol), several], comment, target: jump(chain), because }));
  }
  for (const mapping of mappings) nat.add(chain, ...mappingRules(mapping, own));
}

/** Marked are those whom the Pod would answer past the node: the Pods of its own net, and the node itself by 127.0.0.1. */
function mappingRules({ port, because }: Mapping, own: { readonly ip: Ip; readonly prefix: Cidr }): readonly Rule[] {
  const to = port.hostIP === null || isUnspecified(port.hostIP) ? [] : [MATCH.to(port.hostIP)];
  const asked: readonly Match[] = [...to, MATCH.protocol(port.protocol), MATCH.port(port.hostPort)];
  const marked = (source: Cidr) => rule({ matches: [MATCH.source(source), ...asked], target: jump('CNI-HOSTPORT-SETMARK'), because });
  const target = { kind: 'dnat', to: { ip: own.ip, port: port.containerPort } } as const;
  return [marked(own.prefix), ...(family(own.ip) === 4 ? [marked(LOCALHOST)] : []), rule({ matches: asked, target, because })];
}

function isUnspecified(address: Ip): boolean {
  return address === '0.0.0.0' || address === '::';
}
