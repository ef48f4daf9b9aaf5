// Rules in the order in which iptables-save prints their parts: addresses, protocol, then matches, then the target.

import type { ServiceProtocol } from '../kube/pod';
import type { Chain, Match, Rule, Table, TableName, Target } from '../linux/netfilter';
import { type Cidr, hostPrefix } from '../net/cidr';
import type { Ip } from '../net/ip';
import { NO_PROVENANCE, type Provenance } from '../net/provenance';

export const MATCH = {
  source: (prefix: Cidr, negated = false): Match => ({ kind: 'source', negated, prefix }),
  destination: (prefix: Cidr, negated = false): Match => ({ kind: 'destination', negated, prefix }),
  to: (ip: Ip): Match => ({ kind: 'destination', negated: false, prefix: hostPrefix(ip) }),
  from: (ip: Ip): Match => ({ kind: 'source', negated: false, prefix: hostPrefix(ip) }),
  protocol: (protocol: ServiceProtocol): Match => ({ kind: 'protocol', negated: false, protocol }),
  port: (port: number): Match => ({ kind: 'destination-port', negated: false, port }),
  mark: (value: number, negated = false): Match => ({ kind: 'mark', negated, value, mask: value }),
  set: (set: string, direction: 'src' | 'dst', negated = false): Match => ({ kind: 'set', negated, set, direction }),
  toLocal: { kind: 'destination-type', negated: false, type: 'LOCAL' } as Match,
  fromLocal: { kind: 'source-type', negated: false, type: 'LOCAL' } as Match,
  fresh: { kind: 'connection-state', negated: false, states: ['NEW'] } as Match,
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
  private readonly name: TableName;

  constructor(name: TableName) {
    this.name = name;
  }

  add(chain: string, ...rules: readonly Rule[]): void {
    const known = this.chains.get(chain);
    if (known === undefined) this.chains.set(chain, [...rules]);
    else known.push(...rules);
  }

  finish(): Table {
    const chains = [...this.chains].map(([name, rules]): [string, Chain] => [
      name,
      { name, policy: BUILT_IN.includes(name) ? 'ACCEPT' : null, rules },
    ]);
    return { name: this.name, chains: Object.fromEntries(chains) };
  }
}

const BUILT_IN: readonly string[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];
