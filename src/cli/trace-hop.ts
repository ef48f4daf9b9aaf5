// A hop as the command prints it: the packet's stay in one namespace, in one direction, with what decided there.

import { type Evidence, formatSocket, type Hop, type Language, type Step, type ToldStep, type ToldTrace } from '../engine/index';

export interface PrintedHop {
  readonly n: number;
  readonly leg: 'dns' | 'request' | 'reply';
  readonly stage: Stage;
  readonly at: { readonly kind: 'pod' | 'node' | 'external' | 'load-balancer'; readonly name: string };
  readonly interface: { readonly in: string | null; readonly out: string | null };
  readonly before: PrintedPacket;
  readonly after: PrintedPacket;
  readonly evidence: readonly { readonly kind: Evidence['kind']; readonly text: string; readonly matched: boolean }[];
  readonly explain: string;
}

type Stage = 'sent' | 'forwarded' | 'delivered' | 'dropped' | 'rejected';

interface PrintedPacket {
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  /** Set on a wrapped packet: the addresses above are those of the packet within. */
  readonly encapsulation?: { readonly kind: 'vxlan' | 'ipip'; readonly source: string; readonly destination: string };
}

type Skb = NonNullable<Step['skb']>;

export function printHop({ trace, hops, steps }: ToldTrace, hop: Hop, language: Language): PrintedHop {
  const own = trace.steps.slice(hop.first, hop.last + 1);
  const skbs = own.flatMap(({ skb }) => skb ?? []);
  const [first, last] = [skbs[0], skbs.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a hop without a packet');
  const stage = stageOf(own);
  const from = firstTold(trace.steps, hop);
  const told = steps.slice(from, hop.last + 1);
  const { purpose, direction, netns } = hop.at;
  return {
    n: hops.indexOf(hop) + 1,
    leg: purpose === 'dns' ? 'dns' : direction === 'original' ? 'request' : 'reply',
    stage,
    at: balancerOf(own) ?? placeOf(netns),
    interface: { in: first.input, out: stage === 'sent' || stage === 'forwarded' ? last.output : null },
    before: packetOf(first),
    after: packetOf(last),
    evidence: told.flatMap((step) => step.evidence.flatMap(evidenceOf)),
    explain: explain(trace.steps.slice(from, hop.last + 1), told, language),
  };
}

/** What a program does in the same place just before its packet leaves belongs to the hop: the name server's look into its zones. */
function firstTold(steps: readonly Step[], { at, first }: Hop): number {
  let index = first;
  for (; index > 0; index -= 1) {
    const before = steps[index - 1];
    if (
      before === undefined ||
      before.skb !== null ||
      before.at.netns !== at.netns ||
      before.at.exchange !== at.exchange ||
      before.at.direction !== at.direction
    )
      break;
  }
  return index;
}

function stageOf(steps: readonly Step[]): Stage {
  const kinds = steps.map(({ kind }) => kind);
  if (kinds.includes('rejected')) return 'rejected';
  if (kinds.includes('dropped')) return 'dropped';
  if (kinds.includes('delivered') || kinds.includes('received')) return 'delivered';
  return kinds.includes('sent') ? 'sent' : 'forwarded';
}

/** `pod/production/frontend`; a router lies outside of the cluster. */
function placeOf(netns: string): PrintedHop['at'] {
  const slash = netns.indexOf('/');
  const kind = netns.slice(0, slash);
  return { kind: kind === 'pod' || kind === 'node' ? kind : 'external', name: netns.slice(slash + 1) };
}

/** The load balancer's address, where a router chose one of its nodes: the only routes of a router that an object caused. */
function balancerOf(steps: readonly Step[]): PrintedHop['at'] | null {
  const chosen = steps.find((step) => step.kind === 'route-chosen' && step.at.netns.startsWith('router/') && step.route.provenance !== '');
  return chosen?.skb == null ? null : { kind: 'load-balancer', name: chosen.skb.packet.destination.ip };
}

function packetOf({ packet }: Skb): PrintedPacket {
  if (packet.payload.kind !== 'tunnel') return endsOf(packet);
  const { encapsulation, inner } = packet.payload;
  const { source, destination } = encapsulation.kind === 'vxlan' ? endsOf(packet) : bareEnds(packet);
  return { ...endsOf(inner), encapsulation: { kind: encapsulation.kind, source, destination } };
}

/** ICMP has no ports: 0 stands in their place. */
function endsOf({ protocol, source, destination }: Skb['packet']): Omit<PrintedPacket, 'encapsulation'> {
  const text = (address: typeof source): string => formatSocket(protocol === 'ICMP' ? { ...address, port: 0 } : address);
  return { protocol, source: text(source), destination: text(destination) };
}

function bareEnds({ source, destination }: Skb['packet']): Pick<PrintedPacket, 'source' | 'destination'> {
  return { source: source.ip, destination: destination.ip };
}

/** What was not read decided nothing; resolv.conf belongs to a program, not to the packet's way. */
function evidenceOf({ kind, text, matched }: Evidence): PrintedHop['evidence'] {
  return kind === 'resolv-conf' || matched === null ? [] : [{ kind, text, matched }];
}

/** Steps that tell most come first. */
const WEIGHT: Readonly<Record<Step['kind'], number>> = {
  rejected: 9,
  dropped: 9,
  'name-answered': 7,
  delivered: 6,
  received: 6,
  sent: 5,
  'hook-passed': 1,
  'route-chosen': 4,
  encapsulated: 5,
  decapsulated: 5,
  bridged: 4,
  'device-left': 0,
  'device-entered': 0,
  'search-planned': 0,
  'name-in-hosts': 5,
  'name-settled': 0,
  'application-answered': 0,
  'http-routed': 7,
  'proxy-answered': 0,
  concluded: 0,
};

function weight(step: Step): number {
  return step.kind === 'hook-passed' && step.translations.length > 0 ? 8 : WEIGHT[step.kind];
}

/** The two most telling sentences of the hop. */
function explain(steps: readonly Step[], told: readonly ToldStep[], language: Language): string {
  const ranked = steps.map((step, index) => ({ index, weight: weight(step) })).sort((a, b) => b.weight - a.weight || a.index - b.index);
  const texts = ranked
    .slice(0, 2)
    .flatMap(({ index, weight: own }) => (own === 0 && index !== ranked[0]?.index ? [] : sentences(told[index]?.sentence[language] ?? '')));
  return texts.slice(0, 2).join(' ');
}

function sentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?]) /);
}
