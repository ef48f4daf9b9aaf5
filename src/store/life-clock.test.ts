// The clock of a cluster over time, by its table.

import { expect, test } from 'vitest';
import { LONGEST } from '../engine/index';
import { clockTime, type LifeClock, type LifeCommand, wound } from './life-clock';

const resting: LifeClock = { now: 5000, running: false, speed: 2 };
const running: LifeClock = { ...resting, running: true };
const UNTIL = 20_000;

test.each<[LifeCommand, Partial<LifeClock>, Partial<LifeClock>]>([
  [{ kind: 'run' }, { running: true }, {}],
  [{ kind: 'pause' }, {}, { running: false }],
  [{ kind: 'toggle' }, { running: true }, { running: false }],
  [{ kind: 'tick', elapsed: 16 }, {}, { now: 5032 }],
  [{ kind: 'seek', at: 7000.4 }, { now: 7000 }, { now: 7000, running: false }],
  [{ kind: 'seek', at: -3 }, { now: 0 }, { now: 0, running: false }],
  [{ kind: 'arrive', at: 7000 }, { now: 7000 }, { now: 7000 }],
  [{ kind: 'speed', speed: 'leap' }, { speed: 'leap' }, { speed: 'leap' }],
  [{ kind: 'faster' }, { speed: 5 }, { speed: 5 }],
  [{ kind: 'slower' }, { speed: 1 }, { speed: 1 }],
])('%j', (command, atRest, underWay) => {
  expect(wound(resting, command, UNTIL)).toEqual({ ...resting, ...atRest });
  expect(wound(running, command, UNTIL)).toEqual({ ...running, ...underWay });
});

test('time does not run beyond what the engine knows, and waits there', () => {
  expect(wound({ ...running, now: UNTIL - 5 }, { kind: 'tick', elapsed: 100 }, UNTIL)).toEqual({ ...running, now: UNTIL });
});

test('a page that was in the background does not make up for it', () => {
  expect(wound(running, { kind: 'tick', elapsed: 60_000 }, LONGEST).now).toBe(5500);
});

test('a clock that leaps is not moved by frames', () => {
  const leaping: LifeClock = { ...running, speed: 'leap' };
  expect(wound(leaping, { kind: 'tick', elapsed: 100 }, UNTIL)).toEqual(leaping);
});

test('at the end of the axis the clock rests, and does not start again', () => {
  const end = wound({ ...running, now: LONGEST - 1 }, { kind: 'tick', elapsed: 100 }, LONGEST);
  expect(end).toEqual({ ...running, now: LONGEST, running: false });
  expect(wound(end, { kind: 'run' }, LONGEST).running).toBe(false);
});

test('a pause falls on a whole millisecond, at which the engine can be asked', () => {
  expect(wound({ ...running, now: 12.7 }, { kind: 'pause' }, UNTIL).now).toBe(13);
});

test('time is written as on a stopwatch', () => {
  expect([0, 49, 1234, 61_990, 3_600_000].map(clockTime)).toEqual(['0:00.0', '0:00.0', '0:01.2', '1:01.9', '60:00.0']);
});
