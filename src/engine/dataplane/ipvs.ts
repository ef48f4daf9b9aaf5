// kube-proxy in IPVS mode: the addresses of Services on the device kube-ipvs0, a virtual server for each of their ports, and a fixed
// handful of rules that ask sets (pkg/proxy/ipvs/proxier.go: syncProxyRules).
// Left out: graceful termination, strictARP (every node would answer ARP for a balancer's address), excludeCIDRs.

import type { Device } from '../linux/device';
import type { Rule } from '../linux/netfilter';
import { contains, formatCidr, hostPrefix } from '../net/cidr';
import { type Family, family, type Ip } from '../net/ip';
import type { Provenance } from '../net/provenance';
import { endpointsOf, type ProxiedEndpoint, type UsableEndpoints, usableEndpoints } from './endpoints';
import { linkedChains, ruleChains } from './ipvs-rules';
import { ServerDrafts } from './ipvs-servers';
import { SetDrafts, type SetName } from './ipvs-sets';
import { ETHERNET_MTU, firstOf, localRoute } from './network';
import type { NodeCompiler, NodeDraft, OnNode } from './node-draft';
import { podRange } from './pod-range';
import { MATCH, rule } from './rules';
import { because, becausePort, type ProxiedPort, proxiedPorts } from './service-ports';

const DUMMY = 'kube-ipvs0';

/** Chains are linked at once; servers wait until the node has all its addresses, since each of them serves the node ports. */
export const IPVS_PROXY: NodeCompiler = (draft, on) => {
  const tables = on.families.map((of) => ({ family: of, nat: draft.table(of, 'nat'), filter: draft.table(of, 'filter') }));
  for (const one of tables) linkedChains(one);
  draft.onceWired.push(() => {
    const servers = new ServerDrafts(on.cluster.settings);
    const own = ownAddresses(draft.devices);
    for (const one of tables) {
      const node = new ProxiedNode(on, { family: one.family, servers, own });
      for (const port of proxiedPorts(on.cluster, one.family)) node.serve(port);
      const { sets, closedToNode } = node.finish();
      const { masqueradeAll } = on.cluster.settings;
      ruleChains(one, { sets, masqueradeAll, pods: podRange(on.cluster, one.family), closedToNode });
      Object.assign(draft.sets, sets.finish());
    }
    program(draft, servers);
  });
};

function program(draft: NodeDraft, { virtualServers, addresses }: ServerDrafts): void {
  draft.ipvs.push(...virtualServers);
  draft.devices.push(dummyDevice([...addresses.keys()]));
  for (const [ip, provenance] of addresses) draft.routes.push({ ...localRoute(ip, DUMMY), provenance });
}

/** It is down and has no wire: its addresses are the kernel's own all the same (table local). */
function dummyDevice(addresses: readonly Ip[]): Device {
  return {
    name: DUMMY,
    addresses: addresses.map((ip) => ({ ip, prefix: hostPrefix(ip) })),
    attachment: { kind: 'dummy' },
    mtu: ETHERNET_MTU,
    proxyArp: false,
  };
}

/** Every address of the node but those of loopback, and the link-local ones of IPv6 (GetAllLocalAddressesExcept). */
function ownAddresses(devices: readonly Device[]): readonly Ip[] {
  const all = devices.filter(({ attachment }) => attachment.kind !== 'loopback').flatMap(({ addresses }) => addresses.map(({ ip }) => ip));
  return [...new Set(all)].filter((ip) => !ip.startsWith('fe80:'));
}

interface NodeParts {
  readonly family: Family;
  readonly servers: ServerDrafts;
  /** The node's own addresses, of both families. */
  readonly own: readonly Ip[];
}

/** One node and family while its Services are written, one after the other. */
class ProxiedNode {
  private readonly sets: SetDrafts;
  private readonly closedToNode: Rule[] = [];
  private readonly servers: ServerDrafts;
  private readonly own: readonly Ip[];
  /** Where node ports are served. */
  private readonly nodePortIPs: readonly Ip[];
  private readonly nodeIP: Ip | undefined;
  private readonly on: OnNode;

  constructor(on: OnNode, { family: of, servers, own }: NodeParts) {
    this.on = on;
    this.servers = servers;
    this.own = own.filter((ip) => family(ip) === of);
    this.sets = new SetDrafts(of);
    this.nodeIP = firstOf(on.node.status.internalIPs, of);
    const ranges = on.cluster.settings.nodePortAddresses.filter(({ network }) => family(network) === of);
    this.nodePortIPs = ranges.length === 0 ? this.own : this.own.filter((ip) => ranges.some((range) => contains(range, ip)));
  }

  serve(port: ProxiedPort): void {
    const { node, slices } = this.on;
    const endpoints = endpointsOf(port, slices, node);
    const usable = usableEndpoints(port, endpoints, node);
    this.loopBack(port, endpoints);
    this.clusterIp(port, usable);
    this.externalIps(port, usable);
    this.loadBalancerIps(port, usable);
    // kube-proxy passes over the rest of a port whose node port it has nowhere to serve.
    if (port.nodePort !== null && this.nodePortIPs.length === 0) return;
    this.nodePort(port, usable);
    if (port.healthCheckNodePort !== null)
      this.sets.add('KUBE-HEALTH-CHECK-NODE-PORT', String(port.healthCheckNodePort), because(port, ['spec', 'healthCheckNodePort']));
  }

  finish(): { readonly sets: SetDrafts; readonly closedToNode: readonly Rule[] } {
    const { sets, closedToNode } = this;
    for (const [ip, provenance] of this.servers.addresses) if (family(ip) === sets.family) sets.add('KUBE-IPVS-IPS', ip, provenance);
    return { sets, closedToNode };
  }

  /** A Pod that is sent to itself would not take an answer from itself: its packets are masqueraded. */
  private loopBack(port: ProxiedPort, endpoints: readonly ProxiedEndpoint[]): void {
    for (const { address, nodeName, provenance } of endpoints)
      if (nodeName === this.on.node.metadata.name)
        this.sets.add('KUBE-LOOP-BACK', `${address.ip},${portText(port, address.port)},${address.ip}`, provenance);
  }

  private clusterIp(port: ProxiedPort, usable: UsableEndpoints): void {
    const why = becausePort(port, 'port');
    this.sets.add('KUBE-CLUSTER-IP', member(port.clusterIP, port), why);
    this.servers.serve(port, { ip: port.clusterIP, port: port.port.port, local: port.internalLocal, because: why }, usable);
    this.servers.bind(port.clusterIP, because(port, ['spec', 'clusterIP']));
  }

  private externalIps(port: ProxiedPort, usable: UsableEndpoints): void {
    const why = because(port, ['spec', 'externalIPs']);
    for (const ip of port.externalIPs) {
      this.sets.add(port.externalLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP', member(ip, port), why);
      this.outer(port, { ip, because: why }, usable);
    }
  }

  private loadBalancerIps(port: ProxiedPort, usable: UsableEndpoints): void {
    const why = because(port, ['status', 'loadBalancer']);
    for (const ip of port.loadBalancerIPs) {
      this.sets.add('KUBE-LOAD-BALANCER', member(ip, port), why);
      if (port.externalLocal) this.sets.add('KUBE-LOAD-BALANCER-LOCAL', member(ip, port), because(port, ['spec', 'externalTrafficPolicy']));
      if (port.sourceRanges.length > 0) this.sourceRanges(port, ip);
      this.outer(port, { ip, because: why }, usable);
    }
  }

  /** An address that the node has already is not bound a second time. */
  private outer(port: ProxiedPort, { ip, because: why }: { ip: Ip; because: Provenance }, usable: UsableEndpoints): void {
    this.servers.serve(port, { ip, port: port.port.port, local: port.externalLocal, because: why }, usable);
    if (!this.own.includes(ip)) this.servers.bind(ip, why);
  }

  private sourceRanges(port: ProxiedPort, ip: Ip): void {
    const why = because(port, ['spec', 'loadBalancerSourceRanges']);
    const { nodeIP } = this;
    this.sets.add('KUBE-LOAD-BALANCER-FW', member(ip, port), why);
    for (const range of port.sourceRanges) {
      const whole = range.length === hostPrefix(range.network).length;
      // The kernel refuses a prefix of length 0 in this set, so kube-proxy cannot add it either.
      if (range.length > 0)
        this.sets.add('KUBE-LOAD-BALANCER-SOURCE-CIDR', `${member(ip, port)},${whole ? range.network : formatCidr(range)}`, why);
    }
    if (nodeIP !== undefined && port.sourceRanges.some((range) => contains(range, nodeIP)))
      this.sets.add('KUBE-LOAD-BALANCER-SOURCE-IP', `${member(ip, port)},${ip}`, why);
    else this.closedToNode.push(closedRule(port, ip, why));
  }

  private nodePort(port: ProxiedPort, usable: UsableEndpoints): void {
    const number = port.nodePort;
    if (number === null) return;
    const why = becausePort(port, 'nodePort');
    const { all, local } = nodePortSets(port);
    const texts = port.port.protocol === 'SCTP' ? this.nodePortIPs.map((ip) => `${ip},${portText(port, number)}`) : [String(number)];
    for (const text of texts) {
      this.sets.add(all, text, why);
      if (port.externalLocal) this.sets.add(local, text, because(port, ['spec', 'externalTrafficPolicy']));
    }
    for (const ip of this.nodePortIPs) this.servers.serve(port, { ip, port: number, local: port.externalLocal, because: why }, usable);
  }
}

function nodePortSets({ port: { protocol } }: ProxiedPort): { readonly all: SetName; readonly local: SetName } {
  return protocol === 'SCTP'
    ? { all: 'KUBE-NODE-PORT-SCTP-HASH', local: 'KUBE-NODE-PORT-LOCAL-SCTP-HASH' }
    : { all: `KUBE-NODE-PORT-${protocol}`, local: `KUBE-NODE-PORT-LOCAL-${protocol}` };
}

/** A node that the ranges do not name: its own packets have the balancer's address as their source (kubernetes issue 119656). */
function closedRule({ port }: ProxiedPort, ip: Ip, why: Provenance): Rule {
  const matches = [
    MATCH.from(ip),
    { kind: 'virtual-server', negated: false, protocol: port.protocol, address: { ip, port: port.port } } as const,
  ];
  return rule({ matches, target: { kind: 'drop' }, because: why });
}

/** `10.96.0.1,tcp:443`. */
function member(ip: Ip, port: ProxiedPort): string {
  return `${ip},${portText(port, port.port.port)}`;
}

function portText({ port }: ProxiedPort, number: number): string {
  return `${port.protocol.toLowerCase()}:${number}`;
}
