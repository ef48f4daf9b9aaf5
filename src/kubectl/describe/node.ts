// `describe node`: what the node is, what it has, and which Pods use it.

import {
  canonicalQuantity,
  compareText,
  formatBytes,
  formatMillis,
  inMillis,
  type Json,
  parseQuantity,
  type StoredObject,
} from '../../engine/index';
import { ageOf } from '../age';
import { nodeRoles } from '../columns-cluster';
import { at, isMap, listAt, textAt } from '../fields';
import { type Around, created, type Describer, events, labelsAndAnnotations, multiline, optional, time } from './common';
import type { Page } from './page';

export const describeNode: Describer = (page, around) => {
  const { json } = around.object;
  page.line(0, 'Name:', textAt(json, 'metadata', 'name'));
  page.line(0, 'Roles:', nodeRoles(json));
  labelsAndAnnotations(page, json);
  created(page, json);
  multiline(page, 'Taints', [...listAt(json, 'spec', 'taints')].sort(byEffect).map(taintText));
  page.line(0, 'Unschedulable:', String(at(json, 'spec', 'unschedulable') === true));
  lease(page, around);
  nodeConditions(page, json);
  page.line(0, 'Addresses:');
  for (const address of listAt(json, 'status', 'addresses')) page.line(1, `${textAt(address, 'type')}:`, textAt(address, 'address'));
  resourceList(page, 'Capacity', at(json, 'status', 'capacity'));
  resourceList(page, 'Allocatable', at(json, 'status', 'allocatable'));
  page.line(0, 'System Info:');
  for (const [title, field] of SYSTEM) page.line(1, `${title}:`, textAt(json, 'status', 'nodeInfo', field));
  optional(page, 'PodCIDR', textAt(json, 'spec', 'podCIDR'));
  optional(page, 'PodCIDRs', listAt(json, 'spec', 'podCIDRs').map(String).join(','));
  optional(page, 'ProviderID', textAt(json, 'spec', 'providerID'));
  podsOn(page, around);
  events(page, around);
};

const SYSTEM = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
] as const;

function byEffect(a: Json, b: Json): number {
  const key = (taint: Json) => `${textAt(taint, 'effect')},${textAt(taint, 'key')}`;
  return compareText(key(a), key(b));
}

function taintText(taint: Json): string {
  const [key, value, effect] = [textAt(taint, 'key'), textAt(taint, 'value'), textAt(taint, 'effect')];
  return `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
}

/** The kubelet renews a lease in the namespace kube-node-lease. */
function lease(page: Page, { object, objects }: Around): void {
  const found = objects.find((one) => one.kind === 'Lease' && one.namespace === 'kube-node-lease' && one.name === object.name);
  if (found === undefined) {
    page.line(0, 'Lease:', `Failed to get lease: leases.coordination.k8s.io "${object.name}" not found`);
    return;
  }
  const moment = (field: string) => (textAt(found.json, 'spec', field) === '' ? '<unset>' : time(found.json, 'spec', field));
  page.line(0, 'Lease:');
  page.line(1, 'HolderIdentity:', textAt(found.json, 'spec', 'holderIdentity') || '<unset>');
  page.line(1, 'AcquireTime:', moment('acquireTime'));
  page.line(1, 'RenewTime:', moment('renewTime'));
}

function nodeConditions(page: Page, json: Json): void {
  const all = listAt(json, 'status', 'conditions');
  if (all.length === 0) return;
  page.line(0, 'Conditions:');
  page.line(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message');
  page.line(1, '----', '------', '-----------------', '------------------', '------', '-------');
  for (const one of all)
    page.line(
      1,
      `${textAt(one, 'type')} `,
      `${textAt(one, 'status')} `,
      `${time(one, 'lastHeartbeatTime')} `,
      `${time(one, 'lastTransitionTime')} `,
      `${textAt(one, 'reason')} `,
      textAt(one, 'message'),
    );
}

function resourceList(page: Page, title: string, list: Json | undefined): void {
  const names = isMap(list) ? Object.keys(list).sort(compareText) : [];
  if (names.length === 0) return;
  page.line(0, `${title}:`);
  for (const name of names) page.line(1, `${name}:`, canonicalQuantity(textAt(list, name)));
}

type Totals = Readonly<Record<'cpu' | 'memory' | 'ephemeral-storage', number>>;
type Wanted = 'requests' | 'limits';
const NAMES = ['cpu', 'memory', 'ephemeral-storage'] as const;

function podsOn(page: Page, { object, objects, now }: Around): void {
  const pods = objects.filter((one) => one.kind === 'Pod' && textAt(one.json, 'spec', 'nodeName') === object.name && !hasEnded(one.json));
  const whole = at(object.json, 'status', 'allocatable') ?? at(object.json, 'status', 'capacity');
  page.line(0, 'Non-terminated Pods:', `(${pods.length} in total)`);
  page.line(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age');
  page.line(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---');
  for (const { namespace, name, json } of pods) {
    const [requests, limits] = [podTotals(json, 'requests'), podTotals(json, 'limits')];
    const cells = [
      share(requests, 'cpu', whole),
      share(limits, 'cpu', whole),
      share(requests, 'memory', whole),
      share(limits, 'memory', whole),
    ];
    page.line(1, namespace ?? '', name, '', ...cells, ageOf(json, now));
  }
  page.line(0, 'Allocated resources:');
  page.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  page.line(1, 'Resource', 'Requests', 'Limits');
  page.line(1, '--------', '--------', '------');
  const [requests, limits] = [total(pods, 'requests'), total(pods, 'limits')];
  for (const name of NAMES) page.line(1, name, share(requests, name, whole), share(limits, name, whole));
}

function hasEnded(pod: Json): boolean {
  return ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));
}

function total(pods: readonly StoredObject[], wanted: Wanted): Totals {
  const all = pods.map(({ json }) => podTotals(json, wanted));
  return sum(all);
}

function sum(all: readonly Totals[]): Totals {
  const of = (name: (typeof NAMES)[number]) => all.reduce((so, one) => so + one[name], 0);
  return { cpu: of('cpu'), memory: of('memory'), 'ephemeral-storage': of('ephemeral-storage') };
}

/** What its containers take together, sidecars too, or its hungriest init container if that takes more (PodRequests). */
function podTotals(pod: Json, wanted: Wanted): Totals {
  const inits = listAt(pod, 'spec', 'initContainers');
  let sidecars: Totals = sum([]);
  let peak: Totals = sum([]);
  for (const init of inits) {
    const own = containerTotals(init, wanted);
    if (textAt(init, 'restartPolicy') === 'Always') sidecars = sum([sidecars, own]);
    peak = most(peak, textAt(init, 'restartPolicy') === 'Always' ? sidecars : sum([sidecars, own]));
  }
  return most(sum([...listAt(pod, 'spec', 'containers').map((one) => containerTotals(one, wanted)), sidecars]), peak);
}

function most(a: Totals, b: Totals): Totals {
  return {
    cpu: Math.max(a.cpu, b.cpu),
    memory: Math.max(a.memory, b.memory),
    'ephemeral-storage': Math.max(a['ephemeral-storage'], b['ephemeral-storage']),
  };
}

/** A request that is not written is the limit (SetDefaults_Pod). */
function containerTotals(container: Json, wanted: Wanted): Totals {
  const of = (name: (typeof NAMES)[number]) => {
    const written = textAt(container, 'resources', wanted, name);
    const other = wanted === 'requests' ? textAt(container, 'resources', 'limits', name) : '';
    return parseQuantity(written || other) ?? 0;
  };
  return { cpu: of('cpu'), memory: of('memory'), 'ephemeral-storage': of('ephemeral-storage') };
}

/** `100m (2%)`. */
function share(totals: Totals, name: (typeof NAMES)[number], whole: Json | undefined): string {
  const size = totals[name];
  const all = parseQuantity(textAt(whole, name)) ?? 0;
  const percent = all === 0 ? 0 : Math.trunc((size / all) * 100 + 1e-9);
  return `${name === 'cpu' ? formatMillis(inMillis(size)) : formatBytes(size)} (${percent}%)`;
}
