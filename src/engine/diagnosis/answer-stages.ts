// The last checks: what the program says that the request came to, and whether every way that chance leaves open ends as well.

import type { ObjectRef } from '../kube/ref';
import { unreachable } from '../net/unreachable';
import type { Way } from '../trace/branches';
import type { Outcome } from '../trace/step';
import { fails, type Ways } from './call';
import { type Given, labelOf } from './given';
import { firstLines, socketText } from './output';
import { cause, kubectl, type Look, type Stage } from './stage';

export function answerStages(given: Given, { shown, all }: Ways): readonly Stage[] {
  const { outcome } = shown;
  const answer: readonly Stage[] =
    outcome.kind === 'delivered' && outcome.status !== null
      ? [{ code: 'answer', about: 'back-end', look: () => answered(given, { ...outcome, status: outcome.status ?? 0 }) }]
      : [];
  const every: readonly Stage[] = all.length > 1 ? [{ code: 'every-back-end', about: 'back-end', look: () => tried(all) }] : [];
  return [...answer, ...every];
}

function answered(given: Given, { owner, status }: Extract<Outcome, { kind: 'delivered' }> & { readonly status: number }): Look {
  const [namespace = '', name] = owner.split('/');
  const pod: ObjectRef | null = name === undefined ? null : { kind: 'Pod', namespace, name };
  const by = pod === null ? owner : labelOf(given, pod);
  const { http } = given.request;
  return {
    fact: { code: 'answer', by, status },
    command: pod === null ? null : kubectl(`logs -n ${namespace} ${pod.name} --tail=1`),
    output: http === null ? [] : [`${http.method} ${http.path} ${status}`],
    complaint: status < 500 ? null : cause({ code: 'program-answers-error', by, status }, pod === null ? null : { object: pod }),
  };
}

function tried(ways: readonly Way[]): Look {
  return {
    fact: { code: 'every-back-end', count: ways.length },
    command: null,
    output: firstLines(
      ways.map(({ outcome, probability }) =>
        [endOf(outcome), `${Math.round(probability * 100)} %`, fails(outcome) ? outcome.kind : 'OK'].join('   '),
      ),
    ),
    complaint: null,
  };
}

function endOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered':
      return socketText(outcome.backend.ip, outcome.backend.port);
    case 'rejected':
    case 'dropped':
      return socketText(outcome.destination.ip, outcome.destination.port);
    case 'unresolved':
      return outcome.name;
    default:
      return unreachable(outcome);
  }
}
