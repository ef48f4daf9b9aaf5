// Why a request cannot be sent, in a sentence; null where it can, and for an empty text, in which nothing is expected to be there.

import type { RequestProblem } from '../engine/view';
import type { Messages } from '../i18n/messages';
import { useApp } from '../store/app';
import { useMessages } from './text';

export function useRequestProblem(): string | null {
  const text = useMessages();
  const problem = useApp((state) => (state.scenario.text.trim() === '' ? null : state.problem));
  return problem === null ? null : told(problem, text);
}

function told(problem: RequestProblem, text: Messages): string {
  switch (problem.code) {
    case 'unknown-source':
      return problem.from.startsWith('external/')
        ? text.badOutside(problem.from.slice('external/'.length))
        : text.unknownSource(problem.from);
    case 'source-not-running':
      return text.sourceNotRunning(problem.from);
    case 'unknown-node':
      return text.unknownNode(problem.via);
    case 'bad-target':
      return text.badTarget(problem.to);
    case 'bad-port':
      return text.badPort(problem.to);
    case 'unsupported-protocol':
      return text.unsupportedProtocol(problem.protocol);
    default:
      return problem satisfies never;
  }
}
