// getaddrinfo of glibc 2.36 over one search plan (res_query.c __res_context_search, res_send.c, nss_dns):
//   servers in order, all of them `attempts` times, until one gives a usable answer; then the next name of the search list.
// A pair of A and AAAA fails only where both fail. Left out: the second try with single-request after half a pair got lost.

import type { DnsRecord } from '../net/dns';
import { parseIp } from '../net/ip';
import type { Query, QueryResponse, Resolution, Resolving, SearchPlan } from './query';

/** How one name ended: the h_errno of glibc, and errno where the search looks at it. */
type Verdict =
  | 'found'
  | 'no-data'
  | 'no-name'
  | 'server-failure'
  /** Silence, or REFUSED from all: the rest of the search list is skipped. */
  | 'no-answer'
  /** Nothing but closed ports (ECONNREFUSED): the search ends at once. */
  | 'no-server';

interface Round {
  readonly verdict: Verdict;
  readonly query: Query;
  readonly responses: readonly QueryResponse[];
}

/** The resolver of glibc. */
export function* resolveAsGlibc(plan: SearchPlan): Resolving {
  const rounds: Round[] = [];
  let skipping = false;
  for (const name of plan.candidates) {
    if (skipping && name !== plan.asWritten) continue;
    const round = yield* askServers(plan, name);
    rounds.push(round);
    if (round.verdict === 'found') break;
    const searched = name !== plan.asWritten;
    if (searched && round.verdict === 'no-server') break;
    if (searched && round.verdict === 'no-answer') skipping = true;
  }
  return resolution(plan, rounds);
}

function* askServers(plan: SearchPlan, name: string): Generator<Query, Round, readonly QueryResponse[]> {
  const heard: QueryResponse[] = [];
  let query: Query = { name, types: plan.types, server: '', attempt: 0 };
  for (let attempt = 0; attempt < plan.attempts; attempt += 1) {
    for (const server of plan.servers) {
      query = { ...query, server, attempt: query.attempt + 1 };
      const responses = yield query;
      heard.push(...responses);
      const verdict = usableVerdict(responses);
      if (verdict !== null) return { verdict, query, responses };
    }
  }
  return { verdict: failure(heard), query, responses: heard.slice(-plan.types.length) };
}

/** null: no server's answer that counts, the next one is asked. */
function usableVerdict(responses: readonly QueryResponse[]): Verdict | null {
  const usable = responses
    .filter((response) => response.kind === 'answered')
    .filter(({ rcode }) => rcode === 'NOERROR' || rcode === 'NXDOMAIN');
  if (usable.length === 0) return null;
  // Any record counts, a CNAME alone included: the search is over then.
  if (usable.some(({ rcode, answers }) => rcode === 'NOERROR' && answers.length > 0)) return 'found';
  return usable.some(({ rcode }) => rcode === 'NXDOMAIN') ? 'no-name' : 'no-data';
}

/** The search goes on after a SERVFAIL because the answer buffer still holds it; silence leaves no trace there. */
function failure(heard: readonly QueryResponse[]): Verdict {
  const last = heard.filter((response) => response.kind === 'answered').at(-1);
  if (last?.rcode === 'SERVFAIL') return 'server-failure';
  return heard.every(({ kind }) => kind === 'refused') ? 'no-server' : 'no-answer';
}

function resolution(plan: SearchPlan, rounds: readonly Round[]): Resolution {
  const last = rounds.at(-1);
  if (last === undefined) throw new Error('a search plan has at least one name');
  return {
    rcode: reportedRcode(finalVerdict(plan, rounds)),
    addresses: last.responses.flatMap((response) => (response.kind === 'answered' ? addressesIn(response.answers) : [])),
    lookups: rounds.map(({ query }) => query.name),
    last: { query: last.query, responses: last.responses },
  };
}

function finalVerdict(plan: SearchPlan, rounds: readonly Round[]): Verdict {
  const verdicts = rounds.map(({ verdict }) => verdict);
  const last = verdicts.at(-1) ?? 'no-name';
  if (last === 'found' || last === 'no-server') return last;
  if (plan.candidates[0] === plan.asWritten) return verdicts[0] ?? last;
  if (verdicts.includes('no-data')) return 'no-data';
  return verdicts.includes('server-failure') ? 'server-failure' : last;
}

function reportedRcode(verdict: Verdict): Resolution['rcode'] {
  if (verdict === 'found' || verdict === 'no-data') return 'NOERROR';
  return verdict === 'no-name' ? 'NXDOMAIN' : 'SERVFAIL';
}

function addressesIn(answers: readonly DnsRecord[]) {
  return answers.flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? (parseIp(record.data) ?? []) : []));
}
