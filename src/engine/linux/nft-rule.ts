// One rule of nftables as `nft list` prints it: its conditions, then what it does (libnftables: src/statement.c, src/expression.c,
// src/payload.c for ports that stand with their protocol, src/segtree.c for sets of ranges that are joined).

import type { Family } from '../net/ip';
import { formatSocket } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { KeyPart, MapElement, Match, RejectWith, Rule, Target } from './netfilter';
import { formatPrefix, formatPrefixes } from './nft-prefixes';

/** One rule, without its chain: `ip daddr 10.96.0.1 ip saddr != 10.1.0.0/16 jump mark-for-masquerade`. */
export function formatNftRule(rule: Rule, of: Family): string {
  const comment = rule.comment === '' ? [] : [`comment "${rule.comment.replaceAll('"', "'")}"`];
  const conditions = rule.matches.filter(isSaid(rule)).map((match) => formatNftMatch(match, rule, of));
  // A rule has to say something: one that asks for nothing and does nothing counts.
  const counter = rule.matches.length === 0 && rule.target.kind === 'none' ? ['counter packets 0 bytes 0'] : [];
  return [...conditions, ...counter, ...formatNftTarget(rule.target, of), ...comment].join(' ');
}

/** A port is asked of its protocol (`tcp dport 80`), so the protocol before it goes without saying. */
function isSaid(rule: Rule): (match: Match) => boolean {
  const portIsAsked = rule.matches.some(({ kind }) => isPort(kind));
  return (match) => match.kind !== 'protocol' || match.negated || !portIsAsked;
}

function isPort(kind: Match['kind']): boolean {
  return kind === 'destination-port' || kind === 'source-port';
}

/** One condition as it stands in its rule. */
export function formatNftMatch(match: Match, rule: Pick<Rule, 'matches'>, of: Family): string {
  const not = match.negated ? '!= ' : '';
  const ip = of === 6 ? 'ip6' : 'ip';
  switch (match.kind) {
    case 'source':
      return `${ip} saddr ${not}${formatPrefix(match.prefix)}`;
    case 'destination':
      return `${ip} daddr ${not}${formatPrefix(match.prefix)}`;
    case 'source-among':
      return `${ip} saddr ${not}${formatPrefixes(match.prefixes)}`;
    case 'destination-among':
      return `${ip} daddr ${not}${formatPrefixes(match.prefixes)}`;
    case 'input':
      return `iifname ${not}"${deviceText(match.device)}"`;
    case 'output':
      return `oifname ${not}"${deviceText(match.device)}"`;
    case 'protocol':
      return `meta l4proto ${not}${protocolText(match.protocol, of)}`;
    case 'source-port':
      return `${portOwner(rule)} sport ${not}${match.port}`;
    case 'destination-port':
      return `${portOwner(rule)} dport ${not}${match.port}`;
    case 'destination-ports':
      return `th dport ${match.negated ? '!= ' : ''}{ ${match.ports.map((one) => (typeof one === 'number' ? one : `${one.first}-${one.last}`)).join(', ')} }`;
    case 'source-type':
      return `fib saddr${limitText(match.limit)} type ${not}${match.type.toLowerCase()}`;
    case 'destination-type':
      return `fib daddr${limitText(match.limit)} type ${not}${match.type.toLowerCase()}`;
    case 'mark':
      return `meta mark & ${hexadecimal(match.mask)} ${match.negated ? '!=' : '=='} ${hexadecimal(match.value)}`;
    case 'connection-state':
      return `ct state ${not}${match.states.join(',').toLowerCase()}`;
    case 'recent-check':
      return `${ip} saddr ${not}@${match.list}`;
    case 'recent-set':
      return `update @${match.list} { ${ip} saddr }`;
    case 'set':
      return `${match.directions.map((direction) => `${ip} ${direction === 'src' ? 'saddr' : 'daddr'}`).join(' . ')} ${not}@${match.set}`;
    case 'statistic':
    case 'bridge-port':
    case 'virtual-server':
      throw new Error(`nftables does not ask for ${match.kind}`);
    default:
      return unreachable(match);
  }
}

function limitText(limit: 'output-device' | undefined): string {
  return limit === undefined ? '' : ' . oif';
}

function portOwner({ matches }: Pick<Rule, 'matches'>): string {
  const protocol = matches.find((match) => match.kind === 'protocol' && !match.negated);
  return protocol?.kind === 'protocol' ? protocol.protocol.toLowerCase() : 'th';
}

/** A name with a star in the end; iptables has a plus sign there. */
function deviceText(device: string): string {
  return device.replace(/\+$/, '*');
}

function protocolText(protocol: string, of: Family): string {
  return protocol === 'ICMP' && of === 6 ? 'ipv6-icmp' : protocol.toLowerCase();
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

/** What the rule does, in words; none where its conditions are all of it. */
function formatNftTarget(target: Target, of: Family): readonly string[] {
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return [target.kind, target.chain];
    case 'return':
    case 'accept':
    case 'drop':
      return [target.kind];
    case 'masquerade':
      return [target.keepsPort === true ? 'masquerade' : 'masquerade fully-random'];
    case 'reject':
      return ['reject', ...refusalText(target.with, of)];
    case 'dnat':
      return ['dnat to', formatSocket(target.to)];
    case 'mark':
      return markText(target);
    case 'none':
      return [];
    case 'verdict-map':
      return [target.key.map((part) => keyText(part, of)).join(' . '), `vmap @${target.map}`];
    case 'numbered':
      return [`numgen random mod ${target.elements.length} vmap { ${target.elements.map((one) => formatElement(one, of)).join(', ')} }`];
    default:
      return unreachable(target);
  }
}

/** `port-unreachable` is what a bare `reject` says. */
function refusalText(error: RejectWith, of: Family): readonly string[] {
  if (error === 'port-unreachable') return [];
  if (error === 'tcp-reset') return ['with tcp reset'];
  if (of === 4) return [`with icmp ${error}`];
  return [`with icmpv6 ${error === 'host-unreachable' ? 'addr-unreachable' : 'no-route'}`];
}

function markText({ value, mask }: { readonly value: number; readonly mask: number }): readonly string[] {
  if (mask === 0xffffffff) return [`meta mark set ${hexadecimal(value)}`];
  return [`meta mark set meta mark ${mask === 0 ? '^' : '|'} ${hexadecimal(value)}`];
}

function keyText(part: KeyPart, of: Family): string {
  switch (part) {
    case 'destination':
      return of === 6 ? 'ip6 daddr' : 'ip daddr';
    case 'protocol':
      return 'meta l4proto';
    case 'destination-port':
      return 'th dport';
    default:
      return unreachable(part);
  }
}

/** An entry of a verdict map: `10.96.0.1 . tcp . 443 : goto service-…`. */
export function formatElement({ key, target, comment }: MapElement, of: Family): string {
  const remark = comment === '' ? '' : ` comment "${comment}"`;
  return `${key}${remark} : ${formatNftTarget(target, of).join(' ')}`;
}
