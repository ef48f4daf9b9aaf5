// A Node: the ranges of its Pods and its taints (ValidateNode). The API server writes `metadata.taints` for `spec.taints`.

import { parseCidr } from '../net/cidr';
import { family } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { duplicates, requiredChoice } from './field-rules';
import { list, map, type Raw, strings, text } from './fields';
import { isLabelKey, isLabelValue } from './lexical';
import { EFFECTS } from './validate-pod';

export function nodeFaults(raw: Raw): readonly Fault[] {
  const spec = map(raw.spec);
  const taints = list(spec.taints).map(map);
  const path: FieldPath = ['metadata', 'taints'];
  return [
    ...rangeFaults(spec),
    ...taints.flatMap((taint, index) => taintFaults(taint, [...path, index])),
    ...duplicates(taints, ({ key, effect }) => `${text(key)}:${text(effect)}`).map(({ index, key }) =>
      fault([...path, index], 'duplicate', key),
    ),
  ];
}

function rangeFaults(spec: Raw): readonly Fault[] {
  const path: FieldPath = ['spec', 'podCIDRs'];
  const listed = strings(spec.podCIDRs);
  const single = text(spec.podCIDR);
  const ranges = listed.length > 0 || single === null ? listed : [single];
  const parsed = ranges.map(parseCidr);
  const families = parsed.flatMap((range) => (range === null ? [] : [family(range.network)]));
  return [
    ...ranges.flatMap((range, index) => (parsed[index] === null ? [fault([...path, index], 'not-a-range', range)] : [])),
    ...(new Set(families).size < families.length ? [fault(path, 'same-family-ranges', ranges.join(', '))] : []),
    ...duplicates(ranges, (range) => range).map(({ index, key }) => fault([...path, index], 'duplicate', key)),
  ];
}

function taintFaults({ key, value, effect }: Raw, path: FieldPath): readonly Fault[] {
  const [named, held] = [text(key) ?? '', text(value) ?? ''];
  return [
    ...(isLabelKey(named) ? [] : [fault([...path, 'key'], 'not-label-key', named)]),
    ...(isLabelValue(held) ? [] : [fault([...path, 'value'], 'not-label-value', held)]),
    ...requiredChoice(effect, [...path, 'effect'], EFFECTS),
  ];
}
