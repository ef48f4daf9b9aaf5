import { expect, test } from 'vitest';
import { courseOf, isDeafToTerm } from './command-line';

const container = (command: readonly string[], image = 'busybox') => ({ image, command, args: [], stdin: false });
const line = (script: string) => courseOf(container(['sh', '-c', script]));
/** `3@5s`, `stays`, `unread`. */
const told = (course: ReturnType<typeof courseOf>): string =>
  course.kind === 'ends' ? `${course.code}@${Math.floor(course.after / 1000)}s` : course.kind;

test.each([
  [['true'], '0@0s'],
  [['false'], '1@0s'],
  [['echo', 'hi'], '0@0s'],
  [['/bin/sleep', '20'], '0@20s'],
  [['sleep', '1d'], '0@86400s'],
  [['sleep', 'infinity'], 'stays'],
  [['sleep', '$TIME'], 'unread'],
  [['tail', '-f', '/dev/null'], 'stays'],
  [['tail', '/etc/hosts'], '0@0s'],
  [['wget', '-qO-', 'http://web'], '0@0s'],
  [['nslookup', 'web'], '0@0s'],
  [['ping', '-c', '4', 'web'], '0@3s'],
  [['ping', 'web'], 'stays'],
  [['sh'], '0@0s'],
  [['sh', 'start.sh'], 'unread'],
  [['nginx', '-g', 'daemon off;'], 'unread'],
])('the command %j: %s', (command, expected) => {
  expect(told(courseOf(container(command)))).toBe(expected);
});

test.each([
  ['exit 1', '1@0s'],
  ['echo hi; sleep 5; exit 3', '3@5s'],
  ['sleep 5 && exit 1', '1@5s'],
  ['false && exit 3', '1@0s'],
  ['false || exit 3', '3@0s'],
  ['true || sleep 60\nexit 4', '4@0s'],
  ['echo "a; b" && false', '1@0s'],
  ["echo 'it is && done' > /tmp/x 2>&1; sleep 1m", '0@60s'],
  ['echo $HOSTNAME; exit', '0@0s'],
  ['false; exit $?', '1@0s'],
  ['exit 1; sleep 60', '1@0s'],
  ['server & sleep 9', '0@9s'],
  ['exec sleep 7', '0@7s'],
  ['sh -c "sleep 4; exit 2"', '2@4s'],
  ['while true; do date; sleep 1; done', 'stays'],
  ['echo begun; while :; do sleep 1; done', 'stays'],
  ['while true; do check && exit 1; done', 'unread'],
  ['until nslookup db; do sleep 2; done', 'unread'],
  ['echo hi; sleep infinity', 'stays'],
  ['sleep 5; nginx', 'unread'],
  ['cat x | nc web 80', 'unread'],
  ['if true; then exit 1; fi', 'unread'],
  ['echo $(date); exit 1', 'unread'],
  ['(sleep 1; exit 1)', 'unread'],
  ['x=1; exit $x', 'unread'],
  ['set -e; false; sleep 60', 'unread'],
  ['trap "exit 0" TERM; sleep 60 & wait', 'unread'],
  ['cat <<E\nexit 1\nE', 'unread'],
  ['! true', 'unread'],
  ['', 'unread'],
])('the line %j: %s', (script, expected) => {
  expect(told(line(script))).toBe(expected);
});

test('a shell without a terminal ends, one with an open input waits', () => {
  expect(told(courseOf(container([])))).toBe('0@0s');
  expect(told(courseOf(container([], 'nginx')))).toBe('unread');
  expect(told(courseOf({ ...container([]), stdin: true }))).toBe('unread');
});

test.each([
  [['sleep', '3600'], true],
  [['tail', '-f', '/dev/null'], true],
  [['sh', '-c', 'sleep 3600'], true],
  [['sh', '-c', 'while true; do date; sleep 1; done'], true],
  [['sh', '-c', 'echo ready; nginx'], true],
  [['sh', '-c', 'nginx'], false],
  [['sh', '-c', 'echo ready; exec nginx'], false],
  [['sh', '-c', 'echo ready; exec sleep 60'], true],
  [['bash', '-ec', 'trap "exit 0" TERM; sleep 60 & wait'], false],
  [['nginx', '-g', 'daemon off;'], false],
  [[], true],
])('whether SIGTERM means nothing to %j: %s', (command, expected) => {
  expect(isDeafToTerm(container(command))).toBe(expected);
});
