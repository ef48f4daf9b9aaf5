// One hook of netfilter: everything registered there in its order, conntrack where it stands, NAT where it may rewrite.
// A namespace without any rule does not track connections (nf_ct_netns_get comes with the first rule that needs it).

import { family, type Ip } from '../net/ip';
import type { Packet, SocketAddress } from '../net/packet';
import { unreachable } from '../net/unreachable';
import { type ChainWalk, type Entrance, type RuleRead, type Verdict, walkChain } from './chain-walk';
import { type Connection, isConfirmed, track } from './conntrack';
import { type Scheduled, scheduleVirtual } from './ipvs';
import type { Kernel } from './kernel';
import type { Surroundings } from './match';
import {
  avoidClash,
  bindDestination,
  bindKeepingPort,
  bindMasquerade,
  bindVirtual,
  type Manipulation,
  manipulationAt,
  rewrite,
} from './nat';
import type { Hook, RejectWith } from './netfilter';
import { isProgrammed, type Registration, registrationsAt } from './registrations';
import { isLocalAddress } from './route-lookup';
import type { Skb } from './skb';
import { sourceAddress } from './source-address';

/** A rewritten half of a packet, and what rewrote it. */
export interface Translation {
  readonly which: Manipulation;
  readonly from: SocketAddress;
  readonly to: SocketAddress;
  /** `rule`: a rule of NAT said so now. `connection`: conntrack remembered, no rule was read. `virtual-server`: IPVS chose a real server. */
  readonly by: 'rule' | 'connection' | 'virtual-server';
}

export interface HookPassage {
  readonly skb: Skb;
  readonly decision:
    | { readonly kind: 'accept' }
    | { readonly kind: 'drop'; readonly by: 'rule' | 'policy' }
    | { readonly kind: 'reject'; readonly with: RejectWith }
    /** IPVS took it out of INPUT: it is routed again, to the real server. */
    | { readonly kind: 'redirected' };
  readonly reads: readonly RuleRead[];
  readonly rulesRead: number;
  readonly translations: readonly Translation[];
  readonly noted: ChainWalk['noted'];
  /** What IPVS was asked, and what it chose; null where it was not concerned. */
  readonly scheduled: Scheduled | null;
}

/** Whether anything is registered for the packet's family. */
export function hasNetfilter(kernel: Kernel, { packet }: Pick<Skb, 'packet'>): boolean {
  return isProgrammed(kernel, family(packet.destination.ip));
}

/** Sends the packet through everything at the hook. Call it only where `hasNetfilter`. */
export function passHook(hook: Hook, skb: Skb, around: Surroundings): HookPassage {
  const passage = new Passage(hook, skb, around);
  for (const registration of registrationsAt(around.kernel, family(skb.packet.destination.ip), hook)) {
    passage.pass(registration);
    if (passage.decision.kind !== 'accept') break;
  }
  return passage;
}

/** The hook while it is walked; seen by nobody else. */
class Passage implements HookPassage {
  readonly reads: RuleRead[] = [];
  readonly translations: Translation[] = [];
  readonly noted: { list: string; ip: Ip }[] = [];
  skb: Skb;
  decision: HookPassage['decision'] = { kind: 'accept' };
  rulesRead = 0;
  scheduled: Scheduled | null = null;

  private readonly hook: Hook;
  private readonly around: Surroundings;

  constructor(hook: Hook, skb: Skb, around: Surroundings) {
    this.hook = hook;
    this.skb = skb;
    this.around = around;
  }

  pass(registration: Registration): void {
    switch (registration.kind) {
      case 'conntrack':
        this.track();
        return;
      case 'filter':
        this.filter(registration.entrance);
        return;
      case 'nat':
        this.nat(registration.entrances);
        return;
      case 'ipvs-in':
        this.chooseServer();
        return;
      case 'ipvs-out':
        this.answerAsServer();
        return;
      default:
        unreachable(registration);
    }
  }

  /** A packet over the loopback device was tracked when it was sent and is not looked up again. */
  private track(): void {
    if (this.skb.connection !== null) return;
    this.skb = { ...this.skb, ...track(this.around.state.connections, this.skb.packet, this.around.now) };
  }

  private filter(entrance: Entrance): void {
    const verdict = this.record(walkChain(entrance, this.skb, this.around));
    if (verdict.kind === 'drop' || verdict.kind === 'reject') this.decision = verdict;
  }

  private nat(entrances: readonly Entrance[]): void {
    const manipulation = manipulationAt(this.hook);
    const { connection, packet } = this.skb;
    if (manipulation === null || connection === null) return;
    const remembered = isConfirmed(this.around.state.connections, connection);
    if (!remembered && packet.payload.kind !== 'icmp-error' && !this.isBound(manipulation))
      this.consult(entrances, connection, manipulation);
    if (!this.isLeftToIpvs(manipulation)) this.translate(manipulation, remembered ? 'connection' : 'rule');
  }

  /** Where IPVS chose the server, it rewrites by itself: the destination on the way there, the source on the way back. */
  private isLeftToIpvs(manipulation: Manipulation): boolean {
    if (this.skb.connection?.virtual !== true) return false;
    return manipulation === (this.skb.direction === 'original' ? 'destination' : 'source');
  }

  /** A packet that comes to OUTPUT from PREROUTING, by way of IPVS, has had its destination decided (IPS_DST_NAT_DONE). */
  private isBound(manipulation: Manipulation): boolean {
    return manipulation === 'destination' && this.skb.connection?.virtual === true;
  }

  /** A new connection asks the rules, once at each hook, until one of them binds it. */
  private consult(entrances: readonly Entrance[], connection: Connection, manipulation: Manipulation): void {
    let bound = connection;
    for (const entrance of entrances) {
      bound = this.bind(connection, this.record(walkChain(entrance, this.skb, this.around)));
      if (bound !== connection) break;
    }
    const { state, chance } = this.around;
    this.skb = { ...this.skb, connection: manipulation === 'source' ? avoidClash(bound, state.connections, chance) : bound };
  }

  private bind(connection: Connection, verdict: Verdict): Connection {
    if (verdict.kind === 'dnat') return bindDestination(connection, verdict.to);
    if (verdict.kind !== 'masquerade') return connection;
    const { kernel, state, chance } = this.around;
    const address = sourceAddress(kernel, this.skb.packet.destination.ip, this.skb.output);
    if (address === null) return connection;
    const kept = verdict.keepsPort ? bindKeepingPort(connection, address, state.connections) : null;
    return kept ?? bindMasquerade(connection, address, state.connections, chance);
  }

  /** ip_vs_in: a packet to a virtual server goes to one of its real servers; from INPUT it leaves the kernel again, unless that one is here. */
  private chooseServer(): void {
    const { connection, packet, direction } = this.skb;
    if (connection === null || direction === 'reply' || packet.payload.kind === 'icmp-error') return;
    const known = connection.virtual;
    if (!known) {
      if (isConfirmed(this.around.state.connections, connection)) return;
      this.scheduled = scheduleVirtual(packet, this.around);
      if (this.scheduled === null) return;
      if (this.scheduled.real === null) {
        this.decision = { kind: 'reject', with: 'port-unreachable' };
        return;
      }
      this.skb = { ...this.skb, connection: bindVirtual(connection, this.scheduled.real.address) };
    }
    const rewritten = this.translate('destination', known ? 'connection' : 'virtual-server');
    const isHere = isLocalAddress(this.around.kernel, this.skb.packet.destination.ip);
    if (rewritten && this.hook === 'INPUT' && !isHere) this.decision = { kind: 'redirected' };
  }

  /** ip_vs_out: an answer of a real server is given the address of the virtual one. */
  private answerAsServer(): void {
    if (this.skb.connection?.virtual === true && this.skb.direction === 'reply') this.translate('source', 'connection');
  }

  private translate(manipulation: Manipulation, by: Translation['by']): boolean {
    const { connection, packet, direction } = this.skb;
    if (connection === null) return false;
    const after = rewrite(packet, connection, direction, manipulation);
    if (after === packet) return false;
    const half = (of: Packet): SocketAddress => (manipulation === 'destination' ? of.destination : of.source);
    this.translations.push({ which: manipulation, from: half(packet), to: half(after), by });
    this.skb = { ...this.skb, packet: after };
    return true;
  }

  private record(walk: ChainWalk): Verdict {
    this.reads.push(...walk.reads);
    this.noted.push(...walk.noted);
    this.rulesRead += walk.rulesRead;
    this.skb = { ...this.skb, mark: walk.mark };
    return walk.verdict;
  }
}
