// `kubectl api-resources` and `api-versions`: what discovery offers, by group (cmd/apiresources).

import { compareText } from '../../engine/index';
import { type Answer, misused, printed, refused } from '../answer';
import type { Call } from '../call';

import { qualifiedPlural, type Resource, resourcesWith } from '../kinds';
import { tabbedText } from '../table';
import { categoriesOf, verbsOf } from './served-verbs';

export function apiResources(call: Call): Answer {
  const { flags, words, command, server } = call;
  const [output, order] = [flags.one('output') ?? '', flags.one('sort-by') ?? ''];
  if (words.length > 0) return misused(command.path, `unexpected arguments: [${words.join(' ')}]`);
  if (!['', 'wide', 'name'].includes(output)) return refused(`--output ${output} is not available`);
  if (!['', 'name', 'kind'].includes(order)) return refused('--sort-by accepts only name or kind');
  const shown = resourcesWith(server.objects)
    .filter((resource) => isWanted(resource, call))
    .sort((a, b) => compareText(keyOf(a, order), keyOf(b, order)) || compareText(a.plural, b.plural));
  if (output === 'name') return printed(shown.map((resource) => `${qualifiedPlural(resource)}\n`).join(''));
  const isWide = output === 'wide';
  const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(isWide ? ['VERBS', 'CATEGORIES'] : [])];
  return printed(tabbedText([...(flags.isOn('no-headers') ? [] : [header]), ...shown.map((resource) => rowOf(resource, isWide))]));
}

function isWanted(resource: Resource, { flags }: Call): boolean {
  const [group, namespaced] = [flags.one('api-group'), flags.one('namespaced')];
  const [verbs, categories] = [verbsOf(resource), categoriesOf(resource)];
  return (
    (group === undefined || group === resource.group) &&
    (namespaced === undefined || flags.isOn('namespaced') === resource.namespaced) &&
    flags.all('verbs').every((verb) => verbs.includes(verb)) &&
    flags.all('categories').every((category) => categories.includes(category))
  );
}

function keyOf({ plural, kind, group }: Resource, order: string): string {
  if (order === 'name') return plural;
  return order === 'kind' ? kind : group;
}

function rowOf(resource: Resource, isWide: boolean): readonly string[] {
  const { plural, short, namespaced, kind } = resource;
  const more = isWide ? [verbsOf(resource).join(','), categoriesOf(resource).join(',')] : [];
  return [plural, short.join(','), apiVersionOf(resource), String(namespaced), kind, ...more];
}

export function apiVersionOf({ group, version }: Resource): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Served beside the version that is preferred. */
const OLDER = ['autoscaling/v1'];

export function apiVersions({ words, command, server }: Call): Answer {
  if (words.length > 0) return misused(command.path, `unexpected arguments: [${words.join(' ')}]`);
  const all = new Set([...resourcesWith(server.objects).map(apiVersionOf), ...OLDER]);
  return printed(
    [...all]
      .sort(compareText)
      .map((one) => `${one}\n`)
      .join(''),
  );
}
