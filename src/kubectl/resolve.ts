// Which objects a command means: `TYPE`, `TYPE NAME…`, `TYPE,TYPE`, `TYPE/NAME…`, `-l selector`, `-A` (cli-runtime's resource.Builder).

import type { StoredObject } from '../engine/index';
import { type Answer, refused } from './answer';
import type { Call } from './call';
import { isOf, qualifiedPlural, type Resource, resourcesNamed } from './kinds';
import { labelSelector } from './selector';

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
  if (named && selector !== undefined && selector !== '') return refused('name cannot be provided when a selector is specified');
  if (named && (call.flags.one('field-selector') ?? '') !== '')
    return refused('name cannot be provided when a field selector is specified');
  if (named && call.flags.isOn('all-namespaces')) return refused('a resource cannot be retrieved by name across all namespaces');
  const selects = selector === undefined || selector === '' ? () => true : labelSelector(selector);
  if (selects === null) return refused(`unable to parse requirement: ${selector ?? ''}`);
  const seen = call.server.objects.filter((object) => isInScope(object, call) && selects(object.labels));
  const found = asked.map(({ resource, name }) => ({
    resource,
    name,
    objects: seen.filter((object) => isOf(resource, object) && (name === null || object.name === name)),
  }));
  const missing = found.flatMap(({ resource, name, objects }) => (name === null || objects.length > 0 ? [] : [notFound(resource, name)]));
  return { found, named, single: asked.length === 1 && named, missing };
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
      : types.split(',').flatMap((type) => (names.length === 0 ? [null] : names).map((name) => [type, name] as const));
  const unknown = pairs.find(([type]) => resourcesNamed(type, objects).length === 0);
  if (unknown !== undefined) return { problem: unknown[0] === '' ? EMPTY_TYPE : `the server doesn't have a resource type "${unknown[0]}"` };
  return pairs.flatMap(([type, name]) => resourcesNamed(type, objects).map((resource) => ({ resource, name })));
}

const EMPTY_TYPE = 'arguments in resource/name form must have a single resource and name';

function slashProblem(word: string): string | null {
  const [type = '', name = '', ...more] = word.split('/');
  if (more.length > 0) return 'arguments in resource/name form may not have more than one slash';
  return type === '' || name === '' || type.includes(',') ? EMPTY_TYPE : null;
}
