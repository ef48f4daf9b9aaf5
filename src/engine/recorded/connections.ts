// The text of `conntrack -L`, and those of its entries that lead nowhere: to an address that no Pod has, to a Pod that is no endpoint of the
// Service any more, for a Service that is gone. New packets of such a connection follow the entry, whatever the rules say by now.

import type { Cluster } from '../controlplane/cluster';
import { serviceAddresses } from '../controlplane/inventory';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import { refOf } from '../kube/meta';
import { formatRef } from '../kube/ref';
import type { Service } from '../kube/service';
import { contains, offsetOf } from '../net/cidr';
import { type Ip, parseIp } from '../net/ip';

export interface RecordedConnection {
  readonly protocol: string;
  /** Of TCP. */
  readonly state: string | null;
  readonly client: Ip;
  /** What was asked for. */
  readonly address: Ip;
  readonly port: string;
  /** Who answers: the back end, where the destination was rewritten. */
  readonly answering: Ip;
  readonly written: string;
  readonly at: number;
}

export function readConnections(text: string): readonly RecordedConnection[] {
  const found: RecordedConnection[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const connection = readConnection(line.trimEnd(), at);
    if (connection !== null) found.push(connection);
    at += line.length + 1;
  }
  return found;
}

function readConnection(line: string, at: number): RecordedConnection | null {
  const tuples = [...line.matchAll(/src=(\S+) dst=(\S+)(?: sport=(\d+) dport=(\d+))?/g)];
  const [original, reply] = tuples;
  const [client, address, answering] = [original?.[1], original?.[2], reply?.[1]].map((text) => parseIp(text ?? ''));
  if (!client || !address || !answering) return null;
  const [, protocol = ''] = /^(?:ipv[46]\s+\d+\s+)?(\S+)/.exec(line) ?? [];
  const state = /\b(SYN_SENT|SYN_RECV|ESTABLISHED|FIN_WAIT|CLOSE_WAIT|LAST_ACK|TIME_WAIT|CLOSE)\b/.exec(line)?.[1] ?? null;
  return { protocol, state, client, address, port: original?.[4] ?? '', answering, written: line, at };
}

export interface StaleConnections {
  readonly reason: 'no-pod' | 'no-endpoint' | 'no-service';
  /** The address that the entries lead to. */
  readonly address: Ip;
  /** `Service shop/web`; null where a Pod was asked for directly. */
  readonly service: string | null;
  /** The Pod that has the address now: `shop/web-2`. */
  readonly pod: string | null;
  readonly count: number;
  readonly first: RecordedConnection;
}

/** Entries that are over end by themselves. */
const OVER: readonly string[] = ['TIME_WAIT', 'CLOSE', 'LAST_ACK'];

/** One for each address and reason, in order of the text. */
export function staleConnections(connections: readonly RecordedConnection[], cluster: Cluster): readonly StaleConnections[] {
  const found = new Map<string, StaleConnections>();
  for (const connection of connections.filter(({ state }) => state === null || !OVER.includes(state))) {
    const stale = judge(connection, cluster);
    if (stale === null) continue;
    const key = JSON.stringify([stale.reason, stale.address, stale.service]);
    const before = found.get(key);
    found.set(key, before === undefined ? { ...stale, count: 1, first: connection } : { ...before, count: before.count + 1 });
  }
  return [...found.values()];
}

function judge(connection: RecordedConnection, cluster: Cluster): Omit<StaleConnections, 'count' | 'first'> | null {
  const { address, answering } = connection;
  const asked = cluster.services.find((service) => isAsked(service, connection, cluster));
  const service = asked === undefined ? null : formatRef(refOf(asked));
  const pod = cluster.pods.find(({ status }) => status.phase === 'Running' && status.podIPs.includes(answering));
  const name = pod === undefined ? null : `${pod.metadata.namespace}/${pod.metadata.name}`;
  if (asked === undefined && contains(cluster.serviceCIDR, address)) return { reason: 'no-service', address, service, pod: name };
  const isRewritten = asked !== undefined && answering !== address;
  if (pod === undefined && (isRewritten || isPodAddress(answering, cluster)) && !isKnown(answering, asked, cluster))
    return { reason: 'no-pod', address: answering, service, pod: null };
  if (isRewritten && !isKnown(answering, asked, cluster)) return { reason: 'no-endpoint', address: answering, service, pod: name };
  return null;
}

function isAsked(service: Service, { address, port }: RecordedConnection, { nodes }: Cluster): boolean {
  const ports = service.spec.ports;
  if (serviceAddresses(service).includes(address)) return ports.some((each) => String(each.port) === port);
  return nodes.some(({ status }) => status.internalIPs.includes(address)) && ports.some((each) => String(each.nodePort) === port);
}

/** Of a node's range, but for the two addresses that the node has in it for itself: of its tunnel and its bridge. */
function isPodAddress(address: Ip, { nodes }: Cluster): boolean {
  if (nodes.some(({ status }) => [...status.internalIPs, ...status.externalIPs].includes(address))) return false;
  return nodes.some(({ spec }) => spec.podCIDRs.some((range) => contains(range, address) && offsetOf(range, address) > 1n));
}

/** Whether the address is an endpoint of the Service, ready or not; of any, where no Service was asked. */
function isKnown(address: Ip, service: Service | undefined, { endpointSlices }: Cluster): boolean {
  return endpointSlices.some(
    ({ metadata, endpoints }) =>
      (service === undefined ||
        (metadata.namespace === service.metadata.namespace && metadata.labels[SERVICE_NAME_LABEL] === service.metadata.name)) &&
      endpoints.some(({ addresses }) => addresses.includes(address)),
  );
}
