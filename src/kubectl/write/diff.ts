// `kubectl diff`: what `apply` would change, as `diff -u -N` shows it; status 1 where there is something (cmd/diff/diff.go).

import { formatTimestamp, type JsonMap } from '../../engine/index';
import { type Answer, refused, unexpected } from '../answer';
import type { Call } from '../call';
import { textAt } from '../fields';
import { yamlText } from '../yaml';
import { outcomeOf } from './apply';
import { liveOf } from './chosen';
import { manifestInput } from './manifest-input';
import { groupOf, refTo } from './naming';
import { answered, begun, failed, isFailure, type Progress, refusedBy, warned, wrote } from './progress';
import { unifiedDiff } from './unified-diff';

export function diff(call: Call): Answer {
  if (call.flags.all('filename').length === 0)
    return wrong(call.words.length > 0 ? unexpected(call) : refused('must specify one of -f and -k'));
  const input = manifestInput(call, { verb: 'diff' });
  if (isFailure(input)) return wrong(refusedBy(call.server, input));
  const noted = input.notes.reduce(warned, begun(call.server));
  const done = input.objects.reduce((progress, one): Progress => {
    const outcome = outcomeOf(call.server, call, one);
    if (isFailure(outcome)) return failed(progress, outcome);
    const [live, merged] = [liveOf(call.server, one.json, call.namespace), liveOf(outcome.server, one.json, call.namespace)];
    return wrote(progress, compared(call, { live: live?.json ?? null, merged: merged?.json ?? one.json }));
  }, noted);
  const answer = answered(done);
  return done.failures.length > 0 ? wrong(answer) : { ...answer, status: answer.out === '' ? 0 : 1 };
}

/** Its errors leave a status above 1, which means a difference. */
function wrong(answer: Answer): Answer {
  return { ...answer, status: answer.status + 1 };
}

function compared({ server, namespace }: Call, { live, merged }: { readonly live: JsonMap | null; readonly merged: JsonMap }): string {
  const hunks = unifiedDiff(live === null ? '' : yamlText(live), yamlText(merged));
  if (hunks === '') return '';
  const name = fileName(merged, namespace);
  const time = formatTimestamp(server.now).replace('T', ' ').replace('Z', '.000000000 +0000');
  const [before, after] = [`/tmp/LIVE-1/${name}`, `/tmp/MERGED-1/${name}`];
  return `diff -u -N ${before} ${after}\n--- ${before}\t${time}\n+++ ${after}\t${time}\n${hunks}`;
}

/** `apps.v1.Deployment.default.web` */
function fileName(object: JsonMap, fallback: string): string {
  const { kind, namespace, name } = refTo(object, fallback);
  const version = textAt(object, 'apiVersion').split('/').at(-1) ?? '';
  const group = groupOf(object);
  return [...(group === '' ? [] : [group]), version, kind, namespace ?? '', name].join('.');
}
