// What the client's program prints in the end. HTTP is asked with curl (messages as of version 7.88), an echo with BusyBox' ping; any other
// conversation is told as the error of the system call that fails. Times are left out: the simulation waits for nothing.

import type { DnsQuestion } from '../net/dns';
import type { IcmpError, Protocol } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { Outcome, Trace } from '../trace/step';
import { phraseOf } from './http-fact';

/** What was asked for, as the user wrote it. */
export interface AskedTarget {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** `http://backend:80/api` as curl takes it; null for a bare connection. */
  readonly url: string | null;
  /** What curl is told beside the address: method, header fields. */
  readonly options?: string;
  /** Of a name server. */
  readonly question?: DnsQuestion | null;
}

export interface ClientView {
  /** The command that shows the same on a real cluster, typed at the client; null where there is no usual one. */
  readonly command: string | null;
  /** What it prints, or the error that the program gets. */
  readonly output: string;
}

export function clientView({ outcome, steps }: Trace, asked: AskedTarget): ClientView {
  if (asked.question !== undefined && asked.question !== null) return dig({ outcome, steps }, asked, asked.question);
  if (asked.protocol === 'ICMP') return ping(outcome, asked);
  if (asked.url !== null) return curl(outcome, asked, asked.url);
  return { command: null, output: systemCall(outcome, asked, unreachableWith(steps)) };
}

function curl(outcome: Outcome, { host, port, options = '' }: AskedTarget, url: string): ClientView {
  const command = `curl -sS --connect-timeout 5 ${options}${url}`;
  switch (outcome.kind) {
    case 'delivered':
      return { command, output: outcome.status === null ? '' : statusLine(outcome.status) };
    case 'rejected':
      if (outcome.reason === 'http-status') return { command, output: statusLine(outcome.status) };
      return { command, output: `curl: (7) Failed to connect to ${host} port ${port}: Couldn't connect to server` };
    case 'dropped':
      return { command, output: `curl: (28) Failed to connect to ${host} port ${port}: Timeout was reached` };
    case 'unresolved':
      return { command, output: `curl: (6) Could not resolve host: ${host}` };
    default:
      return unreachable(outcome);
  }
}

function dig({ outcome, steps }: Pick<Trace, 'outcome' | 'steps'>, { host }: AskedTarget, { name, type }: DnsQuestion): ClientView {
  const command = `dig +noall +answer +comments${host === '' ? '' : ` @${host}`} ${name} ${type}`;
  const answered = steps.findLast((step) => step.kind === 'name-answered');
  if (outcome.kind !== 'delivered' || answered?.kind !== 'name-answered')
    return { command, output: outcome.kind === 'unresolved' ? `dig: couldn't get address for '${host}': not found` : NO_SERVER };
  const records = answered.records.map((record) => `${record.name} ${record.ttl} IN ${record.type} ${record.data}`);
  return { command, output: [`status: ${answered.rcode}`, ...records].join('\n') };
}

const NO_SERVER = ';; no servers could be reached';

/** RFC 9110, section 15. */
function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${phraseOf(status)}`.trimEnd();
}

function ping(outcome: Outcome, { host }: AskedTarget): ClientView {
  const command = `ping -c 1 ${host}`;
  if (outcome.kind === 'unresolved') return { command, output: `ping: bad address '${host}'` };
  const heard = outcome.kind === 'delivered';
  return { command, output: `1 packets transmitted, ${heard ? '1 packets received, 0%' : '0 packets received, 100%'} packet loss` };
}

/** The ICMP error that the client's own kernel or one on the way answered with; null where there was none. */
function unreachableWith(steps: Trace['steps']): IcmpError | 'tcp-reset' | null {
  const rejected = steps.findLast((step) => step.kind === 'rejected' && step.at.purpose === 'request');
  return rejected?.kind === 'rejected' ? rejected.with : null;
}

function systemCall(outcome: Outcome, { host, protocol }: AskedTarget, refusal: IcmpError | 'tcp-reset' | null): string {
  const call = protocol === 'UDP' ? 'recv' : 'connect';
  switch (outcome.kind) {
    case 'delivered':
      return `${call}: OK`;
    case 'rejected':
      return `${call}: ${errorText(refusal)}`;
    case 'dropped':
      return protocol === 'UDP' ? 'recv: no answer' : 'connect: Connection timed out (ETIMEDOUT)';
    case 'unresolved':
      return `getaddrinfo ${host}: Name or service not known (EAI_NONAME)`;
    default:
      return unreachable(outcome);
  }
}

/** icmp_err_convert, net/ipv4/icmp.c. */
function errorText(refusal: IcmpError | 'tcp-reset' | null): string {
  if (refusal === 'host-unreachable' || refusal === 'time-exceeded') return 'No route to host (EHOSTUNREACH)';
  if (refusal === 'net-unreachable') return 'Network is unreachable (ENETUNREACH)';
  return 'Connection refused (ECONNREFUSED)';
}
