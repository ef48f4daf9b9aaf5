// `kubectl edit`: a terminal of this playground has no vi. The answer names the object, and the page opens its own editor at it; what is
// written there is applied as ever. The command line, which has no editor either, gives the real tool's error.

import type { Answer } from '../answer';
import type { Call } from '../call';
import { yamlText } from '../yaml';
import { chosen } from './chosen';
import { refOf } from './cluster-change';
import { answered, begun, failed, isFailure, refusedBy } from './progress';

export function edit(call: Call): Answer {
  const found = chosen(call, call.words, { allOfType: true });
  if (isFailure(found)) return refusedBy(call.server, found);
  const [first] = found.objects;
  const answer = answered(failed(begun(call.server), ...found.failures));
  if (first === undefined) return found.failures.length > 0 ? answer : { status: 0, out: '', err: 'edit cancelled, no objects found.\n' };
  return { ...answer, edit: { object: refOf(first.live), text: yamlText(first.live.json) } };
}
