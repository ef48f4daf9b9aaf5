// What there is to say of IPVS: an address that is the node's own, the real server that was chosen and how, and the answer on its way back.

import type { Scheduled } from '../linux/ipvs';
import type { Hook } from '../linux/netfilter';
import type { Route } from '../linux/route';
import type { Scheduler } from '../linux/virtual-server';
import { unreachable } from '../net/unreachable';
import type { StepOf } from '../trace/step';
import { type Address, type Around, addressOf, earlierInExchange, labelOf, objectBehind, type Spot, spotOf, stepBefore } from './around';
import { type MarkReason, markReason } from './mark-reason';

interface AtServer {
  readonly hook: Hook;
  readonly here: Spot;
  readonly from: Address;
  readonly to: Address;
}

/** How IPVS came to its real server. */
export type ServerChoice =
  | { readonly kind: 'only' }
  | { readonly kind: 'turn' | 'drawn' | 'locality'; readonly among: number; readonly scheduler: Scheduler }
  | { readonly kind: 'least' | 'least-open'; readonly among: number; readonly connections: number; readonly scheduler: Scheduler }
  | {
      readonly kind: 'hash';
      readonly among: number;
      readonly of: 'source' | 'destination';
      readonly address: string;
      readonly scheduler: Scheduler;
    }
  | { readonly kind: 'remembered'; readonly seconds: number };

/** Where the packet goes from there. */
export type ServedFrom = 'input' | 'output' | 'here';

export type VirtualFact =
  | (AtServer & {
      readonly code: 'virtual-server-chose';
      readonly service: string | null;
      readonly choice: ServerChoice;
      readonly served: ServedFrom;
    })
  | (AtServer & { readonly code: 'virtual-answer-restored' })
  | {
      readonly code: 'virtual-address-kept' | 'virtual-address-pinged';
      readonly hook: Hook;
      readonly here: Spot;
      readonly destination: Address;
      readonly device: string;
      readonly service: string | null;
      readonly marked: MarkReason | null;
    }
  | { readonly code: 'virtual-packet-sent-on'; readonly hook: Hook; readonly here: Spot; readonly destination: Address }
  | { readonly code: 'virtual-answer-kept'; readonly hook: Hook; readonly here: Spot; readonly source: Address }
  | {
      readonly code: 'route-to-virtual-address' | 'route-to-own-virtual-address' | 'route-back-to-virtual-address';
      readonly here: Spot;
      readonly destination: Address;
      readonly device: string;
      readonly service: string | null;
    };

/** The fact of IPVS at a hook; null where it has no part in it. */
export function virtualFact(step: StepOf<'hook-passed'>, around: Around): VirtualFact | null {
  const { skb, at, scheduled, translations } = step;
  if (skb === null) return null;
  const virtual = skb.connection?.virtual === true;
  const [translation] = translations;
  if (translation === undefined) return untranslated(step, { around, virtual });
  const told: AtServer = {
    hook: step.hook,
    here: spotOf(around, at.netns),
    from: addressOf(around, translation.from, skb.packet.protocol),
    to: addressOf(around, translation.to, skb.packet.protocol),
  };
  if (translation.by === 'virtual-server' && scheduled !== null) return chose(step, scheduled, { told, around });
  const isAnswer = virtual && at.direction === 'reply' && translation.which === 'source';
  return isAnswer ? { code: 'virtual-answer-restored', ...told } : null;
}

function chose(
  step: StepOf<'hook-passed'>,
  scheduled: Scheduled,
  { told, around }: { readonly told: AtServer; readonly around: Around },
): VirtualFact {
  const ref = objectBehind(scheduled.server.provenance);
  const next = around.trace.steps[around.index + 1];
  const leaves = next?.kind === 'route-chosen' && next.at.netns === step.at.netns;
  const served: ServedFrom = step.hook === 'OUTPUT' ? 'output' : leaves ? 'input' : 'here';
  const service = ref === null ? null : labelOf(around, ref);
  return { code: 'virtual-server-chose', ...told, service, choice: choiceOf(scheduled, step), served };
}

function choiceOf({ server, real, how, candidates }: Scheduled, { skb }: StepOf<'hook-passed'>): ServerChoice {
  if (how.kind === 'remembered') return how;
  const { among } = how;
  const { scheduler } = server;
  const load = candidates.find((one) => one.real === real);
  if (among === 1) return { kind: 'only' };
  switch (scheduler) {
    case 'rr':
    case 'wrr':
      return { kind: 'turn', among, scheduler };
    case 'lc':
    case 'wlc':
      return { kind: 'least', among, connections: (load?.active ?? 0) + (load?.inactive ?? 0), scheduler };
    case 'sed':
    case 'nq':
      return { kind: 'least-open', among, connections: load?.active ?? 0, scheduler };
    case 'lblc':
    case 'lblcr':
      return { kind: 'locality', among, scheduler };
    case 'sh':
      return { kind: 'hash', among, of: 'source', address: skb?.packet.source.ip ?? '', scheduler };
    case 'dh':
      return { kind: 'hash', among, of: 'destination', address: server.address.ip, scheduler };
    case 'mh':
      return { kind: 'drawn', among, scheduler };
    default:
      return unreachable(scheduler);
  }
}

/** A route to an address that the node has for the sake of a Service; null for every other route. */
export function virtualRouteFact({ route, at, skb }: StepOf<'route-chosen'>, around: Around): VirtualFact | null {
  const ref = objectBehind(route.provenance);
  if (route.nextHop.kind !== 'local' || ref?.kind !== 'Service' || skb === null) return null;
  const own = stepBefore(around)?.kind === 'sent';
  return {
    code: at.direction === 'reply' ? 'route-back-to-virtual-address' : own ? 'route-to-own-virtual-address' : 'route-to-virtual-address',
    here: spotOf(around, at.netns),
    destination: addressOf(around, skb.packet.destination, skb.packet.protocol),
    device: route.nextHop.device,
    service: labelOf(around, ref),
  };
}

function untranslated(
  step: StepOf<'hook-passed'>,
  { around, virtual }: { readonly around: Around; readonly virtual: boolean },
): VirtualFact | null {
  const { hook, skb, at } = step;
  if (skb === null) return null;
  if (at.direction === 'reply') return virtual && hook === 'POSTROUTING' ? answerKept(step, around) : null;
  if (hook !== 'PREROUTING' && hook !== 'OUTPUT') return null;
  const destination = addressOf(around, skb.packet.destination, skb.packet.protocol);
  const told = { hook, here: spotOf(around, at.netns), destination };
  if (virtual) return { code: 'virtual-packet-sent-on', ...told };
  const route = routeTo(step, around);
  if (route?.nextHop.kind !== 'local' || objectBehind(route.provenance)?.kind !== 'Service') return null;
  const ref = objectBehind(route.provenance);
  const service = ref === null ? null : labelOf(around, ref);
  const code = skb.packet.protocol === 'ICMP' ? 'virtual-address-pinged' : 'virtual-address-kept';
  return { code, ...told, device: route.nextHop.device, service, marked: markReason(step.reads) };
}

function answerKept({ hook, at, skb }: StepOf<'hook-passed'>, around: Around): VirtualFact | null {
  if (skb === null) return null;
  const { source, protocol } = skb.packet;
  return { code: 'virtual-answer-kept', hook, here: spotOf(around, at.netns), source: addressOf(around, source, protocol) };
}

/** The route that the packet takes here: looked up before OUTPUT, and behind PREROUTING. */
function routeTo({ hook, at, skb }: StepOf<'hook-passed'>, around: Around): Route | null {
  const behind = around.trace.steps[around.index + 1];
  const step = hook === 'OUTPUT' ? earlierInExchange(around).at(-1) : behind;
  if (step?.kind !== 'route-chosen' || step.at.netns !== at.netns) return null;
  return step.route.destination.network === skb?.packet.destination.ip ? step.route : null;
}
