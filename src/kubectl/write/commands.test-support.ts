// Command lines run one after the other on one cluster.

import type { ApiServer } from '../../engine/index';
import type { Answer } from '../answer';
import { kubectl } from '../kubectl';
import { newSession, type Session, sessionAfter } from '../session';

const words = (line: string) =>
  (line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));

export interface Ran {
  readonly answer: Answer;
  readonly after: ApiServer;
}

/** The answer of the last one, and the cluster after all; every one gets the same input. */
export function commands(server: ApiServer, script: string, input = ''): Ran {
  const { session, answer } = script.split('\n').reduce<{ readonly session: Session; readonly answer: Answer }>(
    (before, line) => {
      const given = kubectl(before.session, words(line), input);
      return { answer: given, session: sessionAfter(before.session, given) };
    },
    { answer: { status: 0, out: '', err: '' }, session: newSession(server) },
  );
  return { answer, after: session.server };
}
