// Chains as `iptables -L` lists them (iptables/iptables.c: print_header, print_firewall; each extension's own print). Counters are not kept:
// with -v every rule shows none.

import { formatCidr, hostPrefix } from '../net/cidr';
import type { Family } from '../net/ip';
import { unreachable } from '../net/unreachable';
import { formatMatch, formatTarget, inListedOrder, probability } from './iptables-save';
import { type Chain, chainsOf, type Match, type Rule, type Ruleset, type TableName } from './netfilter';

export interface ChainListing {
  readonly table: TableName;
  /** null: all. */
  readonly chain: string | null;
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly numbered: boolean;
  readonly family: Family;
}

/** The listing; null where there is no such chain. A table that nobody wrote has its built-in chains, all of them empty. */
export function listChains(ruleset: Ruleset, listing: ChainListing): string | null {
  const table = ruleset[listing.table];
  const written = table === undefined ? [] : chainsOf(table);
  const missing = BUILT_IN[listing.table].filter((name) => !written.some((chain) => chain.name === name));
  const all: readonly Chain[] = [...missing.map((name) => ({ name, policy: 'ACCEPT', rules: [] }) as const), ...written];
  const place = ({ name }: Chain) => BUILT_IN[listing.table].indexOf(name);
  const inOrder = [...all].sort((a, b) => (place(a) < 0 ? 9 : place(a)) - (place(b) < 0 ? 9 : place(b)) || (a.name < b.name ? -1 : 1));
  const wanted = inOrder.filter(({ name }) => listing.chain === null || name === listing.chain);
  if (wanted.length === 0) return null;
  const references = referencesIn(written);
  return wanted.map((chain) => chainText(chain, references.get(chain.name) ?? 0, listing)).join('\n');
}

const BUILT_IN: Readonly<Record<TableName, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** How many rules lead to each chain. */
function referencesIn(chains: readonly Chain[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { target } of chains.flatMap(({ rules }) => rules))
    if (target.kind === 'jump' || target.kind === 'goto') counts.set(target.chain, (counts.get(target.chain) ?? 0) + 1);
  return counts;
}

function chainText({ name, policy, rules }: Chain, references: number, listing: ChainListing): string {
  const counters = listing.verbose ? ' 0 packets, 0 bytes' : '';
  const kind = policy === null ? `${references} references` : `policy ${policy}${counters}`;
  const columns = [
    ...(listing.numbered ? ['num'.padEnd(4)] : []),
    ...(listing.verbose ? [' pkts', 'bytes'] : []),
    'target'.padEnd(9),
    ` prot opt${listing.verbose ? ' in     out   ' : ''}`,
  ];
  const head = `${columns.join(' ')} ${'source'.padEnd(19)}  ${'destination'.padEnd(19)} `;
  return `${[`Chain ${name} (${kind})`, head, ...rules.map((rule, index) => ruleText(rule, index, listing))].join('\n')}\n`;
}

function ruleText(rule: Rule, index: number, listing: ChainListing): string {
  const { matches } = rule;
  const protocol = matches.find((match) => match.kind === 'protocol');
  const device = (kind: 'input' | 'output') => {
    const match = matches.find((each) => each.kind === kind);
    return match?.kind === kind ? `${match.negated ? '!' : ''}${match.device}` : '*';
  };
  const columns = [
    ...(listing.numbered ? [String(index + 1).padEnd(4)] : []),
    ...(listing.verbose ? ['    0', '    0'] : []),
    targetName(rule).padEnd(9),
    `${protocol?.negated === true ? '!' : ' '}${(protocol?.kind === 'protocol' ? protocol.protocol.toLowerCase() : 'all').padEnd(4)} --${
      listing.verbose ? `  ${device('input').padEnd(6)} ${device('output').padEnd(6)}` : ''
    }`,
  ];
  const ends = `${address(matches, 'source', listing)} ${address(matches, 'destination', listing)} `;
  return `${columns.join(' ')} ${ends}${details(rule)}`;
}

function address(matches: readonly Match[], kind: 'source' | 'destination', { numeric, family }: ChainListing): string {
  const match = matches.find((each) => each.kind === kind);
  const any = numeric ? (family === 6 ? '::/0' : '0.0.0.0/0') : 'anywhere';
  const text = match?.kind === kind ? formatCidr(match.prefix).replace(/\/(?:32|128)$/, '') : any;
  return `${match?.negated === true ? '!' : ' '}${text.padEnd(19)}`;
}

function targetName({ target }: Rule): string {
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return target.chain;
    case 'none':
    case 'verdict-map':
    case 'numbered':
      return '';
    case 'return':
    case 'accept':
    case 'drop':
    case 'masquerade':
    case 'reject':
    case 'dnat':
    case 'mark':
      return target.kind.toUpperCase();
    default:
      return unreachable(target);
  }
}

/** What stands behind the addresses: matches in their order, then the target's own options. */
function details(rule: Rule): string {
  const said = inListedOrder(rule).map((part) => (part === 'comment' ? `/* ${rule.comment} */` : matchText(part, rule)));
  const options = targetText(rule);
  return [...said, ...(options === '' ? [] : [options])].map((text) => ` ${text}`).join('');
}

function matchText(match: Match, { matches }: Rule): string {
  const not = match.negated ? '!' : '';
  const protocol = matches.find((each) => each.kind === 'protocol');
  switch (match.kind) {
    case 'source-port':
      return `${protocol?.kind === 'protocol' ? protocol.protocol.toLowerCase() : ''} spt:${not}${match.port}`;
    case 'destination-port':
      return `${protocol?.kind === 'protocol' ? protocol.protocol.toLowerCase() : ''} dpt:${not}${match.port}`;
    case 'source-type':
    case 'destination-type':
      return `ADDRTYPE match ${not === '' ? '' : '! '}${match.kind === 'source-type' ? 'src' : 'dst'}-type ${match.type}${
        match.limit === undefined ? '' : ' limit-out'
      }`;
    case 'mark':
      return `mark match ${not === '' ? '' : '! '}0x${match.value.toString(16)}/0x${match.mask.toString(16)}`;
    case 'statistic':
      return `statistic mode random probability ${probability(match.oneIn)}`;
    case 'recent-check':
      return `recent: CHECK seconds: ${match.seconds} reap name: ${match.list} side: source mask: ${mask(match.family)}`;
    case 'recent-set':
      return `recent: SET name: ${match.list} side: source mask: ${mask(match.family)}`;
    case 'bridge-port':
      return `PHYSDEV match ${not === '' ? '' : '! '}--physdev-is-in`;
    case 'virtual-server':
      return `vproto ${match.protocol.toLowerCase()} vaddr ${formatCidr(hostPrefix(match.address.ip)).replace(/\/.*/, '')} vport ${match.address.port}`;
    case 'source':
    case 'destination':
    case 'input':
    case 'output':
    case 'protocol':
    case 'destination-ports':
    case 'connection-state':
    case 'set':
    case 'source-among':
    case 'destination-among':
      return formatMatch(match)
        .replace(/^-m \S+ /, '')
        .replace('--', '');
    default:
      return unreachable(match);
  }
}

function mask(of: Family | undefined): string {
  return of === 6 ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255';
}

function targetText({ target }: Rule): string {
  if (target.kind === 'dnat') return formatTarget(target).replace('-j DNAT --to-destination ', 'to:');
  if (target.kind === 'goto') return '[goto] ';
  if (target.kind === 'reject') return formatTarget(target).replace('-j REJECT --', '');
  if (target.kind === 'masquerade') return target.keepsPort === true ? '' : 'random-fully';
  if (target.kind !== 'mark') return '';
  const { value, mask: bits } = target;
  if (value === bits) return `MARK or 0x${value.toString(16)}`;
  if (value === 0) return `MARK and 0x${(~bits >>> 0).toString(16)}`;
  return bits === 0 ? `MARK xor 0x${value.toString(16)}` : `MARK xset 0x${value.toString(16)}/0x${bits.toString(16)}`;
}
