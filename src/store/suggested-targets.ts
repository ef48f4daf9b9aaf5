// Addresses of the cluster that the present source could call, for the list under the address field: what a name means where it is
// asked (a Pod knows Service names, a computer outside does not), and only ports that the kind of request can use.

import type { ClusterView, NodeView, PodView, ServiceView } from '../engine/index';
import { targetOf, type Verb } from './target-text';

export type SuggestionKind = 'services' | 'node-ports' | 'load-balancers' | 'pods' | 'names';

export interface SuggestedTarget {
  readonly kind: SuggestionKind;
  readonly to: string;
  /** What it is: a Service's or Pod's name, with its namespace where that is another one. */
  readonly name: string;
}

/** No list is longer. */
const MOST = 60;

/** Nodes that are offered for one node port. */
const NODES = 2;

interface Asked {
  readonly view: ClusterView;
  readonly verb: Verb;
  /** The namespace of the source; null for a node or a computer outside. */
  readonly namespace: string | null;
  readonly outside: boolean;
}

export function suggestedTargets(view: ClusterView, from: string, verb: Verb): readonly SuggestedTarget[] {
  const [kind, first = '', second] = from.split('/');
  const namespace = kind === 'pod' ? (second === undefined ? 'default' : first) : null;
  const asked: Asked = { view, verb, namespace, outside: kind === 'external' };
  const services = [...view.services].sort((a, b) => Number(a.added) - Number(b.added));
  const all = [
    ...(asked.outside ? [] : services.flatMap((service) => ofService(asked, service))),
    ...services.flatMap((service) => ofBalancer(asked, service)),
    ...services.flatMap((service) => ofNodePort(asked, service)),
    ...(asked.outside ? [] : view.pods.flatMap((pod) => ofPod(asked, pod))),
  ];
  const order: readonly SuggestionKind[] = ['services', 'names', 'load-balancers', 'node-ports', 'pods'];
  const distinct = [...new Map(all.map((one) => [one.to, one])).values()];
  return distinct.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, MOST);
}

interface Port {
  readonly port: number;
  readonly protocol: string;
}

function targets(verb: Verb, host: string, ports: readonly Port[]): readonly string[] {
  const written = host.includes(':') ? `[${host}]` : host;
  if (verb === 'ping') return [targetOf({ host: written, port: null, path: '/' }, verb).to];
  const protocol = verb === 'GET' ? 'TCP' : verb;
  return ports.filter((port) => port.protocol === protocol).map(({ port }) => targetOf({ host: written, port, path: '/' }, verb).to);
}

function ofService({ verb, namespace }: Asked, service: ServiceView): readonly SuggestedTarget[] {
  const { clusterIPs, ports, type } = service;
  const name = nameIn(service, namespace);
  const isName = type === 'ExternalName';
  // A node asks other name servers than a Pod: it knows a Service by its address alone.
  const host =
    namespace === null
      ? clusterIPs.find((ip) => ip !== 'None')
      : `${service.name}${service.namespace === namespace ? '' : `.${service.namespace}`}`;
  if (host === undefined) return [];
  const known: readonly Port[] = isName && ports.length === 0 ? [{ port: 80, protocol: 'TCP' }] : ports;
  return targets(verb, host, known).map((to) => ({ kind: isName ? 'names' : 'services', to, name }));
}

function ofBalancer({ verb, namespace }: Asked, service: ServiceView): readonly SuggestedTarget[] {
  return service.externalAddresses.flatMap((address) =>
    targets(verb, address, service.ports).map((to) => ({ kind: 'load-balancers', to, name: nameIn(service, namespace) })),
  );
}

function ofNodePort({ view, verb, namespace }: Asked, service: ServiceView): readonly SuggestedTarget[] {
  if (verb === 'ping') return [];
  const ports = service.ports.flatMap(({ nodePort, protocol }) => (nodePort === null ? [] : [{ port: nodePort, protocol }]));
  return view.nodes.slice(0, NODES).flatMap((node: NodeView) =>
    targets(verb, node.addresses[0] ?? '', ports).map((to) => ({
      kind: 'node-ports',
      to,
      name: `${nameIn(service, namespace)} · ${node.name}`,
    })),
  );
}

function ofPod({ verb, namespace }: Asked, pod: PodView): readonly SuggestedTarget[] {
  const [address] = pod.addresses;
  if (address === undefined || pod.added) return [];
  return targets(verb, address, pod.ports).map((to) => ({ kind: 'pods', to, name: nameIn(pod, namespace) }));
}

function nameIn(object: { readonly namespace: string; readonly name: string }, namespace: string | null): string {
  return object.namespace === (namespace ?? 'default') ? object.name : `${object.namespace}/${object.name}`;
}
