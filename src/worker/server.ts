// The engine behind a message port: it keeps the text that was read last, the last hundred requests, and
// the shell of the terminal.
// Our own mistakes are caught here, once, and reported with their stack.

import { compare, type Loaded, load, type SentMany, type SentRequest, send, sendMany, writeSetting } from '../engine/index';
import { completeCommand, runCommand, type Session } from './command';
import type { Answer, Crash, Envelope, Question } from './protocol';

let current: Loaded | null = null;
let session: Session | null = null;
let many: Extract<SentMany, { kind: 'sent' }> | null = null;

function answer(question: Question): Answer {
  switch (question.kind) {
    case 'load':
      current = load(question.text, { revision: question.revision, ...(current === null ? {} : { previous: current }) });
      return { kind: 'loaded', snapshot: current.snapshot };
    case 'send': {
      const outcome = send(world(), question.request, question.seed);
      return outcome.kind === 'refused' ? { kind: 'refused', reason: outcome.problem } : { kind: 'sent', sent: outcome.sent };
    }
    case 'send-many': {
      const outcome = sendMany(world(), question.request, question.seed, question.count);
      if (outcome.kind === 'refused') return { kind: 'refused', reason: outcome.problem };
      many = outcome;
      return { kind: 'sent-many', revision: world().snapshot.revision, samples: outcome.samples };
    }
    case 'open-sample':
      return { kind: 'sent', sent: opened(question.index) };
    case 'compare': {
      const outcome = compare(world(), question);
      return outcome.kind === 'refused' ? { kind: 'refused', reason: outcome.problem } : outcome;
    }
    case 'write-setting':
      return { kind: 'setting-written', written: writeSetting(world(), question.text, question.change) };
    case 'command': {
      const [ran, after] = runCommand(session, question, world());
      session = after;
      return { kind: 'command-ran', ran };
    }
    case 'complete':
      return { kind: 'completed', completion: completeCommand(session, question) };
    default:
      return question satisfies never;
  }
}

function opened(index: number): SentRequest {
  const sent = many?.open(index) ?? null;
  if (sent === null) throw new Error(`there is no request number ${index} to open`);
  return sent;
}

function world(): Loaded {
  if (current === null) throw new Error('a request was sent before a text was loaded');
  return current;
}

self.onmessage = (event: MessageEvent<Envelope<Question>>): void => {
  const { id, body } = event.data;
  try {
    const envelope: Envelope<Answer> = { id, body: answer(body) };
    self.postMessage(envelope);
  } catch (error) {
    const crash: Crash = { id, crash: { message: String(error), stack: error instanceof Error ? (error.stack ?? '') : '' } };
    self.postMessage(crash);
  }
};
