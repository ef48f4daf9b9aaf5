// What the packet's blind says at a step: two rows with what was rewritten, or why the journey ends. Sizes follow from the characters.

import type { Step } from '../../engine/index';
import { formatSocket } from '../../engine/net/packet';
import type { StepOf } from '../../engine/trace/step';
import { monoWidth, narrowWidth } from '../../scene/text-width';
import { type Lane, laneOf } from '../../scene/way';
import type { PlanStrings } from './strings';

export interface BlindRow {
  readonly label: string;
  /** Struck out where `now` stands beside it. */
  readonly was: string | null;
  readonly now: string;
}

export type BlindText =
  | {
      readonly kind: 'packet';
      readonly lane: Lane;
      readonly rows: readonly BlindRow[];
      readonly carries: string;
      /** Where the values begin. */
      readonly indent: number;
      readonly w: number;
      readonly h: number;
    }
  | { readonly kind: 'end'; readonly title: string; readonly detail: string; readonly w: number; readonly h: number };

/** Left edge to values, where the labels are short. */
const INDENT = 46;
const WIDE_INDENT = 66;
const SIZE = 13;

export function blindText(step: Step, words: PlanStrings): BlindText | null {
  if (step.kind === 'rejected' || step.kind === 'dropped') return ending(step, words);
  if (step.kind === 'name-answered' || step.kind === 'name-settled') return answer(step, words);
  if (step.kind === 'http-routed') return routed(step, words);
  if (step.skb === null) return null;
  const { packet } = step.skb;
  const rewritten = (which: 'source' | 'destination'): string | null => {
    if (step.kind !== 'hook-passed') return null;
    const one = step.translations.find((translation) => translation.which === which);
    return one === undefined ? null : formatSocket(one.from);
  };
  const plain = packet.protocol === 'ICMP' || packet.protocol === 'IPIP';
  const rows = [
    { label: words.from, was: rewritten('source'), now: plain ? packet.source.ip : formatSocket(packet.source) },
    { label: words.to, was: rewritten('destination'), now: plain ? packet.destination.ip : formatSocket(packet.destination) },
  ];
  const carries = carried(step);
  const widths = rows.map((row) => INDENT + rowWidth(row));
  const [first = 0, second = 0] = widths;
  const w = Math.max(second, first + 18 + narrowWidth(carries, 12)) + 14;
  return { kind: 'packet', lane: laneOf(step), rows, carries, indent: INDENT, w: Math.ceil(w), h: 54 };
}

/** At the name server, and where its answer is taken: the blind opens to the name and its record. */
function answer(step: Step & { readonly kind: 'name-answered' | 'name-settled' }, words: PlanStrings): BlindText {
  const found =
    step.kind === 'name-settled' ? step.ip : (step.records.find((record) => record.type === step.type) ?? step.records[0])?.data;
  const rows = [
    { label: words.name, was: null, now: step.name.replace(/\.$/, '') },
    { label: words.answer, was: null, now: found ?? step.rcode },
  ];
  const w = Math.max(...rows.map((row) => WIDE_INDENT + rowWidth(row))) + 16;
  return { kind: 'packet', lane: laneOf(step), rows, carries: '', indent: WIDE_INDENT, w: Math.ceil(w), h: 54 };
}

/** At a proxy: what it is asked for, and whom it asks, or what it answers by itself. */
function routed(step: StepOf<'http-routed'>, words: PlanStrings): BlindText {
  const { request, decision } = step;
  const rows = [
    { label: 'HTTP', was: null, now: `${request.method} ${request.host}${request.path}` },
    { label: words.to, was: null, now: decision.kind === 'forwarded' ? formatSocket(decision.address) : String(decision.status) },
  ];
  const w = Math.max(...rows.map((row) => INDENT + rowWidth(row))) + 16;
  return { kind: 'packet', lane: laneOf(step), rows, carries: '', indent: INDENT, w: Math.ceil(w), h: 54 };
}

export function rowWidth(row: BlindRow): number {
  const now = monoWidth(row.now, SIZE);
  return row.was === null ? now : monoWidth(row.was, SIZE) + 12 + now + 32;
}

function ending(step: Step & { readonly kind: 'rejected' | 'dropped' }, words: PlanStrings): BlindText {
  const title = step.kind === 'rejected' ? words.rejected[step.reason] : words.dropped[step.reason];
  const sender = step.skb?.packet.source.ip ?? '';
  const detail = step.kind === 'rejected' ? words.sentBack(answerName(step.with), sender) : words.silence;
  const w = Math.max(narrowWidth(title, 15.4), step.kind === 'rejected' ? monoWidth(detail, 12) : narrowWidth(detail, 13)) + 32;
  return { kind: 'end', title, detail, w: Math.ceil(w), h: 54 };
}

/** As tcpdump would say it. */
function answerName(reply: string): string {
  return reply === 'tcp-reset' ? 'TCP RST' : `ICMP ${reply.replace(/^icmp-/, '').replaceAll('-', ' ')}`;
}

/** What is inside, in a word or two. */
function carried(step: Step): string {
  if (step.skb === null) return '';
  const { protocol, payload } = step.skb.packet;
  switch (payload.kind) {
    case 'segment':
      return `${protocol} ${payload.flags}`;
    case 'datagram':
      return protocol;
    case 'dns':
      return `DNS ${payload.message.question.type}`;
    case 'echo':
      return 'ICMP echo';
    case 'icmp-error':
      return 'ICMP';
    case 'tunnel':
      return `${payload.encapsulation.kind === 'vxlan' ? 'VXLAN' : 'IPIP'} → ${payload.inner.destination.ip}`;
    default:
      return payload satisfies never;
  }
}
