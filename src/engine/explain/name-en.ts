// English: the search for an address.

import type { Catalogue } from './language';
import type { NameFact } from './name-fact';
import type { Wording } from './wording';
import { address, list, named, times } from './words-en';

export const NAME_EN: Catalogue<NameFact, 'code', Wording> = {
  'search-along-list': ({ by, name, dots, ndots, first, count }) => [
    `${by} search list`,
    `“${name}” has ${times(dots, 'dot')} and ndots is ${ndots}: the resolver of ${by} puts the suffixes of its search list behind the name before it tries the name alone. That makes ${times(count, 'name')} to try, first ${first}.`,
  ],
  'search-name-first': ({ by, name, dots, ndots }) => [
    `${by} name as written`,
    `“${name}” has ${times(dots, 'dot')}, no fewer than ndots (${ndots}): the resolver of ${by} asks for the name as it is written, and only then with the suffixes of its search list.`,
  ],
  'search-name-only': ({ by, name, dots, ndots }) => [
    `${by} name as written`,
    `“${name}” has ${times(dots, 'dot')}, no fewer than ndots (${ndots}): the resolver of ${by}, musl’s, asks for the name as it is written and for no other; glibc’s would try the search list as well.`,
  ],
  'search-absolute': ({ by, name }) => [
    `${by} full name`,
    `“${name}” ends in a dot, so it is complete: ${by} asks for this name and for no other.`,
  ],
  'search-no-list': ({ by, name }) => [
    `${by} no search list`,
    `The /etc/resolv.conf of ${by} has no search list: it asks for “${name}” as it is written.`,
  ],
  'search-no-server': ({ by, name }) => [
    `${by} no name server`,
    `The /etc/resolv.conf of ${by} names no server: to find “${name}” it can only ask itself, at 127.0.0.1.`,
  ],
  'name-in-hosts': ({ by, name, address: found, alias }) => [
    `${by} /etc/hosts`,
    `“${name}” stands in the /etc/hosts of ${by}${alias ? ', put there by a hostAlias of the Pod' : ''}, with the address ${found.text}: no name server is asked.`,
  ],
  'ask-first': ({ by, name, type, server }) => [
    `${by} asks ${type}`,
    `${by} asks its name server, ${address(server)}, for the ${ADDRESS_OF[type] ?? 'records'} (record ${type}) of ${name}.`,
  ],
  'ask-next': ({ by, name, before }) => [
    `${by} next name`,
    `${before} does not exist, so ${by} goes on along its search list and asks for ${name}.`,
  ],
  'ask-next-empty': ({ by, name, before }) => [
    `${by} next name`,
    `${before} exists but has no address, so ${by} goes on along its search list and asks for ${name}.`,
  ],
  'ask-next-failed': ({ by, name, before }) => [
    `${by} next name`,
    `About ${before} no server gave a usable answer; ${by} still tries the next name, ${name}.`,
  ],
  'ask-as-written': ({ by, name, before }) => [
    `${by} last name`,
    `${before} does not exist either, and the search list is at its end: ${by} asks for ${name}, just as the program wrote it.`,
  ],
  'ask-other-type': ({ by, name, type }) => [
    `${by} asks ${type}`,
    `For the same name, ${name}, ${by} now wants the ${ADDRESS_OF[type] ?? 'records'} (record ${type}) as well.`,
  ],
  'ask-again-unheard': ({ by, name, server }) => [
    `${by} asks again`,
    `No answer came about ${name} in time: ${by} repeats the question, this time to ${address(server)}.`,
  ],
  'ask-again-failed': ({ by, name, server }) => [
    `${by} asks again`,
    `The server could not say anything about ${name} (a failure is no “does not exist”): ${by} repeats the question to ${address(server)}.`,
  ],
  'ask-again-refused': ({ by, name, server }) => [
    `${by} asks again`,
    `The question about ${name} was refused, nothing listened there: ${by} tries ${address(server)}.`,
  ],
  'question-arrives': ({ by, name, port, source }) => [
    `${by} gets the question`,
    `${by} listens on UDP ${port} and gets the question about ${name}. It comes from ${named(source)}.`,
  ],
  'answer-addresses': ({ by, name, addresses, ttl, object }) => [
    `${by} finds it`,
    object === null
      ? `${by} has no such name in its own zones and hears from the resolvers outside that ${name} is ${list(addresses)}.`
      : `${by} finds ${name} in its zone: the ${object.kind} ${object.label} gives ${list(addresses)}. The answer may be kept for ${times(ttl, 'second')}.`,
  ],
  'answer-remembered': ({ by, name, age, rcode, addresses }) => [
    `${by} remembers`,
    `${by} does not look into its zone: its cache still holds what it answered for ${name} ${times(age, 'second')} ago, ${
      addresses.length > 0 ? list(addresses) : rcode === 'NOERROR' ? 'no record of this type' : rcode
    }. Whatever has changed since shows only when that time is up.`,
  ],
  'answer-alias': ({ by, name, target, addresses }) => [
    `${by} alias`,
    addresses.length === 0
      ? `${by} finds that ${name} is only another name (CNAME) for ${target}, and no address for that one.`
      : `${by} finds that ${name} is only another name (CNAME) for ${target}, whose address is ${list(addresses)}.`,
  ],
  'answer-other-records': ({ by, name, type, count }) => [
    `${by} finds it`,
    `${by} holds ${times(count, 'record')} of type ${type} for ${name}.`,
  ],
  'answer-no-record': ({ by, name, type }) => [
    `${by} no ${type}`,
    `${by} knows the name ${name}, but it has no record of type ${type}: the answer is empty, which is not the same as “does not exist”.`,
  ],
  'answer-no-such-name': ({ by, name }) => [
    `${by} NXDOMAIN`,
    `${by} finds ${name} neither in its zones nor outside: it answers NXDOMAIN, the name does not exist.`,
  ],
  'answer-failure': ({ by, name }) => [
    `${by} SERVFAIL`,
    `${name} is not in a zone of ${by}, and the resolvers outside cannot be reached: it answers SERVFAIL.`,
  ],
  'answer-refused': ({ by, name }) => [`${by} REFUSED`, `${by} will not answer for ${name}: that lies in no zone that it serves.`],
  'answer-leaves': ({ by, client }) => [`${by} answers`, `${by} sends its answer back to ${named(client)}, from where the question came.`],
  'answer-leaves-empty': ({ by, client }) => [`${by} answers`, `${by} sends back to ${named(client)} that it has no address to give.`],
  'answer-not-dns': ({ by, client }) => [
    `${by} answers`,
    `The program of ${by} does not speak DNS: what it sends back to ${named(client)} is no answer to a question.`,
  ],
  'answer-heard': ({ by, name, server }) => [
    `${by} has the answer`,
    `${by} gets the answer about ${name} from ${named(server)}, the very address that it asked.`,
  ],
  'answer-heard-empty': ({ by, name, server }) => [
    `${by} no address`,
    `${by} hears from ${named(server)} that there is no address under ${name}.`,
  ],
  'answer-heard-failed': ({ by, name, server }) => [
    `${by} no use`,
    `What ${by} hears from ${named(server)} about ${name} says neither yes nor no.`,
  ],
  'answer-heard-refused': ({ by, name, server }) => [
    `${by} refused`,
    `${by} learns by an ICMP error from ${address(server)} that nobody takes its question about ${name}.`,
  ],
  'name-found': ({ by, name, address: found, lookups }) => [
    `${by} knows the address`,
    `${by} now knows the address of “${name}”, after asking for ${times(lookups, 'name')}: ${address(found)}. Only now can the request itself leave.`,
  ],
  'name-unknown': ({ by, name, lookups }) => [
    `${by} unknown name`,
    `None of the ${times(lookups, 'name')} that ${by} could make of “${name}” exists: the resolver gives up.`,
  ],
  'name-without-address': ({ by, name, lookups }) => [
    `${by} no address`,
    `“${name}” exists, but no address stands behind it: the resolver of ${by} has asked for ${times(lookups, 'name')} and gives up.`,
  ],
  'name-failed': ({ by, name, lookups }) => [
    `${by} no answer`,
    `${by} asked for ${times(lookups, 'name')} and nobody could tell whether “${name}” exists: the resolver reports a temporary failure.`,
  ],
};

const ADDRESS_OF: Readonly<Record<string, string>> = { A: 'IPv4 address', AAAA: 'IPv6 address' };
