// A hook of netfilter as one stop: what the rules did, what conntrack learnt, or why the packet ends here.

import { isConfirmed } from '../linux/conntrack';
import { type Effect, stateOf } from '../linux/effect';
import { type HookPassage, hasNetfilter, passHook } from '../linux/hook';
import type { Hook } from '../linux/netfilter';
import type { Skb } from '../linux/skb';
import { type Fate, type Inside, type Leg, placeIn } from './leg';

/** The packet behind the hook, or its end. A namespace without netfilter has no hooks: the packet goes on as it is. */
export function passThrough(leg: Leg, hook: Hook, { netns, skb }: Inside): { readonly skb: Skb } | { readonly fate: Fate } {
  const { journey } = leg;
  const kernel = journey.kernel(netns);
  if (!hasNetfilter(kernel, skb)) return { skb };
  const around = { kernel, state: stateOf(journey.world, netns), now: journey.world.now, chance: journey.chance };
  const passage = passHook(hook, skb, around);
  if (passage.decision.kind !== 'accept') return { fate: end(leg, hook, { netns, passage }) };
  const learnt = learn(leg, hook, { netns, skb: passage.skb });
  const effects = [...noted(netns, passage), ...learnt.effects];
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
    },
    effects,
  );
  return { skb: learnt.skb };
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

function end(leg: Leg, hook: Hook, { netns, passage }: { netns: string; passage: HookPassage }): Fate {
  const { skb, decision, reads, rulesRead } = passage;
  const told = { hook, skb, reads, rulesRead, route: null };
  if (decision.kind === 'reject') {
    leg.journey.add(placeIn(leg, netns), { kind: 'rejected', reason: 'rule', with: decision.with, ...told });
    return { kind: 'rejected', netns, packet: skb.packet, reason: 'rule', with: decision.with, local: false };
  }
  const reason = decision.kind === 'drop' ? decision.by : 'rule';
  leg.journey.add(placeIn(leg, netns), { kind: 'dropped', reason, ...told });
  return { kind: 'dropped', netns, packet: skb.packet, reason };
}
