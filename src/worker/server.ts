// The engine behind a message port: it keeps the text that was read last, the last hundred requests, and
// the shell of the terminal.
// Our own mistakes are caught here, once, and reported with their stack.

import {
  compare,
  diagnose,
  fixed,
  type Loaded,
  liveLoaded,
  mergedText,
  pendingOf,
  type SentMany,
  type SentRequest,
  send,
  sendMany,
  withoutSecrets,
  writeRemedy,
  writeSetting,
} from '../engine/index';
import { completeCommand, type Opened, openText, runCommand, type Session, sessionAgain, withoutCluster } from './command';
import { asked, begun, type KeptLive, told, traceOf } from './live';
import type { Answer, Crash, Envelope, LiveQuestion, Question } from './protocol';

let opened: Opened | null = null;
let session: Session | null = null;
let live: KeptLive | null = null;
/** The cluster at rest, as commands had left it when time began: there the page goes back to. */
let atRest: Session['server'] = null;
let many: Extract<SentMany, { kind: 'sent' }> | null = null;

function answer(question: Question): Answer {
  switch (question.kind) {
    case 'load':
      if (question.anew === true) session = withoutCluster(session);
      if (question.atRest != null) session = sessionAgain(question.atRest);
      opened = openText(live === null ? session : null, question.text, {
        revision: question.revision,
        ...(opened === null ? {} : { previous: opened.loaded }),
      });
      return { kind: 'loaded', snapshot: opened.loaded.snapshot, pending: live === null ? null : pendingOf(live.live, question.text) };
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
      return { kind: 'sent', sent: sampleOpened(question.index) };
    case 'compare': {
      const outcome = compare(world(), question);
      return outcome.kind === 'refused' ? { kind: 'refused', reason: outcome.problem } : outcome;
    }
    case 'fix':
      return { kind: 'setting-written', written: fixed(current().loaded, question.text, question.diagnostic) };
    case 'diagnose': {
      const outcome = diagnose(world(), question.request, question.seed);
      if (outcome.kind === 'refused') return { kind: 'refused', reason: outcome.problem };
      const remedy = outcome.diagnosis.cause?.remedy ?? null;
      return { ...outcome, mended: remedy === null ? null : writeRemedy(current().loaded, question.text, remedy) };
    }
    case 'write-setting':
      return { kind: 'setting-written', written: writeSetting(current().loaded, question.text, question.change) };
    case 'clear-secrets':
      return { kind: 'secrets-cleared', cleared: withoutSecrets(question.text) };
    case 'command': {
      const run = runCommand(session, question, current(), live?.live ?? null);
      session = run.session;
      const after = run.session.server.live;
      if (live !== null && after !== null && after !== live.live) live = { live: after, horizon: 0, told: null };
      opened = run.opened;
      return { kind: 'command-ran', ran: run.ran };
    }
    case 'merge':
      return { kind: 'merged', ...mergedText(question) };
    case 'complete':
      return { kind: 'completed', completion: completeCommand(session, question, current(), live?.live ?? null) };
    case 'live':
      return lived(question.live);
    case 'end-live':
      live = null;
      session = session === null ? null : { ...session, server: atRest };
      return { kind: 'live-ended' };
    default:
      return question satisfies never;
  }
}

function sampleOpened(index: number): SentRequest {
  const sent = many?.open(index) ?? null;
  if (sent === null) throw new Error(`there is no request number ${index} to open`);
  return sent;
}

function keptLive(): KeptLive {
  if (live === null) throw new Error('something was done over time before time began');
  return live;
}

function lived(question: LiveQuestion): Answer {
  if (question.kind === 'begin') atRest = session?.server ?? null;
  const kept = question.kind === 'begin' ? begun(question, session) : asked(keptLive(), question);
  const [news, next] = told(kept);
  live = next;
  const trace = traceOf(next, question, kept.live.sent.length - 1);
  return { kind: 'lived', lived: { ...news, trace } };
}

/** The cluster that requests go into. */
function world(): Loaded {
  return live === null ? current().loaded : liveLoaded(live.live);
}

/** The text that was opened last, with its cluster at rest. */
function current(): Opened {
  if (opened === null) throw new Error('something was asked before a text was loaded');
  return opened;
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
