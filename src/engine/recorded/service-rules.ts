// What the rules of kube-proxy say of each port of a Service: the addresses that it answers on, its node ports, its endpoints. Read off the
// rules' form and the names in their comments (`namespace/name:port`), whoever wrote the text. Beyond a thousand endpoints kube-proxy
// leaves these comments out: then the chains tell, since those that are entered from KUBE-SERVICES always have theirs.

import { optionOf, type RecordedRule, type RecordedTables } from './rule-text';

export interface ServiceRules {
  /** `shop/web:http`; `shop/web` where the port has no name. */
  readonly name: string;
  /** `10.96.141.77:80/tcp`. */
  readonly addresses: ReadonlySet<string>;
  readonly nodePorts: ReadonlySet<string>;
  /** `10.244.1.3:80`. */
  readonly endpoints: ReadonlySet<string>;
  /** Where each of these is written; under the empty key, the first rule of all. */
  readonly at: ReadonlyMap<string, number>;
}

interface Draft {
  readonly addresses: Set<string>;
  readonly nodePorts: Set<string>;
  readonly endpoints: Set<string>;
  readonly at: Map<string, number>;
}

/** By name of the port. */
export function serviceRules({ rules }: RecordedTables): ReadonlyMap<string, ServiceRules> {
  const drafts = new Map<string, Draft>();
  const names = chainNames(rules);
  for (const rule of rules) {
    const name = nameIn(rule) ?? names.get(rule.chain);
    const fact = factOf(rule, names);
    if (name === undefined || fact === null) continue;
    const [kind, value] = fact;
    const draft = drafts.get(name) ?? { addresses: new Set(), nodePorts: new Set(), endpoints: new Set(), at: new Map([['', rule.at]]) };
    drafts.set(name, draft);
    draft[kind].add(value);
    if (!draft.at.has(value)) draft.at.set(value, rule.at);
  }
  return new Map([...drafts].map(([name, draft]) => [name, { name, ...draft }]));
}

/** The port that each chain belongs to, from those that KUBE-SERVICES and KUBE-NODEPORTS enter down to those of endpoints. */
function chainNames(rules: readonly RecordedRule[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const jumps = rules.flatMap((rule) => {
    const to = optionOf(rule, '-j');
    return to !== null && /^KUBE-(?:SVC|SVL|EXT|FW|SEP)-/.test(to) ? [{ from: rule.chain, to, name: nameIn(rule) }] : [];
  });
  let entered = jumps.filter(({ from }) => from === 'KUBE-SERVICES' || from === 'KUBE-NODEPORTS');
  while (entered.length > 0) {
    for (const { from, to, name } of entered) {
      const owner = name ?? names.get(from);
      if (owner !== undefined) names.set(to, owner);
    }
    const chains = new Set(entered.map(({ to }) => to));
    entered = jumps.filter(({ from, to }) => chains.has(from) && !names.has(to));
  }
  return names;
}

type Fact = readonly ['addresses' | 'nodePorts' | 'endpoints', string];

function factOf(rule: RecordedRule, names: ReadonlyMap<string, string>): Fact | null {
  const [to, port, protocol] = [optionOf(rule, '-d'), optionOf(rule, '--dport'), optionOf(rule, '-p')];
  if (rule.chain === 'KUBE-SERVICES' && to !== null && port !== null)
    return ['addresses', `${to.replace(/\/(?:32|128)$/, '')}:${port}/${protocol ?? ''}`];
  if (rule.table === 'nat' && rule.chain === 'KUBE-NODEPORTS' && port !== null) return ['nodePorts', `${port}/${protocol ?? ''}`];
  const target = optionOf(rule, '--to-destination');
  return target !== null && names.has(rule.chain) ? ['endpoints', target] : null;
}

/** `shop/web:http cluster IP`, `shop/web:http -> 10.244.1.3:80`, `shop/web:http has no endpoints`. */
function nameIn(rule: RecordedRule): string | undefined {
  return /^([a-z0-9][-a-z0-9.]*\/[a-z0-9][-a-z0-9.]*(?::[-a-z0-9]+)?)(?: |$)/.exec(optionOf(rule, '--comment') ?? '')?.[1];
}
