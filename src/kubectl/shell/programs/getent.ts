// getent as glibc has it: `hosts NAME` asks AAAA along the whole search list before it asks A; `ahosts NAME` shows what programs get.
// Names of /etc/hosts come first. Left out: other databases than hosts, and the sorting of addresses.

import { insideOf } from '../../../engine/index';
import type { Answer } from '../../answer';
import { senderOf } from '../place';
import { Conversation, lines, type Run } from '../program';
import { ask, searched, serversOf, withoutDot } from '../question';

export function getent(run: Run): Answer {
  const [database = '', ...names] = run.words;
  const talk = new Conversation(run);
  if (!['hosts', 'ahosts', 'ahostsv4', 'ahostsv6'].includes(database))
    return talk.over(1, '', `Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`);
  const told = names.map((name) => entryOf(run, talk, { database, name }));
  return talk.over(told.includes(null) ? 2 : 0, told.map((text) => text ?? '').join(''));
}

function entryOf(run: Run, talk: Conversation, { database, name }: { readonly database: string; readonly name: string }): string | null {
  const written = insideOf(run.server.loaded, senderOf(run.place))?.inHosts(name) ?? null;
  const found = written === null ? lookUp(run, talk, { name, types: TYPES[database] ?? ['A'] }) : { name, addresses: [written] };
  if (found === null) return null;
  if (database === 'hosts') return lines(...found.addresses.map((address) => `${address.padEnd(15)} ${found.name}`));
  return found.addresses
    .map((address) => lines(`${address.padEnd(15)} STREAM ${found.name}`, `${address.padEnd(15)} DGRAM  `, `${address.padEnd(15)} RAW    `))
    .join('');
}

const TYPES: Readonly<Record<string, readonly string[]>> = { hosts: ['AAAA', 'A'], ahosts: ['A'], ahostsv4: ['A'], ahostsv6: ['AAAA'] };

function lookUp(run: Run, talk: Conversation, { name, types }: { readonly name: string; readonly types: readonly string[] }) {
  const [server = null] = serversOf(run);
  for (const type of types)
    for (const candidate of searched(run, name)) {
      const reply = ask(talk, { name: candidate, type, server });
      if (reply.kind !== 'answered') return null;
      const addresses = reply.records.filter((record) => record.type === type).map(({ data }) => data);
      if (addresses.length > 0) return { name: withoutDot(candidate), addresses };
    }
  return null;
}
