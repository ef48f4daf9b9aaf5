// The page's end of the engine: questions with an id, answers by the same id, one worker at a time.
// A newer load makes older questions about the plan pointless: their answers are dropped. A command of the terminal is answered all the same. A worker that dies, throws or stays silent
// is reported once as a crash; `restart` puts a new one in its place.

import { type Answer, type Crash, type Envelope, outlivesText, type Question } from './protocol';

export interface EngineLink {
  /** `answered` is called at most once, never after a crash and, except for the terminal, never after a newer load. */
  readonly ask: (question: Question, answered: (answer: Answer) => void) => void;
  readonly restart: () => void;
}

/** As much of a Worker as is used here, so that a test can play one. */
export interface EnginePort {
  postMessage(envelope: Envelope<Question>): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Envelope<Answer> | Crash>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface LinkOptions {
  readonly crashed: (crash: Crash['crash']) => void;
  readonly open?: () => EnginePort;
  /** Milliseconds of silence after which a question counts as lost. */
  readonly patience?: number;
}

interface Waiting {
  readonly question: Question;
  readonly answered: (answer: Answer) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A long text takes its time to read: ten more seconds for each million letters. */
function timeFor(question: Question): number {
  return 'text' in question ? question.text.length / 100 : 0;
}

const openWorker = (): EnginePort => new Worker(new URL('./server.ts', import.meta.url), { type: 'module', name: 'kubehop-engine' });

export function linkEngine({ crashed, open = openWorker, patience = 20_000 }: LinkOptions): EngineLink {
  const waiting = new Map<number, Waiting>();
  let port: EnginePort | null = null;
  let lastId = 0;
  let broken = false;

  function forget(pointless: (question: Question) => boolean): void {
    for (const [id, { question, timer }] of waiting) {
      if (!pointless(question)) continue;
      clearTimeout(timer);
      waiting.delete(id);
    }
  }

  function fail(crash: Crash['crash']): void {
    if (broken) return;
    broken = true;
    forget(() => true);
    port?.terminate();
    port = null;
    crashed(crash);
  }

  function receive(message: Envelope<Answer> | Crash): void {
    if ('crash' in message) {
      fail(message.crash);
      return;
    }
    const question = waiting.get(message.id);
    if (question === undefined) return;
    clearTimeout(question.timer);
    waiting.delete(message.id);
    question.answered(message.body);
  }

  function connect(): EnginePort {
    const opened = open();
    opened.onmessage = (event) => receive(event.data);
    opened.onerror = (event) =>
      fail({
        message: event.message || 'The worker could not be started.',
        stack: event.filename ? `${event.filename}:${event.lineno}` : '',
      });
    return opened;
  }

  function ask(question: Question, answered: (answer: Answer) => void): void {
    if (broken) return;
    if (question.kind === 'load') forget((older) => !outlivesText(older));
    lastId += 1;
    const id = lastId;
    const allowed = patience + timeFor(question);
    const timer = setTimeout(
      () => fail({ message: `No answer to "${question.kind}" within ${Math.round(allowed / 1000)} s.`, stack: '' }),
      allowed,
    );
    waiting.set(id, { question, answered, timer });
    try {
      port ??= connect();
      port.postMessage({ id, body: question });
    } catch (error) {
      // A sandboxed frame may forbid workers: the constructor throws.
      fail({ message: String(error), stack: error instanceof Error ? (error.stack ?? '') : '' });
    }
  }

  function restart(): void {
    forget(() => true);
    port?.terminate();
    port = null;
    broken = false;
  }

  return { ask, restart };
}
