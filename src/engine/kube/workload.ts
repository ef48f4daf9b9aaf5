// What all objects that make Pods from a template share, and Deployments and ReplicaSets among them.

import type { Raw } from './fields';
import type { Labels, ObjectMeta } from './meta';
import type { PodSpec } from './pod';

export interface LabelSelector {
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values: readonly string[];
  }[];
}

export interface PodTemplate {
  readonly metadata: { readonly labels: Labels; readonly annotations: Labels };
  readonly spec: PodSpec;
  /** As somebody wrote it; empty where nobody did. A field that plays no part here makes another version of the workload all the same. */
  readonly written: Raw;
}

/** So many, or a share of all: `2`, `25%`. */
export type Amount = number | `${number}%`;

/** What a controller says of its object, and since when. Times are RFC 3339; null where no clock was at hand. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly lastUpdateTime: string | null;
  readonly lastTransitionTime: string | null;
}

export interface Deployment {
  readonly kind: 'Deployment';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly replicas: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly strategy:
      | { readonly type: 'Recreate' }
      | { readonly type: 'RollingUpdate'; readonly maxSurge: Amount; readonly maxUnavailable: Amount };
    readonly paused: boolean;
    /** How long a Pod has to be ready before it counts as available. */
    readonly minReadySeconds: number;
    readonly revisionHistoryLimit: number;
    readonly progressDeadlineSeconds: number;
  };
  /** As its controller saw it last: from one look to the next it tells progress from standstill. */
  readonly status: DeploymentStatus;
}

export interface DeploymentStatus {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly conditions: readonly Condition[];
}

export const NO_DEPLOYMENT_STATUS: DeploymentStatus = {
  replicas: 0,
  updatedReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  conditions: [],
};

export interface ReplicaSet {
  readonly kind: 'ReplicaSet';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly replicas: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly minReadySeconds: number;
  };
}

/** The elder of the ReplicaSet, with a selector that is a plain map. */
export interface ReplicationController {
  readonly kind: 'ReplicationController';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly replicas: number;
    readonly selector: Labels;
    readonly template: PodTemplate;
    readonly minReadySeconds: number;
  };
}

/** What the API server fills in (SetDefaults_Deployment). */
export const DEPLOYMENT_DEFAULTS: Pick<
  Deployment['spec'],
  'strategy' | 'paused' | 'minReadySeconds' | 'revisionHistoryLimit' | 'progressDeadlineSeconds'
> = {
  strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
  paused: false,
  minReadySeconds: 0,
  revisionHistoryLimit: 10,
  progressDeadlineSeconds: 600,
};
