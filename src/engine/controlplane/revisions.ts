// The templates that a StatefulSet or DaemonSet has, or had: one ControllerRevision each (pkg/controller/history).

import type { DaemonSet } from '../kube/daemon-set';
import type { Pod } from '../kube/pod';
import { compareText } from '../kube/ref';
import { type ControllerRevision, REVISION_LABEL, type StatefulSet } from '../kube/stateful-set';
import { suffix } from './names';
import { isOwnedBy, ownerReference } from './ownership';
import { isSameVersion } from './replica-sets';
import { templateText } from './template';

/** The oldest first. */
export function ownRevisions(owner: StatefulSet | DaemonSet, revisions: readonly ControllerRevision[]): readonly ControllerRevision[] {
  return revisions
    .filter((each) => isOwnedBy(each, owner))
    .sort((a, b) => a.revision - b.revision || compareText(a.metadata.name, b.metadata.name));
}

/** The revision of the present template: a new one, or an older one that is raised above all others. */
export function presentRevision(
  owner: StatefulSet | DaemonSet,
  own: readonly ControllerRevision[],
  created: string | null,
): ControllerRevision {
  const same = own.findLast((each) => isSameVersion(each.template, owner.spec.template));
  const newest = own.at(-1);
  if (same === undefined) return newRevision(owner, { name: null, revision: (newest?.revision ?? 0) + 1, created });
  return same === newest || newest === undefined ? same : { ...same, revision: newest.revision + 1 };
}

export function newRevision(
  owner: StatefulSet | DaemonSet,
  { name, revision, created }: { readonly name: string | null; readonly revision: number; readonly created: string | null },
): ControllerRevision {
  const { labels } = owner.spec.template.metadata;
  return {
    kind: 'ControllerRevision',
    metadata: {
      name: name ?? `${owner.metadata.name}-${suffix(templateText(owner.spec.template), 10)}`,
      namespace: owner.metadata.namespace,
      labels,
      // Those of this moment: a later one is not written into it (newRevision, snapshot).
      annotations: owner.metadata.annotations,
      uid: null,
      creationTimestamp: created,
      deletionTimestamp: null,
      generation: null,
      ownerReferences: [ownerReference(owner)],
    },
    revision,
    template: owner.spec.template,
  };
}

/** What the label of a Pod says: a StatefulSet writes the name of the revision, a DaemonSet the hash alone. */
export function revisionLabel(owner: StatefulSet | DaemonSet, { metadata }: ControllerRevision): string {
  return owner.kind === 'StatefulSet' ? metadata.name : metadata.name.slice(owner.metadata.name.length + 1);
}

/** Revisions beyond the history that is kept, the oldest first: none that is in use, or that a Pod still bears (truncateHistory). */
export function obsoleteRevisions(
  owner: StatefulSet | DaemonSet,
  {
    revisions,
    live,
    pods,
  }: { readonly revisions: readonly ControllerRevision[]; readonly live: readonly ControllerRevision[]; readonly pods: readonly Pod[] },
): readonly ControllerRevision[] {
  const borne = new Set([
    ...live.map((each) => revisionLabel(owner, each)),
    ...pods.map(({ metadata }) => metadata.labels[REVISION_LABEL]),
  ]);
  const unused = revisions.filter((each) => !borne.has(revisionLabel(owner, each)));
  return unused.slice(0, Math.max(0, unused.length - owner.spec.revisionHistoryLimit));
}
