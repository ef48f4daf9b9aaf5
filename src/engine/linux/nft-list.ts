// Tables as `nft list ruleset` prints them, and as `nft -f` loads them: sets and maps first, then chains.
// (libnftables: src/rule.c for tables, sets and chains and for the names of priorities. Compared with nft 1.0.6 on a kernel.)
// Left out: what changes by itself, the clients in a dynamic set and the time that is left to them.

import type { Family } from '../net/ip';
import type { IpSet } from './ipset';
import type { Hook, KeyPart, VerdictMap } from './netfilter';
import { inListedOrder } from './nft-order';
import { formatElement, formatNftRule } from './nft-rule';
import type { Base, DynamicSet, NftChain, NftSet, NftTable } from './nftables';

/** The table as text that `nft -f` loads. */
export function formatNftTable(table: NftTable): string {
  const parts = [
    ...Object.entries(table.sets).map(([name, set]) => staticSet(name, set)),
    ...Object.values(table.maps).map((map) => verdictMap(map, table.family)),
    ...table.dynamicSets.map((set) => dynamicSet(set, table.family)),
    ...Object.values(table.chains).map((chain) => chainText(chain, table.family)),
  ];
  const head = [`table ${table.family === 6 ? 'ip6' : 'ip'} ${table.name} {\n`, ...remark(table.comment).map((line) => `${line}\n`)];
  return `${head.join('')}${parts.map((lines) => lines.map((line) => `\t${line}\n`).join('')).join('\n')}}\n`;
}

function remark(comment: string | undefined): readonly string[] {
  return comment === undefined || comment === '' ? [] : [`\tcomment "${comment}"`];
}

const KEY_TYPES: Readonly<Record<KeyPart, (of: Family) => string>> = {
  destination: addressType,
  protocol: () => 'inet_proto',
  'destination-port': () => 'inet_service',
};

function addressType(of: Family): string {
  return of === 6 ? 'ipv6_addr' : 'ipv4_addr';
}

/** The kernel gives a dynamic set a size where nobody does. */
function dynamicSet({ name, timeout }: DynamicSet, of: Family): readonly string[] {
  return [`set ${name} {`, `\ttype ${addressType(of)}`, '\tsize 65535', '\tflags dynamic,timeout', `\ttimeout ${duration(timeout)}`, '}'];
}

/** `3h`, `1d1h1m1s`. */
export function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('') || '0s';
}

function staticSet(name: string, { family, type, members, comment }: NftSet): readonly string[] {
  const sorted = inListedOrder(members, ({ text }) => text).map(({ text }) => text);
  return [`set ${name} {`, `\ttype ${addressType(family)}`, ...interval(type), ...remark(comment), ...elements(sorted), '}'];
}

function interval(type: IpSet['type']): readonly string[] {
  return type === 'hash:net' ? ['\tflags interval'] : [];
}

function verdictMap({ name, key, elements: entries, comment }: VerdictMap, of: Family): readonly string[] {
  const sorted = inListedOrder(entries, ({ key }) => key);
  return [
    `map ${name} {`,
    `\ttype ${key.map((part) => KEY_TYPES[part](of)).join(' . ')} : verdict`,
    ...remark(comment),
    ...elements(sorted.map((element) => formatElement(element, of))),
    '}',
  ];
}

function elements(texts: readonly string[]): readonly string[] {
  return texts.map((text, index) => `${index === 0 ? '\telements = { ' : '\t\t     '}${text}${index === texts.length - 1 ? ' }' : ','}`);
}

function chainText({ name, base, rules, policy, comment }: NftChain, of: Family): readonly string[] {
  const hook =
    base === null
      ? []
      : [
          `\ttype ${base.type} hook ${base.hook.toLowerCase()} priority ${formatPriority(base)}; policy ${(policy ?? 'ACCEPT').toLowerCase()};`,
        ];
  return [`chain ${name} {`, ...remark(comment), ...hook, ...rules.map((rule) => `\t${formatNftRule(rule, of)}`), '}'];
}

const PRIORITIES: readonly { readonly name: string; readonly value: number; readonly hook?: Hook }[] = [
  { name: 'raw', value: -300 },
  { name: 'mangle', value: -150 },
  { name: 'dstnat', value: -100, hook: 'PREROUTING' },
  { name: 'filter', value: 0 },
  { name: 'security', value: 50 },
  { name: 'srcnat', value: 100, hook: 'POSTROUTING' },
];

/** A number that is at most ten away from one with a name is printed by that name: `dstnat - 10`. */
export function formatPriority({ hook, priority }: Pick<Base, 'hook' | 'priority'>): string {
  const near = PRIORITIES.find(({ value, hook: only }) => Math.abs(priority - value) <= 10 && (only === undefined || only === hook));
  if (near === undefined) return String(priority);
  const off = priority - near.value;
  return off === 0 ? near.name : `${near.name} ${off < 0 ? '-' : '+'} ${Math.abs(off)}`;
}
