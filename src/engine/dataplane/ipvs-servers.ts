// The virtual servers of one node, and the addresses that they need on kube-ipvs0 (pkg/proxy/ipvs/proxier.go: syncService, syncEndpoint).
// Real servers are added in the order of their addresses; kube-proxy's own order is that of a hash map, so none.

import type { ClusterSettings } from '../controlplane/cluster';
import { keyOfVirtual, SCHEDULERS, type Scheduler, type VirtualServer } from '../linux/virtual-server';
import type { Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';
import type { UsableEndpoints } from './endpoints';
import type { ProxiedPort } from './service-ports';

/** An address and a port by which a Service is reached. */
export interface Entrance {
  readonly ip: Ip;
  readonly port: number;
  /** Whether the traffic policy asks for endpoints of this node. */
  readonly local: boolean;
  readonly because: Provenance;
}

/** Virtual servers and bound addresses, as far as they are written. */
export class ServerDrafts {
  private readonly scheduler: Scheduler;
  private readonly servers = new Map<string, VirtualServer>();
  private readonly bound = new Map<Ip, Provenance>();

  constructor({ ipvsScheduler }: ClusterSettings) {
    this.scheduler = SCHEDULERS.find((known) => known === ipvsScheduler) ?? 'rr';
  }

  /** Where two Services claim one address and port, the later one has it. */
  serve({ port, affinitySeconds }: ProxiedPort, { ip, port: number, local, because }: Entrance, usable: UsableEndpoints): void {
    const server: VirtualServer = {
      protocol: port.protocol,
      address: { ip, port: number },
      scheduler: this.scheduler,
      persistentSeconds: affinitySeconds,
      servers: chosen(usable, local).map(({ address, provenance }) => ({ address, weight: 1, provenance })),
      provenance: because,
    };
    this.servers.set(keyOfVirtual(server), server);
  }

  /** Puts the address on kube-ipvs0. */
  bind(ip: Ip, because: Provenance): void {
    if (!this.bound.has(ip)) this.bound.set(ip, because);
  }

  get virtualServers(): readonly VirtualServer[] {
    return [...this.servers.values()];
  }

  /** The addresses that were bound, and what wanted each. */
  get addresses(): ReadonlyMap<Ip, Provenance> {
    return this.bound;
  }
}

/** A policy Local takes endpoints of this node where it has any, else all that there are (kubernetes pull request 97081). */
function chosen({ local, cluster }: UsableEndpoints, wantsLocal: boolean): UsableEndpoints['cluster'] {
  return wantsLocal && local.length > 0 ? local : cluster;
}
