// `kubectl patch`: a strategic merge patch, a merge patch (RFC 7386) or a JSON patch (RFC 6902), cmd/patch/patch.go. An object that stands in
// the manifest is patched there; whether anything changes is judged by what the cluster has.

import { isKnownKind, type Json, type JsonMap, yamlValue } from '../../engine/index';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { isList, isMap, textAt } from '../fields';
import type { ChosenObject } from './chosen';
import { mergePatch } from './cluster-change';
import { each, edited } from './each';
import { equalJson } from './json';
import { jsonPatched } from './json-patch';
import { client, type Failure, failed, isFailure, type Progress, refusedBy } from './progress';
import { mergePatched, strategicMerge } from './strategic-merge';

const TYPES = ['json', 'merge', 'strategic'];

export function patch(call: Call): Answer {
  const [text, file] = [call.flags.one('patch'), call.flags.one('patch-file')];
  if (text === undefined && file === undefined)
    return refusedBy(call.server, client('must specify --patch or --patch-file containing the contents of the patch'));
  const type = (call.flags.one('type') ?? 'strategic').toLowerCase();
  if (!TYPES.includes(type)) return refusedBy(call.server, client(`--type must be one of [${TYPES.join(' ')}], not "${type}"`));
  const content = file === undefined ? (text ?? '') : file === '-' ? call.input : call.read(file);
  if (content === null) return refusedBy(call.server, client(`unable to read patch file: open ${file ?? ''}: no such file or directory`));
  const read = yamlValue(content);
  if (read === null) return refusedBy(call.server, client(`unable to parse "${content}": yaml: did not find expected key`));
  return each(call, { words: call.words, step: (progress, one) => patched(progress, call, { one, type, value: read.value }) });
}

interface Wish {
  readonly one: ChosenObject;
  readonly type: string;
  readonly value: Json;
}

const REJECTED: Failure = {
  kind: 'plain',
  text: 'The request is invalid: the server rejected our request due to an error in our request',
};

function patched(progress: Progress, call: Call, { one, type, value }: Wish): Progress {
  const { live } = one;
  const change = changeOf(live.json, type, value);
  if (isFailure(change)) return failed(progress, change);
  const isSame = equalJson(change.apply(live.json), live.json);
  const operation = isSame ? 'patched (no change)' : 'patched';
  return edited(progress, call, { one, change: isSame ? (object) => object : change.apply, operation });
}

function changeOf(live: JsonMap, type: string, value: Json): { readonly apply: (object: JsonMap) => JsonMap } | Failure {
  if (type === 'json') {
    const operations = isList(value) ? value : [];
    const after = jsonPatched(live, operations);
    if (after === null || !isMap(after)) return REJECTED;
    const difference = mergePatch(live, after);
    // A pointer may lead to what only the API server filled in.
    return { apply: (object) => mapOf(jsonPatched(object, operations)) ?? mapOf(mergePatched(object, difference)) ?? object };
  }
  if (!isMap(value)) return REJECTED;
  if (type === 'merge') return { apply: (object) => mapOf(mergePatched(object, value)) ?? object };
  if (isKnownKind(textAt(live, 'apiVersion'), textAt(live, 'kind'))) return { apply: (object) => strategicMerge(object, value) };
  return client(
    `application/strategic-merge-patch+json is not supported by ${textAt(live, 'apiVersion')}, Kind=${textAt(live, 'kind')}: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml`,
  );
}

function mapOf(value: Json | null): JsonMap | null {
  return isMap(value ?? undefined) ? (value as JsonMap) : null;
}
