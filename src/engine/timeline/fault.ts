// What can be broken in a cluster beside its objects: programs that stop, machines that vanish, cables that are cut. Wrong selectors,
// ports and policies are no faults of this kind: they stand in the manifest.

export type Fault =
  /** The program in a container ends now, with this exit code. */
  | { readonly kind: 'crash'; readonly pod: string; readonly container: string | null; readonly exitCode: number }
  /** The program answers this to probes and requests until it is mended. */
  | { readonly kind: 'ill'; readonly pod: string; readonly answers: number | 'hang' | 'down' }
  /** kube-proxy of the node does not run: its rules stay as they are. */
  | { readonly kind: 'proxy-stopped'; readonly node: string }
  /** CoreDNS does not answer on the node. */
  | { readonly kind: 'dns-stopped'; readonly node: string }
  /** The node is off: nothing on it runs, nobody reaches it. */
  | { readonly kind: 'node-lost'; readonly node: string }
  /** The two nodes do not reach each other. */
  | { readonly kind: 'link-cut'; readonly nodes: readonly [string, string] };

/** Whether the two speak of the same break: setting one again changes nothing, mending one mends the other. */
export function sameFault(a: Fault, b: Fault): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function plain(fault: Fault): readonly unknown[] {
  switch (fault.kind) {
    case 'crash':
      return [fault.kind, fault.pod, fault.container];
    case 'ill':
      return [fault.kind, fault.pod];
    case 'link-cut':
      return [fault.kind, ...[...fault.nodes].sort()];
    case 'proxy-stopped':
    case 'dns-stopped':
    case 'node-lost':
      return [fault.kind, fault.node];
  }
}
