// Rules as they were found on a machine, beside those that the compilers write for it: which Services are missing, too many, or lead
// somewhere else, and which of kube-proxy's fixed rules differ. Other programs' chains are left alone.

import type { RecordedFact } from '../kube/advice';
import { type RecordedRule, type RecordedTables, readTables } from './rule-text';
import { type ServiceRules, serviceRules } from './service-rules';

export interface RecordedDifference {
  readonly fact: RecordedFact;
  /** Offset in the recorded text. */
  readonly at: number;
  /** `namespace/name` of the Service that it is about; null: the node. */
  readonly service: string | null;
}

/** How many rules both texts have: the higher, the likelier that they are of one machine. */
export function agreement(recorded: string, compiled: string): number {
  const known = new Set(readTables(compiled).rules.map(lineOf));
  return readTables(recorded).rules.filter((rule) => known.has(lineOf(rule))).length;
}

function lineOf({ table, chain, canonical }: RecordedRule): string {
  return `${table} ${chain} ${canonical}`;
}

export function compareRules(recorded: string, compiled: string): readonly RecordedDifference[] {
  const [there, here] = [readTables(recorded), readTables(compiled)];
  if (!there.chains.has('nat KUBE-SERVICES') && there.chains.size > 0 && here.chains.has('nat KUBE-SERVICES'))
    return [{ fact: { severity: 'warning', code: 'recorded-without-proxy' }, at: 0, service: null }];
  const [ofThere, ofHere] = [serviceRules(there), serviceRules(here)];
  const names = [...new Set([...ofThere.keys(), ...ofHere.keys()])].sort();
  const services = names.flatMap((name) => compareService(name, ofThere.get(name), ofHere.get(name)));
  return [...services, ...compareFixed(there, here)];
}

function compareService(name: string, there: ServiceRules | undefined, here: ServiceRules | undefined): readonly RecordedDifference[] {
  const service = name.replace(/:[^/]*$/, '');
  if (there === undefined) return [{ fact: { severity: 'warning', code: 'recorded-service-missing', port: name }, at: 0, service }];
  const at = there.at.get('') ?? 0;
  if (here === undefined) return [{ fact: { severity: 'warning', code: 'recorded-service-extra', port: name }, at, service }];
  const found: RecordedDifference[] = [];
  const ends = apart(there.endpoints, here.endpoints);
  if (ends.differ) {
    const fact = { severity: 'warning', code: 'recorded-endpoints', port: name, stale: ends.extra, missing: ends.missing } as const;
    found.push({ fact, at: there.at.get(ends.extra[0] ?? '') ?? at, service });
  }
  const doors = apart(new Set([...there.addresses, ...there.nodePorts]), new Set([...here.addresses, ...here.nodePorts]));
  if (doors.differ) {
    const fact = { severity: 'warning', code: 'recorded-addresses', port: name, recorded: doors.extra, expected: doors.missing } as const;
    found.push({ fact, at: there.at.get(doors.extra[0] ?? '') ?? at, service });
  }
  return found;
}

interface Apart {
  readonly extra: readonly string[];
  readonly missing: readonly string[];
  readonly differ: boolean;
}

function apart(there: ReadonlySet<string>, here: ReadonlySet<string>): Apart {
  const extra = [...there].filter((each) => !here.has(each)).sort();
  const missing = [...here].filter((each) => !there.has(each)).sort();
  return { extra, missing, differ: extra.length + missing.length > 0 };
}

/** Chains that are the same for every Service: where packets are marked, rewritten on their way out, or thrown away. */
const FIXED = /^KUBE-(?:MARK-MASQ|MARK-DROP|POSTROUTING|FORWARD|FIREWALL)$/;
const HOOKS = /^(?:PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/;

/** Chains by which kube-proxy and the kubelet find out that somebody flushed the tables. */
const CANARY = /^KUBE-[A-Z]+-CANARY$/;

function isFixed(rule: RecordedRule): boolean {
  return (
    FIXED.test(rule.chain) || (HOOKS.test(rule.chain) && rule.options.some(({ name, value }) => name === '-j' && value.startsWith('KUBE-')))
  );
}

function compareFixed(there: RecordedTables, here: RecordedTables): readonly RecordedDifference[] {
  const chains = new Map<string, { there: RecordedRule[]; here: RecordedRule[] }>();
  for (const [side, { rules }] of [['there', there] as const, ['here', here] as const])
    for (const rule of rules.filter(isFixed)) {
      const key = `${rule.table} ${rule.chain}`;
      const both = chains.get(key) ?? { there: [], here: [] };
      both[side].push(rule);
      chains.set(key, both);
    }
  return [...chains].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([chain, both]) => compareChain(chain, both, there));
}

function compareChain(
  chain: string,
  both: { readonly there: readonly RecordedRule[]; readonly here: readonly RecordedRule[] },
  { chains }: RecordedTables,
): readonly RecordedDifference[] {
  const extra = both.there.filter((rule) => !both.here.some((other) => other.canonical === rule.canonical) && !CANARY.test(rule.chain));
  const missing = both.here.filter((rule) => !both.there.some((other) => other.canonical === rule.canonical));
  // Tables that were not copied say nothing.
  if (![...chains.keys()].some((key) => key.startsWith(`${chain.split(' ')[0]} `))) return [];
  if (extra.length + missing.length === 0) return [];
  const texts = (rules: readonly RecordedRule[]): readonly string[] => rules.map(({ written }) => written);
  const fact = { severity: 'hint', code: 'recorded-rules', chain, extra: texts(extra), missing: texts(missing) } as const;
  return [{ fact, at: extra[0]?.at ?? both.there[0]?.at ?? chains.get(chain) ?? 0, service: null }];
}

/** The Pod range that kube-proxy was told, by the rules that spare Pods from masquerading; null where none does. */
export function clusterRangeIn(recorded: string): string | null {
  const counts = new Map<string, number>();
  for (const { chain, options } of readTables(recorded).rules) {
    const spared = options.find(({ name, negated }) => name === '-s' && negated)?.value;
    const marks = options.some(({ name, value }) => name === '-j' && value === 'KUBE-MARK-MASQ');
    if (spared !== undefined && marks && chain.startsWith('KUBE-SV')) counts.set(spared, (counts.get(spared) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? null;
}
