// Names, labels and annotations of every object (apimachinery/pkg/api/validation/objectmeta.go).

import { type Fault, fault, type Reason } from './field-error';
import type { FieldPath } from './field-path';
import { map, type Raw, text } from './fields';
import { isAddress, isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, isPathSegment, isServiceName } from './lexical';

/** What the name of a kind has to be. */
const NAME_RULES: Readonly<Record<string, readonly [(name: string) => boolean, Reason]>> = {
  Service: [isServiceName, 'not-service-name'],
  Namespace: [isDnsLabel, 'not-dns-label'],
  // Its Pods carry the name as their host name (since 1.27).
  StatefulSet: [isDnsLabel, 'not-dns-label'],
  Role: [isPathSegment, 'not-path-segment'],
  ClusterRole: [isPathSegment, 'not-path-segment'],
  RoleBinding: [isPathSegment, 'not-path-segment'],
  ClusterRoleBinding: [isPathSegment, 'not-path-segment'],
  CronJob: [(name) => isDnsSubdomain(name) && name.length <= 52, 'not-cron-job-name'],
  IPAddress: [isAddress, 'not-an-address'],
};

export function metaFaults(raw: Raw): readonly Fault[] {
  const meta = map(raw.metadata);
  return [
    ...nameFaults(raw, meta),
    ...namespaceFaults(meta),
    ...labelFaults(meta.labels, ['metadata', 'labels']),
    ...annotationFaults(meta.annotations, ['metadata', 'annotations']),
  ];
}

function nameFaults(raw: Raw, meta: Raw): readonly Fault[] {
  const path = ['metadata', 'name'];
  const [name, prefix] = [text(meta.name), text(meta.generateName)];
  const [holds, reason] = NAME_RULES[text(raw.kind) ?? ''] ?? [isDnsSubdomain, 'not-dns-subdomain' as const];
  // A hyphen at the end is no fault where more follows.
  const generated = prefix !== null && !holds(prefix.replace(/-$/, 'a')) ? [fault(['metadata', 'generateName'], reason, prefix)] : [];
  if (name === null) return prefix === null ? [fault(path, 'missing')] : generated;
  return holds(name) ? generated : [...generated, fault(path, reason, name)];
}

function namespaceFaults(meta: Raw): readonly Fault[] {
  const namespace = text(meta.namespace);
  return namespace === null || isDnsLabel(namespace) ? [] : [fault(['metadata', 'namespace'], 'not-dns-label', namespace)];
}

/** Reported at the map, not at its keys. */
export function labelFaults(value: unknown, path: FieldPath): readonly Fault[] {
  return Object.entries(map(value)).flatMap(([key, part]) => [
    ...(isLabelKey(key) ? [] : [fault(path, 'not-label-key', key)]),
    ...(typeof part === 'string' && !isLabelValue(part) ? [fault(path, 'not-label-value', part)] : []),
  ]);
}

const ANNOTATIONS_LIMIT = 256 * 1024;

export function annotationFaults(value: unknown, path: FieldPath): readonly Fault[] {
  const entries = Object.entries(map(value));
  const size = entries.reduce((sum, [key, part]) => sum + key.length + String(part).length, 0);
  return [
    ...entries.flatMap(([key]) => (isLabelKey(key.toLowerCase()) ? [] : [fault(path, 'not-label-key', key)])),
    ...(size > ANNOTATIONS_LIMIT ? [fault(path, 'too-long', null, [String(ANNOTATIONS_LIMIT)])] : []),
  ];
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** matchLabels and matchExpressions (unversioned validation, ValidateLabelSelector). */
export function selectorFaults(value: unknown, path: FieldPath): readonly Fault[] {
  const selector = map(value);
  const expressions = Array.isArray(selector.matchExpressions) ? (selector.matchExpressions as readonly unknown[]) : [];
  return [
    ...labelFaults(selector.matchLabels, [...path, 'matchLabels']),
    ...expressions.flatMap((expression, index) => expressionFaults(map(expression), [...path, 'matchExpressions', index])),
  ];
}

function expressionFaults({ key, operator, values }: Raw, path: FieldPath): readonly Fault[] {
  const given = Array.isArray(values) ? values : [];
  const named = text(key) ?? '';
  const faults: Fault[] = [
    ...(isLabelKey(named) ? [] : [fault([...path, 'key'], 'not-label-key', named)]),
    ...given.flatMap((value: unknown, index) =>
      typeof value === 'string' && !isLabelValue(value) ? [fault([...path, 'values', index], 'not-label-value', value)] : [],
    ),
  ];
  if (operator === 'In' || operator === 'NotIn') return given.length === 0 ? [...faults, fault([...path, 'values'], 'missing')] : faults;
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return given.length > 0 ? [...faults, fault([...path, 'values'], 'values-not-wanted', operator, ['In', 'NotIn'])] : faults;
  return [...faults, fault([...path, 'operator'], 'unknown-operator', operator ?? '', OPERATORS)];
}
