// kube-scheduler at work: a node for every Pod that has none. One that fits nowhere stays Pending and is tried again when something changes.

import { schedule } from '../controlplane/schedule';
import { refOf } from '../kube/meta';
import { keyOf, type LifeDraft } from './life-draft';

export function bindPods(draft: LifeDraft): void {
  const waiting = draft.cluster.pods.filter(
    ({ spec, metadata, status }) => spec.nodeName === null && metadata.deletionTimestamp === null && !status.reported,
  );
  if (waiting.length === 0) return;
  const placement = schedule(draft.cluster.pods, draft.cluster.nodes, draft.cluster.namespaces);
  for (const pod of waiting) {
    const node = placement.pods.find((each) => keyOf(each) === keyOf(pod))?.spec.nodeName ?? null;
    if (node === null) continue;
    draft.tell(refOf(pod), { code: 'scheduled', node });
    draft.put({ ...pod, spec: { ...pod.spec, nodeName: node } });
  }
  for (const { pod, refusals } of placement.unplaced) {
    const said = draft.lastOf(refOf(pod), 'unschedulable');
    if (said?.code === 'unschedulable' && JSON.stringify(said.refusals) === JSON.stringify(refusals)) continue;
    draft.tell(refOf(pod), { code: 'unschedulable', refusals });
  }
}
