// What controllers write into objects that others made: their status, and where a rollout stands. A cluster at rest has it all; an object
// that is new has none of it.

import type { ApiObject, Labels, ObjectMeta } from '../kube/meta';
import { NO_DEPLOYMENT_STATUS } from '../kube/workload';
import { REVISION_ANNOTATION } from './replica-sets';

/** The object before its controller looked at it for the first time. */
export function unreported(object: ApiObject): ApiObject {
  if (object.kind === 'Deployment') return { ...object, metadata: unnumbered(object.metadata), status: NO_DEPLOYMENT_STATUS };
  if (object.kind === 'StatefulSet') return { ...object, status: { currentRevision: null } };
  if (object.kind !== 'Job') return object;
  const status = { startTime: null, completionTime: null, succeeded: 0, failed: 0, completedIndexes: [], counted: null, conditions: [] };
  return { ...object, status };
}

function unnumbered(metadata: ObjectMeta): ObjectMeta {
  const { [REVISION_ANNOTATION]: _, ...annotations }: Labels = metadata.annotations;
  return { ...metadata, annotations };
}
