// What a client does, in the network's own terms: `engine/index.ts` turns `pod/production/frontend` into a namespace before.

import type { DnsQuestion } from '../net/dns';
import type { HttpRequest } from '../net/http';
import type { Ip } from '../net/ip';
import type { Protocol } from '../net/packet';

export interface Request {
  /** The namespace of the client's program, and its owner: `production/frontend`, `node-1`, `203.0.113.9`. */
  readonly netns: string;
  readonly owner: string;
  /** The host as the user wrote it, a name or an address. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** What the program asks for over the connection; null for a bare one. */
  readonly http: HttpRequest | null;
  /** The source address, where the user chose one; null lets the route decide. */
  readonly source: Ip | null;
  /** What a name server is asked, where the request is nothing but a question for one. */
  readonly question?: DnsQuestion | null;
  /** The time to live of its packets; the kernel's own where nothing is said. */
  readonly ttl?: number;
}
