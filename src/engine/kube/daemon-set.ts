// A DaemonSet: one Pod on every node that takes it.

import type { ObjectMeta } from './meta';
import type { Amount, LabelSelector, PodTemplate } from './workload';

export interface DaemonSet {
  readonly kind: 'DaemonSet';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly updateStrategy:
      | { readonly type: 'OnDelete' }
      | { readonly type: 'RollingUpdate'; readonly maxSurge: Amount; readonly maxUnavailable: Amount };
    readonly minReadySeconds: number;
    readonly revisionHistoryLimit: number;
  };
}
