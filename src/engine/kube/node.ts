// A Node: a machine with an address and a range of addresses for its Pods.

import type { Cidr } from '../net/cidr';
import type { Ip } from '../net/ip';
import type { ObjectMeta } from './meta';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export interface Node {
  readonly kind: 'Node';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly podCIDRs: readonly Cidr[];
    readonly unschedulable: boolean;
    readonly taints: readonly Taint[];
  };
  readonly status: {
    /** InternalIP addresses, in order; empty until the control plane gives one. */
    readonly internalIPs: readonly Ip[];
    /** ExternalIP addresses. */
    readonly externalIPs: readonly Ip[];
    /** False only where a Ready condition says so. */
    readonly ready: boolean;
    /** What Pods may ask for in all: thousandths of a core, bytes, Pods; null where nobody says. */
    readonly allocatable: { readonly cpu: number | null; readonly memory: number | null; readonly pods: number | null };
  };
}
