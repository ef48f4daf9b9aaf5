// A StatefulSet: Pods with a number each, which keep their names whatever becomes of them; and the revisions of its template. Left out:
// the volumes of `volumeClaimTemplates`, and what becomes of their claims.

import type { ObjectMeta } from './meta';
import type { Amount, LabelSelector, PodTemplate } from './workload';

/** Put on every Pod of a StatefulSet. */
export const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
export const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** Names the template that a Pod of a StatefulSet or DaemonSet was made from. */
export const REVISION_LABEL = 'controller-revision-hash';

export interface StatefulSet {
  readonly kind: 'StatefulSet';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly replicas: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    /** The headless Service by which the Pods are found; empty where there is none. */
    readonly serviceName: string;
    readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
    readonly updateStrategy:
      | { readonly type: 'OnDelete' }
      /** Pods with a number below the partition keep the old template. */
      | { readonly type: 'RollingUpdate'; readonly partition: number; readonly maxUnavailable: Amount };
    /** The number of the first Pod. */
    readonly firstOrdinal: number;
    readonly minReadySeconds: number;
    readonly revisionHistoryLimit: number;
  };
  readonly status: {
    /** The revision that Pods had before the update under way, and all have once it is done; null before the first sync. */
    readonly currentRevision: string | null;
  };
}

/** A template that a StatefulSet or DaemonSet has, or had. */
export interface ControllerRevision {
  readonly kind: 'ControllerRevision';
  readonly metadata: ObjectMeta;
  readonly revision: number;
  readonly template: PodTemplate;
}
