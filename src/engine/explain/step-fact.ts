// A step becomes a fact that can be told: what happened, to whom, and why, without a word of any language.

import { unreachable } from '../net/unreachable';
import type { Step } from '../trace/step';
import type { Around } from './around';
import { concludedFact, droppedFact, type EndFact, rejectedFact } from './end-fact';
import { type HookFact, hookFact } from './hook-fact';
import { type HttpFact, proxyAnsweredFact, routedFact } from './http-fact';
import { answeredFact, dnsPacketFact, hostsFact, type NameFact, searchFact, settledFact } from './name-fact';
import { answeredRequestFact, deliveredFact, type ProgramFact, receivedFact, sentFact } from './program-fact';
import { bridgedFact, decapsulatedFact, encapsulatedFact, type TunnelFact, wrappedAtHookFact } from './tunnel-fact';
import { type VirtualFact, virtualFact, virtualRouteFact } from './virtual-fact';
import { enteredFact, leftFact, routeFact, type WayFact } from './way-fact';

export type StepFact = NameFact | ProgramFact | WayFact | TunnelFact | VirtualFact | HookFact | HttpFact | EndFact;

export function stepFact(step: Step, around: Around): StepFact {
  switch (step.kind) {
    case 'search-planned':
      return searchFact(step, around);
    case 'name-in-hosts':
      return hostsFact(step, around);
    case 'sent':
      return dnsPacketFact(step, around) ?? sentFact(step, around);
    case 'device-entered':
      return enteredFact(step, around);
    case 'device-left':
      return leftFact(step, around);
    case 'hook-passed':
      return step.skb?.packet.payload.kind === 'tunnel' && step.translations.length === 0
        ? wrappedAtHookFact(step, around)
        : (virtualFact(step, around) ?? hookFact(step, around));
    case 'route-chosen':
      return virtualRouteFact(step, around) ?? routeFact(step, around);
    case 'bridged':
      return bridgedFact(step, around);
    case 'encapsulated':
      return encapsulatedFact(step, around);
    case 'decapsulated':
      return decapsulatedFact(step, around);
    case 'delivered':
      return dnsPacketFact(step, around) ?? deliveredFact(step, around);
    case 'name-answered':
      return answeredFact(step, around);
    case 'received':
      return dnsPacketFact(step, around) ?? receivedFact(step, around);
    case 'name-settled':
      return settledFact(step, around);
    case 'dropped':
      return droppedFact(step, around);
    case 'rejected':
      return rejectedFact(step, around);
    case 'http-routed':
      return routedFact(step, around);
    case 'proxy-answered':
      return proxyAnsweredFact(step, around);
    case 'application-answered':
      return answeredRequestFact(step, around);
    case 'concluded':
      return concludedFact(step, around);
    default:
      return unreachable(step);
  }
}
