// One of the conversations behind a request, as it went: a question to a name server, the connection itself, or the connection that a proxy
// opens for it. Whose address was called, what the packet became, and where it ended.

import type { World } from '../linux/kernel';
import type { Ip } from '../net/ip';
import { innermost, type Packet, type Protocol, type SocketAddress } from '../net/packet';
import type { Way } from '../trace/branches';
import type { Outcome, Step, StepOf } from '../trace/step';

export type Ended = StepOf<'dropped'> | StepOf<'rejected'>;

export interface Call {
  readonly about: 'name-server' | 'service' | 'back-end';
  /** The namespace of the client, and whose program it is. */
  readonly netns: string;
  readonly by: string;
  /** null where the client's kernel knew no address of its own to send from. */
  readonly source: Ip | null;
  readonly asked: SocketAddress;
  readonly protocol: Protocol;
  readonly steps: readonly Step[];
  /** Where the packet, or its answer, ended on its way; null where it was answered. */
  readonly end: Ended | null;
  /** The part of such calls that fails, in [0, 1]. */
  readonly failing: number;
}

/** What chance leaves open, and the way to look at: the most likely one of those that fail, else any. */
export interface Ways {
  readonly all: readonly Way[];
  readonly shown: Way;
  readonly failing: number;
}

/** An answer that says that the program is at fault counts as a failure; one that faults the client does not. */
export function fails(outcome: Outcome): boolean {
  return outcome.kind !== 'delivered' || (outcome.status !== null && outcome.status >= 500);
}

/** null where there is no way at all. */
export function waysOf(all: readonly Way[]): Ways | null {
  const bad = all.filter(({ outcome }) => fails(outcome));
  const [shown = all[0]] = [...bad].sort((a, b) => b.probability - a.probability);
  if (shown === undefined) return null;
  return { all, shown, failing: bad.reduce((sum, { probability }) => sum + probability, 0) };
}

/** The connection of the client itself. */
export function clientCall({ shown, failing }: Ways, asked: Pick<Call, 'about' | 'netns' | 'by' | 'asked' | 'protocol'>): Call {
  const steps = shown.steps.filter(({ at }) => at.purpose === 'request');
  return { ...asked, ...conversation(steps), failing };
}

/** The connection that a proxy opened last; null where it opened none. */
export function proxyCall({ shown, failing }: Ways): Call | null {
  const upstream = shown.steps.filter(({ at }) => at.purpose === 'upstream');
  const last = upstream.at(-1)?.at.exchange;
  const steps = upstream.filter(({ at }) => at.exchange === last);
  const opened = steps.find((step): step is StepOf<'sent'> => step.kind === 'sent');
  if (opened === undefined || opened.skb === null) return null;
  const { destination, protocol } = opened.skb.packet;
  if (protocol === 'IPIP') return null;
  return { about: 'back-end', netns: opened.at.netns, by: opened.by, asked: destination, protocol, ...conversation(steps), failing };
}

function conversation(steps: readonly Step[]): Pick<Call, 'steps' | 'end' | 'source'> {
  // A refusal may be lost on its way back: what was refused first is what matters.
  const end = steps.find((step): step is Ended => step.kind === 'dropped' || step.kind === 'rejected') ?? null;
  return { steps, end, source: packetSent(steps)?.source.ip ?? null };
}

function packetSent(steps: readonly Step[]): Packet | null {
  return steps.find(({ kind, skb }) => kind === 'sent' && skb !== null)?.skb?.packet ?? null;
}

/** What kube-proxy's rules made of the address that was called; null where they made nothing. */
export function translated({ steps }: Call): SocketAddress | null {
  for (const step of steps) {
    if (step.kind !== 'hook-passed' || step.at.direction !== 'original') continue;
    const made = step.translations.find(({ which, by }) => which === 'destination' && by !== 'connection');
    if (made !== undefined) return made.to;
  }
  return null;
}

/** Where the packet was bound for in the end. */
export function finalDestination(call: Call): SocketAddress {
  const { end } = call;
  const ended = end === null || end.skb === null || end.at.direction === 'reply' ? null : innermost(end.skb.packet).destination;
  return ended ?? translated(call) ?? call.asked;
}

/** The first node on the way: its rules decide about a Service. */
export function firstNode({ steps }: Call, world: World): string | null {
  const netns = steps.map(({ at }) => at.netns).find((one) => one.startsWith('node/') && world.kernels[one] !== undefined);
  return netns === undefined ? null : netns.slice('node/'.length);
}
