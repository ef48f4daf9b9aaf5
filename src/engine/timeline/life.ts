// A cluster at one instant of the axis, on every floor at once: what the API server stores, what each machine does, what each watcher
// has read, what is broken, and what is due next. A plain value: the simulation makes the next one of it (`advance.ts`).

import type { Cluster } from '../controlplane/cluster';
import type { ApiObject } from '../kube/meta';
import type { Ip } from '../net/ip';
import type { Action } from './action';
import type { Fault } from './fault';
import type { Happening, Part } from './happening';
import type { PodLife } from './pod-life';

/** What a watcher has read of the objects that concern it. */
export type Seen = Pick<Cluster, 'services' | 'endpointSlices'>;

/** A node beside its API object. */
export interface Machine {
  readonly images: readonly string[];
  /** It was switched on, and nothing runs on it yet. */
  readonly booting: boolean;
  /** The address that it gave last out of each of its ranges (`formatCidr`). */
  readonly given: Readonly<Record<string, Ip>>;
  /** What its kube-proxy has written into the kernel. */
  readonly programmed: Seen;
  /** When it did. */
  readonly programmedAt: number;
}

export type Event =
  /** A part of the cluster reads what changed, and does its work. */
  | { readonly kind: 'wake'; readonly part: Part; readonly cause: number | null }
  /** Something of a Pod is due on its node. */
  | { readonly kind: 'pod-due'; readonly pod: string }
  /** Nothing was heard of a node for too long. */
  | { readonly kind: 'node-silent'; readonly node: string; readonly cause: number | null }
  /** A machine that was switched on is up. */
  | { readonly kind: 'node-booted'; readonly node: string; readonly cause: number | null }
  /** A node that was deleted did not come back. */
  | { readonly kind: 'node-gone'; readonly node: string; readonly cause: number | null }
  /** A Pod has tolerated its node's taint for as long as it may. */
  | { readonly kind: 'eviction'; readonly pod: string; readonly uid: string | null; readonly node: string; readonly cause: number | null }
  | { readonly kind: 'action'; readonly action: Action };

export interface Timed {
  readonly at: number;
  readonly event: Event;
}

export interface Life {
  /** Milliseconds since the axis began. */
  readonly now: number;
  /** When the axis began, in milliseconds since 1970. */
  readonly epoch: number;
  /** How many objects were ever made: names of new ones follow from it. */
  readonly serial: number;
  /** What etcd holds. */
  readonly cluster: Cluster;
  /** The objects of the user's manifest, as it was applied last. */
  readonly written: readonly ApiObject[];
  /** The same as the API server was asked to store them: with addresses and defaults, and with what stands in no manifest. */
  readonly applied: readonly ApiObject[];
  readonly machines: Readonly<Record<string, Machine>>;
  readonly pods: Readonly<Record<string, PodLife>>;
  /** What CoreDNS has read. */
  readonly named: Seen;
  readonly faults: readonly Fault[];
  /** In order of time; of those at one instant, in order of their making. */
  readonly queue: readonly Timed[];
  readonly happenings: readonly Happening[];
  /** What happened before the axis began, as far as the cluster shows it. */
  readonly past: readonly Happening[];
}
