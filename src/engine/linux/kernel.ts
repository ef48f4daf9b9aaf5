// One network namespace as it is programmed (Kernel) and what it remembers (KernelState). A node, a pod, a router and a host outside
// are all namespaces; nothing here knows which.

import type { Rcode } from '../net/dns';
import type { Ip } from '../net/ip';
import type { HostsEntry, Libc, NameServer, ResolvConf, ZoneRecord } from '../net/zone';
import type { Connection } from './conntrack';
import type { Device, DeviceRef } from './device';
import type { HttpProxy } from './http-proxy';
import type { IpSet } from './ipset';
import type { Ruleset } from './netfilter';
import type { NftTable } from './nftables';
import type { Route } from './route';
import type { Socket } from './socket';
import type { ServerMemory, VirtualServer } from './virtual-server';

export interface Sysctls {
  /** net.ipv4.ip_forward and net.ipv6.conf.all.forwarding. */
  readonly forwarding: boolean;
  /** net.ipv4.conf.all.route_localnet. */
  readonly routeLocalnet: boolean;
  /** net.bridge.bridge-nf-call-iptables: what a bridge switches passes the rules as if it were routed. */
  readonly bridgeNetfilter: boolean;
}

export interface Kernel {
  /** `node/node-1`, `pod/production/frontend`, `external/192.0.2.42`, `router/192.168.1.1`. A Pod on the host network has none of its own. */
  readonly netns: string;
  readonly devices: readonly Device[];
  readonly routes: readonly Route[];
  readonly iptables: Ruleset;
  readonly ip6tables: Ruleset;
  /** Tables of nftables, of both families. */
  readonly nftables: readonly NftTable[];
  readonly ipvs: readonly VirtualServer[];
  /** ipsets by name. */
  readonly sets: Readonly<Record<string, IpSet>>;
  readonly sockets: readonly Socket[];
  readonly sysctls: Sysctls;
}

/** What a kernel remembers between packets. */
export interface KernelState {
  readonly connections: readonly Connection[];
  /** Lists of `-m recent`: the instant at which each source address was last written, in seconds. */
  readonly recent: Readonly<Record<string, Readonly<Record<Ip, number>>>>;
  /** What IPVS remembers, by `keyOfVirtual`. */
  readonly virtual: Readonly<Record<string, ServerMemory>>;
  /** Local ports in use by our own clients, so that two connections never share one. */
  readonly lastPort: number;
  /** What a name server in this namespace remembers of its answers, by type and name. */
  readonly names: Readonly<Record<string, RememberedAnswer>>;
}

export interface RememberedAnswer {
  readonly rcode: Rcode;
  readonly answers: readonly ZoneRecord[];
  /** When it was given, and for how many seconds it holds. */
  readonly at: number;
  readonly keeps: number;
}

/** The part of a kernel into which nobody has written a rule. */
export const UNPROGRAMMED: Pick<Kernel, 'iptables' | 'ip6tables' | 'nftables' | 'ipvs' | 'sets'> = {
  iptables: {},
  ip6tables: {},
  nftables: [],
  ipvs: [],
  sets: {},
};

/** Where on a segment an address answers. */
export type Neighbours = Readonly<Record<string, DeviceRef>>;

/** Every kernel, the links between them, and what they remember. Changed by effects alone (`effect.ts`). */
export interface World {
  /** Seconds since the world began. */
  readonly now: number;
  /** The state of the dice (`net/dice.ts`), an unsigned number of 32 bits. */
  readonly seed: number;
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly segments: Readonly<Record<string, Neighbours>>;
  readonly nameServers: Readonly<Record<string, NameServer>>;
  readonly proxies: Readonly<Record<string, HttpProxy>>;
  /** /etc/resolv.conf by owner of a program: `production/frontend`. Pods that share a namespace do not share this file. */
  readonly resolvConfs: Readonly<Record<string, ResolvConf>>;
  /** /etc/hosts, by owner as well. */
  readonly hosts: Readonly<Record<string, readonly HostsEntry[]>>;
  /** The C library of a program, by owner; glibc where nothing is said. */
  readonly libcs: Readonly<Record<string, Libc>>;
  readonly states: Readonly<Record<string, KernelState>>;
  /** Pairs of namespaces between which no frame passes, though they hang on the same link. */
  readonly cuts: readonly (readonly [string, string])[];
  /** Namespaces whose machine is switched off: no program in them runs. */
  readonly dark: readonly string[];
}
