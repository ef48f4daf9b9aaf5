// `kubectl apply`: new objects are created, others get what the file says (cmd/apply). The manifest is taken for what was applied before, so
// that what a file no longer says goes; a number of replicas that the file leaves open stays as it is. What a cluster fills in by itself
// is not written down, though a file may repeat it.

import type { ApiServer, Json, JsonMap } from '../../engine/index';
import { type Answer, refused, unexpected } from '../answer';
import type { Call } from '../call';
import { at, isList, isMap, textAt } from '../fields';
import { liveOf } from './chosen';
import { changed, created, writtenAs } from './cluster-change';
import { told } from './create';
import { equalJson } from './json';
import { type InputObject, manifestInput } from './manifest-input';
import { refTo } from './naming';
import { dryRun } from './options';
import { answered, begun, type Failure, failed, isFailure, type Progress, refusedBy, warned } from './progress';
import { strategicMerge } from './strategic-merge';

export function apply(call: Call): Answer {
  if (call.words.length > 0) return unexpected(call);
  if (call.flags.all('filename').length === 0) return refused('must specify one of -f and -k');
  const input = manifestInput(call, { verb: 'apply' });
  if (isFailure(input)) return refusedBy(call.server, input);
  const noted = input.notes.reduce(warned, begun(call.server));
  return answered(input.objects.reduce((progress, one) => applied(progress, call, one), noted));
}

function applied(progress: Progress, call: Call, input: InputObject): Progress {
  const outcome = outcomeOf(progress.server, call, input);
  if (isFailure(outcome)) return failed(progress, outcome);
  return told(progress, call, {
    object: input.json,
    operation: outcome.operation,
    server: dryRun(call) === 'client' ? progress.server : outcome.server,
  });
}

interface Outcome {
  readonly server: ApiServer;
  readonly operation: 'created' | 'configured' | 'unchanged';
}

export function outcomeOf(server: ApiServer, { namespace }: Call, { json, source, document, isEditor }: InputObject): Outcome | Failure {
  const live = liveOf(server, json, namespace);
  if (live === null) {
    const creation = { object: json, namespace, document: isEditor ? null : document, sourced: { verb: 'creating', source } };
    const after = created(server, creation);
    return isFailure(after) ? after : { server: after, operation: 'created' };
  }
  const written = writtenAs(server, refTo(json, namespace));
  const before = written ?? live.json;
  // Nobody applied what stands in no manifest: nothing of it goes.
  const wanted = written === null ? strategicMerge(live.json, withoutStatus(json)) : agreed(json, written, live.json);
  if (equalJson(wanted, before)) return { server, operation: 'unchanged' };
  const after = changed(server, live, { change: () => wanted, sourced: { verb: 'patching', source } });
  return isFailure(after) ? after : { server: after, operation: 'configured' };
}

/** Fields that the API server and the controllers own. */
const OWN_METADATA = ['creationTimestamp', 'uid', 'resourceVersion', 'generation', 'managedFields', 'selfLink', 'deletionTimestamp'];
const BOOKKEEPING = ['kubectl.kubernetes.io/last-applied-configuration', 'deployment.kubernetes.io/revision'];

/** What the manifest says afterwards. */
export function agreed(file: JsonMap, written: JsonMap, live: JsonMap): JsonMap {
  const next = agreedMap(withoutStatus(file), written, live);
  const metadata = Object.fromEntries(
    Object.entries(isMap(next.metadata) ? next.metadata : {}).filter(
      ([key]) => !OWN_METADATA.includes(key) || at(written, 'metadata', key) !== undefined,
    ),
  );
  const replicas = at(written, 'spec', 'replicas');
  const isOpen = replicas !== undefined && at(file, 'spec', 'replicas') === undefined && isMap(next.spec);
  return {
    ...next,
    metadata,
    ...(isOpen && isMap(next.spec) ? { spec: { ...next.spec, replicas } } : {}),
    ...(written.status === undefined ? {} : { status: written.status }),
  };
}

function withoutStatus({ status: _, ...said }: JsonMap): JsonMap {
  return said;
}

/** What is written where the file says this: not what the cluster has filled in on both sides. */
export function agreedMap(file: JsonMap, written: JsonMap, live: Json | undefined): JsonMap {
  const kept = Object.entries(written).filter(([key]) => key in file && file[key] !== null);
  const added = Object.entries(file).filter(
    ([key, value]) => !(key in written) && value !== null && !isFilledIn(value, at(live, key), key),
  );
  return Object.fromEntries([
    ...kept.map(([key, value]) => [key, agreedValue(file[key] ?? null, value, at(live, key))] as const),
    ...added.map(([key, value]) => [key, withoutFilledIn(value, at(live, key))] as const),
  ]);
}

function agreedValue(file: Json, written: Json, live: Json | undefined): Json {
  if (equalJson(file, written)) return written;
  if (isMap(file) && isMap(written)) return agreedMap(file, written, live);
  // The file repeats what became of the text: the text stays.
  if (equalJson(file, live)) return written;
  if (!isList(file) || !isList(written)) return file;
  return file.map((item, index) => {
    const before = partner(written, item, index);
    const now = isList(live) ? partner(live, item, index) : undefined;
    return before === undefined ? item : agreedValue(item, before, now);
  });
}

/** The item of the same name; of lists without names the one at the same place. */
function partner(list: readonly Json[], item: Json, index: number): Json | undefined {
  const name = textAt(item, 'name');
  return name === '' ? list[index] : list.find((one) => textAt(one, 'name') === name);
}

/** Whether the file only repeats what the cluster filled in. */
function isFilledIn(value: Json, live: Json | undefined, key: string): boolean {
  return BOOKKEEPING.includes(key) || (live !== undefined && equalJson(value, live));
}

function withoutFilledIn(value: Json, live: Json | undefined): Json {
  if (!isMap(value) || !isMap(live)) return value;
  const left = Object.entries(value).filter(([key, inner]) => !isFilledIn(inner, live[key], key));
  return Object.fromEntries(left.map(([key, inner]) => [key, withoutFilledIn(inner, live[key])]));
}
