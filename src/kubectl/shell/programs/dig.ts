// dig 9.18: one question as it is written, whatever resolv.conf has to search (`+search` makes it look there). It succeeds when it hears
// anything at all, NXDOMAIN included. Left out: the authority section, sizes of messages, TCP, transfers of zones.

import type { Answer } from '../../answer';
import { Conversation, lines, type Run } from '../program';
import { ask, type DnsRecordHeard, type Replied, reverseName, searched, serversOf, withoutDot } from '../question';

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly server: string | null;
  readonly flags: ReadonlySet<string>;
}

const TYPES = ['A', 'AAAA', 'CNAME', 'PTR', 'SRV', 'TXT', 'SOA', 'MX', 'NS', 'ANY'];

export function dig(run: Run): Answer {
  const talk = new Conversation(run);
  const asked = askedOf(run.words);
  if (typeof asked === 'string') return talk.over(1, '', asked);
  const server = asked.server ?? serversOf(run)[0] ?? null;
  const names = asked.flags.has('search') ? searched(run, asked.name) : [withoutDot(asked.name)];
  let reply: Replied = { kind: 'silent', server: server ?? '' };
  let name = asked.name;
  for (name of names) {
    reply = ask(talk, { name, type: asked.type, server });
    if (reply.kind !== 'answered' || (reply.rcode === 'NOERROR' && reply.records.length > 0)) break;
  }
  switch (reply.kind) {
    case 'not-simulated':
      return talk.over(1, '', `dig: questions of type ${asked.type} are not simulated\n`);
    case 'no-server':
      return talk.over(10, '', `dig: couldn't get address for '${asked.server}': not found\n`);
    case 'refused':
    case 'silent':
      return talk.over(9, unreached(run, reply));
    case 'answered':
      return talk.over(0, asked.flags.has('short') ? short(reply.records) : whole(run, { asked, name, reply }));
    default:
      return reply satisfies never;
  }
}

function askedOf(words: readonly string[]): Asked | string {
  const flags = new Set<string>();
  let [name, type, server]: [string | null, string | null, string | null] = [null, null, null];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('@')) server = word.slice(1);
    else if (word.startsWith('+')) flag(flags, word.slice(1));
    else if (word === '-x') {
      const address = rest.shift() ?? '';
      name = reverseName(address);
      type ??= 'PTR';
      if (name === null) return lines(`dig: Invalid IP address ${address}`, '');
    } else if (word === '-t') type = rest.shift()?.toUpperCase() ?? null;
    else if (word === '-q') name = rest.shift() ?? null;
    else if (word === '-p') rest.shift();
    else if (/^-[46]$/.test(word)) flags.add(word);
    else if (word.startsWith('-'))
      return lines(`Invalid option: ${word}`, 'Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}');
    else if (word.toUpperCase() === 'IN') continue;
    else if (TYPES.includes(word.toUpperCase()) && name !== null && type === null) type = word.toUpperCase();
    else if (name === null) name = word;
  }
  return name === null
    ? lines('dig: a name is missing: the root of all names is not simulated')
    : { name, type: type ?? 'A', server, flags };
}

function flag(flags: Set<string>, text: string): void {
  const name = text.replace(/=.*$/, '');
  if (name === 'noall') for (const part of ['nocmd', 'nocomments', 'noquestion', 'noanswer', 'nostats']) flags.add(part);
  else if (name.startsWith('no')) flags.add(name);
  else flags.delete(`no${name}`);
  if (!name.startsWith('no')) flags.add(name);
}

function short(records: readonly DnsRecordHeard[]): string {
  return lines(...records.map(({ type, data }) => (type === 'TXT' ? `"${data}"` : data)));
}

interface Dug {
  readonly asked: Asked;
  readonly name: string;
  readonly reply: Extract<Replied, { kind: 'answered' }>;
}

function whole(run: Run, { asked, name, reply }: Dug): string {
  const { flags, type } = asked;
  const { records, rcode, server } = reply;
  const owner = `${withoutDot(name)}.`;
  const parts: string[] = [];
  if (!flags.has('nocmd')) parts.push(head(run));
  if (!flags.has('nocomments'))
    parts.push(header(run, { rcode, answers: records.length, isInside: records.every(isOfCluster) && isOfCluster({ name: owner }) }));
  if (!flags.has('noquestion'))
    parts.push(lines(...(flags.has('nocomments') ? [] : [';; QUESTION SECTION:']), `;${owner}\t\tIN\t${type}`, ''));
  if (!flags.has('noanswer') && records.length > 0) {
    const told = records.map(({ name: of, ttl, type: kind, data }) => `${of}\t${ttl}\tIN\t${kind}\t${kind === 'TXT' ? `"${data}"` : data}`);
    parts.push(lines(...(flags.has('nocomments') ? [] : [';; ANSWER SECTION:']), ...told, ...(flags.has('nocomments') ? [] : [''])));
  }
  if (!flags.has('nostats'))
    parts.push(lines(';; Query time: 0 msec', `;; SERVER: ${server}#53(${server}) (UDP)`, `;; WHEN: ${when(run)}`, ''));
  return parts.join('');
}

function head(run: Run): string {
  return lines('', `; <<>> DiG 9.18.33 <<>> ${run.words.join(' ')}`, ';; global options: +cmd');
}

/** CoreDNS answers of its own zones with authority, of all else from what it was told. */
function isOfCluster({ name }: Pick<DnsRecordHeard, 'name'>): boolean {
  return /\.(?:local|arpa)\.$/.test(name);
}

function header(
  run: Run,
  { rcode, answers, isInside }: { readonly rcode: string; readonly answers: number; readonly isInside: boolean },
): string {
  const id = (run.server.sentSoFar * 7919 + 20707) % 65536;
  return lines(
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${rcode}, id: ${id}`,
    `;; flags: qr${isInside ? ' aa' : ''} rd${isInside ? '' : ' ra'}; QUERY: 1, ANSWER: ${answers}, AUTHORITY: 0, ADDITIONAL: 0`,
    ...(isInside ? [';; WARNING: recursion requested but not available'] : []),
    '',
  );
}

/** `Mon Jan 05 09:00:00 UTC 2026`. */
function when({ server }: Run): string {
  const [day = '', date, month, year, time] = new Date(server.now).toUTCString().split(' ');
  return `${day.replace(',', '')} ${month} ${date} ${time} UTC ${year}`;
}

function unreached(run: Run, { kind, server }: Extract<Replied, { kind: 'refused' | 'silent' }>): string {
  const line = `;; communications error to ${server}#53: ${kind === 'refused' ? 'connection refused' : 'timed out'}`;
  return lines(line, line, line) + head(run) + lines(';; no servers could be reached', '');
}
