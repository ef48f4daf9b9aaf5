// A program as a shell starts it: its words, what it reads, where it runs; and what it leaves behind. Every network program talks through a
// Conversation, so that each of its packets is a request of the simulation, one after the other in one world.

import type { ApiServer, RequestProblem, ScenarioRequest, SentRequest, Trace } from '../../engine/index';
import type { Answer } from '../answer';
import { isAdded, type Place, senderOf } from './place';

export interface Run {
  readonly program: string;
  /** Behind the program's own name. */
  readonly words: readonly string[];
  /** What stands before a pipe; null where nothing does. */
  readonly input: string | null;
  readonly place: Place;
  readonly server: ApiServer;
  readonly variables: Readonly<Record<string, string>>;
  /** Files that were written in this shell. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether what it prints goes to a terminal. */
  readonly terminal: boolean;
}

export type Program = (run: Run) => Answer;

/** One after the other, each into the world that the one before left behind. Local to one run of a program. */
export class Conversation {
  readonly sent: SentRequest[] = [];
  readonly #from: Pick<ScenarioRequest, 'from' | 'via' | 'added'>;
  #server: ApiServer;

  constructor({ server, place }: Pick<Run, 'server' | 'place'>) {
    this.#server = server;
    this.#from = { from: senderOf(place), via: null, ...(isAdded(place) ? { added: true } : {}) };
  }

  /** What became of the request, or why it makes no sense. */
  send(request: Omit<ScenarioRequest, 'from' | 'via'>): Trace | RequestProblem {
    const asked = { ...request, ...this.#from };
    const answer = this.#server.send(asked, this.#server.sentSoFar + 1);
    if (answer.kind === 'refused') return answer.problem;
    this.#server = answer.server;
    this.sent.push(answer.sent);
    return answer.sent.told.trace;
  }

  /** The end of the program. `screen`: what a terminal shows of it, where errors do not stand behind the output. */
  over(status: number, out: string, err = '', screen: string | null = null): Answer {
    const answer = { status, out, err, ...(screen === null ? {} : { screen }) };
    return this.sent.length === 0 ? answer : { ...answer, server: this.#server, sent: this.sent };
  }
}

/** Lines, each with its end. */
export function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
