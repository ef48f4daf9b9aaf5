// kill, of the one program of a container. It is process 1 of its PID namespace: from inside, signals that it does not handle have no effect
// on it, and SIGKILL and SIGSTOP never have (pid_namespaces(7)).

import { isDeafToTerm } from '../../../engine/index';
import { listAt } from '../../fields';
import { containerNamed } from '../environment';
import type { Place } from '../place';
import { lines, type Program } from '../program';

const SIGNALS = 'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP'.split(' ');

/** What a server that is told to end ends at. */
const ENDING = ['INT', 'QUIT', 'TERM'];

export const kill: Program = ({ words, place, server, program }) => {
  const wrong = (why: string) => ({ status: 1, out: '', err: `${program}: ${why}\n` });
  if (words[0] === '-l')
    return { status: 0, out: lines(...SIGNALS.map((name, index) => `${String(index + 1).padStart(2)}) ${name}`)), err: '' };
  const { signal, processes } = read(words);
  if (signal === null) return wrong(`invalid signal '${words[0]}'`);
  const [pid] = processes;
  if (pid === undefined) return { status: 1, out: '', err: `usage: ${program} [-s sigspec | -signum | -sigspec] pid ...\n` };
  if (place.kind !== 'container') return wrong(`the processes of this machine are not simulated`);
  if (!/^-?\d+$/.test(pid)) return wrong(`invalid number '${pid}'`);
  if (pid !== '1') return wrong(`can't kill pid ${pid}: No such process`);
  if (!ENDING.includes(signal) || !isServer(place)) return { status: 0, out: '', err: '' };
  const fault = { kind: 'crash', pod: `${place.namespace}/${place.pod}`, container: place.container, exitCode: 0 } as const;
  return { status: 0, out: '', err: '', server: server.change({ kind: 'set-fault', fault }) };
};

function read(words: readonly string[]): { readonly signal: string | null; readonly processes: readonly string[] } {
  const [first = '', second = '', ...rest] = words;
  if (first === '-s') return { signal: signalNamed(second), processes: rest };
  if (/^-./.test(first) && first !== '--') return { signal: signalNamed(first.slice(1)), processes: words.slice(1) };
  return { signal: 'TERM', processes: words.filter((word) => word !== '--') };
}

function signalNamed(text: string): string | null {
  const name = /^\d+$/.test(text) ? SIGNALS[Number(text) - 1] : text.toUpperCase().replace(/^SIG/, '');
  return name !== undefined && SIGNALS.includes(name) ? name : null;
}

function isServer({ json, container, image }: Extract<Place, { kind: 'container' }>): boolean {
  const own = containerNamed(json, container);
  return !isDeafToTerm({ image, command: listAt(own, 'command').map(String), args: listAt(own, 'args').map(String) });
}
