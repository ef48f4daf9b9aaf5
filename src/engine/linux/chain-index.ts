// Which rules of a chain a packet to one address can match at all: those that ask for another address first are sure to fail and need
// no visit. Built once for each chain.

import type { Ip } from '../net/ip';
import type { Chain, Rule } from './netfilter';

/** The rules of a chain by the one address that they ask for. */
export interface ChainIndex {
  /** Indices of rules that ask for this very address first, ascending. */
  readonly byDestination: ReadonlyMap<Ip, readonly number[]>;
  /** Indices of all other rules, ascending. */
  readonly others: readonly number[];
  readonly length: number;
  /** Whether chance decides between its rules. */
  readonly isRandom: boolean;
}

// Chains never change once they are programmed.
const indices = new WeakMap<Chain, ChainIndex>();

/** The chain's index, made when it is first asked for. */
export function indexOfChain(chain: Chain): ChainIndex {
  const known = indices.get(chain);
  if (known !== undefined) return known;
  const byDestination = new Map<Ip, number[]>();
  const others: number[] = [];
  for (const [at, rule] of chain.rules.entries()) {
    const address = soleDestination(rule);
    if (address === null) others.push(at);
    else byDestination.set(address, [...(byDestination.get(address) ?? []), at]);
  }
  const index = { byDestination, others, length: chain.rules.length, isRandom: chain.rules.some(isRandom) };
  indices.set(chain, index);
  return index;
}

/** The one address that the rule's first condition asks for. */
function soleDestination({ matches: [first] }: Rule): Ip | null {
  if (first?.kind !== 'destination' || first.negated) return null;
  const { network, length } = first.prefix;
  return length === (network.includes(':') ? 128 : 32) ? network : null;
}

/** The first rule from `at` on that a packet to the address may match; the chain's length where there is none. */
export function nextCandidate({ byDestination, others, length }: ChainIndex, destination: Ip, at: number): number {
  return Math.min(firstFrom(byDestination.get(destination) ?? [], at), firstFrom(others, at), length);
}

function firstFrom(ascending: readonly number[], at: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return ascending[low] ?? Number.POSITIVE_INFINITY;
}

function isRandom({ matches }: Rule): boolean {
  return matches.some(({ kind }) => kind === 'statistic');
}
