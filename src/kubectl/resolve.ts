// Which objects a command means: `TYPE`, `TYPE NAME…`, `TYPE,TYPE`, `TYPE/NAME…`, `-l selector`, `-A` (cli-runtime's resource.Builder).

import type { StoredObject } from '../engine/index';
import { type Answer, refused } from './answer';
import type { Call } from './call';
import { badSelector, fieldSelector } from './field-selector';
import { isOf, qualifiedPlural, type Resource, resourcesNamed } from './kinds';
import { labelSelector, selectorProblem } from './selector';

/** A resource, and the one name that is wanted of it; null: all. */
export interface Asked {
  readonly resource: Resource;
  readonly name: string | null;
}

export interface Found {
  readonly resource: Resource;
  readonly name: string | null;
  readonly objects: readonly StoredObject[];
}

export interface Resolved {
  readonly found: readonly Found[];
  /** Whether objects were asked for by their names. */
  readonly named: boolean;
  /** Whether one object was asked for as such. */
  readonly single: boolean;
  /** One error for each name that is not there. */
  readonly missing: readonly string[];
}

/** The objects that the words and flags of a command mean, or why they mean none. */
export function resolve(call: Call, words: readonly string[] = call.words): Resolved | Answer {
  const asked = askedFor(words, call.server.objects);
  if ('problem' in asked) return refused(asked.problem);
  const named = asked.some(({ name }) => name !== null);
  const selector = call.flags.one('selector');
  if (named && `${selector ?? ''}${call.flags.one('field-selector') ?? ''}` !== '')
    return refused(
      words[0]?.includes('/') === true
        ? 'selectors and the all flag cannot be used when passing resource/name arguments'
        : 'name cannot be provided when a selector is specified',
    );
  if (asked.some(({ name, resource }) => name !== null && resource.namespaced) && call.flags.isOn('all-namespaces'))
    return refused('a resource cannot be retrieved by name across all namespaces');
  const chosen = selection(call, asked);
  if ('status' in chosen) return chosen;
  const found = asked.map(({ resource, name }) => ({
    resource,
    name,
    objects: chosen(resource).filter((object) => name === null || object.name === name),
  }));
  const missing = found.flatMap(({ resource, name, objects }) => (name === null || objects.length > 0 ? [] : [notFound(resource, name)]));
  return { found, named, single: asked.length === 1 && named, missing };
}

/** The objects of a resource that are in scope, and that the selectors select. */
function selection(call: Call, asked: readonly Asked[]): ((resource: Resource) => readonly StoredObject[]) | Answer {
  const labels = call.flags.one('selector')?.trim() ?? '';
  const fields = call.flags.one('field-selector')?.trim() ?? '';
  const [first] = asked;
  const selects = labels === '' ? () => true : labelSelector(labels);
  if (selects === null && first !== undefined)
    return failed(badSelector({ labels, fields, resource: first.resource, why: selectorProblem(labels) }));
  const bad = asked.map(({ resource }) => fieldSelector(fields, resource)).find((one) => 'problem' in one);
  if (bad !== undefined && 'problem' in bad) return failed(bad.problem);
  return (resource) => {
    const fits = fieldSelector(fields, resource);
    return call.server.objects.filter(
      (object) =>
        isOf(resource, object) &&
        isInScope(object, call) &&
        selects?.(object.labels) === true &&
        'problem' in fits === false &&
        fits(object.json),
    );
  };
}

function failed(line: string): Answer {
  return { status: 1, out: '', err: `${line}\n` };
}

function isInScope({ namespace }: StoredObject, call: Call): boolean {
  return namespace === null || call.flags.isOn('all-namespaces') || namespace === call.namespace;
}

export function notFound(resource: Resource, name: string): string {
  return `Error from server (NotFound): ${qualifiedPlural(resource)} "${name}" not found`;
}

const MIXED =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";

/** The types and names that stand in the words. `svc web deploy web` are three names of one type. */
export function askedFor(words: readonly string[], objects: readonly StoredObject[]): readonly Asked[] | { readonly problem: string } {
  const [types = '', ...names] = words;
  const slashed = words.filter((word) => word.includes('/'));
  if (slashed.length > 0 && slashed.length < words.length) return { problem: MIXED };
  const wrong = slashed.map(slashProblem).find((problem) => problem !== null);
  if (wrong !== undefined && wrong !== null) return { problem: wrong };
  const pairs: readonly (readonly [string, string | null])[] =
    slashed.length > 0
      ? words.map((word) => [word.slice(0, word.indexOf('/')), word.slice(word.indexOf('/') + 1)])
      : [...new Set(types.split(','))].flatMap((type) => (names.length === 0 ? [null] : names).map((name) => [type, name] as const));
  if (types.toLowerCase() === 'all' && names.length > 0) return { problem: 'you must specify only one resource' };
  const unknown = pairs.find(([type]) => resourcesNamed(type, objects).length === 0);
  if (unknown !== undefined) return { problem: `the server doesn't have a resource type "${unknown[0].split('.')[0] ?? ''}"` };
  return pairs.flatMap(([type, name]) => resourcesNamed(type, objects).map((resource) => ({ resource, name })));
}

const EMPTY_TYPE = 'arguments in resource/name form must have a single resource and name';

function slashProblem(word: string): string | null {
  const [type = '', name = '', ...more] = word.split('/');
  if (more.length > 0) return 'arguments in resource/name form may not have more than one slash';
  return type === '' || name === '' || type.includes(',') ? EMPTY_TYPE : null;
}
