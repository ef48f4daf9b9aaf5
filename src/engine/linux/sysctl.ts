// The switches of a kernel as `sysctl` prints them: those that the simulation knows, and those whose value it lives by.

import type { Kernel, KernelState } from './kernel';

/** By name, as text. */
export function sysctls(
  { sysctls: { forwarding, routeLocalnet, bridgeNetfilter } }: Kernel,
  state: KernelState,
): Readonly<Record<string, string>> {
  const bit = (on: boolean): string => (on ? '1' : '0');
  return {
    'net.bridge.bridge-nf-call-ip6tables': bit(bridgeNetfilter),
    'net.bridge.bridge-nf-call-iptables': bit(bridgeNetfilter),
    'net.ipv4.conf.all.forwarding': bit(forwarding),
    'net.ipv4.conf.all.route_localnet': bit(routeLocalnet),
    'net.ipv4.ip_default_ttl': '64',
    'net.ipv4.ip_forward': bit(forwarding),
    'net.ipv4.ip_local_port_range': '32768\t60999',
    'net.ipv6.conf.all.forwarding': bit(forwarding),
    'net.netfilter.nf_conntrack_count': String(state.connections.length),
  };
}
