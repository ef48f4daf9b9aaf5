// What there is to say of a step in which a name is looked up: a question, an answer, the resolver's next move.

import type { DnsMessage, Rcode } from '../net/dns';
import { unreachable } from '../net/unreachable';
import type { Step, StepOf } from '../trace/step';
import { type Address, type Around, addressOf, bareAddress, earlierInExchange, labelOf, objectBehind, ownerLabel, spotOf } from './around';

export type NameFact =
  | {
      readonly code: 'search-along-list';
      readonly by: string;
      readonly name: string;
      readonly dots: number;
      readonly ndots: number;
      readonly first: string;
      readonly count: number;
    }
  /** musl does not go on with the search list. */
  | { readonly code: 'search-name-only'; readonly by: string; readonly name: string; readonly dots: number; readonly ndots: number }
  | { readonly code: 'search-name-first'; readonly by: string; readonly name: string; readonly dots: number; readonly ndots: number }
  | { readonly code: 'search-absolute' | 'search-no-list' | 'search-no-server'; readonly by: string; readonly name: string }
  | {
      readonly code: 'name-in-hosts';
      readonly by: string;
      readonly name: string;
      readonly address: Address;
      /** Whether a hostAlias of the Pod wrote the line. */
      readonly alias: boolean;
    }
  | { readonly code: 'ask-first'; readonly by: string; readonly name: string; readonly type: string; readonly server: Address }
  | {
      readonly code: 'ask-next' | 'ask-next-empty' | 'ask-next-failed' | 'ask-as-written';
      readonly by: string;
      readonly name: string;
      readonly before: string;
    }
  | { readonly code: 'ask-other-type'; readonly by: string; readonly name: string; readonly type: string }
  | {
      readonly code: 'ask-again-unheard' | 'ask-again-failed' | 'ask-again-refused';
      readonly by: string;
      readonly name: string;
      readonly server: Address;
    }
  | { readonly code: 'question-arrives'; readonly by: string; readonly name: string; readonly port: number; readonly source: Address }
  /** Out of its cache: what it has answered a while ago. */
  | {
      readonly code: 'answer-remembered';
      readonly by: string;
      readonly name: string;
      readonly age: number;
      readonly rcode: Rcode;
      readonly addresses: readonly string[];
    }
  | {
      readonly code: 'answer-addresses';
      readonly by: string;
      readonly name: string;
      readonly addresses: readonly string[];
      readonly ttl: number;
      readonly object: { readonly kind: string; readonly label: string } | null;
    }
  | {
      readonly code: 'answer-alias';
      readonly by: string;
      readonly name: string;
      readonly target: string;
      readonly addresses: readonly string[];
    }
  | { readonly code: 'answer-other-records'; readonly by: string; readonly name: string; readonly type: string; readonly count: number }
  | { readonly code: 'answer-no-record'; readonly by: string; readonly name: string; readonly type: string }
  | { readonly code: 'answer-no-such-name' | 'answer-failure' | 'answer-refused'; readonly by: string; readonly name: string }
  | { readonly code: 'answer-leaves' | 'answer-leaves-empty' | 'answer-not-dns'; readonly by: string; readonly client: Address }
  | {
      readonly code: 'answer-heard' | 'answer-heard-empty' | 'answer-heard-failed' | 'answer-heard-refused';
      readonly by: string;
      readonly name: string;
      readonly server: Address;
    }
  | { readonly code: 'name-found'; readonly by: string; readonly name: string; readonly address: Address; readonly lookups: number }
  | {
      readonly code: 'name-unknown' | 'name-without-address' | 'name-failed';
      readonly by: string;
      readonly name: string;
      readonly lookups: number;
    };

/** A name without its closing dot, as people write it. */
export function shown(name: string): string {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
}

export function searchFact(step: StepOf<'search-planned'>, around: Around): NameFact {
  const { name, resolv, candidates } = step;
  const by = spotOf(around, step.at.netns).label;
  if (resolv.nameservers.length === 0) return { code: 'search-no-server', by, name };
  if (name.endsWith('.')) return { code: 'search-absolute', by, name };
  if (resolv.search.length === 0) return { code: 'search-no-list', by, name };
  const dots = name.split('.').length - 1;
  const ndots = ndotsOf(resolv.options);
  const first = shown(candidates[0] ?? name);
  if (first === name) return { code: step.libc === 'musl' ? 'search-name-only' : 'search-name-first', by, name, dots, ndots };
  return { code: 'search-along-list', by, name, dots, ndots, first, count: candidates.length };
}

/** A line of the Pod's hostAliases has a field behind it; the kubelet's own lines have none, or the Pod's name. */
export function hostsFact({ name, entry, at }: StepOf<'name-in-hosts'>, around: Around): NameFact {
  return {
    code: 'name-in-hosts',
    by: spotOf(around, at.netns).label,
    name,
    address: bareAddress(around, entry.ip),
    alias: entry.provenance.includes('hostAliases'),
  };
}

/** resolv.conf(5): one dot is enough where the option is not set. */
function ndotsOf(options: readonly string[]): number {
  const written = options.findLast((option) => option.startsWith('ndots:'));
  return written === undefined ? 1 : Number.parseInt(written.slice('ndots:'.length), 10) || 0;
}

/** A packet that carries a question or an answer; null for one that carries neither. */
export function dnsPacketFact(step: StepOf<'sent' | 'delivered' | 'received'>, around: Around): NameFact | null {
  if (step.skb === null || !isAboutName(step, around)) return null;
  const { packet } = step.skb;
  const message = packet.payload.kind === 'dns' ? packet.payload.message : null;
  switch (step.kind) {
    case 'sent':
      if (step.at.direction === 'original') return message === null ? null : questionFact(step, message, around);
      return packet.payload.kind === 'icmp-error'
        ? null
        : leavingAnswer(message, { by: ownerLabel(around, step.by), client: addressOf(around, packet.destination) });
    case 'delivered':
      return message === null
        ? null
        : {
            code: 'question-arrives',
            by: ownerLabel(around, step.socket?.owner ?? step.at.netns),
            name: shown(message.question.name),
            port: packet.destination.port,
            source: addressOf(around, packet.source),
          };
    case 'received':
      return heardAnswer(message, {
        by: ownerLabel(around, step.by),
        name: askedName(around),
        server: addressOf(around, packet.source),
        refused: packet.payload.kind === 'icmp-error',
      });
    default:
      return unreachable(step);
  }
}

/** Whether the packet belongs to a question for a name server: one of the resolver, or one that is the whole request. */
function isAboutName(step: Step, around: Around): boolean {
  return step.at.purpose === 'dns' || questionOf(step) !== null || earlierInExchange(around).some(isQuestion);
}

function leavingAnswer(message: DnsMessage | null, told: { readonly by: string; readonly client: Address }): NameFact {
  if (message?.kind !== 'response') return { code: 'answer-not-dns', ...told };
  return { code: message.answers.length === 0 ? 'answer-leaves-empty' : 'answer-leaves', ...told };
}

function heardAnswer(
  message: DnsMessage | null,
  { refused, ...told }: { readonly by: string; readonly name: string; readonly server: Address; readonly refused: boolean },
): NameFact {
  if (refused) return { code: 'answer-heard-refused', ...told };
  if (message?.kind !== 'response' || (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN'))
    return { code: 'answer-heard-failed', ...told };
  return { code: message.answers.length === 0 ? 'answer-heard-empty' : 'answer-heard', ...told };
}

function askedName(around: Around): string {
  const question = earlierInExchange(around).find(isQuestion);
  return question === undefined ? '' : shown(questionOf(question)?.name ?? '');
}

function isQuestion(step: Step): boolean {
  return step.kind === 'sent' && step.at.direction === 'original' && questionOf(step) !== null;
}

function questionOf(step: Step) {
  const payload = step.skb?.packet.payload;
  return payload?.kind === 'dns' ? payload.message.question : null;
}

// Why this question is asked now: what became of the one before.

function questionFact(step: StepOf<'sent'>, { question }: DnsMessage, around: Around): NameFact {
  const name = shown(question.name);
  const told = { by: ownerLabel(around, step.by), name };
  const server = step.skb === null ? bareAddress(around, '') : addressOf(around, step.skb.packet.destination);
  const before = around.trace.steps.slice(0, around.index).filter(isQuestion);
  const last = before.at(-1);
  const asked = last === undefined ? null : questionOf(last);
  if (last === undefined || asked === null) return { code: 'ask-first', ...told, type: question.type, server };
  const isRepeated = before.some((one) => questionOf(one)?.name === question.name && questionOf(one)?.type === question.type);
  if (isRepeated) return { code: repeatCode(hearing(around, last)), ...told, server };
  if (asked.name === question.name) return { code: 'ask-other-type', ...told, type: question.type };
  return { code: nextCode(hearing(around, last), isLastAsWritten(around, question.name)), ...told, before: shown(asked.name) };
}

function repeatCode(heard: Heard): 'ask-again-unheard' | 'ask-again-failed' | 'ask-again-refused' {
  if (heard === 'silence') return 'ask-again-unheard';
  return heard === 'refused' ? 'ask-again-refused' : 'ask-again-failed';
}

type Heard = 'NXDOMAIN' | 'empty' | 'failed' | 'refused' | 'silence';

/** What the client heard to that question. */
function hearing({ trace }: Around, question: Step): Heard {
  const answer = trace.steps.find(
    (step) => step.kind === 'received' && step.at.exchange === question.at.exchange && step.at.purpose === 'dns',
  );
  const payload = answer?.skb?.packet.payload;
  if (payload === undefined) return 'silence';
  if (payload.kind === 'icmp-error') return 'refused';
  if (payload.kind !== 'dns' || payload.message.kind !== 'response') return 'failed';
  const { rcode } = payload.message;
  return rcode === 'NXDOMAIN' ? 'NXDOMAIN' : rcode === 'NOERROR' ? 'empty' : 'failed';
}

function nextCode(heard: Heard, asWritten: boolean): 'ask-next' | 'ask-next-empty' | 'ask-next-failed' | 'ask-as-written' {
  if (heard === 'empty') return 'ask-next-empty';
  if (heard !== 'NXDOMAIN') return 'ask-next-failed';
  return asWritten ? 'ask-as-written' : 'ask-next';
}

function isLastAsWritten({ trace }: Around, name: string): boolean {
  const plan = trace.steps.find((step) => step.kind === 'search-planned');
  return plan?.kind === 'search-planned' && plan.candidates.at(-1) === name && shown(name) === plan.name;
}

export function answeredFact(step: StepOf<'name-answered'>, around: Around): NameFact {
  const by = spotOf(around, step.at.netns).label;
  const name = shown(step.name);
  if (step.age !== null) {
    const addresses = step.records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data);
    return { code: 'answer-remembered', by, name, age: step.age, rcode: step.rcode, addresses };
  }
  switch (step.rcode) {
    case 'NXDOMAIN':
      return { code: 'answer-no-such-name', by, name };
    case 'SERVFAIL':
      return { code: 'answer-failure', by, name };
    case 'REFUSED':
      return { code: 'answer-refused', by, name };
    case 'NOERROR':
      return recordsFact(step, around, { by, name });
    default:
      return unreachable(step.rcode);
  }
}

function recordsFact(
  step: StepOf<'name-answered'>,
  around: Around,
  { by, name }: { readonly by: string; readonly name: string },
): NameFact {
  const { records, type } = step;
  const alias = records.find((record) => record.type === 'CNAME');
  const addresses = records.filter((record) => record.type === 'A' || record.type === 'AAAA');
  const data = addresses.map((record) => record.data);
  const [first] = addresses;
  if (alias !== undefined) return { code: 'answer-alias', by, name, target: shown(alias.data), addresses: data };
  if (first !== undefined) {
    const ref = objectBehind(first.provenance);
    const object = ref === null ? null : { kind: ref.kind, label: labelOf(around, ref) };
    return { code: 'answer-addresses', by, name, addresses: data, ttl: first.ttl, object };
  }
  if (records.length > 0) return { code: 'answer-other-records', by, name, type, count: records.length };
  return { code: 'answer-no-record', by, name, type };
}

export function settledFact(step: StepOf<'name-settled'>, around: Around): NameFact {
  const by = spotOf(around, step.at.netns).label;
  const told = { by, name: shown(step.name), lookups: step.lookups.length };
  if (step.ip !== null) return { code: 'name-found', ...told, address: bareAddress(around, step.ip) };
  if (step.rcode === 'NXDOMAIN') return { code: 'name-unknown', ...told };
  return { code: step.rcode === 'NOERROR' ? 'name-without-address' : 'name-failed', ...told };
}
