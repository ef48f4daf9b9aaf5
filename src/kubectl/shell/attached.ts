// What `kubectl run -i` goes on with inside of its new Pod: the program of the container, as it was told on the command line.

import type { StoredObject } from '../../engine/index';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { listAt, textAt } from '../fields';
import { containerNamed } from './environment';
import { placeIn } from './exec';
import { runIn } from './run-in';

export function attachTo(call: Call, pod: StoredObject): Answer {
  const name = textAt(listAt(pod.json, 'spec', 'containers')[0], 'name');
  const container = containerNamed(pod.json, name);
  const said = [...listAt(container, 'command'), ...listAt(container, 'args')].map((word) => textAt(word));
  const words = said.length === 0 ? ['sh'] : said;
  const terminal = call.flags.isOn('tty');
  const isRead = call.flags.isOn('stdin');
  const input = isRead && terminal && call.input === '' ? null : isRead ? call.input : '';
  const answer = runIn({ words, input, terminal, server: call.server, place: placeIn(pod, name) });
  if (answer !== null) return ended(pod, answer);
  return {
    status: 128,
    out: '',
    err: `pod ${pod.namespace}/${pod.name} terminated (StartError)\nfailed to create containerd task: exec: "${words[0]}": executable file not found in $PATH: unknown\n`,
  };
}

/** cmd/run/run.go: the exit code of the container is told with the Pod's end. */
function ended({ namespace, name }: StoredObject, answer: Answer): Answer {
  if (answer.status === 0) return answer;
  const line = `pod ${namespace}/${name} terminated (Error)\n`;
  return { ...answer, err: answer.err + line, ...(answer.screen === undefined ? {} : { screen: answer.screen + line }) };
}
