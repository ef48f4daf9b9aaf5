// A hook of netfilter as one stop: what the rules did, what conntrack learnt, or why the packet ends here.

import { isConfirmed } from '../linux/conntrack';
import { type Effect, stateOf } from '../linux/effect';
import { type HookPassage, hasNetfilter, passHook } from '../linux/hook';
import type { Hook } from '../linux/netfilter';
import type { Skb } from '../linux/skb';
import { keyOfVirtual } from '../linux/virtual-server';
import { formatSocket } from '../net/packet';
import { type Fate, type Inside, type Leg, placeIn } from './leg';

/** `redirected`: IPVS took the packet out of INPUT, and it is routed again. */
export type Passed = { readonly skb: Skb; readonly redirected: boolean } | { readonly fate: Fate };

/** The packet behind the hook, or its end. A namespace without netfilter has no hooks: the packet goes on as it is. */
export function passThrough(leg: Leg, hook: Hook, { netns, skb }: Inside): Passed {
  const { journey } = leg;
  const kernel = journey.kernel(netns);
  if (!hasNetfilter(kernel, skb)) return { skb, redirected: false };
  const around = { kernel, state: stateOf(journey.world, netns), now: journey.world.now, chance: journey.chance };
  const passage = passHook(hook, skb, around);
  const { decision } = passage;
  if (decision.kind === 'drop' || decision.kind === 'reject') return { fate: end(leg, hook, { netns, passage, decision }) };
  const redirected = decision.kind === 'redirected';
  const learnt = redirected ? { skb: passage.skb, effects: [] } : learn(leg, hook, { netns, skb: passage.skb });
  const effects = [...noted(netns, passage), ...dealt(netns, passage), ...learnt.effects];
  journey.add(
    placeIn(leg, netns),
    {
      kind: 'hook-passed',
      hook,
      skb: learnt.skb,
      reads: passage.reads,
      rulesRead: passage.rulesRead,
      translations: passage.translations,
      markBefore: skb.mark,
      connectionState: passage.skb.state,
      scheduled: passage.scheduled,
    },
    effects,
  );
  return { skb: learnt.skb, redirected };
}

/** Round robin has dealt one more connection out; persistence knows the client from now on. */
function dealt(netns: string, { scheduled, skb }: HookPassage): readonly Effect[] {
  const real = scheduled?.real ?? null;
  if (scheduled === null || real === null) return [];
  const client = scheduled.server.persistentSeconds === null ? null : skb.packet.source.ip;
  const by = scheduled.how.kind === 'remembered' ? 'persistence' : 'scheduler';
  return [{ kind: 'ipvs-scheduled', netns, server: keyOfVirtual(scheduled.server), real: formatSocket(real.address), client, by }];
}

function noted(netns: string, passage: HookPassage): readonly Effect[] {
  return passage.noted.map(({ list, ip }) => ({ kind: 'recent-set', netns, list, ip }));
}

/** A new connection enters the table when its packet leaves the kernel (nf_conntrack_confirm); an answer marks it as replied when it comes in. */
function learn(leg: Leg, hook: Hook, { netns, skb }: Inside): { readonly skb: Skb; readonly effects: readonly Effect[] } {
  const { connection } = skb;
  if (connection === null) return { skb, effects: [] };
  const confirmed = isConfirmed(stateOf(leg.journey.world, netns).connections, connection);
  const leaves = hook === 'POSTROUTING' || hook === 'INPUT';
  if (leaves && !confirmed) return { skb, effects: [{ kind: 'connection-added', netns, connection }] };
  if (!confirmed || connection.replied || skb.direction !== 'reply' || skb.state !== 'ESTABLISHED') return { skb, effects: [] };
  return {
    skb: { ...skb, connection: { ...connection, replied: true } },
    effects: [{ kind: 'connection-replied', netns, id: connection.id }],
  };
}

interface Ended {
  readonly netns: string;
  readonly passage: HookPassage;
  readonly decision: Extract<HookPassage['decision'], { kind: 'drop' | 'reject' }>;
}

function end(leg: Leg, hook: Hook, { netns, passage, decision }: Ended): Fate {
  const { skb, reads, rulesRead, scheduled } = passage;
  const told = { hook, skb, reads, rulesRead, route: null };
  if (decision.kind === 'reject') {
    const reason = scheduled === null ? 'rule' : 'no-real-server';
    const asked = scheduled === null ? {} : { scheduled };
    leg.journey.add(placeIn(leg, netns), { kind: 'rejected', reason, with: decision.with, ...told, ...asked });
    return { kind: 'rejected', netns, packet: skb.packet, reason, with: decision.with, local: false };
  }
  const reason = decision.by;
  leg.journey.add(placeIn(leg, netns), { kind: 'dropped', reason, ...told });
  return { kind: 'dropped', netns, packet: skb.packet, reason };
}
