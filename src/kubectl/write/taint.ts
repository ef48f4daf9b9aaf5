// `kubectl taint`: `key=value:effect` sets, `key:effect-` or `key-` takes away (cmd/taint).

import type { Json, JsonMap, StoredObject } from '../../engine/index';
import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { isMap, listAt, textAt } from '../fields';
import { resourcesNamed } from '../kinds';
import type { ChosenObject } from './chosen';
import { withAt } from './cluster-change';
import { each, edited, resourcesAndPairs, usage } from './each';
import { client, type Failure, failed, isFailure, type Progress, refusedBy } from './progress';

interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

interface Wish {
  readonly added: readonly Taint[];
  readonly gone: readonly Taint[];
}

export function taint(call: Call): Answer {
  const split = resourcesAndPairs(spelt(call.words), 'taint');
  if (isFailure(split)) return refusedBy(call.server, split);
  const [type = ''] = (split.resources[0] ?? '').split('/');
  if (split.resources.length === 0) return refused('one or more resources must be specified as <resource> <name>');
  if (split.pairs.length === 0) return refused('at least one taint update is required');
  if (resourcesNamed(type)[0]?.kind !== 'Node')
    return refused(`invalid resource type ${type.toLowerCase()}, only node types are supported`);
  const wish = wishOf(split.pairs);
  if (isFailure(wish)) return wish.kind === 'client' ? usage(wish.text, 'taint') : refusedBy(call.server, wish);
  const both = wish.gone.filter((one) =>
    wish.added.some(({ key, effect }) => key === one.key && (one.effect === '' || one.effect === effect)),
  );
  if (both.length > 0)
    return refused(
      `can not both modify and remove the following taint(s) in the same command: ${both.map(({ key, effect }) => `${key}=${effect}`).join(', ')}`,
    );
  return each(call, { words: split.resources, step: (progress, one) => tainted(progress, call, { one, wish }) });
}

/** A taint needs no value: `key:NoSchedule` is a pair too. */
function spelt(words: readonly string[]): readonly string[] {
  return words.map((word) => (/^[^=/]+:[^-]+$/.test(word) ? word.replace(':', '=:') : word));
}

function wishOf(pairs: readonly string[]): Wish | Failure {
  const added: Taint[] = [];
  const gone: Taint[] = [];
  for (const pair of pairs) {
    const isGone = pair.endsWith('-');
    const read = taintOf(isGone ? pair.slice(0, -1) : pair);
    if (isFailure(read)) return read;
    if (!isGone && read.effect === '') return client(`invalid taint spec: ${pair}, ${NAME_PART}`);
    (isGone ? gone : added).push(read);
  }
  return { added, gone };
}

/** What is wrong with `key=value`: without an effect all of it is read as the key (IsQualifiedName). */
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function taintOf(text: string): Taint | Failure {
  const [, key, value = '', effect = ''] = /^([\w./-]+)(?:=([\w.-]*))?(?::(\w*))?$/.exec(text) ?? [];
  if (key === undefined) return client(`invalid taint spec: ${text}`);
  if (text.includes(':') && !EFFECTS.includes(effect)) return client(`invalid taint effect: ${effect}, unsupported taint effect`);
  return { key, value, effect };
}

function tainted(progress: Progress, call: Call, { one, wish }: { readonly one: ChosenObject; readonly wish: Wish }): Progress {
  const before = taintsOf(one.live);
  const existing = wish.added.filter(({ key, effect }) => before.some((old) => old.key === key && old.effect === effect));
  const isOverwriting = call.flags.isOn('overwrite');
  if (existing.length > 0 && !isOverwriting)
    return failed(
      progress,
      client(
        `node ${one.live.name} already has ${existing.map(({ key }) => key).join(',')} taint(s) with same effect(s) and --overwrite is false`,
      ),
    );
  const missing = wish.gone.filter((taintGone) => !before.some((old) => isMeant(old, taintGone)));
  if (missing.length > 0)
    return failed(progress, ...missing.map(({ key, effect }) => client(`taint "${key}${effect === '' ? '' : `:${effect}`}" not found`)));
  const isAdded = wish.added.length > existing.length;
  const operation = isOverwriting || (isAdded && wish.gone.length > 0) ? 'modified' : isAdded ? 'tainted' : 'untainted';
  return edited(progress, call, { one, change: (object) => withTaints(object, wish), operation });
}

function taintsOf({ json }: StoredObject): readonly Taint[] {
  return listAt(json, 'spec', 'taints').map((one) => ({
    key: textAt(one, 'key'),
    value: textAt(one, 'value'),
    effect: textAt(one, 'effect'),
  }));
}

function isMeant(old: Pick<Taint, 'key' | 'effect'>, gone: Taint): boolean {
  return old.key === gone.key && (gone.effect === '' || gone.effect === old.effect);
}

/** New ones first, as kubectl orders them (reorganizeTaints). */
function withTaints(object: JsonMap, { added, gone }: Wish): JsonMap {
  const of = (one: Json): Pick<Taint, 'key' | 'effect'> => ({ key: textAt(one, 'key'), effect: textAt(one, 'effect') });
  const kept = listAt(object, 'spec', 'taints').filter(
    (one) =>
      isMap(one) &&
      !gone.some((taintGone) => isMeant(of(one), taintGone)) &&
      !added.some(({ key, effect }) => key === of(one).key && effect === of(one).effect),
  );
  const fresh = added.map(({ key, value, effect }) => ({ key, ...(value === '' ? {} : { value }), effect }));
  const taints: readonly Json[] = [...fresh, ...kept];
  return withAt(object, ['spec', 'taints'], taints.length === 0 ? undefined : taints);
}
