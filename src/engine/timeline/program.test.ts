import { expect, test } from 'vitest';
import { pod } from '../controlplane/specimens.test-support';
import { duration } from '../kube/duration';
import { answersAt, programOf } from './program';

const container = (said: object = {}) => ({ ...pod('a', {}).spec.containers[0]!, name: 'main', ...said });
const program = (annotations: Record<string, string>, said: object = {}) =>
  programOf(pod('a', { metadata: { annotations } }), container(said), false);

test('a program of which nobody says anything answers 200 and never ends', () => {
  expect(program({})).toMatchObject({ exit: null, errors: 0, latency: 0, drains: null });
  expect(answersAt(program({}), 100_000)).toBe(200);
});

test('its health changes with its age', () => {
  const ill = program({ 'kubehop.dev/health': '500@30s, 200@1m, hang@90' });
  expect([0, 29_999, 30_000, 60_000, 90_000].map((age) => answersAt(ill, age))).toEqual([200, 200, 500, 200, 'hang']);
});

test('an annotation with the name of a container speaks of that one alone', () => {
  const said = { 'kubehop.dev/exit.other': '1@5s', 'kubehop.dev/startup.main': '3s', 'kubehop.dev/startup': '1s' };
  expect(program(said)).toMatchObject({ exit: null, startup: 3000 });
});

test('who sleeps ends when the time is over', () => {
  expect(program({}, { command: ['sleep', '20'] }).exit).toEqual({ code: 0, after: 20_000 });
  expect(program({}, { command: ['sh', '-c', 'sleep 2m'] }).exit).toEqual({ code: 0, after: 120_000 });
  expect(program({}, { args: ['sleep', 'infinity'] }).exit).toBeNull();
});

test('what cannot be read says nothing', () => {
  expect(program({ 'kubehop.dev/exit': 'soon', 'kubehop.dev/errors': 'many', 'kubehop.dev/health': '999, ok@1s' })).toEqual(program({}));
  expect(duration('5 parsecs')).toBeNull();
  expect(program({ 'kubehop.dev/errors': '5%', 'kubehop.dev/pull': 'error' })).toMatchObject({ errors: 0.05, pull: 'error' });
});
