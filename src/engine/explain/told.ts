// A trace with its sentences and its evidence in every language: what leaves the engine for the page and the command.

import type { Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';
import type { Hop } from '../trace/hops';
import type { Trace } from '../trace/step';
import type { ClientView } from './client-view';
import type { FidelityId } from './fidelity';
import type { Told } from './language';
import type { Proof } from './proof';

export type EvidenceKind =
  | 'iptables-rule'
  | 'nft-rule'
  | 'ipvs'
  | 'route'
  | 'dns-record'
  | 'conntrack'
  | 'policy'
  | 'socket'
  | 'ingress-rule'
  | 'device'
  | 'resolv-conf';

/** One line that a real tool would print, and what became of it. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** As `iptables-save`, `ip route`, `conntrack -L`, `dig`, `ss -l` print it. */
  readonly text: string;
  /** true: this decided. false: tried and passed over. null: not read at all. */
  readonly matched: boolean | null;
  /** What it stands under: `nat KUBE-SERVICES`, `routes of node-1`. */
  readonly group: string;
  /** The part of `text` that did not match, for marking. */
  readonly failed: string | null;
  /** Why, in a few words: `other address`, `draw 0.71`. */
  readonly note: Told | null;
  readonly provenance: Provenance;
}

export interface ToldStep {
  /** A word or two for the timetable: `PREROUTING DNAT`, `frontend SYN`. */
  readonly title: Told;
  /** What the packet carries on, for the right edge of the timetable: an address, a device, a record. */
  readonly detail: Told;
  /** One or two sentences: this step's own objects, addresses and cause. */
  readonly sentence: Told;
  readonly evidence: readonly Evidence[];
  /** Which part of the simulation speaks here, and how faithful it is. */
  readonly fidelity: FidelityId;
}

export interface ToldTrace {
  readonly trace: Trace;
  readonly hops: readonly Hop[];
  /** One for every step of the trace. */
  readonly steps: readonly ToldStep[];
  /** The whole request in one sentence. */
  readonly summary: Told;
  /** What the client's program prints; null where the request's own words are not known. */
  readonly client: ClientView | null;
  /** Commands that would prove the cause on a real cluster. */
  readonly proofs: readonly Proof[];
  /** The client's source address, for the blind. */
  readonly clientAddress: Ip | null;
}
