// kube-proxy in iptables mode: the chains of one node and one address family, rule by rule in the order of syncProxyRules
// (pkg/proxy/iptables/proxier.go). Names, hashes and comments are its own.
// Left out: nfacct counters, the canary chains, the shortened comments of clusters with more than 1000 endpoints.

import type { Family } from '../net/ip';
import { endpointsOf, usableEndpoints } from './endpoints';
import { fixedFilterRules, fixedNatRules, nodePortEntry } from './iptables-fixed';
import { type PortDrafts, portRules } from './iptables-port';
import type { NodeCompiler, OnNode } from './node-draft';
import { proxiedPorts } from './service-ports';

/** Writes the rules of the node into its tables nat and filter, of every family. */
export const IPTABLES_PROXY: NodeCompiler = (draft, on) => {
  for (const family of on.families) kubeProxyRules({ nat: draft.table(family, 'nat'), filter: draft.table(family, 'filter') }, on, family);
};

function kubeProxyRules(drafts: PortDrafts, { cluster, node, slices }: OnNode, family: Family): void {
  fixedNatRules(drafts.nat);
  fixedFilterRules(drafts.filter, { family, settings: cluster.settings });
  for (const port of proxiedPorts(cluster, family)) {
    const usable = usableEndpoints(port, endpointsOf(port, slices, node), node);
    portRules(drafts, { cluster, node, port, usable });
  }
  nodePortEntry(drafts.nat, { node, family, settings: cluster.settings });
}
