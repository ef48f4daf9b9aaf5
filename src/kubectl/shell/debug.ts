// `kubectl debug`: a container of another image beside those of a Pod, in its network; or a shell on a node. Left out: the Pods and containers
// that the real one leaves behind, copies of Pods (--copy-to), profiles.

import { type Answer, notSimulated, refused } from '../answer';
import type { Call } from '../call';
import { resourcesNamed } from '../kinds';
import { notFound } from '../resolve';
import { terminalOutput } from '../screen';
import { podsBehind } from './chosen-pod';
import { withCode } from './exec';
import { identifier } from './identifier';
import type { Place } from './place';
import { runIn } from './run-in';

const PROMPT = "If you don't see a command prompt, try pressing enter.\n";

export function debug(call: Call): Answer {
  const { flags, words, behind } = call;
  if (flags.one('copy-to') !== undefined || flags.all('filename').length > 0) return notSimulated('kubectl debug of a copy');
  const [word] = words;
  const image = flags.one('image') ?? '';
  if (word === undefined)
    return refused(image === '' ? 'you must specify --image when not using --copy-to.' : 'NAME or filename is required for debug');
  if (image === '') return refused('you must specify --image when not using --copy-to.');
  const node = /^(?:nodes?|no)\/(.+)$/.exec(word)?.[1];
  if (node !== undefined) return onNode(call, node, behind);
  const pods = podsBehind(call, word);
  if ('status' in pods) return pods;
  const [pod] = pods;
  if (pod === undefined) return refused(`pods "${word}" not found`);
  const name = flags.one('container') ?? `debugger-${identifier(`${pod.namespace}/${pod.name}/${image}`).slice(0, 5)}`;
  const place: Place = { kind: 'container', namespace: pod.namespace ?? 'default', pod: pod.name, container: name, image, json: pod.json };
  const said = flags.one('container') === undefined ? `Defaulting debug container name to ${name}.\n` : '';
  return begun(call, { place, said, words: behind });
}

function onNode(call: Call, name: string, behind: readonly string[]): Answer {
  const isThere = call.server.objects.some((one) => one.kind === 'Node' && one.name === name);
  const [resource] = resourcesNamed('nodes', call.server.objects);
  if (!isThere && resource !== undefined) return { status: 1, out: '', err: `${notFound(resource, name)}\n` };
  const said = `Creating debugging pod node-debugger-${name}-${identifier(name).slice(0, 5)} with container debugger on node ${name}.\n`;
  // The node's own files and programs lie below /host; its network is the container's anyway.
  const words = behind[0] === 'chroot' ? behind.slice(2) : behind;
  return begun(call, { place: { kind: 'node', node: name }, said, words });
}

function begun(
  call: Call,
  { place, said, words }: { readonly place: Place; readonly said: string; readonly words: readonly string[] },
): Answer {
  const isInteractive = call.flags.isOn('stdin') && call.flags.isOn('tty');
  if (!isInteractive && !call.flags.isOn('attach')) return { status: 0, out: '', err: said };
  const program = words.length === 0 ? ['sh'] : words;
  const answer = runIn({ words: program, input: null, terminal: true, server: call.server, place });
  if (answer === null) return { status: 1, out: '', err: `${said}error: ${program[0]}: not found in the image\n` };
  const done = withCode(answer);
  const before = said + (answer.opened === undefined ? '' : PROMPT);
  return { ...done, err: before + done.err, screen: before + (done.screen ?? terminalOutput(done)) };
}
