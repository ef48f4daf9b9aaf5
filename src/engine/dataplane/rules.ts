// Rules in the order in which iptables-save prints their parts: addresses, protocol, then matches, then the target.

import type { ServiceProtocol } from '../kube/pod';
import type { SetDirection } from '../linux/ipset';
import type { Chain, Match, Rule, Table, TableName, Target } from '../linux/netfilter';
import { bucketsOf } from '../net/buckets';
import { type Cidr, hostPrefix } from '../net/cidr';
import type { Ip } from '../net/ip';
import { NO_PROVENANCE, type Provenance } from '../net/provenance';

const TO_LOCAL: Match = { kind: 'destination-type', negated: false, type: 'LOCAL' };
const FROM_LOCAL: Match = { kind: 'source-type', negated: false, type: 'LOCAL' };
const FRESH: Match = { kind: 'connection-state', negated: false, states: ['NEW'] };

/** Conditions by short names. */
export const MATCH = {
  source: (prefix: Cidr, negated = false): Match => ({ kind: 'source', negated, prefix }),
  destination: (prefix: Cidr, negated = false): Match => ({ kind: 'destination', negated, prefix }),
  to: (ip: Ip): Match => ({ kind: 'destination', negated: false, prefix: hostPrefix(ip) }),
  from: (ip: Ip): Match => ({ kind: 'source', negated: false, prefix: hostPrefix(ip) }),
  protocol: (protocol: ServiceProtocol): Match => ({ kind: 'protocol', negated: false, protocol }),
  port: (port: number): Match => ({ kind: 'destination-port', negated: false, port }),
  mark: (value: number, negated = false): Match => ({ kind: 'mark', negated, value, mask: value }),
  set: (set: string, directions: readonly SetDirection[], negated = false): Match => ({ kind: 'set', negated, set, directions }),
  toLocal: TO_LOCAL,
  fromLocal: FROM_LOCAL,
  fresh: FRESH,
} as const;

export interface RuleParts {
  readonly matches?: readonly Match[];
  readonly comment?: string;
  readonly target: Target;
  readonly because?: Provenance;
}

export function rule({ matches, comment, target, because }: RuleParts): Rule {
  return { matches: matches ?? [], target, comment: comment ?? '', provenance: because ?? NO_PROVENANCE };
}

export function jump(chain: string): Target {
  return { kind: 'jump', chain };
}

/** A table under construction: chains are made when they are first spoken of. */
export class TableDraft {
  private readonly chains = new Map<string, Rule[]>();
  private readonly owned = new Map<string, Rule[]>();
  private readonly name: TableName;

  constructor(name: TableName) {
    this.name = name;
  }

  add(chain: string, ...rules: readonly Rule[]): void {
    write(this.chains, chain, rules);
  }

  /** In front of what the chain holds already (`iptables -I`). */
  first(chain: string, ...rules: readonly Rule[]): void {
    this.chains.set(chain, [...rules, ...(this.chains.get(chain) ?? [])]);
  }

  /** Into a chain that is written for one Service alone. */
  own(chain: string, ...rules: readonly Rule[]): void {
    write(this.owned, chain, rules);
  }

  /** What was written into the chains that many have a part in. */
  shared(): ReadonlyMap<string, readonly Rule[]> {
    return this.chains;
  }

  /** What was written into one of them. */
  lines(chain: string): readonly Rule[] {
    return this.chains.get(chain) ?? [];
  }

  ownChains(): readonly Chain[] {
    return [...this.owned].map(chainEntry).map(([, chain]) => chain);
  }

  finish(): Table {
    return {
      name: this.name,
      chains: Object.fromEntries([...this.chains].map(chainEntry)),
      owned: bucketsOf([...this.owned].map(chainEntry)),
    };
  }
}

function write(chains: Map<string, Rule[]>, chain: string, rules: readonly Rule[]): void {
  const known = chains.get(chain);
  if (known === undefined) chains.set(chain, [...rules]);
  else known.push(...rules);
}

function chainEntry([name, rules]: readonly [string, readonly Rule[]]): [string, Chain] {
  return [name, { name, policy: BUILT_IN.includes(name) ? 'ACCEPT' : null, rules }];
}

const BUILT_IN: readonly string[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];
