// `kubehop trace -o json`: the object `kubehop/trace@1`.

import { formatSocket, type Language, type Outcome, type Sample, type SentRequest } from '../engine/index';
import { type PrintedHop, printHop } from './trace-hop';

export interface TraceReport {
  readonly schema: 'kubehop/trace@1';
  readonly request: { readonly from: string; readonly to: string; readonly protocol: string };
  readonly outcome: 'delivered' | 'rejected' | 'dropped' | 'unresolved';
  readonly status: number | null;
  readonly backends: readonly { readonly address: string; readonly pod: string | null; readonly probability: number }[];
  readonly masquerade: boolean | null;
  readonly hops: readonly PrintedHop[];
  readonly counts?: Readonly<Record<string, number>>;
}

export function traceReport({ request, told }: SentRequest, language: Language, samples: readonly Sample[] | null): TraceReport {
  const { outcome, backends, steps } = told.trace;
  const delivered = outcome.kind === 'delivered' ? outcome : null;
  const first = steps.find((step) => step.kind === 'sent' && step.at.purpose === 'request');
  return {
    schema: 'kubehop/trace@1',
    request: { from: request.from, to: request.to, protocol: first?.skb?.packet.protocol ?? request.protocol },
    outcome: outcome.kind,
    status: statusOf(outcome),
    backends: backends.map(({ address, owner, probability }) => ({ address: formatSocket(address), pod: podOf(owner), probability })),
    masquerade: delivered?.masqueraded ?? null,
    hops: told.hops.map((hop) => printHop(told, hop, language)),
    ...(samples === null ? {} : { counts: countsOf(samples) }),
  };
}

/** The status of a program, or of a proxy in its place; null where there is none. */
function statusOf(outcome: Outcome): number | null {
  if (outcome.kind === 'rejected') return outcome.reason === 'http-status' ? outcome.status : null;
  return outcome.kind === 'delivered' ? outcome.status : null;
}

/** `production/backend-2`; null for a host outside or a node. */
export function podOf(owner: string): string | null {
  const name = owner.replace(/^pod\//, '');
  return /^[^/]+\/[^/]+$/.test(name) && !/^(node|external|router|gateway)\//.test(name) ? name : null;
}

function countsOf(samples: readonly Sample[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { backend } of samples) if (backend !== null) counts.set(backend, (counts.get(backend) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
