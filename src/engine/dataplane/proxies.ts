// The modes of kube-proxy, each with its compiler.

import type { ProxyModeName } from '../controlplane/cluster';
import { IPTABLES_PROXY } from './iptables';
import { IPVS_PROXY } from './ipvs';
import { NFTABLES_PROXY } from './nftables';
import type { NodeCompiler } from './node-draft';

export const PROXIES: Readonly<Record<ProxyModeName, NodeCompiler>> = {
  iptables: IPTABLES_PROXY,
  nftables: NFTABLES_PROXY,
  ipvs: IPVS_PROXY,
};
