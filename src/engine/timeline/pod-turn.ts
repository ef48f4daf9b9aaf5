// One turn of a Pod on its node: what it works with. `pod-life.ts` says what happens in it.

import type { Container, Pod, Probe } from '../kube/pod';
import type { ContainerLife } from './container-life';
import type { Fact, ProbeAnswer } from './happening';

/** What a turn needs of the world around the Pod. */
export interface Around {
  readonly pod: Pod;
  readonly now: number;
  /** Images that the node has. */
  readonly images: readonly string[];
  /** Why a container cannot be created; null where nothing is missing. */
  readonly missing: (container: Container) => string | null;
  /** Asks a probe's question, as a packet from the node. */
  readonly probe: (container: Container, probe: Probe) => ProbeAnswer;
}

/** The Pod under construction. */
export interface PodDraft {
  readonly containers: ContainerLife[];
  readonly facts: Fact[];
  readonly images: string[];
}
