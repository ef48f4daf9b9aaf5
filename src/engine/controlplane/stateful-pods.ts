// The Pods of a StatefulSet: each has a number, and its name, host name and DNS name follow from it (stateful_set_utils.go).

import type { Pod } from '../kube/pod';
import { type ControllerRevision, POD_INDEX_LABEL, POD_NAME_LABEL, REVISION_LABEL, type StatefulSet } from '../kube/stateful-set';
import type { Birth } from './birth';
import { MOST_REPLICAS, podFrom } from './template';

/** The numbers of the Pods that it wants. */
export function ordinalsOf({ spec }: StatefulSet): readonly number[] {
  return Array.from({ length: Math.min(spec.replicas, MOST_REPLICAS) }, (_, index) => spec.firstOrdinal + index);
}

/** The number in the name of a Pod; null where the name is none of this StatefulSet's. */
export function ordinalOf(set: StatefulSet, podName: string): number | null {
  const prefix = `${set.metadata.name}-`;
  const rest = podName.startsWith(prefix) ? podName.slice(prefix.length) : '';
  return /^(?:0|[1-9]\d*)$/.test(rest) ? Number(rest) : null;
}

export function statefulPod(set: StatefulSet, { ordinal, revision }: { ordinal: number; revision: ControllerRevision }, birth: Birth): Pod {
  const name = `${set.metadata.name}-${ordinal}`;
  const labels = { [POD_NAME_LABEL]: name, [POD_INDEX_LABEL]: String(ordinal), [REVISION_LABEL]: revision.metadata.name };
  const { serviceName } = set.spec;
  const spec = { hostname: name, ...(serviceName === '' ? {} : { subdomain: serviceName }) };
  return podFrom(set, revision.template, { name, labels, spec }, birth);
}
