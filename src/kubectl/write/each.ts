// A command that does the same to every object that it means.

import type { JsonMap } from '../../engine/index';
import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { type ChoiceRule, type ChosenObject, chosen } from './chosen';
import { changed } from './cluster-change';
import { told } from './create';
import { dryRun } from './options';
import { answered, begun, type Failure, failed, isFailure, type Progress, refusedBy, warned } from './progress';

export type Step = (progress: Progress, one: ChosenObject) => Progress;

export interface Course extends ChoiceRule {
  readonly words: readonly string[];
  readonly step: Step;
}

/** The step for each object in its order; what was not found is told at the end. */
export function each(call: Call, { words, step, ...rule }: Course): Answer {
  const found = chosen(call, words, rule);
  if (isFailure(found)) return refusedBy(call.server, found);
  const noted = found.notes.reduce(warned, begun(call.server));
  return answered(failed(found.objects.reduce(step, noted), ...found.failures));
}

export interface Edit {
  readonly change: (object: JsonMap) => JsonMap;
  readonly operation: string;
}

/** The object is changed, and told. */
export function edited(progress: Progress, call: Call, { one, change, operation }: Edit & { readonly one: ChosenObject }): Progress {
  const isDry = dryRun(call) === 'client';
  const server = isDry ? progress.server : changed(progress.server, one.live, { change });
  if (isFailure(server)) return failed(progress, server);
  const after = server.objects.find(
    (object) => object.kind === one.live.kind && object.namespace === one.live.namespace && object.name === one.live.name,
  );
  return told(progress, call, { object: isDry ? change(one.live.json) : (after ?? one.live).json, operation, server });
}

/** kubectl's error with its way to the help (UsageErrorf). */
export function usage(text: string, command: string): Answer {
  return refused(text, `See 'kubectl ${command} -h' for help and examples`);
}

export interface Pairs {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
}

/** `TYPE NAME key=value key-`: the pairs end the command (GetResourcesAndPairs). */
export function resourcesAndPairs(words: readonly string[], type: string): Pairs | Failure {
  const first = words.findIndex(isPair);
  const [resources, pairs] = first < 0 ? [words, []] : [words.slice(0, first), words.slice(first)];
  const stray = pairs.find((word) => !isPair(word));
  return stray === undefined
    ? { resources, pairs }
    : { kind: 'client', text: `all resources must be specified before ${type} changes: ${stray}` };
}

function isPair(word: string): boolean {
  return (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
}
