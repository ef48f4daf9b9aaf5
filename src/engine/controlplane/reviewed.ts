// A settled cluster beside the text that it came from: what every review of `advice.ts` looks at.

import type { Pod } from '../kube/pod';
import type { Cluster, RunningPod } from './cluster';
import type { Inventory } from './inventory';
import type { Addressed } from './ipam';
import type { Listening } from './listening';
import type { Waiting } from './load-balancer';
import type { Origin } from './origin';
import type { Placement } from './schedule';

export interface Reviewed {
  readonly text: Inventory;
  readonly cluster: Cluster;
  readonly unplaced: Placement['unplaced'];
  readonly exhausted: Addressed['exhausted'];
  /** Services whose load balancer gave them no address. */
  readonly waiting: readonly Waiting[];
  /** The written object behind a Pod; null where there is none. */
  readonly origin: (pod: Pod) => Origin | null;
  readonly programs: (pod: RunningPod) => readonly Listening[];
}
