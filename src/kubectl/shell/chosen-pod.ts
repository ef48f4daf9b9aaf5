// Which Pod a command means that needs one (`exec`, `logs`, `port-forward`): its own name, or the first of those behind a workload or a
// Service (polymorphichelpers: attachablepodforobject.go), and which of its containers.

import { compareText, type StoredObject } from '../../engine/index';
import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { at, isMap, listAt, textAt } from '../fields';
import { isOf, resourcesNamed } from '../kinds';
import { askedFor, notFound } from '../resolve';

/** The Pods behind the word, those that run and are ready first; null where the word cannot mean any. */
export function podsBehind(call: Call, word: string): readonly StoredObject[] | Answer {
  const [type, name] = word.includes('/') ? [word.slice(0, word.indexOf('/')), word.slice(word.indexOf('/') + 1)] : ['pods', word];
  const asked = askedFor([`${type}/${name}`], call.server.objects);
  if ('problem' in asked) return refused(asked.problem);
  const [resource] = resourcesNamed(type, call.server.objects);
  if (resource === undefined) return refused(`the server doesn't have a resource type "${type}"`);
  const object = call.server.objects.find((one) => isOf(resource, one) && one.name === name && one.namespace === call.namespace);
  if (object === undefined) return { status: 1, out: '', err: `${notFound(resource, name)}\n` };
  if (object.kind === 'Pod') return [object];
  const selector = selectorOf(object);
  if (selector === null) return refused(`cannot attach to *${object.kind}: selector conversion not implemented`);
  const pods = call.server.objects.filter(
    (one) =>
      one.kind === 'Pod' && one.namespace === call.namespace && Object.entries(selector).every(([key, value]) => one.labels[key] === value),
  );
  return pods.length === 0 ? refused('timed out waiting for the condition') : [...pods].sort(byActivity);
}

/** A Job's own selector is made by the API server, and means its Pods by the uid; here their name tells them. */
function selectorOf({ kind, name, json }: StoredObject): Readonly<Record<string, string>> | null {
  if (kind === 'Job' && at(json, 'spec', 'selector') === undefined) return { 'batch.kubernetes.io/job-name': name };
  const labels = at(json, 'spec', 'selector', 'matchLabels') ?? at(json, 'spec', 'selector');
  if (!isMap(labels)) return null;
  return Object.fromEntries(Object.keys(labels).map((key) => [key, textAt(labels, key)]));
}

/** Ready before running before the rest (controller.ActivePods). */
function byActivity(a: StoredObject, b: StoredObject): number {
  return rank(a) - rank(b) || compareText(a.name, b.name);
}

function rank({ json }: StoredObject): number {
  const isReady = listAt(json, 'status', 'conditions').some((one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True');
  return isReady ? 0 : textAt(json, 'status', 'phase') === 'Running' ? 1 : 2;
}

export interface ChosenContainer {
  readonly name: string;
  /** What kubectl says of its choice; empty where there was none to make. */
  readonly notice: string;
}

/** The container that was named, or the first; the Pod may say another (`kubectl.kubernetes.io/default-container`). */
export function chosenContainer({ name, json }: StoredObject, wanted: string | undefined): ChosenContainer | Answer {
  const [own, init] = [listAt(json, 'spec', 'containers'), listAt(json, 'spec', 'initContainers')].map((all) =>
    (all ?? []).map((one) => textAt(one, 'name')),
  );
  const all = [...(own ?? []), ...(init ?? [])];
  if (wanted !== undefined && wanted !== '') {
    if (all.includes(wanted)) return { name: wanted, notice: '' };
    return refused(`container ${wanted} is not valid for pod ${name} out of: ${listed(own, init)}`);
  }
  const said = textAt(json, 'metadata', 'annotations', 'kubectl.kubernetes.io/default-container');
  if (said !== '' && all.includes(said)) return { name: said, notice: '' };
  const [first = ''] = own ?? [];
  return { name: first, notice: all.length > 1 ? `Defaulted container "${first}" out of: ${listed(own, init)}\n` : '' };
}

function listed(own: readonly string[] = [], init: readonly string[] = []): string {
  return [...own, ...init.map((name) => `${name} (init)`)].join(', ');
}
