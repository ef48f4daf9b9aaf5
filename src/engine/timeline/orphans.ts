// Pods that are bound to a node which does not exist any more (pkg/controller/podgc, gcOrphaned): it looks every twenty seconds, waits forty
// whether the node comes back, and then deletes them by force: nobody else would. Their controllers make others.

import { refOf } from '../kube/meta';
import { deleteObject } from './deletion';
import type { LifeDraft } from './life-draft';

export function collectOrphans(draft: LifeDraft, node: string): void {
  if (draft.cluster.nodes.some(({ metadata }) => metadata.name === node)) return;
  const cause = draft.lastCause;
  for (const pod of draft.cluster.pods.filter(({ spec }) => spec.nodeName === node)) {
    draft.because(cause);
    deleteObject(draft, refOf(pod), { gracePeriodSeconds: 0, cascade: true });
  }
}
