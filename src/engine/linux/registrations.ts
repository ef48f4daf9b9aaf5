// What stands in a packet's way at one hook, in order of priority: connection tracking, the tables of iptables and the base chains of
// nftables, NAT, IPVS (include/uapi/linux/netfilter_ipv4.h: NF_IP_PRI_*; net/netfilter/ipvs/ip_vs_core.c: ip_vs_ops4).
// All NAT of a hook is one stop: its chains are asked in turn until one of them binds the connection (nf_nat_inet_fn).

import type { Family } from '../net/ip';
import type { Entrance, RuleSpace } from './chain-walk';
import type { Kernel } from './kernel';
import type { Hook, TableName } from './netfilter';

/** What stands at a hook, by its place in the order. */
export type Registration = { readonly priority: number } & (
  | { readonly kind: 'conntrack' }
  | { readonly kind: 'filter'; readonly entrance: Entrance }
  | { readonly kind: 'nat'; readonly entrances: readonly Entrance[] }
  /** Undoes the choice of a virtual server on answers. */
  | { readonly kind: 'ipvs-out' }
  /** Chooses a real server. */
  | { readonly kind: 'ipvs-in' }
);

const CONNTRACK_PRIORITY = -200;

const FILTERS: readonly { readonly table: TableName; readonly priority: number; readonly hooks: readonly Hook[] }[] = [
  { table: 'raw', priority: -300, hooks: ['PREROUTING', 'OUTPUT'] },
  { table: 'mangle', priority: -150, hooks: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'] },
  { table: 'filter', priority: 0, hooks: ['INPUT', 'FORWARD', 'OUTPUT'] },
];

const NAT_PRIORITY: Readonly<Record<Hook, number | null>> = { PREROUTING: -100, OUTPUT: -100, INPUT: 100, POSTROUTING: 100, FORWARD: null };

const IPVS: readonly { readonly kind: 'ipvs-in' | 'ipvs-out'; readonly hook: Hook; readonly priority: number }[] = [
  { kind: 'ipvs-out', hook: 'INPUT', priority: 98 },
  { kind: 'ipvs-in', hook: 'INPUT', priority: 99 },
  { kind: 'ipvs-out', hook: 'OUTPUT', priority: -99 },
  { kind: 'ipvs-in', hook: 'OUTPUT', priority: -98 },
  { kind: 'ipvs-out', hook: 'FORWARD', priority: 100 },
];

// A kernel never changes once it is programmed.
const known = new WeakMap<Kernel, Map<string, readonly Registration[]>>();

/** What a packet of the family meets at the hook; nothing in a namespace that nobody programmed. */
export function registrationsAt(kernel: Kernel, family: Family, hook: Hook): readonly Registration[] {
  const byHook = known.get(kernel) ?? new Map<string, readonly Registration[]>();
  known.set(kernel, byHook);
  const key = `${family} ${hook}`;
  const found = byHook.get(key) ?? collect(kernel, family, hook);
  byHook.set(key, found);
  return found;
}

function collect(kernel: Kernel, family: Family, hook: Hook): readonly Registration[] {
  const rules: readonly Registration[] = [
    ...iptablesFilters(kernel, family, hook),
    ...nftChains(kernel, family, 'filter')
      .filter(({ base }) => base.hook === hook)
      .map(({ entrance, base }): Registration => ({ kind: 'filter', entrance, priority: base.priority })),
    ...nat(kernel, family, hook),
    ...IPVS.filter((one) => kernel.ipvs.length > 0 && one.hook === hook).map(({ kind, priority }): Registration => ({ kind, priority })),
  ];
  const entersKernel = hook === 'PREROUTING' || hook === 'OUTPUT';
  const tracking: readonly Registration[] =
    entersKernel && isProgrammed(kernel, family) ? [{ kind: 'conntrack', priority: CONNTRACK_PRIORITY }] : [];
  return [...rules, ...tracking].sort((a, b) => a.priority - b.priority);
}

function iptablesFilters(kernel: Kernel, family: Family, hook: Hook): readonly Registration[] {
  return FILTERS.filter(({ hooks }) => hooks.includes(hook)).flatMap(({ table, priority }): readonly Registration[] => {
    const space = iptablesSpace(kernel, family, table);
    return space === null ? [] : [{ kind: 'filter', entrance: { space, chain: hook }, priority }];
  });
}

function iptablesSpace(kernel: Kernel, family: Family, name: TableName): RuleSpace | null {
  const table = (family === 4 ? kernel.iptables : kernel.ip6tables)[name];
  return table === undefined
    ? null
    : { tool: 'iptables', family, table: name, chains: table.chains, owned: table.owned, sets: kernel.sets, maps: {} };
}

function nftChains(kernel: Kernel, family: Family, type: 'filter' | 'nat') {
  return kernel.nftables
    .filter((table) => table.family === family)
    .flatMap((table) => {
      const space: RuleSpace = {
        tool: 'nft',
        family,
        table: table.name,
        chains: table.chains,
        owned: {},
        sets: table.sets,
        maps: table.maps,
      };
      return Object.values(table.chains).flatMap(({ base, name }) =>
        base === null || base.type !== type ? [] : [{ base, entrance: { space, chain: name } }],
      );
    });
}

/** The first chain of NAT, wherever it hangs, brings NAT to all four hooks (nf_nat_register_fn). */
function nat(kernel: Kernel, family: Family, hook: Hook): readonly Registration[] {
  const priority = NAT_PRIORITY[hook];
  const ofNft = nftChains(kernel, family, 'nat');
  const ofIptables = iptablesSpace(kernel, family, 'nat');
  if (priority === null || (ofNft.length === 0 && ofIptables === null)) return [];
  const entrances = ofNft.filter(({ base }) => base.hook === hook).map(({ entrance }) => entrance);
  return [{ kind: 'nat', priority, entrances: ofIptables === null ? entrances : [...entrances, { space: ofIptables, chain: hook }] }];
}

/** Whether rules of any kind stand in the namespace: then, and only then, does it track connections. */
export function isProgrammed(kernel: Kernel, family: Family): boolean {
  return (
    Object.keys(family === 4 ? kernel.iptables : kernel.ip6tables).length > 0 ||
    kernel.nftables.some((table) => table.family === family) ||
    kernel.ipvs.length > 0
  );
}
