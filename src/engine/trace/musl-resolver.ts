// getaddrinfo of musl 1.2.3 over one search plan (lookup_name.c name_from_dns_search, res_msend.c): every question goes to all servers
// at once, and only NXDOMAIN leads on to the next name. The first usable reply wins; which one that is, a real network leaves to chance:
// here the servers answer in the order of resolv.conf. Left out: time (5 s in all, the questions go out again after half of it).

import { parseIp } from '../net/ip';
import type { Query, QueryResponse, Resolution, Resolving, SearchPlan } from './query';

interface Round {
  readonly query: Query;
  /** The reply that won for each type; silence where none was usable. */
  readonly replies: readonly QueryResponse[];
}

/** The immediate repeats after a SERVFAIL, for each question (`servfail_retry`). */
const SERVFAIL_REPEATS = 2;

/** The resolver of musl. */
export function* resolveAsMusl(plan: SearchPlan): Resolving {
  const rounds: Round[] = [];
  for (const name of plan.candidates) {
    const round = yield* askAllServers(plan, name);
    rounds.push(round);
    if (verdict(round) !== 'NXDOMAIN') break;
  }
  return resolution(rounds);
}

function* askAllServers(plan: SearchPlan, name: string): Generator<Query, Round, readonly QueryResponse[]> {
  let replies: readonly QueryResponse[] = plan.types.map(() => ({ kind: 'silent' }));
  let query: Query = { name, types: plan.types, server: '', attempt: 0 };
  let repeats = SERVFAIL_REPEATS;
  for (let attempt = 0; attempt < plan.attempts && !replies.every(isUsable); attempt += 1) {
    for (const server of plan.servers) {
      let failing = true;
      while (failing) {
        query = { ...query, server, attempt: query.attempt + 1 };
        const heard = yield query;
        replies = replies.map((reply, index) => (isUsable(reply) ? reply : (heard[index] ?? reply)));
        failing = repeats > 0 && heard.some(isServerFailure);
        if (failing) repeats -= 1;
      }
    }
  }
  return { query, replies };
}

/** res_msend ignores every code but these two. */
function isUsable(response: QueryResponse): boolean {
  return response.kind === 'answered' && (response.rcode === 'NOERROR' || response.rcode === 'NXDOMAIN');
}

function isServerFailure(response: QueryResponse): boolean {
  return response.kind === 'answered' && response.rcode === 'SERVFAIL';
}

/** Addresses of either family are a success; otherwise the reply to the first question decides. */
function verdict(round: Round): Resolution['rcode'] {
  if (addressesIn(round).length > 0) return 'NOERROR';
  const [first] = round.replies;
  if (first === undefined || first.kind !== 'answered' || !isUsable(first)) return 'SERVFAIL';
  return first.rcode === 'NXDOMAIN' ? 'NXDOMAIN' : 'NOERROR';
}

function resolution(rounds: readonly Round[]): Resolution {
  const last = rounds.at(-1);
  if (last === undefined) throw new Error('a search plan has at least one name');
  return {
    rcode: verdict(last),
    addresses: addressesIn(last),
    lookups: rounds.map(({ query }) => query.name),
    last: { query: last.query, responses: last.replies },
  };
}

function addressesIn({ replies }: Round) {
  return replies
    .flatMap((reply) => (reply.kind === 'answered' ? reply.answers : []))
    .flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? (parseIp(record.data) ?? []) : []));
}
