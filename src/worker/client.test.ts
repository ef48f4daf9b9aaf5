import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EnginePort, linkEngine } from './client';
import type { Answer, Envelope, Question } from './protocol';

const LOAD = { kind: 'load', revision: 1, text: '' } as const;
const SEND = { kind: 'send', request: { from: 'pod/a', to: 'web:80', protocol: 'TCP', via: null }, seed: 1 } as const;
const SAMPLES: Answer = { kind: 'sent-many', revision: 1, samples: [] };

class PlayedWorker implements EnginePort {
  onmessage: EnginePort['onmessage'] = null;
  onerror: EnginePort['onerror'] = null;
  readonly heard: Envelope<Question>[] = [];
  terminated = false;

  postMessage(envelope: Envelope<Question>): void {
    this.heard.push(envelope);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(id: number, body: Answer): void {
    this.onmessage?.(new MessageEvent('message', { data: { id, body } }));
  }
}

function link(patience = 1000) {
  const workers: PlayedWorker[] = [];
  const crashes: string[] = [];
  const open = (): PlayedWorker => {
    const worker = new PlayedWorker();
    workers.push(worker);
    return worker;
  };
  const engine = linkEngine({ crashed: (crash) => crashes.push(crash.message), open, patience });
  return { engine, workers, crashes };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an answer reaches the question that bears its number', () => {
  const { engine, workers } = link();
  const heard: string[] = [];
  engine.ask(LOAD, () => heard.push('first'));
  engine.ask(SEND, () => heard.push('second'));
  workers[0]!.answer(workers[0]!.heard[1]!.id, SAMPLES);
  expect(heard).toEqual(['second']);
});

test('a newer text makes the answers to older questions pointless', () => {
  const { engine, workers } = link();
  const heard: string[] = [];
  engine.ask(LOAD, () => heard.push('old'));
  engine.ask(LOAD, () => heard.push('new'));
  for (const { id } of workers[0]!.heard) workers[0]!.answer(id, SAMPLES);
  expect(heard).toEqual(['new']);
});

test('a long text may take longer to read before the silence counts', () => {
  const { engine, crashes } = link();
  engine.ask({ ...LOAD, text: ' '.repeat(1_000_000) }, () => {});
  vi.advanceTimersByTime(10_000);
  expect(crashes).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(crashes).toEqual(['No answer to "load" within 11 s.']);
});

test('a worker that stays silent is a crash, told once, and a restart opens another', () => {
  const { engine, workers, crashes } = link();
  engine.ask(LOAD, () => undefined);
  engine.ask(SEND, () => undefined);
  vi.advanceTimersByTime(5000);
  expect(crashes).toHaveLength(1);
  expect(workers[0]!.terminated).toBe(true);
  engine.restart();
  engine.ask(LOAD, () => undefined);
  expect(workers).toHaveLength(2);
});

test('our own mistake inside the worker is reported with its words', () => {
  const { engine, workers, crashes } = link();
  engine.ask(LOAD, () => undefined);
  workers[0]!.onmessage?.(new MessageEvent('message', { data: { id: 1, crash: { message: 'a case is missing', stack: '' } } }));
  expect(crashes).toEqual(['a case is missing']);
});
