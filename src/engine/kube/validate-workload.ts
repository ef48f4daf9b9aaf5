// Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs: the selector has to find the template's Pods, and rollouts their numbers
// (pkg/apis/apps/validation).

import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { boundsFaults, choiceFaults, MOST } from './field-rules';
import { isPresent, labels, list, map, type Raw, text, texts, whole } from './fields';
import { selects } from './meta';
import { labelFaults, selectorFaults } from './validate-meta';
import { podSpecFaults } from './validate-pod';

export function workloadFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const kind = text(raw.kind) ?? '';
  const template = map(spec.template);
  const at: FieldPath = ['spec', 'template'];
  return [
    ...boundsFaults(spec.replicas, ['spec', 'replicas'], [0, MOST]),
    ...boundsFaults(spec.minReadySeconds, ['spec', 'minReadySeconds'], [0, MOST]),
    ...boundsFaults(spec.revisionHistoryLimit, ['spec', 'revisionHistoryLimit'], [0, MOST]),
    ...ownSelector(spec, template),
    ...labelFaults(map(template.metadata).labels, [...at, 'metadata', 'labels']),
    ...podSpecFaults(map(template.spec), [...at, 'spec'], 'template'),
    ...restartFaults(map(template.spec), [...at, 'spec', 'restartPolicy'], ['Always']),
    ...(kind === 'Deployment' ? strategyFaults(map(spec.strategy), ['spec', 'strategy'], DEPLOYMENT) : []),
    ...(kind === 'DaemonSet' ? strategyFaults(map(spec.updateStrategy), ['spec', 'updateStrategy'], DAEMON_SET) : []),
    ...(kind === 'StatefulSet'
      ? [
          ...choiceFaults(spec.podManagementPolicy, ['spec', 'podManagementPolicy'], ['OrderedReady', 'Parallel']),
          ...choiceFaults(map(spec.updateStrategy).type, ['spec', 'updateStrategy', 'type'], ['RollingUpdate', 'OnDelete']),
        ]
      : []),
  ];
}

/** A Job chooses its own selector, and its Pods end. */
export function jobFaults(spec: Raw, path: FieldPath): readonly Fault[] {
  const template = map(spec.template);
  return [
    ...podSpecFaults(map(template.spec), [...path, 'template', 'spec'], 'template'),
    ...(text(map(template.spec).restartPolicy) === null
      ? [fault([...path, 'template', 'spec', 'restartPolicy'], 'missing')]
      : restartFaults(map(template.spec), [...path, 'template', 'spec', 'restartPolicy'], ['OnFailure', 'Never'])),
    ...(['parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds'] as const).flatMap((field) =>
      boundsFaults(spec[field], [...path, field], [0, MOST]),
    ),
  ];
}

function restartFaults(spec: Raw, path: FieldPath, allowed: readonly string[]): readonly Fault[] {
  const policy = text(spec.restartPolicy);
  return policy === null || allowed.includes(policy) || !['Always', 'OnFailure', 'Never'].includes(policy)
    ? []
    : [fault(path, 'template-restart-policy', policy, allowed)];
}

function ownSelector(spec: Raw, template: Raw): readonly Fault[] {
  const path: FieldPath = ['spec', 'selector'];
  const carried = labels(map(template.metadata).labels);
  const mismatch = fault(['spec', 'template', 'metadata', 'labels'], 'selector-mismatch', JSON.stringify(carried));
  if (!isPresent(spec.selector)) return [fault(path, 'missing'), mismatch];
  const selector = map(spec.selector);
  const wanted = labels(selector.matchLabels);
  const expressions = list(selector.matchExpressions).map(map);
  if (Object.keys(wanted).length === 0 && expressions.length === 0) return [fault(path, 'selector-empty')];
  const wrong = selectorFaults(selector, path);
  const found = selects(wanted, carried) && expressions.every((expression) => expressionHolds(expression, carried));
  return found || wrong.length > 0 ? wrong : [mismatch];
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

interface Strategy {
  readonly types: readonly string[];
  /** The type that rolls in no steps. */
  readonly atOnce: string;
}

const DEPLOYMENT: Strategy = { types: ['Recreate', 'RollingUpdate'], atOnce: 'Recreate' };
const DAEMON_SET: Strategy = { types: ['RollingUpdate', 'OnDelete'], atOnce: 'OnDelete' };

function strategyFaults(strategy: Raw, path: FieldPath, { types, atOnce }: Strategy): readonly Fault[] {
  const rolling = map(strategy.rollingUpdate);
  const at = [...path, 'rollingUpdate'];
  if (strategy.type === atOnce && atOnce === 'Recreate' && isPresent(strategy.rollingUpdate))
    return [fault(at, 'recreate-has-no-rolling-update')];
  const surge = amountFaults(rolling.maxSurge, [...at, 'maxSurge'], null);
  const unavailable = amountFaults(rolling.maxUnavailable, [...at, 'maxUnavailable'], 100);
  const both = surge.length === 0 && unavailable.length === 0 && isZero(rolling.maxSurge) && isZero(rolling.maxUnavailable);
  return [
    ...choiceFaults(strategy.type, [...path, 'type'], types),
    ...surge,
    ...unavailable,
    ...(both ? [fault([...at, 'maxUnavailable'], 'both-zero', rolling.maxUnavailable)] : []),
  ];
}

function isZero(value: unknown): boolean {
  return value === 0 || (typeof value === 'string' && /^0+%$/.test(value));
}

/** A whole number, or a percentage up to `most`. */
function amountFaults(value: unknown, path: FieldPath, most: number | null): readonly Fault[] {
  if (!isPresent(value)) return [];
  if (typeof value === 'number') return (whole(value) ?? -1) >= 0 ? [] : [fault(path, 'out-of-bounds', value, ['0', '∞'])];
  const percent = /^(\d+)%$/.exec(String(value));
  if (percent === null) return [fault(path, 'not-a-percentage', value)];
  return most !== null && Number(percent[1]) > most ? [fault(path, 'out-of-bounds', value, ['0%', `${most}%`])] : [];
}
