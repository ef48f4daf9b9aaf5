// One request in the laboratory against what the engine says of it: outcome, set of back ends, the source address that they see, and the tuples
// in the entry node's conntrack. A difference is a sentence that names both sides.

import { type Expected, readTuple } from './expected';
import type { Laboratory } from './lab';
import type { Try } from './protocol';

/** Milliseconds: for what the engine says will be lost, and for everything else. An ICMPv6 refusal that comes while connect() still holds its
 *  socket is heard only when the first SYN is sent again, a second later (tcp_v6_err, net/ipv6/tcp_ipv6.c). */
const PATIENCE = { lost: 300, other: 1500 };
/** A back end that is missed by chance is one request in a million. */
const DOUBT = 1e-6;
const MOST = 120;

export function isLost({ endings }: Expected): boolean {
  return endings.every(({ kind }) => kind === 'dropped');
}

/** The differences; none where kernel and engine agree. A difference is believed once it has been seen twice, the second time with more patience. */
export async function compareRequest(lab: Laboratory, expected: Expected): Promise<readonly string[]> {
  await lab.follow(expected.world);
  await lab.forget();
  const found = await attempt(lab, expected, 1);
  if (found.length === 0) return found;
  await lab.forget();
  return attempt(lab, expected, 4);
}

/** The same for several that the engine says are lost: they wait together. None of them leaves anything behind that another one meets. */
export async function compareLost(lab: Laboratory, all: readonly Expected[]): Promise<readonly (readonly string[])[]> {
  for (const { world } of all) await lab.follow(world);
  await lab.forget();
  return Promise.all(all.map((expected) => attempt(lab, expected, 1)));
}

async function attempt(lab: Laboratory, expected: Expected, slowness: number): Promise<readonly string[]> {
  const { netns, ip, port, protocol, endings } = expected;
  const mayBeLost = endings.some(({ kind }) => kind === 'dropped');
  const tries = await lab.connect(netns, {
    protocol,
    ip,
    port,
    count: howMany(expected),
    patience: (mayBeLost ? PATIENCE.lost : PATIENCE.other) * slowness,
    atOnce: endings.every(({ kind }) => kind !== 'delivered'),
  });
  return [...outcomeDifferences(expected, tries), ...choiceDifferences(expected, tries), ...(await tupleDifferences(lab, expected, tries))];
}

/** As many as it takes to see every ending, or to believe that one is stuck to. */
function howMany({ endings, backends, sticky, protocol }: Expected): number {
  if (protocol === 'ICMP') return 1;
  if (sticky) return 6;
  if (endings.length === 1 && backends.size <= 1) return 2;
  const least = Math.min(...backends.values(), ...endings.filter(({ kind }) => kind !== 'delivered').map(({ share }) => share));
  return Math.min(MOST, Math.ceil(Math.log(DOUBT) / Math.log(1 - Math.min(0.99, least))));
}

function outcomeDifferences({ endings, backends, protocol }: Expected, tries: readonly Try[]): readonly string[] {
  const differences = new Set<string>();
  const words = [...new Set(endings.map(({ kind, reason }) => (reason === '' ? kind : `${kind} (${reason})`)))].join(' or ');
  for (const one of tries) {
    const kind = KINDS[one.kind];
    if (!endings.some((ending) => ending.kind === kind)) {
      differences.add(`outcome: the engine says ${words}, the kernel ${kind}${one.kind === 'refused' ? ` (${one.how})` : ''}`);
      continue;
    }
    if (one.kind !== 'answered' || one.by === null || protocol === 'ICMP') continue;
    const { at, owner, seen } = one.by;
    if (!backends.has(at))
      differences.add(`back end: the kernel reaches ${at} (${owner}), the engine only ${[...backends.keys()].join(', ')}`);
    const alike = endings.filter((ending) => ending.at === at);
    const source = hostOf(seen);
    if (alike.length > 0 && !alike.some((ending) => ending.owner === owner))
      differences.add(`program: at ${at} the kernel finds ${owner}, the engine ${alike[0]?.owner}`);
    if (alike.length > 0 && !alike.some((ending) => ending.seen === source))
      differences.add(`source: ${at} sees ${source}, the engine says ${alike.map((ending) => ending.seen).join(' or ')}`);
  }
  return [...differences];
}

const KINDS = { answered: 'delivered', refused: 'rejected', silent: 'dropped' } as const;

function hostOf(socket: string): string {
  return socket.slice(0, socket.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

function choiceDifferences(expected: Expected, tries: readonly Try[]): readonly string[] {
  const { backends, sticky, endings, protocol } = expected;
  if (protocol === 'ICMP') return [];
  const reached = new Set(tries.flatMap((one) => (one.kind === 'answered' ? (one.by?.at ?? []) : [])));
  const kinds = new Set(tries.map(({ kind }) => KINDS[kind]));
  if (sticky)
    return reached.size > 1 || kinds.size > 1
      ? [`affinity: the engine stays with one back end, the kernel ends in ${[...kinds, ...reached].join(', ')}`]
      : [];
  if (tries.length >= MOST) return [];
  const differences = [...backends.keys()]
    .filter((at) => !reached.has(at))
    .map((at) => `back end: the engine reaches ${at}, the kernel never`);
  const never = endings.filter(({ kind, share }) => share > 0.1 && !kinds.has(kind)).map(({ kind }) => kind);
  return [...differences, ...[...new Set(never)].map((kind) => `outcome: the engine says sometimes ${kind}, the kernel never`)];
}

async function tupleDifferences(lab: Laboratory, { entry, protocol, family }: Expected, tries: readonly Try[]): Promise<readonly string[]> {
  const ports = tries.flatMap((one) => (one.kind === 'answered' ? one.clientPort : []));
  if (entry === null || entry.tuples.length === 0 || ports.length === 0) return [];
  const lines = (await lab.connections(entry.netns, protocol, family)).flatMap((line) => readTuple(line) ?? []);
  const differences = new Set<string>();
  for (const port of ports) {
    const mine = lines.filter(({ clientPort }) => protocol === 'ICMP' || clientPort === port);
    if (mine.length === 0) differences.add(`conntrack: ${entry.netns} has an entry for the engine, none for the kernel`);
    for (const { text } of mine)
      if (!entry.tuples.includes(text))
        differences.add(`conntrack: ${entry.netns} has ${text}; the engine says ${entry.tuples.join(' or ')}`);
  }
  return [...differences];
}
