// Which objects a command means: `TYPE NAME…`, `TYPE/NAME…`, `TYPE -l selector`, `TYPE --all`, `-f file` (cli-runtime's resource.Builder).
// What is not found is told at the end; the command goes on with the rest.

import type { ApiServer, JsonMap, StoredObject } from '../../engine/index';
import type { Call } from '../call';
import { qualifiedPlural, type Resource } from '../kinds';
import { resolve } from '../resolve';
import { stored } from './cluster-change';
import { when } from './invalid';
import { manifestInput } from './manifest-input';
import { quotedName, refTo, resourceOf } from './naming';
import { client, type Failure, isFailure } from './progress';

export interface Chosen {
  readonly objects: readonly ChosenObject[];
  readonly failures: readonly Failure[];
  /** Lines of the playground itself, for standard error. */
  readonly notes: readonly string[];
}

export interface ChosenObject {
  readonly resource: Resource;
  readonly live: StoredObject;
}

export interface ChoiceRule {
  /** Whether a type without a name means all of it. */
  readonly allOfType?: boolean;
  /** What the command does to them, for errors about files: `deleting`. */
  readonly verb?: string;
}

export function chosen(call: Call, words: readonly string[], { allOfType = false, verb }: ChoiceRule = {}): Chosen | Failure {
  if (call.flags.all('filename').length > 0) return fromFiles(call, verb ?? null);
  if (words.length === 0) return client(NOTHING_ASKED);
  const resolved = resolve(call, words);
  if ('status' in resolved) return { kind: 'plain', text: resolved.err.trimEnd() };
  const { found, named } = resolved;
  if (named && call.flags.isOn('all'))
    return client(words[0]?.includes('/') === true ? NAMED_AND_CHOSEN : 'name cannot be provided when a selector is specified');
  if (!named && call.flags.one('selector') === undefined && !call.flags.isOn('all') && !allOfType)
    return client('resource(s) were provided, but no name was specified');
  return {
    objects: found.flatMap(({ resource, objects }) => objects.map((live) => ({ resource, live }))),
    failures: found.flatMap(({ resource, name, objects }) => (name === null || objects.length > 0 ? [] : [notFound(resource, name)])),
    notes: [],
  };
}

export function notFound(resource: Resource, name: string): Failure {
  return { kind: 'server', reason: 'NotFound', text: `${qualifiedPlural(resource)} "${name}" not found` };
}

const NAMED_AND_CHOSEN = 'selectors and the all flag cannot be used when passing resource/name arguments';

const NOTHING_ASKED =
  "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

function fromFiles(call: Call, verb: string | null): Chosen | Failure {
  const inputs = manifestInput(call, { verb: verb ?? 'using' });
  if (isFailure(inputs)) return inputs;
  const found = inputs.objects.map(({ json, source }) => ({ json, source, live: liveOf(call.server, json, call.namespace) }));
  return {
    objects: found.flatMap(({ json, live }) => (live === null ? [] : [{ resource: resourceOf(json), live }])),
    failures: found.flatMap(({ json, source, live }) =>
      live === null
        ? [
            {
              kind: 'server',
              reason: 'NotFound',
              text: `${when(verb === null ? null : { verb, source })}${quotedName(json)} not found`,
            } as const,
          ]
        : [],
    ),
    notes: inputs.notes,
  };
}

export function liveOf(server: ApiServer, object: JsonMap, namespace: string): StoredObject | null {
  return stored(server, refTo(object, namespace));
}
