// What a program in the client prints when the request ends: busybox's wget for HTTP, its nc for a bare connection.

import type { Outcome, Step } from '../../engine/trace/step';
import type { ScenarioRequest } from '../../engine/view';

export type Verdict = 'delivered' | 'refused' | 'unreachable' | 'timeout' | 'unresolved';

export function verdictOf(outcome: Outcome, steps: readonly Step[]): Verdict {
  switch (outcome.kind) {
    case 'delivered':
      return 'delivered';
    case 'dropped':
      return 'timeout';
    case 'unresolved':
      return 'unresolved';
    case 'rejected':
      return answersNobody(steps) ? 'unreachable' : 'refused';
    default:
      return outcome satisfies never;
  }
}

/** Host and network unreachable are said by a router; all else means that the port is closed. */
function answersNobody(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === 'rejected' && (step.with === 'host-unreachable' || step.with === 'net-unreachable'));
}

/** The lines of the client's terminal: the command, then what it printed. */
export function clientWords(request: ScenarioRequest, outcome: Outcome, steps: readonly Step[]): readonly string[] {
  const http = /^https?:\/\//i.test(request.to);
  const command = http ? `$ wget -qO- ${request.to}` : `$ nc -v ${request.to.replace(/:(\d+)$/, ' $1')}`;
  const tool = http ? 'wget' : 'nc';
  return [command, ...printed(tool, { request, outcome, steps })];
}

interface Ending {
  readonly request: ScenarioRequest;
  readonly outcome: Outcome;
  readonly steps: readonly Step[];
}

function printed(tool: 'wget' | 'nc', { request, outcome, steps }: Ending): readonly string[] {
  const verdict = verdictOf(outcome, steps);
  const host = hostOf(request.to);
  const address = askedAddress(steps);
  const cannot = tool === 'wget' ? `wget: can't connect to remote host (${address}):` : `nc: ${host} (${address}):`;
  switch (verdict) {
    case 'delivered':
      return tool === 'wget' && outcome.kind === 'delivered' ? [`HTTP/1.1 ${outcome.status ?? 200}`] : [`${host} open`];
    case 'refused':
      return [`${cannot} Connection refused`];
    case 'unreachable':
      return [`${cannot} No route to host`];
    case 'timeout':
      return tool === 'wget' ? ['wget: download timed out'] : [`${cannot} Connection timed out`];
    case 'unresolved':
      return [`${tool}: bad address '${host}'`];
    default:
      return verdict satisfies never;
  }
}

/** The address that the client itself used, before anything on the way replaced it. */
function askedAddress(steps: readonly Step[]): string {
  const sent = steps.find((step) => step.kind === 'sent' && step.at.purpose === 'request' && step.at.direction === 'original');
  return sent?.skb?.packet.destination.ip ?? '';
}

function hostOf(to: string): string {
  return to
    .replace(/^\w+:\/\//, '')
    .replace(/\/.*$/, '')
    .replace(/:\d+$/, '');
}
