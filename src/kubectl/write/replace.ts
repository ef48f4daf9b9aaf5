// `kubectl replace`: the object becomes what the file says; with --force it is deleted and made anew (cmd/replace/replace.go).

import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { prefixed } from '../kinds';
import { liveOf } from './chosen';
import { changed, created } from './cluster-change';
import { told } from './create';
import { when } from './invalid';
import { type InputObject, manifestInput } from './manifest-input';
import { quotedName, resourceOf } from './naming';
import { dryRun } from './options';
import { answered, begun, failed, isFailure, onServer, type Progress, refusedBy, said, warned } from './progress';
import { removedAll } from './removal';
import { isGone, waitFor } from './waiting';

export function replace(call: Call): Answer {
  if (call.flags.all('filename').length === 0) return refused('must specify one of -f and -k');
  const input = manifestInput(call, { verb: 'replace' });
  if (isFailure(input)) return refusedBy(call.server, input);
  const noted = input.notes.reduce(warned, begun(call.server));
  if (!call.flags.isOn('force')) return answered(input.objects.reduce((progress, one) => replaced(progress, call, one), noted));
  // All are deleted before the first is made anew (forceReplace).
  const gone = input.objects.reduce((progress, one) => deleted(progress, call, one), noted);
  return answered(input.objects.reduce((progress, one) => madeAnew(progress, call, one), gone));
}

function replaced(progress: Progress, call: Call, { json, source }: InputObject): Progress {
  const live = liveOf(progress.server, json, call.namespace);
  const sourced = { verb: 'replacing', source };
  if (live === null) return failed(progress, { kind: 'server', reason: 'NotFound', text: `${when(sourced)}${quotedName(json)} not found` });
  const server = dryRun(call) === 'client' ? progress.server : changed(progress.server, live, { change: () => json, sourced });
  return isFailure(server) ? failed(progress, server) : told(progress, call, { object: json, operation: 'replaced', server });
}

function madeAnew(progress: Progress, call: Call, { json, source, document, isEditor }: InputObject): Progress {
  const creation = {
    object: json,
    namespace: call.namespace,
    document: isEditor ? null : document,
    sourced: { verb: 'replacing', source },
  };
  const server = created(progress.server, creation);
  return isFailure(server) ? failed(progress, server) : told(progress, call, { object: json, operation: 'replaced', server });
}

function deleted(progress: Progress, call: Call, { json }: InputObject): Progress {
  const live = liveOf(progress.server, json, call.namespace);
  if (live === null) return progress;
  const ordered = removedAll(progress.server, live, { gracePeriodSeconds: null, cascade: true });
  const { server } = waitFor(ordered, null, (now) => isGone(now, live));
  const [kind = ''] = prefixed(resourceOf(live.json), live.name).split('/');
  const tail = live.namespace === null ? '' : ` from ${live.namespace} namespace`;
  return said(onServer(progress, server), `${kind} "${live.name}" deleted${tail}`);
}
