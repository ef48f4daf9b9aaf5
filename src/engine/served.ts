// The HTTP requests of a trace that programs answered: what each of them would write into its access log. A proxy's own request to its
// upstream is one of the upstream's. Left out: what nobody answered, for nobody logs it.

import { parseTarget } from './target';
import type { Step } from './trace/step';
import type { ScenarioRequest } from './view';

export interface ServedRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whose program answered: `production/backend-1`. */
  readonly by: string;
  /** The address that it saw the request come from. */
  readonly client: string;
  /** The port that it was asked on. */
  readonly port: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly status: number;
  /** Header fields that the client sent, by name in lower case. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the programs of the walk answered to the request. */
export function servedIn(steps: readonly Step[], request: ScenarioRequest, at: number): readonly ServedRequest[] {
  const target = parseTarget(request.to, request.protocol);
  if ('problem' in target || target.path === null) return [];
  const { method = 'GET', headers = {} } = request;
  const fields = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const asked = { at, method: method.toUpperCase(), target: target.path, fields };
  return steps.flatMap((step) => {
    if (step.kind !== 'application-answered' && step.kind !== 'proxy-answered') return [];
    const taken = steps.find(
      (each) => each.kind === 'delivered' && each.at.exchange === step.at.exchange && each.at.direction === 'original',
    );
    const packet = taken?.skb?.packet;
    if (packet === undefined || step.status === null) return [];
    return [{ ...asked, by: step.owner, client: packet.source.ip, port: packet.destination.port, status: step.status }];
  });
}
