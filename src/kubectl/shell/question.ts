// What the tools that speak to name servers share: one question to one server, as a request of the simulation, and what came back.

import { insideOf, type StepOf } from '../../engine/index';
import { addressAsked, errorHeard } from './heard';
import { senderOf } from './place';
import type { Conversation, Run } from './program';

export interface DnsRecordHeard {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly data: string;
}

export type Replied =
  | { readonly kind: 'answered'; readonly rcode: string; readonly records: readonly DnsRecordHeard[]; readonly server: string }
  | { readonly kind: 'refused' | 'silent'; readonly server: string }
  /** The server's own name is not known. */
  | { readonly kind: 'no-server' }
  /** No such type here. */
  | { readonly kind: 'not-simulated' };

export interface Asking {
  readonly name: string;
  readonly type: string;
  /** null: the first of resolv.conf. */
  readonly server: string | null;
}

export function ask(talk: Conversation, { name, type, server }: Asking): Replied {
  const authority = server === null ? '' : `//${server.includes(':') ? `[${server}]` : server}/`;
  const trace = talk.send({ to: `dns:${authority}${name}?type=${type}`, protocol: 'UDP' });
  if ('code' in trace) return { kind: 'not-simulated' };
  if (trace.outcome.kind === 'unresolved') return { kind: 'no-server' };
  const asked = addressAsked(trace) ?? server ?? '';
  const answered = trace.steps.findLast(
    (step): step is StepOf<'name-answered'> => step.kind === 'name-answered' && step.at.purpose === 'request',
  );
  if (trace.outcome.kind === 'delivered' && answered !== undefined)
    return { kind: 'answered', rcode: answered.rcode, records: answered.records, server: asked };
  return { kind: errorHeard(trace.steps) === null ? 'silent' : 'refused', server: asked };
}

/** The servers of resolv.conf; null alone for a machine outside, whose file is not here: it asks the first it has. */
export function serversOf(run: Run): readonly (string | null)[] {
  const inside = insideOf(run.server.loaded, senderOf(run.place));
  if (inside === null) return [null];
  return inside.nameservers.length === 0 ? ['127.0.0.1'] : inside.nameservers;
}

/** The names that a search through resolv.conf would ask, without their final dots. */
export function searched(run: Run, name: string): readonly string[] {
  const inside = insideOf(run.server.loaded, senderOf(run.place));
  return (inside?.candidates(name) ?? [name]).map(withoutDot);
}

export function withoutDot(name: string): string {
  return name.length > 1 ? name.replace(/\.$/, '') : name;
}

/** The name under which an address is looked up the other way; null for what is no address. */
export function reverseName(text: string): string | null {
  if (/^\d+(?:\.\d+){3}$/.test(text)) return `${text.split('.').reverse().join('.')}.in-addr.arpa`;
  if (!/^[0-9a-f:]*:[0-9a-f:.]*$/i.test(text)) return null;
  const [left = '', right = ''] = text.split('::');
  const [head, tail] = [left, right].map((part) => part.split(':').filter((group) => group !== ''));
  const middle = text.includes('::') ? Math.max(0, 8 - (head?.length ?? 0) - (tail?.length ?? 0)) : 0;
  const groups = [...(head ?? []), ...Array.from({ length: middle }, () => '0'), ...(tail ?? [])];
  const nibbles = groups.map((group) => group.padStart(4, '0')).join('');
  return `${[...nibbles].reverse().join('.')}.ip6.arpa`;
}
