// The columns of Pods and of what makes them.

import type { Json, JsonMap } from '../engine/index';
import { parseTimestamp } from '../engine/index';
import { humanDuration, since } from './age';
import { AGE, type Column, field, NAME, NONE, pairs, selectorText, wide } from './column';
import { at, listAt, numberAt, textAt } from './fields';
import { podStatus } from './pod-status';

export const WORKLOAD_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Pod: [
    NAME,
    { name: 'READY', cell: (one, { now }) => podStatus(one, now).ready },
    { name: 'STATUS', cell: (one, { now }) => podStatus(one, now).status },
    { name: 'RESTARTS', cell: (one, { now }) => podStatus(one, now).restarts },
    AGE,
    wide('IP', (one) => textAt(one, 'status', 'podIP') || textAt(listAt(one, 'status', 'podIPs')[0], 'ip') || NONE),
    wide('NODE', (one) => textAt(one, 'spec', 'nodeName') || NONE),
    wide('NOMINATED NODE', (one) => textAt(one, 'status', 'nominatedNodeName') || NONE),
    wide('READINESS GATES', readinessGates),
  ],
  Deployment: [
    NAME,
    { name: 'READY', cell: (one) => `${numberAt(one, 'status', 'readyReplicas')}/${replicas(one)}` },
    count('UP-TO-DATE', 'updatedReplicas'),
    count('AVAILABLE', 'availableReplicas'),
    AGE,
    ...templateColumns((one) => selectorText(at(one, 'spec', 'selector'))),
  ],
  ReplicaSet: [NAME, ...replicaColumns(), AGE, ...templateColumns((one) => selectorText(at(one, 'spec', 'selector')))],
  ReplicationController: [NAME, ...replicaColumns(), AGE, ...templateColumns((one) => pairs(at(one, 'spec', 'selector')))],
  StatefulSet: [
    NAME,
    { name: 'READY', cell: (one) => `${numberAt(one, 'status', 'readyReplicas')}/${replicas(one)}` },
    AGE,
    ...templateColumns(null),
  ],
  DaemonSet: [
    NAME,
    count('DESIRED', 'desiredNumberScheduled'),
    count('CURRENT', 'currentNumberScheduled'),
    count('READY', 'numberReady'),
    count('UP-TO-DATE', 'updatedNumberScheduled'),
    count('AVAILABLE', 'numberAvailable'),
    { name: 'NODE SELECTOR', cell: (one) => pairs(at(one, 'spec', 'template', 'spec', 'nodeSelector')) },
    AGE,
    ...templateColumns((one) => selectorText(at(one, 'spec', 'selector'))),
  ],
  Job: [
    NAME,
    { name: 'STATUS', cell: jobStatus },
    { name: 'COMPLETIONS', cell: completions },
    { name: 'DURATION', cell: (one, { now }) => jobDuration(one, now) },
    AGE,
    ...templateColumns((one) => selectorText(at(one, 'spec', 'selector'))),
  ],
  CronJob: [
    NAME,
    field('SCHEDULE', ['spec', 'schedule']),
    field('TIMEZONE', ['spec', 'timeZone'], NONE),
    { name: 'SUSPEND', cell: (one) => (at(one, 'spec', 'suspend') === true ? 'True' : 'False') },
    { name: 'ACTIVE', cell: (one) => String(listAt(one, 'status', 'active').length) },
    { name: 'LAST SCHEDULE', cell: (one, { now }) => lastSchedule(one, now) },
    AGE,
    ...templateColumns(
      (one) => selectorText(at(one, 'spec', 'jobTemplate', 'spec', 'selector')),
      ['spec', 'jobTemplate', 'spec', 'template'],
    ),
  ],
  HorizontalPodAutoscaler: [
    NAME,
    {
      name: 'REFERENCE',
      cell: (one) => `${textAt(one, 'spec', 'scaleTargetRef', 'kind')}/${textAt(one, 'spec', 'scaleTargetRef', 'name')}`,
    },
    { name: 'TARGETS', cell: scalingTargets },
    field('MINPODS', ['spec', 'minReplicas'], '<unset>'),
    field('MAXPODS', ['spec', 'maxReplicas']),
    count('REPLICAS', 'currentReplicas'),
    AGE,
  ],
  PodDisruptionBudget: [
    NAME,
    field('MIN AVAILABLE', ['spec', 'minAvailable'], 'N/A'),
    field('MAX UNAVAILABLE', ['spec', 'maxUnavailable'], 'N/A'),
    count('ALLOWED DISRUPTIONS', 'disruptionsAllowed'),
    AGE,
  ],
  ControllerRevision: [
    NAME,
    { name: 'CONTROLLER', cell: controllerOf },
    { name: 'REVISION', cell: (one) => String(numberAt(one, 'revision')) },
    AGE,
  ],
};

function count(name: string, of: string): Column {
  return { name, cell: (one) => String(numberAt(one, 'status', of)) };
}

/** The API server fills in one where none is written. */
export function replicas(object: Json): number {
  const wanted = at(object, 'spec', 'replicas');
  return typeof wanted === 'number' ? wanted : 1;
}

function replicaColumns(): readonly Column[] {
  return [{ name: 'DESIRED', cell: (one) => String(replicas(one)) }, count('CURRENT', 'replicas'), count('READY', 'readyReplicas')];
}

function templateColumns(selector: ((one: JsonMap) => string) | null, way: readonly string[] = ['spec', 'template']): readonly Column[] {
  const each = (one: Json, of: string) =>
    listAt(one, ...way, 'spec', 'containers')
      .map((container) => textAt(container, of))
      .join(',');
  return [
    wide('CONTAINERS', (one) => each(one, 'name')),
    wide('IMAGES', (one) => each(one, 'image')),
    ...(selector === null ? [] : [wide('SELECTOR', selector)]),
  ];
}

function readinessGates(pod: Json): string {
  const gates = listAt(pod, 'spec', 'readinessGates').map((gate) => textAt(gate, 'conditionType'));
  const conditions = listAt(pod, 'status', 'conditions');
  const open = gates.filter((gate) => conditions.some((one) => textAt(one, 'type') === gate && textAt(one, 'status') === 'True'));
  return gates.length === 0 ? NONE : `${open.length}/${gates.length}`;
}

const JOB_STATES = [
  ['Complete', 'Complete'],
  ['Failed', 'Failed'],
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
  ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
] as const;

function jobStatus(job: Json): string {
  const holds = (type: string) =>
    listAt(job, 'status', 'conditions').some((one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True');
  const ended = JOB_STATES.slice(0, 2).find(([type]) => holds(type));
  if (ended !== undefined) return ended[1];
  if (textAt(job, 'metadata', 'deletionTimestamp') !== '') return 'Terminating';
  return JOB_STATES.slice(2).find(([type]) => holds(type))?.[1] ?? 'Running';
}

function completions(job: Json): string {
  const done = numberAt(job, 'status', 'succeeded');
  const wanted = at(job, 'spec', 'completions');
  if (typeof wanted === 'number') return `${done}/${wanted}`;
  const parallelism = at(job, 'spec', 'parallelism');
  const many = typeof parallelism === 'number' ? parallelism : 1;
  return many > 1 ? `${done}/1 of ${many}` : `${done}/1`;
}

export function jobDuration(job: Json, now: number): string {
  const start = parseTimestamp(textAt(job, 'status', 'startTime'));
  if (start === null) return '';
  return humanDuration((parseTimestamp(textAt(job, 'status', 'completionTime')) ?? now) - start);
}

function lastSchedule(job: Json, now: number): string {
  const last = textAt(job, 'status', 'lastScheduleTime');
  return last === '' ? NONE : since(last, now);
}

/** Resource metrics alone; what is measured is not simulated, and so unknown until the status says it. */
function scalingTargets(scaler: Json): string {
  const metrics = listAt(scaler, 'spec', 'metrics');
  const shown = metrics.map((metric, index) => {
    const name = textAt(metric, 'resource', 'name');
    const current = at(listAt(scaler, 'status', 'currentMetrics')[index], 'resource', 'current');
    const percent = textAt(metric, 'resource', 'target', 'averageUtilization');
    const unit = percent === '' ? '' : '%';
    const now = textAt(current, percent === '' ? 'averageValue' : 'averageUtilization');
    const wanted = percent || textAt(metric, 'resource', 'target', 'averageValue');
    return `${name}: ${now === '' ? '<unknown>' : now + unit}/${wanted}${unit}`;
  });
  const more = shown.length - 2;
  return shown.length === 0 ? NONE : `${shown.slice(0, 2).join(', ')}${more > 0 ? ` + ${more} more...` : ''}`;
}

function controllerOf(one: Json): string {
  const owner = listAt(one, 'metadata', 'ownerReferences').find((each) => at(each, 'controller') === true);
  if (owner === undefined) return NONE;
  const [group = '', version] = textAt(owner, 'apiVersion').split('/');
  const kind = textAt(owner, 'kind').toLowerCase();
  return `${version === undefined ? kind : `${kind}.${group}`}/${textAt(owner, 'name')}`;
}
