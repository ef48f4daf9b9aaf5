// The resolvers outside of the cluster, seen from inside: one table of all that they know, or nobody who answers.
// They follow CNAMEs on their own. Left out: which of them is asked, time, recursion from the root.

import type { DnsQuestion, Rcode } from '../net/dns';
import type { ZoneRecord } from '../net/zone';

/** Answers from the table; null stands for resolvers that cannot be reached. */
export function answerOutside(
  table: readonly ZoneRecord[] | null,
  question: DnsQuestion,
): { readonly rcode: Rcode; readonly answers: readonly ZoneRecord[] } {
  if (table === null) return { rcode: 'SERVFAIL', answers: [] };
  const answers: ZoneRecord[] = [];
  const seen = new Set<string>();
  let name = question.name;
  for (;;) {
    const key = name.toLowerCase();
    if (seen.has(key)) return { rcode: 'SERVFAIL', answers: [] };
    seen.add(key);
    const owned = recordsOf(table, key);
    const alias = owned.find(({ type }) => type === 'CNAME');
    const wanted = alias === undefined || question.type === 'CNAME' ? owned.filter(({ type }) => type === question.type) : [alias];
    for (const record of wanted) answers.push({ ...record, name });
    if (alias === undefined || question.type === 'CNAME')
      return { rcode: owned.length > 0 || exists(table, key) ? 'NOERROR' : 'NXDOMAIN', answers };
    name = alias.data;
  }
}

/** Records of this very name; of a name that does not exist those of the nearest wildcard above it (RFC 4592). */
function recordsOf(table: readonly ZoneRecord[], key: string): readonly ZoneRecord[] {
  if (exists(table, key)) return table.filter((record) => record.name.toLowerCase() === key);
  const above = table.filter(({ name }) => name.startsWith('*.') && key.endsWith(name.slice(1).toLowerCase()));
  const longest = Math.max(0, ...above.map(({ name }) => name.length));
  return above.filter(({ name }) => name.length === longest);
}

/** A name that only has deeper names below it exists too (RFC 8020). */
function exists(table: readonly ZoneRecord[], key: string): boolean {
  return table.some(({ name }) => name.toLowerCase() === key || name.toLowerCase().endsWith(`.${key}`));
}
