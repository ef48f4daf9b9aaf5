// The columns that the API server's printers give each resource (pkg/printers/internalversion/printers.go), of 1.36.

import type { Json, StoredObject } from '../engine/index';
import { age } from './age';
import { at, compareText, isMap, listAt, numberAt, textAt } from './fields';
import { podStatus } from './pod-status';
import { firstThree } from './table';

export interface Column {
  readonly name: string;
  /** Only with `-o wide`. */
  readonly wide?: true;
  readonly cell: (object: StoredObject, wide: boolean) => string;
}

const NONE = '<none>';
const AGE: Column = { name: 'AGE', cell: age };

/** The columns behind NAME. A kind without its own printer has its age alone. */
export function columnsOf(kind: string): readonly Column[] {
  return COLUMNS[kind] ?? [AGE];
}

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Pod: [
    { name: 'READY', cell: (one) => podStatus(one.json).ready },
    { name: 'STATUS', cell: (one) => podStatus(one.json).status },
    { name: 'RESTARTS', cell: (one) => podStatus(one.json).restarts },
    AGE,
    wide('IP', (one) => textAt(one.json, 'status', 'podIP') || NONE),
    wide('NODE', (one) => textAt(one.json, 'spec', 'nodeName') || NONE),
    wide('NOMINATED NODE', (one) => textAt(one.json, 'status', 'nominatedNodeName') || NONE),
    wide('READINESS GATES', () => NONE),
  ],
  Service: [
    { name: 'TYPE', cell: (one) => textAt(one.json, 'spec', 'type') },
    { name: 'CLUSTER-IP', cell: (one) => textAt(one.json, 'spec', 'clusterIP') || NONE },
    { name: 'EXTERNAL-IP', cell: externalAddress },
    { name: 'PORT(S)', cell: (one) => listAt(one.json, 'spec', 'ports').map(servicePort).join(',') || NONE },
    AGE,
    wide('SELECTOR', (one) => pairs(at(one.json, 'spec', 'selector'))),
  ],
  Endpoints: [{ name: 'ENDPOINTS', cell: endpoints }, AGE],
  EndpointSlice: [
    { name: 'ADDRESSTYPE', cell: (one) => textAt(one.json, 'addressType') },
    { name: 'PORTS', cell: (one) => firstThree(listAt(one.json, 'ports').map((port) => textAt(port, 'port') || '*')) || '<unset>' },
    {
      name: 'ENDPOINTS',
      cell: (one) => firstThree(listAt(one.json, 'endpoints').flatMap((each) => listAt(each, 'addresses').map(String))) || '<unset>',
    },
    AGE,
  ],
  Node: [
    { name: 'STATUS', cell: nodeStatus },
    { name: 'ROLES', cell: nodeRoles },
    AGE,
    { name: 'VERSION', cell: (one) => textAt(one.json, 'status', 'nodeInfo', 'kubeletVersion') },
    wide('INTERNAL-IP', (one) => nodeAddress(one, 'InternalIP')),
    wide('EXTERNAL-IP', (one) => nodeAddress(one, 'ExternalIP')),
    wide('OS-IMAGE', (one) => textAt(one.json, 'status', 'nodeInfo', 'osImage') || '<unknown>'),
    wide('KERNEL-VERSION', (one) => textAt(one.json, 'status', 'nodeInfo', 'kernelVersion') || '<unknown>'),
    wide('CONTAINER-RUNTIME', (one) => textAt(one.json, 'status', 'nodeInfo', 'containerRuntimeVersion') || '<unknown>'),
  ],
  Namespace: [{ name: 'STATUS', cell: (one) => textAt(one.json, 'status', 'phase') }, AGE],
  Deployment: [
    { name: 'READY', cell: (one) => `${numberAt(one.json, 'status', 'readyReplicas')}/${numberAt(one.json, 'spec', 'replicas')}` },
    { name: 'UP-TO-DATE', cell: (one) => String(numberAt(one.json, 'status', 'updatedReplicas')) },
    { name: 'AVAILABLE', cell: (one) => String(numberAt(one.json, 'status', 'availableReplicas')) },
    AGE,
    ...templateColumns(),
  ],
  ReplicaSet: [
    { name: 'DESIRED', cell: (one) => String(numberAt(one.json, 'spec', 'replicas')) },
    { name: 'CURRENT', cell: (one) => String(numberAt(one.json, 'status', 'replicas')) },
    { name: 'READY', cell: (one) => String(numberAt(one.json, 'status', 'readyReplicas')) },
    AGE,
    ...templateColumns(),
  ],
  ConfigMap: [
    {
      name: 'DATA',
      cell: ({ json }) => String([at(json, 'data'), at(json, 'binaryData')].flatMap((of) => (isMap(of) ? Object.keys(of) : [])).length),
    },
    AGE,
  ],
  NetworkPolicy: [{ name: 'POD-SELECTOR', cell: (one) => selector(at(one.json, 'spec', 'podSelector')) }, AGE],
  Ingress: [
    { name: 'CLASS', cell: (one) => textAt(one.json, 'spec', 'ingressClassName') || NONE },
    { name: 'HOSTS', cell: ingressHosts },
    { name: 'ADDRESS', cell: (one) => loadBalancer(one).join(',') },
    { name: 'PORTS', cell: (one) => (listAt(one.json, 'spec', 'tls').length > 0 ? '80, 443' : '80') },
    AGE,
  ],
};

function wide(name: string, cell: Column['cell']): Column {
  return { name, wide: true, cell };
}

function templateColumns(): readonly Column[] {
  const each = (one: StoredObject, field: string) =>
    listAt(one.json, 'spec', 'template', 'spec', 'containers')
      .map((container) => textAt(container, field))
      .join(',');
  return [
    wide('CONTAINERS', (one) => each(one, 'name')),
    wide('IMAGES', (one) => each(one, 'image')),
    wide('SELECTOR', (one) => selector(at(one.json, 'spec', 'selector'))),
  ];
}

function servicePort(port: Json): string {
  const nodePort = textAt(port, 'nodePort');
  return `${textAt(port, 'port')}${nodePort === '' ? '' : `:${nodePort}`}/${textAt(port, 'protocol')}`;
}

/** getServiceExternalIP. */
function externalAddress(one: StoredObject, isWide: boolean): string {
  const type = textAt(one.json, 'spec', 'type');
  const fixed = listAt(one.json, 'spec', 'externalIPs').map(String);
  if (type === 'ExternalName') return textAt(one.json, 'spec', 'externalName');
  if (type !== 'LoadBalancer') return fixed.join(',') || NONE;
  const balanced = [...loadBalancer(one)].sort(compareText).join(',');
  const shown = balanced.length > 16 && !isWide ? `${balanced.slice(0, 13)}...` : balanced;
  return [...(shown === '' ? [] : [shown]), ...fixed].join(',') || '<pending>';
}

function loadBalancer({ json }: StoredObject): readonly string[] {
  return listAt(json, 'status', 'loadBalancer', 'ingress').map((point) => textAt(point, 'ip') || textAt(point, 'hostname'));
}

function endpoints({ json }: StoredObject): string {
  const subsets = listAt(json, 'subsets');
  if (subsets.length === 0) return NONE;
  return firstThree(subsets.flatMap(subsetEndpoints));
}

function subsetEndpoints(subset: Json): readonly string[] {
  const addresses = listAt(subset, 'addresses').map((address) => textAt(address, 'ip'));
  const ports = listAt(subset, 'ports').map((port) => textAt(port, 'port'));
  if (ports.length === 0) return addresses;
  return ports.flatMap((port) => addresses.map((ip) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`));
}

function nodeStatus({ json }: StoredObject): string {
  const ready = listAt(json, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  const state = ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
  return at(json, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
}

const ROLE = 'node-role.kubernetes.io/';

function nodeRoles({ labels }: StoredObject): string {
  const roles = Object.keys(labels).filter((label) => label.startsWith(ROLE) && label.length > ROLE.length);
  return (
    roles
      .map((label) => label.slice(ROLE.length))
      .sort(compareText)
      .join(',') || NONE
  );
}

function nodeAddress({ json }: StoredObject, type: string): string {
  const found = listAt(json, 'status', 'addresses').find((address) => textAt(address, 'type') === type);
  return textAt(found, 'address') || NONE;
}

function ingressHosts({ json }: StoredObject): string {
  return (
    firstThree(
      listAt(json, 'spec', 'rules')
        .map((rule) => textAt(rule, 'host'))
        .filter((host) => host !== ''),
    ) || '*'
  );
}

/** `a=b,c=d` by key. */
export function pairs(labels: Json | undefined): string {
  if (!isMap(labels)) return NONE;
  return (
    Object.entries(labels)
      .map(([key, value]) => `${key}=${String(value)}`)
      .sort(compareText)
      .join(',') || NONE
  );
}

/** FormatLabelSelector: sorted by key, with sets spelt out. */
function selector(value: Json | undefined): string {
  const equal = at(value, 'matchLabels');
  const equals = isMap(equal) ? Object.entries(equal).map(([key, to]) => ({ key, text: `${key}=${String(to)}` })) : [];
  const sets = listAt(value, 'matchExpressions').map((one) => ({ key: textAt(one, 'key'), text: expression(one) }));
  const all = [...equals, ...sets].sort((a, b) => compareText(a.key, b.key));
  return all.map(({ text }) => text).join(',') || NONE;
}

function expression(one: Json): string {
  const key = textAt(one, 'key');
  const values = listAt(one, 'values').map(String).sort(compareText).join(',');
  const operator = textAt(one, 'operator');
  if (operator === 'Exists') return key;
  return operator === 'DoesNotExist' ? `!${key}` : `${key} ${operator === 'In' ? 'in' : 'notin'} (${values})`;
}
