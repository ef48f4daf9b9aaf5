// English: what NetworkPolicies let through, and what they did not.

import type { EndFact } from './end-fact';
import type { HookFact } from './hook-fact';
import type { Misfit, PolicyLeave, TriedRule } from './policy-fact';
import type { Wording } from './wording';
import { list, place, times } from './words-en';

type Dropped = Extract<EndFact, { readonly code: 'dropped-by-network-policy' }>;
type Accepted = Extract<HookFact, { readonly code: 'accepted-by-network-policy' }>;
type Unpoliced = Extract<HookFact, { readonly code: 'accepted-unpoliced' }>;

export function dropped({ hook, here, source, destination, direction, pod, policies, tried }: Dropped): Wording {
  const side = direction === 'Ingress' ? 'ingress' : 'egress';
  const isolated = `${policies.length === 1 ? 'The NetworkPolicy' : 'The NetworkPolicies'} ${list(policies)} ${policies.length === 1 ? 'isolates' : 'isolate'} the Pod ${pod} for ${side}`;
  const end = `${place(here)} drops the packet from ${source.text} to ${destination.text} in silence`;
  return [`${hook ?? ''} dropped`.trim(), `${isolated}, and ${reason(tried, side)}: ${end}.`];
}

function reason(tried: readonly TriedRule[], side: string): string {
  if (tried.length === 0) return `there is no ${side} rule to let anything ${side === 'ingress' ? 'in' : 'out'}`;
  return `of ${times(tried.length, 'rule')} tried none matched (${some(tried.map(({ path, failed }) => `${path}: ${MISFIT[failed]}`))})`;
}

const MISFIT: Readonly<Record<Misfit, string>> = {
  peer: 'another peer',
  except: 'the address is excepted',
  protocol: 'another protocol',
  port: 'another port',
};

function some(items: readonly string[]): string {
  return items.length <= 3 ? items.join('; ') : `${items.slice(0, 3).join('; ')}; and ${items.length - 3} more`;
}

export function accepted({ hook, here, source, destination, leaves }: Accepted): Wording {
  return [
    `${hook} allowed`,
    `On ${place(here)} the packet from ${source.text} to ${destination.text} passes: ${leaves.map(leave).join(', and ')}.`,
  ];
}

function leave({ direction, policy, path }: PolicyLeave): string {
  return `the NetworkPolicy ${policy} lets it ${direction === 'Ingress' ? 'in' : 'out'} (${path})`;
}

export function unpoliced({ hook, here, source, destination }: Unpoliced): Wording {
  return [
    `${hook} allowed`,
    `No NetworkPolicy isolates a Pod of ${place(here)} at either end of the packet from ${source.text} to ${destination.text}: it may go on.`,
  ];
}
