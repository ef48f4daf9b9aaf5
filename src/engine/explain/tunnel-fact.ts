// What there is to say of a packet inside another packet, and of a frame that a bridge switches.

import type { Hook } from '../linux/netfilter';
import type { Skb } from '../linux/skb';
import { innermost } from '../net/packet';
import type { StepOf } from '../trace/step';
import { type Address, type Around, addressOf, bareAddress, type Spot, spotOf } from './around';

interface InTunnel {
  readonly here: Spot;
  readonly reply: boolean;
  readonly device: string;
  /** Of the packet within. */
  readonly source: Address;
  readonly destination: Address;
}

interface Wrapped extends InTunnel {
  /** The addresses of the outer packet. */
  readonly from: Address;
  readonly to: Address;
}

export type TunnelFact =
  | (Wrapped & { readonly code: 'wrapped-in-udp'; readonly port: number; readonly vni: number; readonly mac: string })
  | (Wrapped & { readonly code: 'wrapped-in-ip' })
  | (InTunnel & { readonly code: 'unwrapped' })
  | (Omit<Wrapped, 'device'> & { readonly code: 'wrapped-at-hook'; readonly hook: Hook })
  | (InTunnel & { readonly code: 'switched'; readonly port: string; readonly to: Spot; readonly ruled: boolean });

export function encapsulatedFact(step: StepOf<'encapsulated'>, around: Around): TunnelFact {
  const { skb, device, at } = step;
  const told = { ...wrapped(at, skb, around), device };
  const payload = skb?.packet.payload;
  if (payload?.kind !== 'tunnel' || payload.encapsulation.kind === 'ipip') return { code: 'wrapped-in-ip', ...told };
  const { vni, mac } = payload.encapsulation;
  return { code: 'wrapped-in-udp', ...told, port: skb?.packet.destination.port ?? 0, vni, mac };
}

export function decapsulatedFact({ skb, device, at }: StepOf<'decapsulated'>, around: Around): TunnelFact {
  const { here, reply, source, destination } = wrapped(at, skb, around);
  return { code: 'unwrapped', here, reply, source, destination, device };
}

/** What the rules of a hook make of a wrapped packet where they rewrite nothing: they see the outer one only. */
export function wrappedAtHookFact({ hook, skb, at }: StepOf<'hook-passed'>, around: Around): TunnelFact {
  return { code: 'wrapped-at-hook', ...wrapped(at, skb, around), hook };
}

export function bridgedFact(step: StepOf<'bridged'>, around: Around): TunnelFact {
  const { here, reply, source, destination } = wrapped(step.at, step.skb, around);
  const next = around.trace.steps[around.index + 1];
  const ruled = next !== undefined && 'hook' in next && next.hook === 'FORWARD';
  return {
    code: 'switched',
    here,
    reply,
    source,
    destination,
    device: step.bridge,
    port: step.port,
    to: spotOf(around, step.to),
    ruled,
  };
}

function wrapped(at: StepOf<'encapsulated'>['at'], skb: Skb | null, around: Around): Omit<Wrapped, 'device'> {
  const bare = bareAddress(around, '');
  const inner = skb === null ? null : innermost(skb.packet);
  return {
    here: spotOf(around, at.netns),
    reply: at.direction === 'reply',
    source: inner === null ? bare : addressOf(around, inner.source, inner.protocol),
    destination: inner === null ? bare : addressOf(around, inner.destination, inner.protocol),
    from: skb === null ? bare : bareAddress(around, skb.packet.source.ip),
    to: skb === null ? bare : bareAddress(around, skb.packet.destination.ip),
  };
}
