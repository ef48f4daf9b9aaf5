// The ways onto a node: `ssh`, and `docker exec` where a node is a container (kind). A program behind it runs there; without one a shell opens.

import type { Answer } from '../answer';
import type { Session } from '../session';
import { isOn, isReachable, powered } from './machine';
import type { Place } from './place';
import { runIn } from './run-in';

export interface Entering {
  readonly name: string;
  readonly words: readonly string[];
  readonly input: string | null;
  readonly terminal: boolean;
}

/** What came of it; null where the program is no such way. */
export function entered(session: Session, entering: Entering): Answer | null {
  if (entering.name === 'ssh') return ssh(session, entering);
  return entering.name === 'docker' || entering.name === 'podman' || entering.name === 'crictl' ? docker(session, entering) : null;
}

function ssh(session: Session, { words, ...entering }: Entering): Answer {
  const at = words.findIndex((word, index) => !word.startsWith('-') && !/^-[iplFoJ]$/.test(words[index - 1] ?? ''));
  const host = at < 0 ? undefined : words[at];
  if (host === undefined)
    return { status: 255, out: '', err: 'usage: ssh [-i identity_file] [-l login_name] [-p port] destination [command [argument ...]]\n' };
  const name = host.replace(/^.*@/, '');
  const node = nodeNamed(session, name);
  if (node === null) return { status: 255, out: '', err: `ssh: Could not resolve hostname ${name}: Name or service not known\n` };
  if (!isReachable(session.server, node)) return { status: 255, out: '', err: `ssh: connect to host ${name} port 22: No route to host\n` };
  return onNode(session, node, { ...entering, words: words.slice(at + 1) });
}

/** By its name or one of its addresses. */
function nodeNamed({ server }: Session, name: string): string | null {
  const nodes = server.loaded.snapshot.view.nodes;
  return nodes.find((node) => node.name === name || node.addresses.includes(name))?.name ?? null;
}

function docker(session: Session, entering: Entering): Answer | null {
  const { name, words } = entering;
  if (name === 'crictl') return null;
  if (words[0] === 'ps') return { status: 0, out: dockerTable(session), err: '' };
  if (words[0] === 'stop' || words[0] === 'start') return switched(session, words[0], words.slice(1));
  if (words[0] !== 'exec')
    return { status: 1, out: '', err: `${name} ${words[0] ?? ''} is not simulated: ${name} exec, stop and start of a node are\n` };
  const rest = words.slice(1);
  const at = rest.findIndex((word) => !word.startsWith('-'));
  const container = rest[at];
  const node = container === undefined ? null : nodeNamed(session, container);
  if (node === null) return { status: 1, out: '', err: `Error response from daemon: No such container: ${container ?? ''}\n` };
  if (!isOn(session.server, node)) return { status: 1, out: '', err: `Error response from daemon: container ${node} is not running\n` };
  const inner = rest.slice(at + 1);
  if (inner.length === 0) return { status: 1, out: '', err: `"${name} exec" requires at least 2 arguments.\n` };
  const isInteractive = rest.slice(0, at).some((word) => /^-\w*i/.test(word) || word === '--interactive');
  return onNode(session, node, { ...entering, words: inner, terminal: entering.terminal && isInteractive });
}

/** A node that is a container is turned off and on with it. */
function switched(session: Session, verb: 'start' | 'stop', names: readonly string[]): Answer {
  const [name = ''] = names.filter((word) => !word.startsWith('-'));
  const node = nodeNamed(session, name);
  if (node === null) return { status: 1, out: '', err: `Error response from daemon: No such container: ${name}\n` };
  return { status: 0, out: `${name}\n`, err: '', server: powered(session.server, node, verb === 'start') };
}

/** The nodes of kind are containers of these. */
function dockerTable({ server }: Session): string {
  const rows = server.loaded.snapshot.view.nodes.map(({ name }) => `${'kindest/node'.padEnd(24)} ${name}\n`);
  return `${'IMAGE'.padEnd(24)} NAMES\n${rows.join('')}`;
}

export function onNode(session: Session, node: string, { words, input, terminal }: Omit<Entering, 'name'>): Answer {
  const place: Place = { kind: 'node', node };
  if (words.length === 0) return { status: 0, out: '', err: '', opened: { place, removing: null } };
  // ssh hands its words to a shell as one line.
  const line = words.length === 1 && /\s/.test(words[0] ?? '') ? ['bash', '-c', words[0] ?? ''] : words;
  const answer = runIn({ words: line, input, terminal, server: session.server, place });
  return answer ?? { status: 127, out: '', err: `bash: line 1: ${words[0]}: command not found\n` };
}
