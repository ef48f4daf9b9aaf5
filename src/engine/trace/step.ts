// A trace is a flat list of steps, one a stop on the line: a program, a device, a hook of netfilter, a routing decision.
// The playhead is one integer. A hop (`hops.ts`) is a run of steps in one place. Facts only: sentences are made in `explain/`.

import type { RuleRead } from '../linux/chain-walk';
import type { Effect } from '../linux/effect';
import type { Translation } from '../linux/hook';
import type { HttpServer, Lack, Upstream } from '../linux/http-proxy';
import type { Scheduled } from '../linux/ipvs';
import type { ConnectionState, Hook, RejectWith } from '../linux/netfilter';
import type { Route } from '../linux/route';
import type { Skb } from '../linux/skb';
import type { Socket } from '../linux/socket';
import type { ForwardingEntry, NeighbourEntry } from '../linux/tunnel';
import type { Rcode, RecordType } from '../net/dns';
import type { HttpRequest } from '../net/http';
import type { IcmpError, SocketAddress } from '../net/packet';
import type { HostsEntry, Libc, ResolvConf, ZoneRecord } from '../net/zone';
import type { HttpRouted } from './http-route';

/** Which conversation (names are looked up before the connection opens), which way, and in whose namespace. */
export interface Place {
  /** Counted from 0: each question to a DNS server is one, then the connection, then each connection that a proxy opens for it. */
  readonly exchange: number;
  readonly purpose: 'dns' | 'request' | 'upstream';
  /** Conntrack's own two words. */
  readonly direction: 'original' | 'reply';
  readonly netns: string;
}

export type { RuleRead, Translation };

/** Why nobody will answer. */
export type DropReason =
  | 'rule' // a rule's DROP
  | 'policy' // the policy of a built-in chain
  | 'blackhole' // a blackhole route: nobody has the address
  | 'no-such-host' // a router's blackhole for the rest of the world: it knows no way and says nothing
  | 'ttl-expired'
  | 'not-forwarding' // ip_forward is off
  | 'not-ours' // a reply that belongs to no connection of the client: conntrack or the socket layer throws it away
  | 'martian-source' // the packet claims to come from an address of the kernel it arrives at
  | 'no-forwarding-entry' // VXLAN: nobody told the tunnel behind which machine the MAC address lives
  | 'tunnel-unreachable' // the other end of a tunnel cannot be reached: the refusal is for the node, not for who sent the packet inside
  | 'no-such-tunnel' // a wrapped packet at a machine without such a tunnel, or a frame for another MAC address
  | 'application-silent' // the program took the connection and the request, and says nothing
  | 'no-hairpin'; // a bridge does not send a frame back by the port that it came in by

/** Why the answer is a refusal. */
export type RejectReason =
  | 'rule' // a rule's REJECT: the Service has no endpoint
  | 'no-real-server' // a virtual server of IPVS with nobody behind it
  | 'no-socket' // the host is there, nothing listens on the port
  | 'unreachable-route' // an unreachable route, or none at all on the sender
  | 'ttl-expired' // it was passed on too often; an answer that is, is dropped: its error goes to who answered
  | 'no-neighbour'; // ARP failed: host-unreachable after three tries

/** Why a proxy answers by itself. */
export type ProxyAnswer =
  | Lack // nobody behind the location
  | 'no-server' // no server has the host
  | 'no-location' // the server has no location for the request
  | 'no-upstream' // the location names nobody, or all shares are 0
  | 'fixed' // the location is an answer: a redirection
  | 'to-https' // plain HTTP where HTTPS is wanted
  | 'wrong-scheme' // HTTP on the port of HTTPS, or the other way round
  | 'upstream-refused'
  | 'upstream-silent'
  | 'upstream-no-http';

/** What a proxy does with a request. */
export type HttpDecision =
  /** `share`: the part of the requests that this upstream gets, where several share the location. `among`: the addresses that it was drawn from. */
  | {
      readonly kind: 'forwarded';
      readonly upstream: Upstream;
      readonly share: { readonly weight: number; readonly of: number } | null;
      readonly address: SocketAddress;
      readonly among: number;
    }
  | { readonly kind: 'answered'; readonly status: number; readonly why: ProxyAnswer; readonly upstream: Upstream | null };

export type Step = {
  readonly at: Place /** After the event; null where no packet is in flight. */;
  readonly skb: Skb | null;
  readonly effects: readonly Effect[];
} /** The resolver in the program's libc reads resolv.conf and makes its list of names. */ & (
  | {
      readonly kind: 'search-planned';
      readonly name: string;
      readonly resolv: ResolvConf;
      readonly libc: Libc;
      readonly candidates: readonly string[];
    }
  /** The resolver finds the name in /etc/hosts, and asks nobody. */
  | { readonly kind: 'name-in-hosts'; readonly name: string; readonly entry: HostsEntry }
  /** A program sends, or a kernel answers by itself; `by` is the owner. Where the namespace has no netfilter (a pod), sending is one stop:
   *  `route` is the one that it takes, and the packet has left by `skb.output`. Elsewhere `route` is null and the stops follow one by one. */
  | { readonly kind: 'sent'; readonly by: string; readonly route: Route | null; readonly passedOver: readonly Route[] }
  /** `mtu`: the largest packet that the device takes, in bytes. */
  | { readonly kind: 'device-entered'; readonly device: string; readonly mtu: number }
  | {
      readonly kind: 'device-left';
      readonly device: string;
      readonly mtu: number /** The namespace at the other end. */;
      readonly to: string;
    }
  | {
      readonly kind: 'hook-passed';
      readonly hook: Hook;
      readonly reads: readonly RuleRead[];
      /** How many rules the kernel went through here, those left out of `reads` included. */
      readonly rulesRead: number;
      readonly translations: readonly Translation[];
      readonly markBefore: number;
      readonly connectionState: ConnectionState | null;
      /** What IPVS was asked and what it chose; null where it was not concerned. */
      readonly scheduled: Scheduled | null;
    }
  | { readonly kind: 'route-chosen'; readonly route: Route; readonly passedOver: readonly Route[] }
  /** A bridge switches the frame to one of its ports: the packet is not routed, and its time to live stays. */
  | { readonly kind: 'bridged'; readonly bridge: string; readonly port: string /** The namespace at the port. */; readonly to: string }
  /** A tunnel device has wrapped the packet: `skb` holds the outer one, which the kernel sends as its own. The entries are those of VXLAN. */
  | {
      readonly kind: 'encapsulated';
      readonly device: string;
      readonly mtu: number;
      readonly neighbour: NeighbourEntry | null;
      readonly forwarding: ForwardingEntry | null;
    }
  /** The other end has unwrapped it: `skb` holds the inner packet again, as if it had just come in by the device. */
  | { readonly kind: 'decapsulated'; readonly device: string; readonly mtu: number }
  /** A program takes the packet from its socket; null where the kernel itself answers (an ICMP echo). */
  | { readonly kind: 'delivered'; readonly socket: Socket | null }
  /** The DNS server looks into its zones. */
  | {
      readonly kind: 'name-answered';
      readonly name: string;
      readonly type: RecordType;
      readonly rcode: Rcode;
      readonly records: readonly ZoneRecord[];
      /** How many seconds ago it found this, and kept it; null: it has just looked. */
      readonly age: number | null;
    }
  /** The answer reaches the program that asked: by its socket, which the reply's destination names. */
  | { readonly kind: 'received'; readonly by: string }
  /** The resolver knows the address, or gives up (`ip` null). `lookups` are the names it asked for, in order; the last one decided. */
  | {
      readonly kind: 'name-settled';
      readonly name: string;
      readonly rcode: Rcode;
      readonly ip: string | null;
      readonly lookups: readonly string[];
    }
  | {
      readonly kind: 'dropped';
      readonly reason: DropReason;
      readonly hook: Hook | null;
      readonly reads: readonly RuleRead[];
      readonly rulesRead: number;
      readonly route: Route | null;
    }
  /** `with` is what is sent back to the sender; the reply that follows carries it. */
  | {
      readonly kind: 'rejected';
      readonly reason: RejectReason;
      readonly with: RejectWith | IcmpError;
      /** The virtual server that has nobody to send to; absent for all other reasons. */
      readonly scheduled?: Scheduled;
      readonly hook: Hook | null;
      readonly reads: readonly RuleRead[];
      readonly rulesRead: number;
      readonly route: Route | null;
    }
  /** The connection stands; the program's request and the answer take the same way without another look at table nat. */
  | { readonly kind: 'application-answered'; readonly owner: string; readonly status: number | null }
  /** A proxy has read the request on the open connection. Above the first `attempt` it turns to another address of the same upstream. */
  | ({
      readonly kind: 'http-routed';
      readonly owner: string;
      readonly program: string;
      readonly request: HttpRequest;
      readonly attempt: number;
      readonly server: Pick<HttpServer, 'host' | 'provenance'> | null;
      readonly decision: HttpDecision;
    } & Omit<HttpRouted, 'server'>)
  /** What the proxy answers its client: by itself, or (`why` null) what it was told. */
  | {
      readonly kind: 'proxy-answered';
      readonly owner: string;
      readonly program: string;
      readonly status: number;
      readonly why: ProxyAnswer | null;
    }
  /** What the client's program sees in the end. Always the last step. */
  | { readonly kind: 'concluded'; readonly by: string; readonly outcome: Outcome }
);

export type StepKind = Step['kind'];
export type StepOf<Kind extends StepKind> = Step & { readonly kind: Kind };

/** The four words of the conformance cases. */
export type Outcome =
  | {
      readonly kind: 'delivered';
      readonly backend: SocketAddress;
      readonly owner: string;
      /** Did the backend see another source address than the client's? null: a proxy has asked it over a connection of its own. */
      readonly masqueraded: boolean | null;
      readonly seenSource: SocketAddress;
      readonly status: number | null;
    }
  | { readonly kind: 'rejected'; readonly reason: RejectReason; readonly netns: string; readonly destination: SocketAddress }
  /** A proxy has answered in the place of a program: `destination` is whom it tried in vain, or itself. */
  | {
      readonly kind: 'rejected';
      readonly reason: 'http-status';
      readonly status: number;
      readonly why: ProxyAnswer;
      readonly netns: string;
      readonly destination: SocketAddress;
    }
  | {
      readonly kind: 'dropped';
      readonly reason: DropReason;
      readonly netns: string;
      readonly destination: SocketAddress /** The packet did arrive, its answer did not. */;
      readonly replyLost: boolean;
    }
  | { readonly kind: 'unresolved'; readonly name: string; readonly rcode: Rcode };

/** An address that the connection may end at. */
export interface Backend {
  readonly address: SocketAddress;
  readonly owner: string;
  /** In (0, 1]; those of one trace sum to 1 where every way is delivered. */
  readonly probability: number;
}

export interface Trace {
  readonly steps: readonly Step[];
  readonly outcome: Outcome;
  readonly backends: readonly Backend[];
}
