// What the sentences call things: the only knowledge of the cluster that reaches the floor `explain` beside a trace.
// Made by the engine from its cluster; hosts outside and routers are named by their namespace alone.

/** Whose network namespace it is. */
export interface PlaceName {
  readonly kind: 'pod' | 'node' | 'external' | 'router' | 'gateway';
  readonly name: string;
  /** null for all but Pods and Gateways. */
  readonly namespace: string | null;
}

/** Whose address it is. */
export interface AddressOwner {
  readonly kind: 'Pod' | 'Service' | 'Node' | 'Gateway' | 'external';
  readonly name: string;
  readonly namespace: string | null;
}

export interface Names {
  readonly netns: Readonly<Record<string, PlaceName>>;
  readonly addresses: Readonly<Record<string, AddressOwner>>;
  /** Where several Pods have one address: whom a namespace means by it, by namespace and address. Nobody else is listed. */
  readonly nearby: Readonly<Record<string, Readonly<Record<string, AddressOwner>>>>;
  /** Selectors of Services by `namespace/name`, as kubectl prints them: `app=web,tier=front`. A Service without one is absent. */
  readonly selectors: Readonly<Record<string, string>>;
  /** What listens, by the owner's name: `production/web` to `3000/TCP`. */
  readonly listening: Readonly<Record<string, readonly string[]>>;
}

/** The owner of a namespace: the one on the list, else what its own name says (`external/203.0.113.9`, `router/192.168.1.1`). */
export function placeNamed(names: Names, netns: string): PlaceName {
  const known = names.netns[netns];
  if (known !== undefined) return known;
  const [kind, ...rest] = netns.split('/');
  if (kind === 'pod' || kind === 'gateway') return { kind, namespace: rest[0] ?? null, name: rest.slice(1).join('/') };
  const name = rest.join('/');
  return { kind: kind === 'node' || kind === 'router' ? kind : 'external', name, namespace: null };
}
