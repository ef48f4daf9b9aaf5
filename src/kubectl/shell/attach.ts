// `kubectl attach`: the streams of a program that runs in a container already (cmd/attach). A shell that waits at a terminal is gone on with.
// Of other programs there is nothing to show: what they wrote is in their logs, and no stream is kept open here.

import type { StoredObject } from '../../engine/index';
import { type Answer, misused, refused } from '../answer';
import type { Call } from '../call';
import { at, listAt, textAt } from '../fields';
import { chosenContainer, podsBehind } from './chosen-pod';
import { containerNamed } from './environment';
import { isRunning, placeIn } from './exec';
import { hasShell } from './toolbox';

export function attach(call: Call): Answer {
  const { words, flags } = call;
  if (words.length === 0) return refused('at least 1 argument is required for attach');
  if (words.length > 2)
    return refused(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${words.length}: [${words.join(' ')}]`);
  if (/^[-+]?0|^-/.test(flags.one('pod-running-timeout') ?? ''))
    return misused(['attach'], '--pod-running-timeout must be higher than zero');
  const pods = podsBehind(call, words.join('/'));
  if ('status' in pods) return pods;
  const [pod] = pods;
  if (pod === undefined) throw new Error('a choice among Pods leaves one');
  const phase = textAt(pod.json, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed')
    return refused(`cannot attach a container in a completed pod; current phase is ${phase}`);
  const container = chosenContainer(pod, flags.one('container'));
  if ('status' in container) return { ...container, err: container.err.replace(/^error: /, 'error: cannot attach to the container: ') };
  if (!isRunning(pod, container.name))
    return refused(`unable to upgrade connection: container ${container.name} not found in pod ${pod.name}`);
  return attached(call, pod, container);
}

const RECORDED =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n' +
  "If you don't see a command prompt, try pressing enter.\n";

function attached({ flags }: Call, pod: StoredObject, { name, notice }: { readonly name: string; readonly notice: string }): Answer {
  const spec = containerNamed(pod.json, name);
  const hasTerminal = at(spec, 'tty') === true;
  const told = flags.isOn('tty') && !hasTerminal ? `error: Unable to use a TTY - container ${name} did not allocate one\n` : '';
  const before = flags.isOn('quiet') ? '' : notice + told + RECORDED;
  const place = placeIn(pod, name);
  const [program] = [...listAt(spec, 'command'), ...listAt(spec, 'args')].map((word) => textAt(word));
  const waits = hasTerminal && at(spec, 'stdin') === true && hasShell(place, program ?? 'sh');
  if (flags.isOn('stdin') && waits) return { status: 0, out: '', err: before, opened: { place, removing: null } };
  const within = pod.namespace === 'default' ? '' : `-n ${pod.namespace} `;
  return {
    status: 0,
    out: '',
    err: `${before}The way is not kept open here. What the container writes is in its log:\n  kubectl logs ${within}-f ${pod.name} -c ${name}\n`,
  };
}
