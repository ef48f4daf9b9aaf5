// The revisions of a workload: of a Deployment its ReplicaSets, numbered by their annotation; of a StatefulSet or DaemonSet its
// ControllerRevisions (polymorphichelpers/history.go and rollback.go).

import type { JsonMap, StoredObject } from '../../engine/index';
import { at, listAt, numberAt, textAt } from '../fields';
import { mapAt, withAt } from './cluster-change';
import { equalJson } from './json';
import { CHANGE_CAUSE } from './label';
import type { Objects } from './waiting';

export interface Revision {
  readonly number: number;
  readonly cause: string;
  /** Without the label that tells ReplicaSets apart. */
  readonly template: JsonMap;
  /** As the ReplicaSet has it. */
  readonly own: JsonMap;
  /** How many Pods it shall have; of a ControllerRevision none. */
  readonly replicas: number;
  /** The object that holds it; of a ControllerRevision the workload as it was then. */
  readonly holder: JsonMap;
}

const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

/** From the oldest to the newest; null for kinds that have none. */
export function revisionsOf(objects: Objects, workload: StoredObject): readonly Revision[] | null {
  switch (workload.kind) {
    case 'Deployment':
      return ordered(owned(objects, workload, 'ReplicaSet').flatMap(ofReplicaSet));
    case 'StatefulSet':
    case 'DaemonSet':
      return ordered(owned(objects, workload, 'ControllerRevision').flatMap((one) => ofControllerRevision(one, workload)));
    default:
      return null;
  }
}

function ordered(revisions: readonly Revision[]): readonly Revision[] {
  return [...revisions].sort((a, b) => a.number - b.number);
}

function owned(objects: Objects, owner: StoredObject, kind: string): readonly StoredObject[] {
  return objects.filter(
    (one) =>
      one.kind === kind &&
      one.namespace === owner.namespace &&
      listAt(one.json, 'metadata', 'ownerReferences').some((of) => textAt(of, 'kind') === owner.kind && textAt(of, 'name') === owner.name),
  );
}

function ofReplicaSet({ json }: StoredObject): readonly Revision[] {
  const number = Number(textAt(json, 'metadata', 'annotations', REVISION));
  const own = mapAt(json, 'spec', 'template');
  return number > 0
    ? [
        {
          number,
          cause: textAt(json, 'metadata', 'annotations', CHANGE_CAUSE),
          template: withoutHash(own),
          own,
          replicas: numberAt(json, 'spec', 'replicas'),
          holder: json,
        },
      ]
    : [];
}

function ofControllerRevision({ json }: StoredObject, workload: StoredObject): readonly Revision[] {
  // `$patch: replace` is how the revision is applied, and no part of the template (getPatch of the controllers).
  const kept = withAt(mapAt(json, 'data', 'spec', 'template'), ['$patch'], undefined);
  const own = at(json, 'data', 'spec', 'template') === undefined ? mapAt(workload.json, 'spec', 'template') : kept;
  return [
    {
      number: numberAt(json, 'revision'),
      cause: textAt(json, 'metadata', 'annotations', CHANGE_CAUSE),
      template: own,
      own,
      replicas: 0,
      holder: withAt(workload.json, ['spec', 'template'], own),
    },
  ];
}

function withoutHash(template: JsonMap): JsonMap {
  return withAt(template, ['metadata', 'labels', HASH], undefined);
}

/** Whether two templates make the same Pods (equalIgnoreHash). */
export function isSameTemplate(one: JsonMap, other: JsonMap): boolean {
  return equalJson(withoutHash(one), withoutHash(other));
}
