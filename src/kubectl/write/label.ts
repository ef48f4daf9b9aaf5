// `kubectl label` and `kubectl annotate`: `key=value` sets, `key-` takes away (cmd/label/label.go, cmd/annotate/annotate.go).

import type { JsonMap, Refusal } from '../../engine/index';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { isMap } from '../fields';
import type { ChosenObject } from './chosen';
import { mapAt, withAt } from './cluster-change';
import { each, edited, resourcesAndPairs } from './each';
import { invalidWords } from './invalid';
import { dryRun } from './options';
import { client, type Failure, failed, isFailure, type Progress, refusedBy, said } from './progress';

interface Wish {
  readonly values: Readonly<Record<string, string>>;
  readonly gone: readonly string[];
}

const NO_RESOURCE = 'one or more resources must be specified as <resource> <name> or <resource>/<name>';

function wishOf(call: Call, noun: string): { readonly wish: Wish; readonly resources: readonly string[] } | Failure {
  if (call.flags.isOn('list') && call.flags.one('output') !== undefined) return client('--list and --output may not be specified together');
  const split = resourcesAndPairs(call.words, noun);
  if (isFailure(split)) return split;
  const set = split.pairs.filter((pair) => pair.includes('='));
  const gone = split.pairs.filter((pair) => !pair.includes('=')).map((pair) => pair.slice(0, -1));
  const values = Object.fromEntries(set.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  if (split.resources.length === 0 && call.flags.all('filename').length === 0) return client(NO_RESOURCE);
  if (split.pairs.length === 0 && !call.flags.isOn('list')) return client(`at least one ${noun} update is required`);
  return { wish: { values, gone }, resources: split.resources };
}

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/;

export function label(call: Call): Answer {
  const read = wishOf(call, 'label');
  if (isFailure(read)) return refusedBy(call.server, read);
  const { wish, resources } = read;
  const manifold = call.words.find((word) => /=.*=/.test(word));
  if (manifold !== undefined) return refusedBy(call.server, client(`invalid label spec: ${manifold}`));
  const wrong = Object.entries(wish.values).find(([, value]) => !LABEL_VALUE.test(value));
  if (wrong !== undefined)
    return refusedBy(
      call.server,
      client(`invalid label value: "${wrong.join('=')}": ${invalidWords('not-label-value' satisfies Refusal['reason'])}`),
    );
  if (wish.gone.some((key) => key in wish.values))
    return refusedBy(call.server, client('can not both modify and remove a label in the same command'));
  return each(call, { words: resources, step: (progress, one) => labelled(progress, call, { one, wish }) });
}

function labelled(progress: Progress, call: Call, { one, wish }: { readonly one: ChosenObject; readonly wish: Wish }): Progress {
  const now = one.live.labels;
  if (call.flags.isOn('list')) return Object.entries(now).reduce((all, [key, value]) => said(all, `${key}=${value}`), progress);
  const clash = call.flags.isOn('overwrite')
    ? undefined
    : Object.entries(wish.values).find(([key, value]) => key in now && now[key] !== value);
  const missing = dryRun(call) === 'none' ? wish.gone.filter((key) => !(key in now)) : [];
  const warned = missing.reduce((all, key) => said(all, `label "${key}" not found.`), progress);
  if (clash !== undefined)
    return failed(warned, client(`'${clash[0]}' already has a value (${now[clash[0]] ?? ''}), and --overwrite is false`));
  const isAdded = Object.entries(wish.values).some(([key, value]) => now[key] !== value);
  const isRemoved = wish.gone.some((key) => key in now);
  const operation = isAdded ? (isRemoved ? 'modified' : 'labeled') : isRemoved ? 'unlabeled' : 'not labeled';
  return edited(warned, call, { one, change: (object) => withPairs(object, 'labels', wish), operation });
}

export function annotate(call: Call): Answer {
  const read = wishOf(call, 'annotation');
  if (isFailure(read)) return refusedBy(call.server, read);
  const { wish, resources } = read;
  const both = wish.gone.filter((key) => key in wish.values);
  if (both.length > 0)
    return refusedBy(
      call.server,
      client(`can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`),
    );
  return each(call, { words: resources, step: (progress, one) => annotated(progress, call, { one, wish }) });
}

export const CHANGE_CAUSE = 'kubernetes.io/change-cause';

function annotated(progress: Progress, call: Call, { one, wish }: { readonly one: ChosenObject; readonly wish: Wish }): Progress {
  const now = mapAt(one.live.json, 'metadata', 'annotations');
  if (call.flags.isOn('list')) return Object.entries(now).reduce((all, [key, value]) => said(all, `${key}=${String(value)}`), progress);
  const clashes = Object.entries(wish.values).filter(([key, value]) => key !== CHANGE_CAUSE && key in now && now[key] !== value);
  if (clashes.length > 0 && !call.flags.isOn('overwrite')) {
    const listed = clashes.map(([key]) => `'${key}' already has a value (${String(now[key])})`).join('; ');
    return failed(progress, client(`--overwrite is false but found the following declared annotation(s): ${listed}`));
  }
  return edited(progress, call, { one, change: (object) => withPairs(object, 'annotations', wish), operation: 'annotated' });
}

function withPairs(object: JsonMap, field: 'labels' | 'annotations', { values, gone }: Wish): JsonMap {
  const now = mapAt(object, 'metadata', field);
  const left = Object.fromEntries([...Object.entries(now).filter(([key]) => !gone.includes(key)), ...Object.entries(values)]);
  const isEmpty = Object.keys(left).length === 0 && isMap(object.metadata);
  return withAt(object, ['metadata', field], isEmpty ? undefined : left);
}
