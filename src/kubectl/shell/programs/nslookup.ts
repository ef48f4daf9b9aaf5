// nslookup in its three makes: BusyBox since 1.29, which asks by itself and searches only for names without a dot; BusyBox 1.28, which asks
// the C library; BIND, which searches, and asks for AAAA only where there is an A. Left out: the interactive mode, other options than the type.

import type { Answer } from '../../answer';
import { toolboxOf } from '../images';
import { Conversation, lines, type Run } from '../program';
import { ask, type DnsRecordHeard, type Replied, reverseName, searched, serversOf, withoutDot } from '../question';

interface Asked {
  readonly name: string;
  readonly type: string | null;
  readonly server: string | null;
}

export function nslookup(run: Run): Answer {
  const asked = askedOf(run.words);
  const make = run.place.kind === 'container' ? toolboxOf(run.place.image).make : 'gnu';
  if (asked === null) return { status: 1, out: '', err: 'Usage: nslookup [-type=QUERY_TYPE] HOST [DNS_SERVER]\n' };
  if (make === 'busybox-1.28') return oldBusybox(run, asked);
  return make === 'busybox' ? busybox(run, asked) : bind(run, asked);
}

function askedOf(words: readonly string[]): Asked | null {
  const option = words.findLast((word) => /^-(?:type|query|querytype|q|ty)=/i.test(word));
  const [name, server] = words.filter((word) => !word.startsWith('-'));
  return name === undefined ? null : { name, type: option?.split('=')[1]?.toUpperCase() ?? null, server: server ?? null };
}

// BusyBox since 1.29: all questions go to the first server that says anything; each answer is printed as it comes.

function busybox(run: Run, asked: Asked): Answer {
  const talk = new Conversation(run);
  const questions = busyboxQuestions(run, asked);
  const servers = asked.server === null ? serversOf(run) : [asked.server];
  let out = '';
  for (const server of servers) {
    const replies = questions.map((question) => ask(talk, { ...question, server }));
    const first = replies.find(isAnswer);
    if (replies.some(({ kind }) => kind === 'not-simulated')) return talk.over(1, '', `nslookup: invalid query type "${asked.type}"\n`);
    if (replies.some(({ kind }) => kind === 'no-server')) return talk.over(1, '', `nslookup: bad address '${asked.server}'\n`);
    if (first !== undefined) {
      const head = lines(`Server:\t\t${asked.server ?? first.server}`, `Address:\t${socketOf(first.server)}`, '');
      const body = replies.map((reply, index) => `${busyboxReply(reply, questions[index]?.name ?? '')}\n`).join('');
      const isWell = replies.every((reply) => isAnswer(reply) && reply.rcode === 'NOERROR');
      return talk.over(isWell ? 0 : 1, out + head + body);
    }
    const refusing = replies.find(({ kind }) => kind === 'refused');
    if (refusing !== undefined && 'server' in refusing) out += `nslookup: write to '${refusing.server}': Connection refused\n`;
  }
  return talk.over(1, `${out};; connection timed out; no servers could be reached\n\n`);
}

function busyboxQuestions(run: Run, { name, type }: Asked): readonly { readonly name: string; readonly type: string }[] {
  const reverse = reverseName(name);
  if (type === null && reverse !== null) return [{ name: reverse, type: 'PTR' }];
  const written = withoutDot(name);
  // A name with a dot is asked as it is; one without, in every search domain, and never as it is.
  const below = searched(run, name).filter((candidate) => candidate !== written);
  const names = name.includes('.') || below.length === 0 ? [written] : below;
  return (type === null ? ['A', 'AAAA'] : [type]).flatMap((each) => names.map((one) => ({ name: one, type: each })));
}

function isAnswer(reply: Replied): reply is Extract<Replied, { kind: 'answered' }> {
  return reply.kind === 'answered';
}

function busyboxReply(reply: Replied, name: string): string {
  if (!isAnswer(reply)) return `*** Can't find ${name}: No answer\n`;
  if (reply.rcode !== 'NOERROR') return `** server can't find ${name}: ${reply.rcode}\n`;
  return reply.records.map((record) => lines(...recordLines(record))).join('');
}

/** A record as both newer makes print it. */
function recordLines({ name, type, data }: DnsRecordHeard): readonly string[] {
  const owner = withoutDot(name);
  switch (type) {
    case 'A':
    case 'AAAA':
      return [`Name:\t${owner}`, `Address: ${data}`];
    case 'CNAME':
      return [`${owner}\tcanonical name = ${withoutDot(data)}`];
    case 'PTR':
      return [`${owner}\tname = ${withoutDot(data)}`];
    case 'SRV':
      return [`${owner}\tservice = ${withoutDot(data)}`];
    case 'TXT':
      return [`${owner}\ttext = "${data}"`];
    default:
      return [`${owner}\t${type} ${data}`];
  }
}

function socketOf(address: string): string {
  return address.includes(':') ? `[${address}]:53` : `${address}:53`;
}

// BusyBox 1.28: the C library is asked for the name, and for the names of every address that is printed.

function oldBusybox(run: Run, { name, server }: Asked): Answer {
  const talk = new Conversation(run);
  const first = server ?? serversOf(run)[0] ?? null;
  const reached = lookUp(talk, run, { name, server: first });
  const head = `Server:    ${first ?? ''}\nAddress 1: ${first ?? ''}${nameBehind(talk, first, first)}\n\n`;
  if (reached === null) return talk.over(1, head, `nslookup: can't resolve '${name}'\n`);
  const addresses = reached.map((address, index) => `Address ${index + 1}: ${address}${nameBehind(talk, first, address)}`);
  return talk.over(0, head + lines(`Name:      ${name}`, ...addresses));
}

function lookUp(talk: Conversation, run: Run, { name, server }: Pick<Asked, 'name' | 'server'>): readonly string[] | null {
  for (const candidate of searched(run, name)) {
    const reply = ask(talk, { name: candidate, type: 'A', server });
    if (!isAnswer(reply)) return null;
    const found = reply.records.filter(({ type }) => type === 'A').map(({ data }) => data);
    if (found.length > 0) return found;
  }
  return null;
}

function nameBehind(talk: Conversation, server: string | null, address: string | null): string {
  const reverse = reverseName(address ?? '');
  const reply = reverse === null ? null : ask(talk, { name: reverse, type: 'PTR', server });
  const name = reply !== null && isAnswer(reply) ? reply.records.find(({ type }) => type === 'PTR')?.data : undefined;
  return name === undefined ? '' : ` ${withoutDot(name)}`;
}

// BIND: A along the search list until one is there, then AAAA for that name.

function bind(run: Run, asked: Asked): Answer {
  const talk = new Conversation(run);
  const server = asked.server ?? serversOf(run)[0] ?? null;
  const reverse = asked.type === null ? reverseName(asked.name) : null;
  const type = reverse === null ? (asked.type ?? 'A') : 'PTR';
  const names = reverse === null ? searched(run, asked.name) : [reverse];
  let last: Replied = { kind: 'silent', server: server ?? '' };
  let found = names.at(-1) ?? asked.name;
  for (const name of names) {
    last = ask(talk, { name, type, server });
    found = name;
    if (!isAnswer(last) || last.rcode === 'NOERROR') break;
  }
  if (last.kind === 'not-simulated') return talk.over(1, '', `unknown query type: ${type}\n`);
  if (last.kind === 'no-server') return talk.over(1, '', `nslookup: couldn't get address for '${asked.server}': not found\n`);
  if (!isAnswer(last)) return talk.over(1, unreached(last));
  const head = reverse === null ? lines(`Server:\t\t${asked.server ?? last.server}`, `Address:\t${last.server}#53`, '') : '';
  if (last.rcode !== 'NOERROR') return talk.over(1, `${head}** server can't find ${withoutDot(reverse ?? asked.name)}: ${last.rcode}\n\n`);
  const six = asked.type === null && reverse === null ? ask(talk, { name: found, type: 'AAAA', server }) : null;
  const records = [...last.records, ...(six !== null && isAnswer(six) ? six.records.filter(({ type: of }) => of === 'AAAA') : [])];
  if (records.length === 0) return talk.over(0, `${head}*** Can't find ${asked.name}: No answer\n\n`);
  return talk.over(0, `${head}${records.map((record) => lines(...bindLines(record))).join('')}\n`);
}

function bindLines(record: DnsRecordHeard): readonly string[] {
  const dotted = ['CNAME', 'PTR', 'SRV'].includes(record.type);
  return recordLines(record).map((line) => (dotted && !line.endsWith('.') ? `${line}.` : line));
}

/** Three tries, then it gives up. */
function unreached({ kind, server }: Extract<Replied, { server: string }>): string {
  const why = kind === 'refused' ? 'connection refused' : 'timed out';
  const line = `;; communications error to ${server}#53: ${why}`;
  return lines(line, line, line, ';; no servers could be reached', '');
}
