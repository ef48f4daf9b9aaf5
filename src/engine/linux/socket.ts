// What listens in a namespace, and what the program behind it does. The kernel knows the first, the trace plays the second.

import type { Ip } from '../net/ip';
import type { Protocol } from '../net/packet';
import type { Provenance } from '../net/provenance';

export type Application =
  /** Answers every HTTP request with this status, and any other conversation with a reply. */
  | {
      readonly kind: 'http';
      readonly status: number /** What it says, where that matters: kube-proxy's health check. */;
      readonly body?: string;
      /** It takes connections and requests, and never answers. */
      readonly silent?: true;
      /** In how many of a thousand requests it says 500 instead. */
      readonly failing?: number;
    }
  /** Answers questions from the name server of this key in `World.nameServers`. */
  | { readonly kind: 'dns'; readonly nameServer: string }
  /** Passes HTTP requests on as the proxy of this key in `World.proxies` is set up. `tls`: it speaks HTTPS on this port. */
  | { readonly kind: 'proxy'; readonly proxy: string; readonly tls: boolean };

export interface Socket {
  readonly protocol: Exclude<Protocol, 'ICMP'>;
  /** The address it is bound to; null for all. */
  readonly address: Ip | null;
  /** The port it is bound to; null for all (a host outside that accepts every connection). */
  readonly port: number | null;
  /** Whose program it is: `production/backend-1` for a Pod, `kubelet`, `192.0.2.42` for a host outside. */
  readonly owner: string;
  readonly application: Application;
  readonly provenance: Provenance;
}
