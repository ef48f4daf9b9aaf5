// `--field-selector status.phase=Running,spec.nodeName!=node-1`: which fields the API server can select each kind by, and what it says of others.

import type { JsonMap } from '../engine/index';
import { textAt } from './fields';
import type { Resource } from './kinds';

export type SelectsFields = (object: JsonMap) => boolean;

/** Beside the name and the namespace, which every kind can be selected by (the conversion functions of pkg/apis). */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Service: ['spec.clusterIP', 'spec.type'],
  Secret: ['type'],
  ReplicaSet: ['status.replicas'],
  ReplicationController: ['status.replicas'],
  Job: ['status.successful'],
};

/** What the fields of an object hold where they are not written. */
const UNSET: Readonly<Record<string, string>> = {
  'spec.restartPolicy': 'Always',
  'spec.schedulerName': 'default-scheduler',
  'spec.unschedulable': 'false',
  'spec.hostNetwork': 'false',
  'status.successful': '0',
  'status.replicas': '0',
};

export function fieldSelector(text: string, resource: Resource): SelectsFields | { readonly problem: string } {
  const terms = text.split(',').filter((term) => term !== '');
  const read = terms.map((term) => /^([^=!]+)(==|=|!=)([^=]*)$/.exec(term.trim()));
  const wrong = terms.find((_, index) => read[index] === null);
  if (wrong !== undefined) return failure(text, resource, `invalid selector: '${text}'; can't understand '${wrong}'`);
  const wanted = read.map((match) => ({ field: match?.[1] ?? '', operator: match?.[2] ?? '=', value: match?.[3] ?? '' }));
  const known = ['metadata.name', 'metadata.namespace', ...(SELECTABLE[resource.kind] ?? [])];
  const unknown = wanted.find(({ field }) => !known.includes(field));
  if (unknown !== undefined)
    return failure(
      text,
      resource,
      resource.kind in SELECTABLE
        ? `field label not supported: ${unknown.field}`
        : `"${unknown.field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  return (object) => wanted.every(({ field, operator, value }) => (operator !== '!=') === (fieldValue(object, field) === value));
}

function fieldValue(object: JsonMap, field: string): string {
  if (field === 'source') return textAt(object, 'source', 'component');
  if (field === 'status.successful') return textAt(object, 'status', 'succeeded') || '0';
  return textAt(object, ...field.split('.')) || (UNSET[field] ?? '');
}

function failure(text: string, resource: Resource, why: string): { readonly problem: string } {
  return { problem: badSelector({ labels: '', fields: text, resource, why }) };
}

/** How the client tells of a list that the server would not make. */
export function badSelector({
  labels,
  fields,
  resource,
  why,
}: {
  labels: string;
  fields: string;
  resource: Resource;
  why: string;
}): string {
  const name = `${resource.group}/${resource.version}, Resource=${resource.plural}`;
  return `Error from server (BadRequest): Unable to find "${name}" that match label selector "${labels}", field selector "${fields}": ${why}`;
}
