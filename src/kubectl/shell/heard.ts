// What a program hears of its request: the error of the system call that fails, or the answer. Read off the trace alone.

import type { IcmpError, Outcome, Step, Trace } from '../../engine/index';

/** As errno names it, or the resolver. `silent`: the connection stands, and nothing is said on it. */
export type Failure = 'refused' | 'timed-out' | 'no-route' | 'unreachable' | 'silent' | 'unknown-name' | 'no-address' | 'name-failed';

export type Heard =
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** `status`: of HTTP. `by`: the owner of the program that answered; null where a proxy did in its own name. */
  | { readonly kind: 'answered'; readonly status: number | null; readonly by: string | null; readonly port: number };

export function heard({ outcome, steps }: Trace): Heard {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'answered', status: outcome.status, by: outcome.owner, port: outcome.backend.port };
    case 'dropped':
      return { kind: 'failed', failure: outcome.reason === 'application-silent' ? 'silent' : 'timed-out' };
    case 'unresolved':
      return { kind: 'failed', failure: unresolved(outcome.rcode) };
    case 'rejected':
      if (outcome.reason === 'http-status') return { kind: 'answered', status: outcome.status, by: null, port: 0 };
      return { kind: 'failed', failure: refusal(steps) };
    default:
      return outcome satisfies never;
  }
}

function unresolved(rcode: Extract<Outcome, { kind: 'unresolved' }>['rcode']): Failure {
  if (rcode === 'NXDOMAIN') return 'unknown-name';
  return rcode === 'NOERROR' ? 'no-address' : 'name-failed';
}

/** icmp_err_convert, net/ipv4/icmp.c. */
function refusal(steps: readonly Step[]): Failure {
  const error = errorHeard(steps);
  if (error === 'host-unreachable' || error === 'time-exceeded') return 'no-route';
  return error === 'net-unreachable' ? 'unreachable' : 'refused';
}

/** What refused the request: an ICMP error, or a reset. */
export function errorHeard(steps: readonly Step[]): IcmpError | 'tcp-reset' | null {
  const rejected = steps.findLast((step) => step.kind === 'rejected' && step.at.purpose === 'request');
  return rejected?.kind === 'rejected' ? rejected.with : null;
}

/** The address that the request went to; null where none was found. */
export function addressAsked({ steps }: Trace): string | null {
  return packetSent(steps)?.destination.ip ?? null;
}

export function ownAddress({ steps }: Trace): { readonly ip: string; readonly port: number } | null {
  return packetSent(steps)?.source ?? null;
}

function packetSent(steps: readonly Step[]) {
  return (
    steps.find((step) => step.kind === 'sent' && step.at.purpose === 'request' && step.at.direction === 'original')?.skb?.packet ?? null
  );
}

/** The packet that came back to the program that asked. */
export function packetHeard({ steps }: Trace) {
  return steps.findLast((step) => step.kind === 'received' && step.at.purpose === 'request')?.skb?.packet ?? null;
}

/** Milliseconds there and back. Nothing is measured here: each kernel on the way counts for the same, so that a far Pod looks farther. */
export function roundTrip({ steps }: Trace): number {
  const kernels = steps.filter((step, index) => step.at.purpose === 'request' && step.at.netns !== steps[index - 1]?.at.netns).length;
  return 0.024 + 0.019 * kernels;
}
