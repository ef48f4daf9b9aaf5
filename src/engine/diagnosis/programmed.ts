// What kube-proxy has written on a node for one Service, and what it should have: compared rule by rule, whatever its mode.

import { formatRef, type ObjectRef, readProvenance } from '../kube/ref';
import type { Kernel } from '../linux/kernel';
import type { Rule } from '../linux/netfilter';
import { chainsOf } from '../linux/netfilter';
import type { NftTable } from '../linux/nftables';
import type { Provenance } from '../net/provenance';

/** Everything on the node that was written for the Service, in a form that can be compared: sorted, without counters. */
export function programmedFor({ iptables, ip6tables, nftables, ipvs }: Kernel, service: ObjectRef): readonly string[] {
  const tables = [iptables, ip6tables].flatMap((ruleset) =>
    Object.values(ruleset).flatMap((table) => (table === undefined ? [] : [table])),
  );
  const rules = tables.flatMap((table) =>
    chainsOf(table).flatMap(({ name, rules: own }) =>
      own.filter((rule) => isFor(rule, service)).map((rule) => textOf(`${table.name} ${name}`, rule)),
    ),
  );
  const servers = ipvs
    .filter(({ provenance }) => speaksOf(provenance, service))
    .map(({ provenance: _, ...server }) => JSON.stringify(server));
  return [...rules, ...nftables.flatMap((table) => inTable(table, service)), ...servers].sort();
}

/** The chains of one Service bear its name in nftables; everything else of it bears its label. */
function inTable({ name, family, chains, maps }: NftTable, service: ObjectRef): readonly string[] {
  const own = `${service.namespace}/${service.name}/`;
  const rules = Object.values(chains).flatMap((chain) =>
    chain.rules
      .filter((rule) => chain.name.includes(`-${own}`) || isFor(rule, service))
      .map((rule) => textOf(`${name} ${family} ${chain.name}`, rule)),
  );
  const elements = Object.values(maps).flatMap((map) =>
    map.elements
      .filter(({ provenance }) => speaksOf(provenance, service))
      .map(({ key, target }) => JSON.stringify([name, family, map.name, key, target])),
  );
  return [...rules, ...elements];
}

/** kube-proxy begins its comments with `namespace/service`, and often with the port's name behind it. */
function isFor({ comment, provenance }: Rule, service: ObjectRef): boolean {
  const name = `${service.namespace}/${service.name}`;
  return speaksOf(provenance, service) || comment === name || comment.startsWith(`${name}:`) || comment.startsWith(`${name} `);
}

function speaksOf(label: Provenance, service: ObjectRef): boolean {
  const ref = readProvenance(label)?.ref;
  return ref !== undefined && formatRef(ref) === formatRef(service);
}

function textOf(place: string, { matches, target }: Rule): string {
  return JSON.stringify([place, matches, target]);
}
