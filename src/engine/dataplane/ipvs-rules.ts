// The rules of iptables that kube-proxy writes beside its virtual servers, in its order (pkg/proxy/ipvs/proxier.go: iptablesJumpChain,
// ipsetWithIptablesChain, writeIptablesRules). They mark, masquerade and filter; which Service a packet is for, sets know, not rules.
// A rule for a set that is empty is left out, as kube-proxy does.

import type { SetDirection } from '../linux/ipset';
import type { Match, Rule, Target } from '../linux/netfilter';
import { type Cidr, cidr } from '../net/cidr';
import type { Family } from '../net/ip';
import type { SetDrafts, SetName } from './ipvs-sets';
import { strangersOnLoopback } from './kubelet-firewall';
import { MASQUERADE_MARK } from './masquerade-mark';
import { jump, MATCH, rule, type TableDraft } from './rules';

const DST: readonly SetDirection[] = ['dst'];
const DST_DST: readonly SetDirection[] = ['dst', 'dst'];
const DST_DST_SRC: readonly SetDirection[] = ['dst', 'dst', 'src'];

/** The tables of one family that kube-proxy writes into. */
export interface IpvsTables {
  readonly family: Family;
  readonly nat: TableDraft;
  readonly filter: TableDraft;
}

/** How its chains hang in the kernel's own. Each jump was put on top of those before it. */
export function linkedChains({ family, nat, filter }: IpvsTables): void {
  const commented = (comment: string, chain: string): Rule => rule({ comment, target: jump(chain) });
  nat.add('PREROUTING', commented('kubernetes service portals', 'KUBE-SERVICES'));
  nat.add('INPUT');
  nat.add('OUTPUT', commented('kubernetes service portals', 'KUBE-SERVICES'));
  nat.add('POSTROUTING', commented('kubernetes postrouting rules', 'KUBE-POSTROUTING'));
  for (const chain of ['KUBE-LOAD-BALANCER', 'KUBE-MARK-MASQ', 'KUBE-NODE-PORT', 'KUBE-POSTROUTING', 'KUBE-SERVICES']) nat.add(chain);
  const firewall = commented('kube-proxy firewall rules', 'KUBE-PROXY-FIREWALL');
  filter.add(
    'INPUT',
    commented('kubernetes ipvs access filter', 'KUBE-IPVS-FILTER'),
    firewall,
    commented('kubernetes health check rules', 'KUBE-NODE-PORT'),
  );
  filter.add('FORWARD', firewall, commented('kubernetes forwarding rules', 'KUBE-FORWARD'));
  filter.add('OUTPUT', commented('kubernetes ipvs access filter', 'KUBE-IPVS-OUT-FILTER'));
  const chains = ['FORWARD', 'IPVS-FILTER', 'IPVS-OUT-FILTER', 'NODE-PORT', 'PROXY-FIREWALL', 'SOURCE-RANGES-FIREWALL'];
  for (const chain of chains) filter.add(`KUBE-${chain}`);
  if (family === 4) kubeletRules(filter);
}

/** The kubelet's own were there before kube-proxy's. */
function kubeletRules(filter: TableDraft): void {
  filter.add('INPUT', rule({ target: jump('KUBE-FIREWALL') }));
  filter.add('OUTPUT', rule({ target: jump('KUBE-FIREWALL') }));
  filter.add('KUBE-FIREWALL', strangersOnLoopback());
}

/** What the rules depend on. */
export interface IpvsRuleFacts {
  readonly sets: SetDrafts;
  readonly masqueradeAll: boolean;
  /** The Pod range; null where kube-proxy does not know it. */
  readonly pods: Cidr | null;
  /** One rule for each balancer's address that the node itself may not use. */
  readonly closedToNode: readonly Rule[];
}

/** The chains themselves, when all sets are known. */
export function ruleChains(tables: IpvsTables, facts: IpvsRuleFacts): void {
  new IpvsRules(tables, facts).write();
}

class IpvsRules {
  private readonly tables: IpvsTables;
  private readonly facts: IpvsRuleFacts;

  constructor(tables: IpvsTables, facts: IpvsRuleFacts) {
    this.tables = tables;
    this.facts = facts;
  }

  write(): void {
    this.servicesChain();
    this.loadBalancerChain();
    this.nodePortChain();
    this.postroutingChain();
    this.tables.nat.add('KUBE-MARK-MASQ', rule({ target: { kind: 'mark', value: MASQUERADE_MARK, mask: MASQUERADE_MARK } }));
    this.firewallChains();
    this.forwardChain();
    this.accessChains();
  }

  private in(set: SetName, directions: readonly SetDirection[]): Match {
    return MATCH.set(this.facts.sets.nameOf(set), directions);
  }

  /** A rule that asks for a set, with the set's comment; none where the set is empty. */
  private forSet(set: SetName, asked: { directions: readonly SetDirection[]; more?: readonly Match[]; target: Target }): readonly Rule[] {
    const { sets } = this.facts;
    if (sets.isEmpty(set)) return [];
    const matches = [...(asked.more ?? []), this.in(set, asked.directions)];
    return [rule({ matches, comment: sets.commentOf(set), target: asked.target })];
  }

  private servicesChain(): void {
    const { nat, family } = this.tables;
    const loopback = cidr(family === 4 ? '127.0.0.0/8' : '::1/128');
    nat.add(
      'KUBE-SERVICES',
      rule({ matches: [MATCH.source(loopback)], target: { kind: 'return' } }),
      ...this.forSet('KUBE-LOAD-BALANCER', { directions: DST_DST, target: jump('KUBE-LOAD-BALANCER') }),
      ...this.clusterIpRule(),
      ...this.forSet('KUBE-EXTERNAL-IP', { directions: DST_DST, target: jump('KUBE-MARK-MASQ') }),
      ...this.externalIpRules('KUBE-EXTERNAL-IP'),
      ...this.externalIpRules('KUBE-EXTERNAL-IP-LOCAL'),
      rule({ matches: [MATCH.toLocal], target: jump('KUBE-NODE-PORT') }),
      ...this.acceptRule('KUBE-CLUSTER-IP'),
      ...this.acceptRule('KUBE-LOAD-BALANCER'),
    );
  }

  /** Strangers are masqueraded. Where Pods cannot be told from them, it is at least the node itself: its source is the virtual address. */
  private clusterIpRule(): readonly Rule[] {
    const { masqueradeAll, pods } = this.facts;
    const target = jump('KUBE-MARK-MASQ');
    if (masqueradeAll) return this.forSet('KUBE-CLUSTER-IP', { directions: DST_DST, target });
    if (pods === null) return this.forSet('KUBE-CLUSTER-IP', { directions: ['src', 'dst'], target });
    return this.forSet('KUBE-CLUSTER-IP', { directions: DST_DST, more: [MATCH.source(pods, true)], target });
  }

  private externalIpRules(set: SetName): readonly Rule[] {
    const target: Target = { kind: 'accept' };
    const fromElsewhere: readonly Match[] = [
      { kind: 'bridge-port', negated: true },
      { kind: 'source-type', negated: true, type: 'LOCAL' },
    ];
    return [
      ...this.forSet(set, { directions: DST_DST, target }).map((one) => ({ ...one, matches: [...one.matches, ...fromElsewhere] })),
      ...this.forSet(set, { directions: DST_DST, target }).map((one) => ({ ...one, matches: [...one.matches, MATCH.toLocal] })),
    ];
  }

  private acceptRule(set: SetName): readonly Rule[] {
    return this.forSet(set, { directions: DST_DST, target: { kind: 'accept' } }).map((one) => ({ ...one, comment: '' }));
  }

  private loadBalancerChain(): void {
    this.tables.nat.add(
      'KUBE-LOAD-BALANCER',
      ...this.forSet('KUBE-LOAD-BALANCER-LOCAL', { directions: DST_DST, target: { kind: 'return' } }),
      rule({ target: jump('KUBE-MARK-MASQ') }),
    );
  }

  private nodePortChain(): void {
    const { nat } = this.tables;
    for (const protocol of ['TCP', 'UDP', 'SCTP'] as const) {
      const [local, all, directions] =
        protocol === 'SCTP'
          ? ([`KUBE-NODE-PORT-LOCAL-SCTP-HASH`, 'KUBE-NODE-PORT-SCTP-HASH', DST_DST] as const)
          : ([`KUBE-NODE-PORT-LOCAL-${protocol}`, `KUBE-NODE-PORT-${protocol}`, DST] as const);
      const more = [MATCH.protocol(protocol)];
      nat.add(
        'KUBE-NODE-PORT',
        ...this.forSet(local, { directions, more, target: { kind: 'return' } }),
        ...this.forSet(all, { directions, more, target: jump('KUBE-MARK-MASQ') }),
      );
    }
  }

  private postroutingChain(): void {
    this.tables.nat.add(
      'KUBE-POSTROUTING',
      ...this.forSet('KUBE-LOOP-BACK', { directions: DST_DST_SRC, target: { kind: 'masquerade' } }),
      rule({ matches: [MATCH.mark(MASQUERADE_MARK, true)], target: { kind: 'return' } }),
      rule({ target: { kind: 'mark', value: MASQUERADE_MARK, mask: 0 } }),
      rule({ comment: 'kubernetes service traffic requiring SNAT', target: { kind: 'masquerade' } }),
    );
  }

  private firewallChains(): void {
    const { filter } = this.tables;
    const back: Target = { kind: 'return' };
    filter.add(
      'KUBE-PROXY-FIREWALL',
      ...this.forSet('KUBE-LOAD-BALANCER-FW', { directions: DST_DST, target: jump('KUBE-SOURCE-RANGES-FIREWALL') }),
    );
    filter.add(
      'KUBE-SOURCE-RANGES-FIREWALL',
      ...this.forSet('KUBE-LOAD-BALANCER-SOURCE-CIDR', { directions: DST_DST_SRC, target: back }),
      ...this.forSet('KUBE-LOAD-BALANCER-SOURCE-IP', { directions: DST_DST_SRC, target: back }),
      rule({ target: { kind: 'drop' } }),
    );
  }

  private forwardChain(): void {
    const known: Match = { kind: 'connection-state', negated: false, states: ['RELATED', 'ESTABLISHED'] };
    this.tables.filter.add(
      'KUBE-FORWARD',
      rule({ matches: [MATCH.mark(MASQUERADE_MARK)], comment: 'kubernetes forwarding rules', target: { kind: 'accept' } }),
      rule({ matches: [known], comment: 'kubernetes forwarding conntrack rule', target: { kind: 'accept' } }),
    );
  }

  /** KUBE-IPVS-FILTER: a virtual address is the node's own, and must not open the node's other ports (kubernetes issue 72236). */
  private accessChains(): void {
    const { filter, family } = this.tables;
    const health = this.in('KUBE-HEALTH-CHECK-NODE-PORT', DST);
    const served = (['KUBE-LOAD-BALANCER', 'KUBE-CLUSTER-IP', 'KUBE-EXTERNAL-IP', 'KUBE-EXTERNAL-IP-LOCAL'] as const).map((set) =>
      this.in(set, DST_DST),
    );
    filter.add(
      'KUBE-NODE-PORT',
      rule({ matches: [health], comment: this.facts.sets.commentOf('KUBE-HEALTH-CHECK-NODE-PORT'), target: { kind: 'accept' } }),
    );
    filter.add(
      'KUBE-IPVS-FILTER',
      ...[...served, health].map((match) => rule({ matches: [match], target: { kind: 'return' } })),
      rule({
        matches: [MATCH.fresh, this.in('KUBE-IPVS-IPS', DST)],
        target: { kind: 'reject', with: 'port-unreachable', family },
      }),
    );
    filter.add('KUBE-IPVS-OUT-FILTER', ...this.facts.closedToNode);
  }
}
