// host 9.18: A, AAAA and MX of a name that is searched through resolv.conf, or one type (`-t`). Left out: all other options.

import type { Answer } from '../../answer';
import { Conversation, lines, type Run } from '../program';
import { ask, type DnsRecordHeard, type Replied, reverseName, searched, serversOf, withoutDot } from '../question';

export function host(run: Run): Answer {
  const talk = new Conversation(run);
  const at = run.words.indexOf('-t');
  const type = at < 0 ? null : (run.words[at + 1]?.toUpperCase() ?? 'A');
  const plain = run.words.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1));
  const [name, server = serversOf(run)[0] ?? null] = plain;
  if (name === undefined) return talk.over(1, '', 'Usage: host [-t type] {name} [server]\n');
  const reverse = reverseName(name);
  const types = reverse !== null ? ['PTR'] : type === null ? ['A', 'AAAA', 'MX'] : [type];
  const [first = 'A'] = types;
  let reply: Replied = { kind: 'silent', server: '' };
  let found = name;
  for (found of reverse === null ? searched(run, name) : [reverse]) {
    reply = ask(talk, { name: found, type: first, server });
    if (reply.kind !== 'answered' || reply.rcode === 'NOERROR') break;
  }
  if (reply.kind === 'not-simulated') return talk.over(1, '', `host: invalid type: ${type}\n`);
  if (reply.kind === 'no-server') return talk.over(1, '', `host: couldn't get address for '${plain[1]}': not found\n`);
  if (reply.kind !== 'answered') return talk.over(1, unreached(reply));
  const head =
    plain[1] === undefined ? '' : lines('Using domain server:', `Name: ${server}`, `Address: ${reply.server}#53`, 'Aliases: ', '');
  if (reply.rcode !== 'NOERROR')
    return talk.over(1, `${head}Host ${reverse === null ? name : `${reverse}.`} not found: ${CODES[reply.rcode] ?? reply.rcode}\n`);
  const more = types.slice(1).map((each) => ask(talk, { name: found, type: each, server }));
  const records = [reply, ...more].flatMap((each) => (each.kind === 'answered' ? each.records : []));
  const once = records.filter((record, index) => records.findIndex((other) => recordLine(other) === recordLine(record)) === index);
  if (once.length === 0) return talk.over(0, `${head}${withoutDot(found)} has no ${first} record\n`);
  return talk.over(0, head + lines(...once.map(recordLine)));
}

const CODES: Readonly<Record<string, string>> = { NXDOMAIN: '3(NXDOMAIN)', SERVFAIL: '2(SERVFAIL)', REFUSED: '5(REFUSED)' };

function recordLine({ name, type, data }: DnsRecordHeard): string {
  const owner = withoutDot(name);
  switch (type) {
    case 'A':
      return `${owner} has address ${data}`;
    case 'AAAA':
      return `${owner} has IPv6 address ${data}`;
    case 'CNAME':
      return `${owner} is an alias for ${data}`;
    case 'PTR':
      return `${owner} domain name pointer ${data}`;
    case 'TXT':
      return `${owner} descriptive text "${data}"`;
    default:
      return `${owner} has ${type} record ${data}`;
  }
}

function unreached({ kind, server }: Extract<Replied, { kind: 'refused' | 'silent' }>): string {
  const line = `;; communications error to ${server}#53: ${kind === 'refused' ? 'connection refused' : 'timed out'}`;
  return lines(line, line, ';; no servers could be reached');
}
