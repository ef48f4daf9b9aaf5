// The ipsets of kube-proxy in IPVS mode: one look-up in each, however many Services there are (pkg/proxy/ipvs/ipset.go, proxier.go: ipsetInfo).
// Their comments are those of the rules that ask for them.

import type { IpSet, IpSetMember, IpSetType } from '../linux/ipset';
import type { Family } from '../net/ip';
import type { Provenance } from '../net/provenance';

interface SetKind {
  readonly type: IpSetType;
  readonly comment: string;
}

const KINDS = {
  'KUBE-LOOP-BACK': { type: 'hash:ip,port,ip', comment: 'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose' },
  'KUBE-CLUSTER-IP': { type: 'hash:ip,port', comment: 'Kubernetes service cluster ip + port for masquerade purpose' },
  'KUBE-EXTERNAL-IP': { type: 'hash:ip,port', comment: 'Kubernetes service external ip + port for masquerade and filter purpose' },
  'KUBE-EXTERNAL-IP-LOCAL': { type: 'hash:ip,port', comment: 'Kubernetes service external ip + port with externalTrafficPolicy=local' },
  'KUBE-LOAD-BALANCER': { type: 'hash:ip,port', comment: 'Kubernetes service lb portal' },
  'KUBE-LOAD-BALANCER-FW': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port for load balancer with sourceRange',
  },
  'KUBE-LOAD-BALANCER-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port with externalTrafficPolicy=local',
  },
  'KUBE-LOAD-BALANCER-SOURCE-IP': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes service load balancer ip + port + source IP for packet filter purpose',
  },
  'KUBE-LOAD-BALANCER-SOURCE-CIDR': {
    type: 'hash:ip,port,net',
    comment: 'Kubernetes service load balancer ip + port + source cidr for packet filter purpose',
  },
  'KUBE-NODE-PORT-TCP': { type: 'bitmap:port', comment: 'Kubernetes nodeport TCP port for masquerade purpose' },
  'KUBE-NODE-PORT-LOCAL-TCP': { type: 'bitmap:port', comment: 'Kubernetes nodeport TCP port with externalTrafficPolicy=local' },
  'KUBE-NODE-PORT-UDP': { type: 'bitmap:port', comment: 'Kubernetes nodeport UDP port for masquerade purpose' },
  'KUBE-NODE-PORT-LOCAL-UDP': { type: 'bitmap:port', comment: 'Kubernetes nodeport UDP port with externalTrafficPolicy=local' },
  'KUBE-NODE-PORT-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
  },
  'KUBE-NODE-PORT-LOCAL-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
  },
  'KUBE-HEALTH-CHECK-NODE-PORT': { type: 'bitmap:port', comment: 'Kubernetes health check node port' },
  'KUBE-IPVS-IPS': { type: 'hash:ip', comment: 'Virtual IP addresses' },
} as const satisfies Record<string, SetKind>;

/** The sets by the names that kube-proxy has for IPv4. */
export type SetName = keyof typeof KINDS;

/** The longest name that the kernel takes. */
const LONGEST = 31;

/** The sets of one family under construction. All of them exist, most of them empty. */
export class SetDrafts {
  readonly family: Family;
  private readonly members = new Map<string, Map<string, IpSetMember>>();

  constructor(family: Family) {
    this.family = family;
  }

  add(set: SetName, text: string, provenance: Provenance): void {
    const known = this.members.get(set) ?? new Map<string, IpSetMember>();
    this.members.set(set, known);
    if (!known.has(text)) known.set(text, { text, provenance });
  }

  isEmpty(set: SetName): boolean {
    return !this.members.has(set);
  }

  nameOf(set: SetName): string {
    return nameIn(this.family, set);
  }

  commentOf(set: SetName): string {
    return KINDS[set].comment;
  }

  finish(): Readonly<Record<string, IpSet>> {
    return Object.fromEntries(
      Object.entries(KINDS).map(([name, { type }]) => [
        nameIn(this.family, name),
        { type, family: this.family, members: [...(this.members.get(name)?.values() ?? [])] },
      ]),
    );
  }
}

/** As the kernel knows it: sets of both families live in one namespace, so those of IPv6 are told apart (NewIPSet). */
function nameIn(of: Family, set: string): string {
  return of === 4 ? set : set.replace('KUBE-', 'KUBE-6-').slice(0, LONGEST);
}
