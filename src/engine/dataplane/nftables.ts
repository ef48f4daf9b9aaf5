// kube-proxy in nftables mode: the table `kube-proxy` of one node and one address family, as syncProxyRules writes it on a node that was
// never programmed before (pkg/proxy/nftables/proxier.go of v1.34 and v1.35).
// Left out: the set of hairpin connections that v1.36 put in the place of the marks of the endpoint chains; sweeping of stale chains.

import type { Family } from '../net/ip';
import { endpointsOf, usableEndpoints } from './endpoints';
import { NftDraft } from './nftables-draft';
import { fixedParts } from './nftables-fixed';
import { portParts } from './nftables-port';
import type { NodeCompiler, OnNode } from './node-draft';
import { proxiedPorts } from './service-ports';

/** Writes the table of every family of the node. */
export const NFTABLES_PROXY: NodeCompiler = (draft, on) => {
  for (const family of on.families) draft.nftables.push(kubeProxyTable(on, family).finish());
};

function kubeProxyTable({ cluster, node, slices }: OnNode, family: Family): NftDraft {
  const draft = new NftDraft({ name: 'kube-proxy', family, comment: 'rules for kube-proxy' });
  fixedParts(draft, { cluster, node });
  for (const port of proxiedPorts(cluster, family)) {
    const usable = usableEndpoints(port, endpointsOf(port, slices, node), node);
    portParts(draft, { cluster, node, port, usable });
  }
  return draft;
}
