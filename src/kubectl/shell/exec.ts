// `kubectl exec`: a program in a container that runs, and its exit code as kubectl's own (cmd/exec/exec.go; the runtime's words are
// containerd's).

import type { StoredObject } from '../../engine/index';
import { type Answer, notSimulated, refused } from '../answer';
import type { Call } from '../call';
import { at, listAt, textAt } from '../fields';
import { type ChosenContainer, chosenContainer, podsBehind } from './chosen-pod';
import { containerNamed } from './environment';
import { identifier } from './identifier';
import { failedDial, fromServer } from './kubelet';
import type { Place } from './place';
import { runIn } from './run-in';

export function exec(call: Call): Answer {
  if (call.flags.all('filename').length > 0) return notSimulated('kubectl exec -f');
  const [word, ...more] = call.words;
  if (word === undefined) return refused('pod, type/name or --filename must be specified');
  if (more.length > 0)
    return refused(
      'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
      "See 'kubectl exec -h' for help and examples",
    );
  if (call.behind.length === 0) return refused('you must specify at least one command for the container');
  const pods = podsBehind(call, word);
  if ('status' in pods) return pods;
  const [pod] = pods;
  if (pod === undefined) throw new Error('a choice among Pods leaves one');
  const phase = textAt(pod.json, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed')
    return refused(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const container = chosenContainer(pod, call.flags.one('container'));
  if ('status' in container) return container;
  const answer = started(call, pod, container);
  return call.flags.isOn('quiet')
    ? answer
    : {
        ...answer,
        err: container.notice + answer.err,
        ...(answer.screen === undefined ? {} : { screen: container.notice + answer.screen }),
      };
}

function started(call: Call, pod: StoredObject, { name }: ChosenContainer): Answer {
  if (textAt(pod.json, 'spec', 'nodeName') === '')
    return { status: 1, out: '', err: `Error from server (BadRequest): pod ${pod.name} does not have a host assigned\n` };
  const dial = failedDial(call.server, pod);
  if (dial !== null) return fromServer(`error dialing backend: ${dial.error}`);
  if (!isRunning(pod, name)) return refused(`unable to upgrade connection: container not found ("${name}")`);
  const place = placeIn(pod, name);
  const terminal = call.flags.isOn('tty');
  const input = call.flags.isOn('stdin') && (call.input !== '' || !terminal) ? call.input : null;
  const answer = runIn({
    words: call.behind,
    input: input ?? (terminal && call.flags.isOn('stdin') ? null : ''),
    terminal,
    server: call.server,
    place,
  });
  return answer === null ? missing(call.behind[0] ?? '', place) : withCode(answer);
}

export function placeIn({ namespace, name, json }: StoredObject, container: string): Extract<Place, { kind: 'container' }> {
  const image = textAt(containerNamed(json, container), 'image');
  return { kind: 'container', namespace: namespace ?? 'default', pod: name, container, image, json };
}

/** A container that nobody reported runs where its Pod does. */
export function isRunning({ json }: StoredObject, container: string): boolean {
  const statuses = [...listAt(json, 'status', 'containerStatuses'), ...listAt(json, 'status', 'initContainerStatuses')];
  const own = statuses.find((one) => textAt(one, 'name') === container);
  return own === undefined ? textAt(json, 'status', 'phase') === 'Running' : at(own, 'state', 'running') !== undefined;
}

/** The exit code of the program becomes kubectl's. */
export function withCode(answer: Answer): Answer {
  if (answer.status === 0) return answer;
  const line = `command terminated with exit code ${answer.status}\n`;
  return { ...answer, err: answer.err + line, ...(answer.screen === undefined ? {} : { screen: answer.screen + line }) };
}

function missing(program: string, place: Extract<Place, { kind: 'container' }>): Answer {
  const id = [0, 1, 2, 3, 4]
    .map((part) => identifier(`${place.namespace}/${place.pod}/${program}/${part}`))
    .join('')
    .slice(0, 64);
  const isPath = program.startsWith('/') || program.startsWith('.');
  const why = isPath
    ? `exec: "${program}": stat ${program}: no such file or directory`
    : `exec: "${program}": executable file not found in $PATH`;
  return refused(
    `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: ${why}: unknown`,
  );
}
