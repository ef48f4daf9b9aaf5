// `kubectl cordon`, `uncordon` and `drain`: no new Pods for a node, and away with those that it has (cmd/drain, pkg/drain).

import type { JsonMap, StoredObject } from '../../engine/index';
import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { at, isMap, listAt, textAt } from '../fields';
import { labelSelector } from '../selector';
import { type ChosenObject, chosen } from './chosen';
import { withAt } from './cluster-change';
import { told } from './create';
import { each, edited } from './each';
import { evicted } from './eviction';
import { answered, begun, client, failed, isFailure, type Progress, refusedBy, warned } from './progress';

function nodeWords({ words, flags }: Call): readonly string[] {
  return flags.one('selector') === undefined ? words.map((word) => (word.includes('/') ? word : `node/${word}`)) : ['nodes'];
}

function problem(call: Call, verb: string): Answer | null {
  if (call.words.length === 0 && call.flags.one('selector') === undefined)
    return refused(`USAGE: ${verb} NODE [flags]`, `See 'kubectl ${verb} -h' for help and examples`);
  return call.words.length > 0 && call.flags.one('selector') !== undefined
    ? refused('cannot specify both a node name and a --selector option')
    : null;
}

export function cordon(call: Call): Answer {
  return (
    problem(call, 'cordon') ??
    each(call, { words: nodeWords(call), step: (progress, one) => cordoned(progress, call, { one, isClosed: true }) })
  );
}

export function uncordon(call: Call): Answer {
  return (
    problem(call, 'uncordon') ??
    each(call, { words: nodeWords(call), step: (progress, one) => cordoned(progress, call, { one, isClosed: false }) })
  );
}

function cordoned(progress: Progress, call: Call, { one, isClosed }: { readonly one: ChosenObject; readonly isClosed: boolean }): Progress {
  const word = isClosed ? 'cordoned' : 'uncordoned';
  if ((at(one.live.json, 'spec', 'unschedulable') === true) === isClosed)
    return told(progress, call, { object: one.live.json, operation: `already ${word}`, server: progress.server });
  const change = (object: JsonMap): JsonMap => withAt(object, ['spec', 'unschedulable'], isClosed ? true : undefined);
  return edited(progress, call, { one, change, operation: word });
}

export function drain(call: Call): Answer {
  const wrong = problem(call, 'drain');
  if (wrong !== null) return wrong;
  const found = chosen(call, nodeWords(call));
  if (isFailure(found)) return refusedBy(call.server, found);
  const closed = found.objects.reduce((progress, one) => cordoned(progress, call, { one, isClosed: true }), begun(call.server));
  const drained = found.objects.reduce((progress, one) => emptied(progress, call, one), {
    progress: closed,
    pending: [] as readonly string[],
  });
  const pending =
    drained.pending.length === 0 ? [] : ['There are pending nodes to be drained:', ...drained.pending.map((name) => ` ${name}`)];
  return answered(failed(pending.reduce(warned, drained.progress), ...found.failures));

  function emptied(state: { readonly progress: Progress; readonly pending: readonly string[] }, of: Call, { live }: ChosenObject) {
    const pods = podsToGo(of, live.name);
    const undrained = (progress: Progress, problems: readonly string[]) => {
      const why = problems.length === 1 ? problems.join('') : `[${problems.join(', ')}]`;
      const noted = warned(progress, `error: unable to drain node "${live.name}" due to error: ${why}, continuing command...`);
      return { progress: failed(noted, ...problems.map(client)), pending: [...state.pending, live.name] };
    };
    if (pods.problems.length > 0) return undrained(state.progress, pods.problems);
    const noted = pods.warnings === '' ? state.progress : warned(state.progress, `Warning: ${pods.warnings}`);
    const { progress, problems } = evicted(noted, of, pods.going);
    if (problems.length > 0) return undrained(progress, problems);
    return { progress: told(progress, of, { object: live.json, operation: 'drained', server: progress.server }), pending: state.pending };
  }
}

const UNMANAGED = 'Pods that declare no controller';
const LOCAL = 'Pods with local storage';

interface Sorted {
  readonly going: readonly StoredObject[];
  readonly problems: readonly string[];
  readonly warnings: string;
}

type Verdict = { readonly kind: 'go' | 'stay'; readonly warning: string | null } | { readonly kind: 'refused'; readonly why: string };

/** In the order of kubectl's filters; the last one's warning counts. */
function verdict({ server, flags }: Call, { json, namespace }: StoredObject): Verdict {
  const isOver = ['Succeeded', 'Failed'].includes(textAt(json, 'status', 'phase'));
  const owner = listAt(json, 'metadata', 'ownerReferences').find((one) => at(one, 'controller') === true);
  if (isOver) return { kind: 'go', warning: null };
  if (textAt(owner, 'kind') === 'DaemonSet') {
    const name = textAt(owner, 'name');
    const isOrphan = !server.objects.some((one) => one.kind === 'DaemonSet' && one.namespace === namespace && one.name === name);
    const missing = `daemonsets.apps "${name}" not found`;
    if (isOrphan) return flags.isOn('force') ? { kind: 'go', warning: missing } : { kind: 'refused', why: missing };
    if (!flags.isOn('ignore-daemonsets')) return { kind: 'refused', why: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
    return { kind: 'stay', warning: 'ignoring DaemonSet-managed Pods' };
  }
  if (textAt(json, 'metadata', 'annotations', 'kubernetes.io/config.mirror') !== '') return { kind: 'stay', warning: null };
  const isLocal = listAt(json, 'spec', 'volumes').some((volume) => isMap(volume) && 'emptyDir' in volume);
  if (isLocal && !flags.isOn('delete-emptydir-data')) return { kind: 'refused', why: `${LOCAL} (use --delete-emptydir-data to override)` };
  if (owner !== undefined) return { kind: 'go', warning: null };
  if (!flags.isOn('force')) return { kind: 'refused', why: `${UNMANAGED} (use --force to override)` };
  return { kind: 'go', warning: `deleting ${UNMANAGED}` };
}

/** Those that are there when the command begins: nothing new comes to a node that is closed. */
function podsToGo(call: Call, node: string): Sorted {
  const selects = labelSelector(call.flags.one('pod-selector') ?? '');
  const isWanted = typeof selects === 'function' ? selects : () => true;
  const pods = call.server.objects.filter(
    (one) => one.kind === 'Pod' && textAt(one.json, 'spec', 'nodeName') === node && isWanted(one.labels),
  );
  const judged = pods.map((pod) => ({ pod, verdict: verdict(call, pod) }));
  const grouped = (texts: readonly { readonly pod: StoredObject; readonly text: string }[]) =>
    [...new Set(texts.map(({ text }) => text))].map(
      (text) =>
        `${text}: ${texts
          .filter((one) => one.text === text)
          .map(({ pod }) => `${pod.namespace}/${pod.name}`)
          .join(', ')}`,
    );
  const refusedOnes = judged.flatMap(({ pod, verdict: one }) => (one.kind === 'refused' ? [{ pod, text: one.why }] : []));
  const warnedOnes = judged.flatMap(({ pod, verdict: one }) =>
    one.kind !== 'refused' && one.warning !== null ? [{ pod, text: one.warning }] : [],
  );
  return {
    going: judged.filter(({ verdict: one }) => one.kind === 'go').map(({ pod }) => pod),
    problems: grouped(refusedOnes).map((text) => `cannot delete ${text}`),
    warnings: grouped(warnedOnes).join('; '),
  };
}
