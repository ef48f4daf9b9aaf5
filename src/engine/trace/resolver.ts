// The resolver in a program's libc: from a name and /etc/resolv.conf to the names that are asked, one after the other.
// Rules: resolv.conf(5), glibc res_query.c (__res_context_search), musl lookup_name.c (name_from_dns_search).
// Left out: /etc/hosts, the options rotate, single-request, use-vc and no-aaaa, labels that are too long.

import type { RecordType } from '../net/dns';
import { absoluteName } from '../net/dns';
import { parseIp } from '../net/ip';
import { unreachable } from '../net/unreachable';
import type { Libc, ResolvConf } from '../net/zone';
import { resolveAsGlibc } from './glibc-resolver';
import { resolveAsMusl } from './musl-resolver';
import type { AddressFamily, Resolving, SearchPlan } from './query';

/** One call of getaddrinfo. */
export interface Lookup {
  readonly libc: Libc;
  readonly name: string;
  readonly resolv: ResolvConf;
  readonly family: AddressFamily;
}

/** MAXNS of both libraries. */
const MAX_SERVERS = 3;

/** Both libraries cap ndots here (RES_MAXNDOTS). */
const MAX_NDOTS = 15;

/** The absolute names that this resolver may ask, in order; it stops at the first that has an address. */
export function candidates(name: string, resolv: ResolvConf, libc: Libc = 'glibc'): readonly string[] {
  const asWritten = absoluteName(name);
  if (name.endsWith('.')) return [asWritten];
  const searched = resolv.search.map((domain) => asWritten + absoluteName(domain).replace(/^\.$/, ''));
  const dots = name.split('.').length - 1;
  if (dots < option(resolv, 'ndots', { unset: 1, most: MAX_NDOTS })) return distinct([...searched, asWritten]);
  // With enough dots musl never falls back to the search list; glibc does.
  return libc === 'musl' ? [asWritten] : distinct([asWritten, ...searched]);
}

/** Starts a resolver. It yields what it asks and returns what it tells the program. */
export function resolveWith(lookup: Lookup): Resolving {
  const literal = parseIp(lookup.name);
  if (literal !== null) return resolveLiteral(literal);
  const plan = searchPlan(lookup);
  switch (lookup.libc) {
    case 'glibc':
      return resolveAsGlibc(plan);
    case 'musl':
      return resolveAsMusl(plan);
    default:
      return unreachable(lookup.libc);
  }
}

function searchPlan({ libc, name, resolv, family }: Lookup): SearchPlan {
  return {
    candidates: candidates(name, resolv, libc),
    asWritten: absoluteName(name),
    types: questionTypes(family),
    // Without a nameserver line both libraries ask the machine itself.
    servers: resolv.nameservers.length === 0 ? ['127.0.0.1'] : resolv.nameservers.slice(0, MAX_SERVERS),
    attempts: Math.max(1, option(resolv, 'attempts', { unset: 2, most: libc === 'musl' ? 10 : 5 })),
  };
}

/** An address needs no question, and no packet. */
// biome-ignore lint/correctness/useYield: a resolver that has nothing to ask
function* resolveLiteral(literal: NonNullable<ReturnType<typeof parseIp>>): Resolving {
  return { rcode: 'NOERROR', addresses: [literal], lookups: [], last: null };
}

function questionTypes(family: AddressFamily): readonly RecordType[] {
  switch (family) {
    case 'unspec':
      return ['A', 'AAAA'];
    case 'inet':
      return ['A'];
    case 'inet6':
      return ['AAAA'];
    default:
      return unreachable(family);
  }
}

/** The number behind `name:`; the last one counts. What is no number reads as 0, as atoi does. */
function option(resolv: ResolvConf, name: string, limits: { readonly unset: number; readonly most: number }): number {
  const written = resolv.options.filter((text) => text.startsWith(`${name}:`)).at(-1);
  if (written === undefined) return limits.unset;
  return Math.min(Number.parseInt(written.slice(name.length + 1), 10) || 0, limits.most);
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
