import { expect, test } from 'vitest';
import { journeyOf, nextChange, type TraceStep, tellingStep } from './journey';

type At = TraceStep['at'];
const dns: At = { exchange: 0, purpose: 'dns', direction: 'original', netns: 'node/node-1' };
const request: At = { exchange: 1, purpose: 'request', direction: 'original', netns: 'node/node-1' };
const reply: At = { ...request, direction: 'reply' };

const enters = (at: At): TraceStep => ({ at, skb: null, effects: [], kind: 'device-entered', device: 'eth0', mtu: 1500 });
const receives = (at: At): TraceStep => ({ at, skb: null, effects: [], kind: 'received', by: 'a' });
const rewrites = (at: At): TraceStep => ({
  at,
  skb: null,
  effects: [],
  kind: 'hook-passed',
  hook: 'PREROUTING',
  reads: [],
  rulesRead: 1,
  translations: [{ which: 'destination', by: 'rule' } as Extract<TraceStep, { kind: 'hook-passed' }>['translations'][number]],
  markBefore: 0,
  connectionState: 'NEW',
  scheduled: null,
});

const steps = [
  enters(dns),
  rewrites(dns),
  receives(dns),
  enters(request),
  rewrites(request),
  enters(request),
  enters(reply),
  receives(reply),
];

test('questions are line D, the request line A, the answer line R', () => {
  expect(journeyOf(steps).lines).toEqual([
    { letter: 'D', first: 0, last: 2 },
    { letter: 'A', first: 3, last: 5 },
    { letter: 'R', first: 6, last: 7 },
  ]);
});

test('lines begin and end at a terminus, and a rewritten address is a change', () => {
  expect(journeyOf(steps).stops.map((stop) => stop.shape)).toEqual([
    'terminus',
    'change',
    'terminus',
    'terminus',
    'change',
    'terminus',
    'terminus',
    'terminus',
  ]);
});

test('the next change lies ahead of the playhead', () => {
  const journey = journeyOf(steps);
  expect([nextChange(journey, 0), nextChange(journey, 1), nextChange(journey, 4)]).toEqual([1, 4, null]);
});

test('a reader begins where the request’s own address is rewritten, or where it is refused', () => {
  expect(tellingStep(steps)).toBe(4);
  const refused: TraceStep = {
    at: request,
    skb: null,
    effects: [],
    kind: 'dropped',
    reason: 'rule',
    hook: null,
    reads: [],
    rulesRead: 0,
    route: null,
  };
  expect(tellingStep([...steps.slice(0, 6), refused])).toBe(6);
});
