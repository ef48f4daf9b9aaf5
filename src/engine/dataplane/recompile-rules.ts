// The rules of one Service replaced in the tables of every node: its own chains, and its lines in those that all Services share.

import type { Cluster } from '../controlplane/cluster';
import type { Node } from '../kube/node';
import type { Kernel, World } from '../linux/kernel';
import type { Chain, Rule, Ruleset, Table } from '../linux/netfilter';
import { withEntries } from '../net/buckets';
import type { Family } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { endpointsOf, type SlicesByService, slicesByService, usableEndpoints } from './endpoints';
import { type PortDrafts, portRules } from './iptables-port';
import { TableDraft } from './rules';
import { isService, keyOfService, type ServiceChange, type ServiceState } from './service-change';
import { portsOfService } from './service-ports';

/** The world with the tables of every node brought to the change. */
export function rewriteRules(world: World, cluster: Cluster, change: ServiceChange): World {
  const kernels = { ...world.kernels };
  for (const node of cluster.nodes) {
    const netns = `node/${node.metadata.name}`;
    const kernel = kernels[netns];
    if (kernel !== undefined) kernels[netns] = rewritten(kernel, { cluster, node, change });
  }
  return { ...world, kernels };
}

interface OnNode {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly change: ServiceChange;
}

function rewritten(kernel: Kernel, on: OnNode): Kernel {
  return { ...kernel, iptables: rewrittenRuleset(kernel.iptables, on, 4), ip6tables: rewrittenRuleset(kernel.ip6tables, on, 6) };
}

function rewrittenRuleset(ruleset: Ruleset, on: OnNode, of: Family): Ruleset {
  const { nat, filter } = ruleset;
  if (nat === undefined || filter === undefined) return ruleset;
  const { key, before, after } = on.change;
  const old = fragment(on, { key, state: before }, of);
  const next = fragment(on, { key, state: after }, of);
  const behind = servicesBehind(on.cluster, key);
  const place = (table: 'nat' | 'filter', chain: string, rules: readonly Rule[]): number =>
    placeFor(on, { of, table, chain, rules, behind });
  return {
    ...ruleset,
    nat: replaced(nat, { old: old.nat, next: next.nat, place: (chain, rules) => place('nat', chain, rules) }),
    filter: replaced(filter, { old: old.filter, next: next.filter, place: (chain, rules) => place('filter', chain, rules) }),
  };
}

/** What kube-proxy writes for this Service alone. */
function fragment({ cluster, node }: OnNode, { key, state }: { key: string; state: ServiceState }, of: Family): PortDrafts {
  const drafts = { nat: new TableDraft('nat'), filter: new TableDraft('filter') };
  const slices: SlicesByService = new Map([[key, state.slices]]);
  for (const port of state.service === null ? [] : portsOfService(state.service, of))
    portRules(drafts, { cluster, node, port, usable: usableEndpoints(port, endpointsOf(port, slices, node), node) });
  return drafts;
}

interface Replacement {
  readonly old: TableDraft;
  readonly next: TableDraft;
  /** Where the lines of a Service belong that had none in the chain. */
  readonly place: (chain: string, rules: readonly Rule[]) => number;
}

function replaced(table: Table, { old, next, place }: Replacement): Table {
  const chains: Record<string, Chain> = { ...table.chains };
  for (const name of new Set([...old.shared().keys(), ...next.shared().keys()])) {
    const chain = chains[name];
    if (chain !== undefined)
      chains[name] = {
        ...chain,
        rules: spliced(chain.rules, { old: old.lines(name), next: next.lines(name), place: (rules) => place(name, rules) }),
      };
  }
  const gone = old.ownChains().map(({ name }) => [name, null] as const);
  const come = next.ownChains().map((chain) => [chain.name, chain] as const);
  return { ...table, chains, owned: withEntries(table.owned, [...gone, ...come]) };
}

function spliced(
  rules: readonly Rule[],
  { old, next, place }: { old: readonly Rule[]; next: readonly Rule[]; place: (rules: readonly Rule[]) => number },
): readonly Rule[] {
  const [first] = old;
  const at = first === undefined ? place(rules) : indexOfRule(rules, first);
  return [...rules.slice(0, at), ...next, ...rules.slice(at + old.length)];
}

function indexOfRule(rules: readonly Rule[], wanted: Rule): number {
  const text = JSON.stringify(wanted);
  const found = rules.findIndex(
    (rule) => rule.provenance === wanted.provenance && rule.comment === wanted.comment && JSON.stringify(rule) === text,
  );
  if (found < 0) throw new Error(`a rule of the cluster before is missing: ${text}`);
  return found;
}

/** Services behind this one in order of the rules. */
function servicesBehind({ services }: Cluster, key: string): readonly (typeof services)[number][] {
  return services.slice(services.findIndex(isService(key)) + 1);
}

interface Wanted {
  readonly of: Family;
  readonly table: 'nat' | 'filter';
  readonly chain: string;
  readonly rules: readonly Rule[];
  readonly behind: Cluster['services'];
}

/** In front of the next Service that has a line there; else in front of what kube-proxy writes last. */
function placeFor(on: OnNode, { of, table, chain, rules, behind }: Wanted): number {
  const slices = slicesByService(on.cluster);
  for (const service of behind) {
    const key = keyOfService(service);
    const [first] = fragment(on, { key, state: { service, slices: slices.get(key) ?? [] } }, of)[table].lines(chain);
    if (first !== undefined) return indexOfRule(rules, first);
  }
  return rules.findLastIndex(({ provenance }) => provenance !== NO_PROVENANCE) + 1;
}
