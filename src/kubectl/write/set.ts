// `kubectl set image|env|resources|selector|serviceaccount` (cmd/set). What changes nothing prints nothing. Left out: env --from.

import type { Json, JsonMap } from '../../engine/index';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { isMap, listAt, textAt } from '../fields';
import { qualifiedPlural } from '../kinds';
import { labelSelector } from '../selector';
import { type ChosenObject, chosen } from './chosen';
import { mapAt, withAt } from './cluster-change';
import { each, edited, resourcesAndPairs } from './each';
import { environmentList } from './environment-list';
import { equalJson } from './json';
import { containersOf, podWay, withContainers } from './pod-template';
import { client, type Failure, failed, isFailure, type Progress, refusedBy, said } from './progress';

const NO_RESOURCE = 'one or more resources must be specified as <resource> <name> or <resource>/<name>';

type Change = (object: JsonMap) => JsonMap;

/** The change, unless nothing would be other than before. */
function applied(
  progress: Progress,
  call: Call,
  { one, change, operation }: { one: ChosenObject; change: Change; operation: string },
): Progress {
  if (podWay(one.live.json) === null) return failed(progress, client(withoutTemplate(one)));
  return equalJson(change(one.live.json), one.live.json) ? progress : edited(progress, call, { one, change, operation });
}

/** With the type's name in Go. */
function withoutTemplate({ resource, live }: ChosenObject): string {
  return `error: ${qualifiedPlural(resource)}/${live.name} the object is not a pod or does not have a pod template: *${resource.version}.${live.kind}`;
}

export function setImage(call: Call): Answer {
  const split = resourcesAndPairs(call.words, 'image');
  if (isFailure(split)) return refusedBy(call.server, split);
  const picked = chosen(call, split.resources);
  if (isFailure(picked)) return refusedBy(call.server, picked);
  const images = split.pairs
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  const wrong = split.pairs.filter((pair) => !pair.includes('='));
  if (wrong.length > 0) return refusedBy(call.server, client(`invalid image format: ${wrong.join(', ')}`));
  const problems = [
    ...(images.length === 0 ? [client('at least one image update is required')] : []),
    ...(images.length > 1 && images.some(([name]) => name === '*')
      ? [client('all containers are already specified by *, but saw more than one container_name=container_image pairs')]
      : []),
  ];
  if (problems.length > 0) return refusedBy(call.server, ...problems);
  return each(call, { words: split.resources, step: (progress, one) => withImages(progress, call, { one, images }) });
}

function withImages(
  progress: Progress,
  call: Call,
  { one, images }: { one: ChosenObject; images: readonly (readonly [string, string])[] },
): Progress {
  if (podWay(one.live.json) === null) return failed(progress, client(withoutTemplate(one)));
  const names = containersOf(one.live.json).map(({ name }) => name);
  const missing = images.filter(([name]) => name !== '*' && !names.includes(name));
  const change: Change = (object) =>
    withContainers(object, (container, name) => {
      const image = images.find(([of]) => of === name || of === '*')?.[1];
      return image === undefined ? container : { ...container, image };
    });
  const done = applied(progress, call, { one, change, operation: 'image updated' });
  return failed(done, ...missing.map(([name]) => client(`error: unable to find container named "${name}"`)));
}

export function setEnv(call: Call): Answer {
  if (call.flags.one('from') !== undefined)
    return refusedBy(call.server, { kind: 'not-simulated', text: 'kubectl set env --from is not simulated' });
  const split = resourcesAndPairs(call.words, 'environment');
  if (isFailure(split)) return refusedBy(call.server, split);
  if (split.resources.length === 0 && call.flags.all('filename').length === 0) return refusedBy(call.server, client(NO_RESOURCE));
  const pairs = [...call.flags.all('env'), ...split.pairs];
  const wrong = pairs.find((pair) => !/^[A-Za-z_.-][\w.-]*(?:=|-$)/.test(pair));
  if (wrong !== undefined) return refusedBy(call.server, client(`environment variables must be of the form key=value, but is "${wrong}"`));
  return each(call, { words: split.resources, step: (progress, one) => withEnvironment(progress, call, { one, pairs }) });
}

function withEnvironment(progress: Progress, call: Call, { one, pairs }: { one: ChosenObject; pairs: readonly string[] }): Progress {
  const only = call.flags.one('containers') ?? '*';
  const gone = pairs.filter((pair) => !pair.includes('=')).map((pair) => pair.slice(0, -1));
  const fresh = pairs
    .filter((pair) => pair.includes('='))
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }));
  const change: Change = (object) =>
    withContainers(object, (container, name) => {
      if (!isNamedBy(name, only)) return container;
      const before = listAt(container, 'env');
      const kept = before
        .filter((one) => !gone.includes(textAt(one, 'name')))
        .map((one) => fresh.find(({ name: of }) => of === textAt(one, 'name')) ?? one);
      const added = fresh.filter(({ name: of }) => !before.some((one) => textAt(one, 'name') === of));
      const env: readonly Json[] = [...kept, ...added];
      return withAt(container, ['env'], env.length === 0 ? undefined : env);
    });
  if (call.flags.isOn('list') && podWay(one.live.json) !== null) return environmentList(change(one.live.json)).reduce(said, progress);
  return applied(progress, call, { one, change, operation: 'env updated' });
}

/** `*` in a name stands for anything. */
function isNamedBy(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*').map((part) => part.replace(/[^\w-]/g, ''));
  return new RegExp(`^${[first, ...rest].join('.*')}$`).test(name);
}

export function setResources(call: Call): Answer {
  const picked = chosen(call, call.words);
  const [limits, requests] = [call.flags.one('limits'), call.flags.one('requests')];
  if (limits === undefined && requests === undefined)
    return refusedBy(
      call.server,
      isFailure(picked) ? picked : client('you must specify an update to requests or limits (in the form of --requests/--limits)'),
    );
  const lists = { limits: quantities(limits), requests: quantities(requests) };
  if (isFailure(lists.limits)) return refusedBy(call.server, lists.limits);
  if (isFailure(lists.requests)) return refusedBy(call.server, lists.requests);
  const given = { limits: lists.limits.values, requests: lists.requests.values };
  const only = call.flags.one('containers') ?? '*';
  const change: Change = (object) =>
    withContainers(object, (container, name) => (isNamedBy(name, only) ? withQuantities(container, given) : container));
  return each(call, {
    words: call.words,
    step: (progress, one) =>
      containersOf(one.live.json).some(({ name }) => isNamedBy(name, only))
        ? applied(progress, call, { one, change, operation: 'resource requirements updated' })
        : failed(progress, client(`error: unable to find container named ${only}`)),
  });
}

function withQuantities(container: JsonMap, given: Readonly<Record<'limits' | 'requests', JsonMap>>): JsonMap {
  return (['limits', 'requests'] as const).reduce((all, list) => {
    const values = { ...mapAt(all, 'resources', list), ...given[list] };
    return Object.keys(given[list]).length === 0 ? all : withAt(all, ['resources', list], values);
  }, container);
}

/** `cpu=200m,memory=512Mi` */
function quantities(text: string | undefined): { readonly values: JsonMap } | Failure {
  const pairs = text === undefined || text === '' ? [] : text.split(',').map((pair) => pair.split('='));
  const wrong = pairs.find((pair) => pair.length !== 2);
  if (wrong !== undefined) return client(`Invalid argument syntax ${wrong.join('=')}, expected <resource>=<value>`);
  const unread = pairs.find(([, value = '']) => !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/.test(value));
  if (unread !== undefined) return client("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  return { values: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])) };
}

export function setSelector(call: Call): Answer {
  const selector = call.words.at(-1);
  if (selector === undefined) return refusedBy(call.server, client('one selector is required'));
  const pairs = selector.split(',').map((pair) => pair.split(/==?/));
  if (labelSelector(selector) === null) return refusedBy(call.server, client(`couldn't parse the selector string "${selector}"`));
  const values = Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value]));
  return each(call, {
    words: call.words.slice(0, -1),
    step: (progress, one) =>
      one.resource.kind === 'Service'
        ? edited(progress, call, { one, change: (object) => withAt(object, ['spec', 'selector'], values), operation: 'selector updated' })
        : failed(progress, client('setting a selector is only supported for Services')),
  });
}

export function setServiceAccount(call: Call): Answer {
  const name = call.words.at(-1);
  if (name === undefined) return refusedBy(call.server, client('serviceaccount is required'));
  const change: Change = (object) => {
    const way = podWay(object);
    return way === null ? object : withAt(object, [...way, 'serviceAccountName'], name);
  };
  return each(call, {
    words: call.words.slice(0, -1),
    step: (progress, one) =>
      isMap(one.live.json.spec) ? edited(progress, call, { one, change, operation: 'serviceaccount updated' }) : progress,
  });
}
