// The columns of nodes, namespaces, what is kept for Pods, storage, rights and events.

import { compareText, type Json } from '../engine/index';
import { since } from './age';
import { AGE, type Column, CREATED_AT, field, NAME, NONE, wide } from './column';
import { at, isMap, listAt, numberAt, textAt } from './fields';

export const CLUSTER_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Node: [
    NAME,
    { name: 'STATUS', cell: nodeStatus },
    { name: 'ROLES', cell: nodeRoles },
    AGE,
    field('VERSION', ['status', 'nodeInfo', 'kubeletVersion']),
    wide('INTERNAL-IP', (one) => nodeAddress(one, 'InternalIP')),
    wide('EXTERNAL-IP', (one) => nodeAddress(one, 'ExternalIP')),
    wide('OS-IMAGE', (one) => textAt(one, 'status', 'nodeInfo', 'osImage') || '<unknown>'),
    wide('KERNEL-VERSION', (one) => textAt(one, 'status', 'nodeInfo', 'kernelVersion') || '<unknown>'),
    wide('CONTAINER-RUNTIME', (one) => textAt(one, 'status', 'nodeInfo', 'containerRuntimeVersion') || '<unknown>'),
  ],
  Namespace: [NAME, field('STATUS', ['status', 'phase']), AGE],
  ConfigMap: [NAME, { name: 'DATA', cell: (one) => String(entries(one, 'data') + entries(one, 'binaryData')) }, AGE],
  Secret: [NAME, field('TYPE', ['type'], 'Opaque'), { name: 'DATA', cell: (one) => String(entries(one, 'data')) }, AGE],
  ServiceAccount: [NAME, { name: 'SECRETS', cell: (one) => String(listAt(one, 'secrets').length) }, AGE],
  Event: [
    { name: 'LAST SEEN', cell: (one, { now }) => since(lastSeen(one), now) },
    field('TYPE', ['type']),
    field('REASON', ['reason']),
    { name: 'OBJECT', cell: (one) => involved(one, (kind) => kind.toLowerCase()) },
    wide('SUBOBJECT', (one) => textAt(one, 'involvedObject', 'fieldPath')),
    wide('SOURCE', eventSource),
    { name: 'MESSAGE', cell: (one) => textAt(one, 'message').trim() },
    wide('FIRST SEEN', (one, { now }) => since(firstSeen(one), now)),
    wide('COUNT', (one) => String(eventCount(one))),
    wide('NAME', (one) => textAt(one, 'metadata', 'name')),
  ],
  PersistentVolumeClaim: [
    NAME,
    { name: 'STATUS', cell: (one) => deleted(one) ?? textAt(one, 'status', 'phase') },
    field('VOLUME', ['spec', 'volumeName']),
    field('CAPACITY', ['status', 'capacity', 'storage']),
    { name: 'ACCESS MODES', cell: (one) => accessModes(at(one, 'status', 'accessModes')) },
    field('STORAGECLASS', ['spec', 'storageClassName']),
    field('VOLUMEATTRIBUTESCLASS', ['spec', 'volumeAttributesClassName'], '<unset>'),
    AGE,
    wide('VOLUMEMODE', (one) => textAt(one, 'spec', 'volumeMode') || '<unset>'),
  ],
  PersistentVolume: [
    NAME,
    field('CAPACITY', ['spec', 'capacity', 'storage']),
    { name: 'ACCESS MODES', cell: (one) => accessModes(at(one, 'spec', 'accessModes')) },
    field('RECLAIM POLICY', ['spec', 'persistentVolumeReclaimPolicy']),
    { name: 'STATUS', cell: (one) => deleted(one) ?? textAt(one, 'status', 'phase') },
    { name: 'CLAIM', cell: claim },
    field('STORAGECLASS', ['spec', 'storageClassName']),
    field('VOLUMEATTRIBUTESCLASS', ['spec', 'volumeAttributesClassName'], '<unset>'),
    field('REASON', ['status', 'reason']),
    AGE,
    wide('VOLUMEMODE', (one) => textAt(one, 'spec', 'volumeMode') || '<unset>'),
  ],
  StorageClass: [
    { name: 'NAME', cell: (one) => `${textAt(one, 'metadata', 'name')}${isDefaultClass(one) ? ' (default)' : ''}` },
    field('PROVISIONER', ['provisioner']),
    field('RECLAIMPOLICY', ['reclaimPolicy'], 'Delete'),
    field('VOLUMEBINDINGMODE', ['volumeBindingMode'], 'Immediate'),
    { name: 'ALLOWVOLUMEEXPANSION', cell: (one) => String(at(one, 'allowVolumeExpansion') === true) },
    AGE,
  ],
  Lease: [NAME, field('HOLDER', ['spec', 'holderIdentity']), AGE],
  PriorityClass: [
    NAME,
    field('VALUE', ['value']),
    { name: 'GLOBAL-DEFAULT', cell: (one) => String(at(one, 'globalDefault') === true) },
    AGE,
    field('PREEMPTIONPOLICY', ['preemptionPolicy'], 'PreemptLowerPriority'),
  ],
  RuntimeClass: [NAME, field('HANDLER', ['handler']), AGE],
  ResourceQuota: [NAME, { name: 'REQUEST', cell: (one) => quota(one, false) }, { name: 'LIMIT', cell: (one) => quota(one, true) }, AGE],
  LimitRange: [NAME, CREATED_AT],
  Role: [NAME, CREATED_AT],
  ClusterRole: [NAME, CREATED_AT],
  RoleBinding: [NAME, { name: 'ROLE', cell: roleOf }, AGE, ...subjectColumns()],
  ClusterRoleBinding: [NAME, { name: 'ROLE', cell: roleOf }, AGE, ...subjectColumns()],
  CustomResourceDefinition: [NAME, CREATED_AT],
};

function entries(one: Json, of: string): number {
  const map = at(one, of);
  return isMap(map) ? Object.keys(map).length : 0;
}

function deleted(one: Json): string | null {
  return textAt(one, 'metadata', 'deletionTimestamp') === '' ? null : 'Terminating';
}

export function nodeStatus(one: Json): string {
  const ready = listAt(one, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  const state = ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
  return at(one, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
}

const ROLE = 'node-role.kubernetes.io/';

/** Of the labels `node-role.kubernetes.io/ROLE`, and the old `kubernetes.io/role=ROLE`. */
export function nodeRoles(one: Json): string {
  const labels = at(one, 'metadata', 'labels');
  const all = isMap(labels) ? Object.entries(labels) : [];
  const roles = all.flatMap(([label, value]) => {
    if (label.startsWith(ROLE) && label.length > ROLE.length) return [label.slice(ROLE.length)];
    return label === 'kubernetes.io/role' && typeof value === 'string' && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].sort(compareText).join(',') || NONE;
}

function nodeAddress(one: Json, type: string): string {
  const found = listAt(one, 'status', 'addresses').find((address) => textAt(address, 'type') === type);
  return textAt(found, 'address') || NONE;
}

/** An Event of the newer API has a series, or a time of its own. */
export function lastSeen(event: Json): string {
  return textAt(event, 'series', 'lastObservedTime') || textAt(event, 'lastTimestamp') || textAt(event, 'eventTime') || firstSeen(event);
}

export function firstSeen(event: Json): string {
  return textAt(event, 'firstTimestamp') || textAt(event, 'eventTime');
}

export function eventCount(event: Json): number {
  return numberAt(event, 'series', 'count') || numberAt(event, 'count') || 1;
}

export function involved(event: Json, spelt: (kind: string) => string): string {
  return `${spelt(textAt(event, 'involvedObject', 'kind'))}/${textAt(event, 'involvedObject', 'name')}`;
}

export function eventSource(event: Json): string {
  const component = textAt(event, 'source', 'component') || textAt(event, 'reportingComponent');
  const host = textAt(event, 'source', 'host') || textAt(event, 'reportingInstance');
  return [component, host].filter((part) => part !== '').join(', ');
}

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

export function accessModes(modes: Json | undefined): string {
  const listed = Array.isArray(modes) ? modes.map(String) : [];
  return Object.keys(MODES)
    .filter((mode) => listed.includes(mode))
    .map((mode) => MODES[mode])
    .join(',');
}

function claim(volume: Json): string {
  const name = textAt(volume, 'spec', 'claimRef', 'name');
  return name === '' ? '' : `${textAt(volume, 'spec', 'claimRef', 'namespace')}/${name}`;
}

function isDefaultClass(one: Json): boolean {
  return textAt(one, 'metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class') === 'true';
}

function quota(one: Json, isLimit: boolean): string {
  const hard = at(one, 'status', 'hard') ?? at(one, 'spec', 'hard');
  const names = isMap(hard) ? Object.keys(hard).sort(compareText) : [];
  return names
    .filter((name) => name.includes('limits') === isLimit)
    .map((name) => `${name}: ${textAt(one, 'status', 'used', name) || '0'}/${textAt(hard, name)}`)
    .join(', ');
}

function roleOf(binding: Json): string {
  return `${textAt(binding, 'roleRef', 'kind')}/${textAt(binding, 'roleRef', 'name')}`;
}

function subjectColumns(): readonly Column[] {
  const named = (one: Json, kind: string) =>
    listAt(one, 'subjects')
      .filter((subject) => textAt(subject, 'kind') === kind)
      .map((subject) =>
        kind === 'ServiceAccount' ? `${textAt(subject, 'namespace')}/${textAt(subject, 'name')}` : textAt(subject, 'name'),
      )
      .join(', ');
  return [
    wide('USERS', (one) => named(one, 'User')),
    wide('GROUPS', (one) => named(one, 'Group')),
    wide('SERVICEACCOUNTS', (one) => named(one, 'ServiceAccount')),
  ];
}
