import { expect, test } from 'vitest';
import { type Playback, RESTING, reduce } from './playback';

const LENGTH = 5;
const at = (step: number, playing = false): Playback => ({ step, playing, speed: 1 });

test('play begins where the playhead rests, and from the start where it is at the end', () => {
  expect(reduce(at(2), { kind: 'play' }, LENGTH)).toEqual(at(2, true));
  expect(reduce(at(4), { kind: 'play' }, LENGTH)).toEqual(at(0, true));
});

test('each tick goes one step on, and the last one brings the playhead to rest', () => {
  expect(reduce(at(2, true), { kind: 'tick' }, LENGTH)).toEqual(at(3, true));
  expect(reduce(at(3, true), { kind: 'tick' }, LENGTH)).toEqual(at(4, false));
});

test('a tick that comes late does not move a resting playhead', () => {
  expect(reduce(at(2), { kind: 'tick' }, LENGTH)).toEqual(at(2));
});

test('stepping rests, and stays inside the trace', () => {
  expect(reduce(at(2, true), { kind: 'forward' }, LENGTH)).toEqual(at(3));
  expect(reduce(at(4), { kind: 'forward' }, LENGTH)).toEqual(at(4));
  expect(reduce(at(0), { kind: 'back' }, LENGTH)).toEqual(at(0));
  expect(reduce(at(1, true), { kind: 'last' }, LENGTH)).toEqual(at(4));
  expect(reduce(at(1), { kind: 'seek', step: 99 }, LENGTH)).toEqual(at(4));
});

test('a shorter trace pulls the playhead inside', () => {
  expect(reduce(at(4, true), { kind: 'fit' }, 3)).toEqual(at(2));
  expect(reduce(at(1, true), { kind: 'fit' }, 3)).toEqual(at(1, true));
});

test('without a trace nothing plays', () => {
  expect(reduce(RESTING, { kind: 'toggle' }, 0)).toEqual(RESTING);
});

test('speed has four values and stops at the ends', () => {
  const fastest = [1, 2, 3].reduce((playback) => reduce(playback, { kind: 'faster' }, LENGTH), RESTING);
  expect(fastest.speed).toBe(4);
  expect(reduce({ ...RESTING, speed: 0.5 }, { kind: 'slower' }, LENGTH).speed).toBe(0.5);
});
