// One setting of the cluster, as the page changes it: always by an object of the text.

import type { ClusterSettings, NetworkName, ProxyModeName } from './cluster';

export type LoadBalancerName = ClusterSettings['loadBalancer'];

export type SettingChange =
  | { readonly setting: 'proxyMode'; readonly value: ProxyModeName }
  | { readonly setting: 'ipvsScheduler'; readonly value: string }
  | { readonly setting: 'masqueradeAll'; readonly value: boolean }
  | { readonly setting: 'localhostNodePorts'; readonly value: boolean }
  | { readonly setting: 'network'; readonly value: NetworkName }
  | { readonly setting: 'natOutgoing'; readonly value: boolean }
  | { readonly setting: 'loadBalancer'; readonly value: LoadBalancerName }
  /** The zone of the cluster's names, without a final dot. */
  | { readonly setting: 'dnsDomain'; readonly value: string };
