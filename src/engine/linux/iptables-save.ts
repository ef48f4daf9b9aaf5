// Tables as `iptables-save` prints them, and as `iptables-restore` loads them: addresses, protocol, matches, target.
// Numbers look as the kernel keeps them: marks as set-xmark, a probability as a fraction of 2^31.

import { formatCidr, hostPrefix } from '../net/cidr';
import type { Family } from '../net/ip';
import { formatSocket, type Protocol } from '../net/packet';
import { unreachable } from '../net/unreachable';
import {
  type Chain,
  chainsOf,
  type Match,
  type PortRange,
  type RejectWith,
  type Rule,
  type Ruleset,
  type Table,
  type TableName,
  type Target,
} from './netfilter';

/** `-A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m comment --comment "…" -m tcp --dport 443 -j KUBE-SVC-…`. */
export function formatRule(chain: string, rule: Rule): string {
  const target = formatTarget(rule.target);
  return [`-A ${chain}`, ...conditions(rule), ...(target === '' ? [] : [target])].join(' ');
}

/** All parts of a rule before its target, in the tool's order. */
function conditions({ matches, comment }: Rule): readonly string[] {
  const header = HEADER.flatMap((kind) => matches.filter((match) => match.kind === kind).map(formatMatch));
  const fresh = matches.filter(isFresh);
  const extensions = matches.filter((match) => !HEADER.includes(match.kind) && !isPort(match) && !isFresh(match));
  const said = comment === '' ? [] : [`-m comment --comment ${quoted(comment)}`];
  return [...header, ...fresh.map(formatMatch), ...said, ...extensions.map(formatMatch), ...protocolModule(matches)];
}

/** The conditions that stand behind the addresses, in the tool's order; its comment is one of them. */
export function inListedOrder({ matches, comment }: Rule): readonly (Match | 'comment')[] {
  const fresh = matches.filter(isFresh);
  const extensions = matches.filter((match) => !HEADER.includes(match.kind) && !isPort(match) && !isFresh(match));
  return [...fresh, ...(comment === '' ? [] : (['comment'] as const)), ...extensions, ...matches.filter(isPort)];
}

const HEADER: readonly Match['kind'][] = ['source', 'destination', 'input', 'output', 'protocol'];

/** kube-proxy writes this one before its comment, all others behind it. */
function isFresh(match: Match): boolean {
  return match.kind === 'connection-state' && !match.negated && match.states.join() === 'NEW';
}

function isPort(match: Match): match is Match & { kind: 'source-port' | 'destination-port' } {
  return match.kind === 'source-port' || match.kind === 'destination-port';
}

/** `-m tcp --dport 80`: the module is named even where it has nothing to ask. */
function protocolModule(matches: readonly Match[]): readonly string[] {
  const protocol = matches.find((match) => match.kind === 'protocol');
  if (protocol === undefined || matches.some(({ kind }) => kind === 'destination-ports')) return [];
  return [`-m ${protocol.protocol.toLowerCase()}`, ...matches.filter(isPort).map(formatMatch)];
}

/** Backslashes and quotes of both kinds are escaped (xtables_save_string). */
function quoted(comment: string): string {
  return `"${comment.replace(/[\\"']/g, '\\$&')}"`;
}

/** One condition, as it stands in the rule: what did not hold can be marked there. */
export function formatMatch(match: Match): string {
  const not = match.negated ? '! ' : '';
  switch (match.kind) {
    case 'source':
      return `${not}-s ${formatCidr(match.prefix)}`;
    case 'destination':
      return `${not}-d ${formatCidr(match.prefix)}`;
    case 'input':
      return `${not}-i ${match.device}`;
    case 'output':
      return `${not}-o ${match.device}`;
    case 'protocol':
      return `${not}-p ${match.protocol.toLowerCase()}`;
    case 'source-port':
      return `${not}--sport ${match.port}`;
    case 'destination-port':
      return `${not}--dport ${match.port}`;
    case 'destination-ports':
      return `-m multiport ${not}--dports ${match.ports.map(portsText).join(',')}`;
    case 'source-type':
      return `-m addrtype ${not}--src-type ${match.type}${limited(match)}`;
    case 'destination-type':
      return `-m addrtype ${not}--dst-type ${match.type}${limited(match)}`;
    case 'mark':
      return `-m mark ${not}--mark ${hexadecimal(match.value)}/${hexadecimal(match.mask)}`;
    case 'connection-state':
      return `-m conntrack ${not}--ctstate ${match.states.join(',')}`;
    case 'statistic':
      return `-m statistic --mode random --probability ${probability(match.oneIn)}`;
    case 'recent-check':
      return `-m recent ${not}--rcheck --seconds ${match.seconds} --reap --name ${match.list} ${bySource(match.family)}`;
    case 'recent-set':
      return `-m recent ${not}--set --name ${match.list} ${bySource(match.family)}`;
    case 'set':
      return `-m set ${not}--match-set ${match.set} ${match.directions.join(',')}`;
    case 'bridge-port':
      return `-m physdev ${not}--physdev-is-in`;
    case 'virtual-server':
      return `-m ipvs --vproto ${PROTOCOL_NUMBERS[match.protocol]} --vaddr ${formatCidr(hostPrefix(match.address.ip))} --vport ${match.address.port}`;
    case 'source-among':
    case 'destination-among':
      throw new Error('iptables has no anonymous sets');
    default:
      return unreachable(match);
  }
}

/** `80`, `8000:8080`. */
function portsText(ports: number | PortRange): string {
  return typeof ports === 'number' ? String(ports) : `${ports.first}:${ports.last}`;
}

function limited({ limit }: { readonly limit?: 'output-device' }): string {
  return limit === undefined ? '' : ' --limit-iface-out';
}

const PROTOCOL_NUMBERS: Readonly<Record<Protocol, number>> = { ICMP: 1, TCP: 6, UDP: 17, SCTP: 132 };

/** The list keeps whole source addresses. */
function bySource(family: Family | undefined): string {
  return `--mask ${family === 6 ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255'} --rsource`;
}

/** kube-proxy writes ten decimals, the kernel keeps them as a fraction of 2^31, the tool prints eleven (libxt_statistic.c). */
export function probability(oneIn: number): string {
  const written = Number((1 / oneIn).toFixed(10));
  return (Math.round(written * 2 ** 31) / 2 ** 31).toFixed(11);
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16)}`;
}

export function formatTarget(target: Target): string {
  switch (target.kind) {
    case 'jump':
      return `-j ${target.chain}`;
    case 'goto':
      return `-g ${target.chain}`;
    case 'return':
      return '-j RETURN';
    case 'accept':
      return '-j ACCEPT';
    case 'drop':
      return '-j DROP';
    case 'masquerade':
      return target.keepsPort === true ? '-j MASQUERADE' : '-j MASQUERADE --random-fully';
    case 'reject':
      return `-j REJECT --reject-with ${rejection(target.with, target.family)}`;
    case 'dnat':
      return `-j DNAT --to-destination ${formatSocket(target.to)}`;
    case 'mark':
      return `-j MARK --set-xmark ${hexadecimal(target.value)}/${hexadecimal(target.mask)}`;
    case 'none':
      return '';
    case 'verdict-map':
    case 'numbered':
      throw new Error('iptables has no maps');
    default:
      return unreachable(target);
  }
}

/** In IPv6 net-unreachable is called no-route, host-unreachable addr-unreachable (libip6t_REJECT.c). */
function rejection(error: RejectWith, family: Family | undefined): string {
  if (error === 'tcp-reset') return error;
  return family === 6 ? ICMPV6_NAMES[error] : `icmp-${error}`;
}

const ICMPV6_NAMES: Readonly<Record<Exclude<RejectWith, 'tcp-reset'>, string>> = {
  'port-unreachable': 'icmp6-port-unreachable',
  'host-unreachable': 'icmp6-addr-unreachable',
  'net-unreachable': 'icmp6-no-route',
};

const TABLES: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter'];

/** All tables of a family. */
export function formatRuleset(ruleset: Ruleset, only: TableName | null = null): string {
  return TABLES.filter((name) => only === null || name === only)
    .flatMap((name) => {
      const table = ruleset[name];
      return table === undefined ? [] : [formatTable(table)];
    })
    .join('');
}

/** One table as iptables-restore loads it. */
function formatTable(table: Table): string {
  const { name } = table;
  const ordered = [...chainsOf(table)].sort(byName);
  const heads = ordered.map((chain) => `:${chain.name} ${chain.policy ?? '-'} [0:0]`);
  const rules = ordered.flatMap((chain) => chain.rules.map((rule) => formatRule(chain.name, rule)));
  return `${[`*${name}`, ...heads, ...rules, 'COMMIT'].join('\n')}\n`;
}

/** The kernel's own chains first, in the order of the hooks; the others by name. */
function byName(a: Chain, b: Chain): number {
  const place = ({ name, policy }: Chain): number => (policy === null ? HOOKS.length : HOOKS.indexOf(name));
  return place(a) - place(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

const HOOKS: readonly string[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];
