// What an update may not change (ValidateXUpdate of the API server's validation): the causes of a 422, in its words.

import type { Json, JsonMap } from '../../engine/index';
import { at, isList, isMap, textAt } from '../fields';
import { equalJson } from './json';

export function immutableCauses(before: JsonMap, after: JsonMap): readonly string[] {
  switch (textAt(after, 'kind')) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
      return sealed(before, after, ['spec', 'selector'], 'field is immutable');
    case 'StatefulSet':
      return statefulSetCauses(before, after);
    case 'Job':
      return [
        ...sealed(before, after, ['spec', 'selector'], 'field is immutable'),
        ...sealed(before, after, ['spec', 'template'], 'field is immutable'),
      ];
    case 'Pod':
      return podCauses(before, after);
    case 'Service':
      return serviceCauses(before, after);
    case 'ConfigMap':
    case 'Secret':
      return at(before, 'immutable') === true && !equalJson(at(before, 'data'), at(after, 'data'))
        ? ['data: Forbidden: field is immutable when `immutable` is set']
        : [];
    default:
      return [];
  }
}

function sealed(before: JsonMap, after: JsonMap, way: readonly string[], why: string): readonly string[] {
  const [old, fresh] = [at(before, ...way), at(after, ...way)];
  if (old === undefined || equalJson(old, fresh)) return [];
  return [`${way.join('.')}: Invalid value: ${JSON.stringify(fresh ?? null)}: ${why}`];
}

const STATEFUL_SET_FIELDS = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function statefulSetCauses(before: JsonMap, after: JsonMap): readonly string[] {
  if (equalJson(without(at(before, 'spec'), STATEFUL_SET_FIELDS), without(at(after, 'spec'), STATEFUL_SET_FIELDS))) return [];
  return [
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ];
}

/** Of a running Pod only images, deadlines and additional tolerations may change; its containers may be neither more nor fewer. */
function podCauses(before: JsonMap, after: JsonMap): readonly string[] {
  const [old, fresh] = [at(before, 'spec'), at(after, 'spec')];
  if (old === undefined || equalJson(fixedPart(old), fixedPart(fresh))) return [];
  return [
    'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
  ];
}

function fixedPart(spec: Json | undefined): Json {
  const imageless = (list: Json | undefined): Json => (isList(list) ? list.map((one) => without(one, ['image'])) : null);
  const rest = without(spec, ['activeDeadlineSeconds', 'tolerations', 'containers', 'initContainers']);
  return {
    ...(isMap(rest) ? rest : {}),
    containers: imageless(at(spec, 'containers')),
    initContainers: imageless(at(spec, 'initContainers')),
  };
}

function serviceCauses(before: JsonMap, after: JsonMap): readonly string[] {
  const [old, fresh] = [textAt(before, 'spec', 'clusterIP'), textAt(after, 'spec', 'clusterIP')];
  const isAsked = old !== '' && fresh !== '' && textAt(after, 'spec', 'type') !== 'ExternalName';
  return isAsked && old !== fresh ? [`spec.clusterIPs[0]: Invalid value: ["${fresh}"]: may not change once set`] : [];
}

function without(value: Json | undefined, keys: readonly string[]): Json {
  return isMap(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) : (value ?? null);
}
