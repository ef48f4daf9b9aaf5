// Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs: the selector has to find the template's Pods, and rollouts their numbers
// (pkg/apis/apps/validation, pkg/apis/batch/validation).

import { parseSchedule } from './cron-schedule';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { boundsFaults, choiceFaults, MOST, pointerChoice } from './field-rules';
import { isPresent, labels, list, map, type Raw, text, texts, whole } from './fields';
import { type Labels, selects } from './meta';
import { annotationFaults, labelFaults, selectorFaults } from './validate-meta';
import { podSpecFaults } from './validate-pod';

export function workloadFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const kind = text(raw.kind) ?? '';
  return [
    ...(['replicas', 'minReadySeconds', 'revisionHistoryLimit'] as const).flatMap((field) =>
      boundsFaults(spec[field], ['spec', field], [0, MOST]),
    ),
    ...selectorAndTemplateFaults(spec, kind === 'DaemonSet'),
    ...(kind === 'Deployment' ? [...deploymentStrategyFaults(map(spec.strategy)), ...progressFaults(spec)] : []),
    ...(kind === 'DaemonSet' ? daemonSetStrategyFaults(map(spec.updateStrategy)) : []),
    ...(kind === 'StatefulSet' ? statefulSetFaults(spec) : []),
  ];
}

/** A ReplicationController: its selector is a plain map, and the template's labels where it is not written. */
export function replicationControllerFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const template = map(spec.template);
  const carried = labels(map(template.metadata).labels);
  const selector = isPresent(spec.selector) ? labels(spec.selector) : carried;
  return [
    ...(['replicas', 'minReadySeconds'] as const).flatMap((field) => boundsFaults(spec[field], ['spec', field], [0, MOST])),
    ...(Object.keys(selector).length === 0 ? [fault(['spec', 'selector'], 'missing')] : []),
    ...(isPresent(spec.template) ? lastingTemplateFaults(template, ['spec', 'template']) : [fault(['spec', 'template'], 'missing')]),
    ...(selects(selector, carried) ? [] : [mismatch(carried, selector)]),
  ];
}

/** A Job chooses its own selector, and its Pods end. */
export function jobFaults(spec: Raw, path: FieldPath): readonly Fault[] {
  const template = map(spec.template);
  const at = [...path, 'template', 'spec', 'restartPolicy'];
  const policy = text(map(template.spec).restartPolicy) ?? 'Always';
  return [
    ...templateFaults(template, [...path, 'template']),
    ...(policy === 'Always' ? [fault(at, 'job-restart-policy', text(map(template.spec).restartPolicy), ['OnFailure', 'Never'])] : []),
    ...(['parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'] as const).flatMap((field) =>
      boundsFaults(spec[field], [...path, field], [0, MOST]),
    ),
    ...pointerChoice(spec.completionMode, [...path, 'completionMode'], ['Indexed', 'NonIndexed']),
  ];
}

export function cronJobFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const schedule = text(spec.schedule);
  return [
    ...(schedule === null ? [fault(['spec', 'schedule'], 'missing')] : []),
    ...(schedule !== null && parseSchedule(schedule) === null ? [fault(['spec', 'schedule'], 'not-a-schedule', schedule)] : []),
    ...choiceFaults(spec.concurrencyPolicy, ['spec', 'concurrencyPolicy'], ['Allow', 'Forbid', 'Replace']),
    ...(['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const).flatMap((field) =>
      boundsFaults(spec[field], ['spec', field], [0, MOST]),
    ),
    ...jobFaults(map(map(spec.jobTemplate).spec), ['spec', 'jobTemplate', 'spec']),
  ];
}

/** The API server leaves `metadata` out of the paths of a template's labels and annotations (ValidatePodTemplateSpec). */
function templateFaults(template: Raw, path: FieldPath): readonly Fault[] {
  const meta = map(template.metadata);
  return [
    ...labelFaults(meta.labels, [...path, 'labels']),
    ...annotationFaults(meta.annotations, [...path, 'annotations']),
    ...podSpecFaults(map(template.spec), [...path, 'spec'], 'template'),
  ];
}

/** A template whose Pods go on until somebody ends them. */
function lastingTemplateFaults(template: Raw, path: FieldPath): readonly Fault[] {
  const { restartPolicy, activeDeadlineSeconds } = map(template.spec);
  const policy = text(restartPolicy) ?? 'Always';
  return [
    ...templateFaults(template, path),
    ...(policy === 'Always' ? [] : [fault([...path, 'spec', 'restartPolicy'], 'template-restart-policy', policy, ['Always'])]),
    ...(isPresent(activeDeadlineSeconds)
      ? [fault([...path, 'spec', 'activeDeadlineSeconds'], 'deadline-on-template', activeDeadlineSeconds)]
      : []),
  ];
}

/** Only a DaemonSet may come without a selector as far as the field goes; but then it finds no Pod of its own. */
function selectorAndTemplateFaults(spec: Raw, mayLack: boolean): readonly Fault[] {
  const path: FieldPath = ['spec', 'selector'];
  const at: FieldPath = ['spec', 'template'];
  const template = map(spec.template);
  const carried = labels(map(template.metadata).labels);
  const own = lastingTemplateFaults(template, at);
  if (!isPresent(spec.selector)) return [...(mayLack ? [] : [fault(path, 'missing')]), mismatch(carried, {}), ...own];
  const selector = map(spec.selector);
  const wrong = selectorFaults(selector, path);
  // Such a selector is not applied, and but for a DaemonSet the template is not looked at then.
  if (wrong.length > 0) return mayLack ? [...wrong, ...own] : [...wrong, fault(path, 'selector-unreadable')];
  const wanted = labels(selector.matchLabels);
  const expressions = list(selector.matchExpressions).map(map);
  if (Object.keys(wanted).length === 0 && expressions.length === 0) return [fault(path, 'selector-empty'), ...own];
  const found = selects(wanted, carried) && expressions.every((expression) => expressionHolds(expression, carried));
  return found ? own : [mismatch(carried, wanted), ...own];
}

function mismatch(carried: Labels, wanted: Labels): Fault {
  const lacking = Object.entries(wanted).filter(([key, value]) => carried[key] !== value);
  const pairs = (entries: readonly (readonly [string, string])[]): string[] => entries.map(([key, value]) => `${key}=${value}`);
  const path = ['spec', 'template', 'metadata', 'labels'];
  return fault(path, 'selector-mismatch', pairs(Object.entries(carried)).join(', '), pairs(lacking));
}

function expressionHolds({ key, operator, values }: Raw, carried: Readonly<Record<string, string>>): boolean {
  const value = carried[String(key)];
  switch (operator) {
    case 'In':
      return value !== undefined && texts(values).includes(value);
    case 'NotIn':
      return value === undefined || !texts(values).includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

function progressFaults(spec: Raw): readonly Fault[] {
  const path = ['spec', 'progressDeadlineSeconds'];
  const seconds = whole(spec.progressDeadlineSeconds) ?? PROGRESS_SECONDS;
  const ready = whole(spec.minReadySeconds) ?? 0;
  const short = seconds >= 0 && seconds <= ready ? [fault(path, 'deadline-too-short', seconds, [String(ready)])] : [];
  return [...boundsFaults(spec.progressDeadlineSeconds, path, [0, MOST]), ...short];
}

const PROGRESS_SECONDS = 600;

function deploymentStrategyFaults(strategy: Raw): readonly Fault[] {
  const path: FieldPath = ['spec', 'strategy'];
  const at = [...path, 'rollingUpdate'];
  const type = text(strategy.type) ?? 'RollingUpdate';
  if (type === 'Recreate') return isPresent(strategy.rollingUpdate) ? [fault(at, 'recreate-has-no-rolling-update')] : [];
  if (type !== 'RollingUpdate') return [fault([...path, 'type'], 'not-a-choice', type, ['Recreate', 'RollingUpdate'])];
  const rolling = map(strategy.rollingUpdate);
  const [surge, unavailable] = [rolling.maxSurge ?? '25%', rolling.maxUnavailable ?? '25%'];
  return [
    ...amountFaults(surge, [...at, 'maxSurge'], null),
    ...amountFaults(unavailable, [...at, 'maxUnavailable'], 100),
    ...(amount(surge) === 0 && amount(unavailable) === 0 ? [fault([...at, 'maxUnavailable'], 'both-zero', unavailable)] : []),
  ];
}

function daemonSetStrategyFaults(strategy: Raw): readonly Fault[] {
  const path: FieldPath = ['spec', 'updateStrategy'];
  const at = [...path, 'rollingUpdate'];
  const type = text(strategy.type) ?? 'RollingUpdate';
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') return [fault(path, 'not-a-choice', type, ['OnDelete', 'RollingUpdate'])];
  const rolling = map(strategy.rollingUpdate);
  const [surge, unavailable] = [rolling.maxSurge ?? 0, rolling.maxUnavailable ?? 1];
  const [over, under] = [amount(surge) !== 0, amount(unavailable) !== 0];
  return [
    ...amountFaults(surge, [...at, 'maxSurge'], 100),
    ...amountFaults(unavailable, [...at, 'maxUnavailable'], 100),
    ...(over && under ? [fault([...at, 'maxSurge'], 'daemon-set-rolls-twice', surge)] : []),
    ...(over || under ? [] : [fault([...at, 'maxUnavailable'], 'daemon-set-stands-still', unavailable)]),
  ];
}

function statefulSetFaults(spec: Raw): readonly Fault[] {
  const strategy = map(spec.updateStrategy);
  const path: FieldPath = ['spec', 'updateStrategy'];
  const type = text(strategy.type) ?? 'RollingUpdate';
  const policies = ['OrderedReady', 'Parallel'];
  const policy = text(spec.podManagementPolicy);
  const types = ['OnDelete', 'RollingUpdate'];
  return [
    // Two choices that the API server calls Invalid, not NotSupported.
    ...(policy === null || policies.includes(policy) ? [] : [fault(['spec', 'podManagementPolicy'], 'no-such-policy', policy, policies)]),
    ...(types.includes(type) ? [] : [fault(path, 'no-such-policy', type, types)]),
    ...(type === 'OnDelete' && isPresent(strategy.rollingUpdate) ? [fault([...path, 'rollingUpdate'], 'not-on-delete')] : []),
    ...boundsFaults(map(strategy.rollingUpdate).partition, [...path, 'rollingUpdate', 'partition'], [0, MOST]),
  ];
}

/** The number in a number or percentage, whatever it counts; 0 where there is none. */
function amount(value: unknown): number {
  return typeof value === 'number' ? value : Number(/^\d+/.exec(String(value))?.[0] ?? 0);
}

/** A whole number, or a percentage up to `most`. */
function amountFaults(value: unknown, path: FieldPath, most: number | null): readonly Fault[] {
  if (typeof value === 'number') return (whole(value) ?? -1) >= 0 ? [] : [fault(path, 'out-of-bounds', value, ['0', '∞'])];
  const percent = /^(\d+)%$/.exec(String(value));
  if (percent === null) return [fault(path, 'not-a-percentage', value)];
  return most !== null && Number(percent[1]) > most ? [fault(path, 'out-of-bounds', value, ['0%', `${most}%`])] : [];
}
