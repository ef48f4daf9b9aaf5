// How a cluster is set up where the manifest does not say: the playground's own conveniences, and none of them where a case is verified.

import type { ClusterSettings } from './controlplane/cluster';

/** The cluster of the playground: two nodes, CoreDNS and the Service `kubernetes` are added where they are missing. */
export const PLAYGROUND: ClusterSettings = {
  serviceCIDR: null,
  clusterCIDR: null,
  secondClusterCIDR: null,
  nodeRangeLength: 24,
  detectLocal: true,
  masqueradeAll: false,
  localhostNodePorts: true,
  nodePortAddresses: [],
  proxyMode: 'iptables',
  ipvsScheduler: 'rr',
  network: 'calico',
  crossSubnet: false,
  loadBalancer: 'cloud',
  natOutgoing: 'IPPoolsOnly',
  conveniences: true,
  dns: { zone: 'cluster.local', pods: 'insecure', ttl: 30 },
  clusterDNS: null,
  nodeResolv: { nameservers: ['192.168.1.1'], search: [], options: [] },
  upstream: [],
};

/** Exactly the manifest: nothing is added, no port is guessed, and Pods keep their address towards nodes. */
export const BARE: ClusterSettings = { ...PLAYGROUND, conveniences: false, natOutgoing: 'IPPoolsAndHostIPs' };
