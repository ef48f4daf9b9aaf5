import { beforeEach, expect, test } from 'vitest';
import type { CommandAnswer, Completion } from '../../store/terminal';
import { Dialogue, type DialogueEnds } from './dialogue';

const ESCAPE = '\x1b';
const BELL = '\x07';
const HOME = { machine: null, namespace: 'default' };
const WORDS = {
  engineStopped: 'STOPPED',
  engineRestarted: 'RESTARTED',
  today: 'TODAY',
  kept: (objects: readonly string[], why: string) => `${why.toUpperCase()} ${objects.join(' ')}`,
  editing: (object: string, isWritten: boolean) => `${object} ${isWritten ? 'OPEN' : 'NOWHERE'}`,
  moreWords: (count: number) => `${count} MORE`,
};

let screen = '';
let history: string[] = [];
let runs: { line: string; answered: (answer: CommandAnswer) => void }[] = [];
let questions: { line: string; cursor: number; answered: (completion: Completion) => void }[] = [];

const ends: DialogueEnds = {
  write: (text) => {
    screen += text;
  },
  columns: () => 80,
  words: () => WORDS,
  run: (line, answered) => runs.push({ line, answered }),
  complete: (line, cursor, answered) => questions.push({ line, cursor, answered }),
  history: () => history,
  remember: (line) => history.push(line),
};

beforeEach(() => {
  screen = '';
  history = [];
  runs = [];
  questions = [];
});

const open = (): Dialogue => new Dialogue(ends, HOME, false);
const answer = (part: Partial<CommandAnswer> = {}): CommandAnswer => ({
  output: '',
  edit: null,
  instead: null,
  shell: HOME,
  kept: [],
  ...part,
});

/** Colours, links and movements taken away. */
function plain(): string {
  const sequence = new RegExp(`${ESCAPE}(?:\\[[\\d;?]*[A-Za-z]|\\][^${BELL}]*${BELL})`, 'g');
  return screen.replaceAll('\r', '').replace(sequence, '');
}

test('a line is run, remembered, and answered before the next prompt', () => {
  const dialogue = open();
  dialogue.receive('kubectl get pods\r');
  expect(runs.map(({ line }) => line)).toEqual(['kubectl get pods']);
  expect(history).toEqual(['kubectl get pods']);
  runs[0]!.answered(answer({ output: 'NAME\nweb\n' }));
  expect(plain()).toBe('student@kubehop:~$ kubectl get pods\nNAME\nweb\nstudent@kubehop:~$ ');
});

test('several pasted lines run one after the other, the last one waits for Enter', () => {
  const dialogue = open();
  dialogue.receive('\x1b[200~kubectl get pods\nkubectl get svc\nkubectl get\x1b[201~');
  expect(runs).toHaveLength(1);
  runs[0]!.answered(answer());
  expect(runs.map(({ line }) => line)).toEqual(['kubectl get pods', 'kubectl get svc']);
  runs[1]!.answered(answer());
  expect(runs).toHaveLength(2);
  expect(plain()).toMatch(/kubectl get$/);
});

test('a here-document is one command, with a prompt of its own for each line', () => {
  const dialogue = open();
  dialogue.receive('kubectl apply -f - <<EOF\rkind: Pod\rEOF\r');
  expect(runs.map(({ line }) => line)).toEqual(['kubectl apply -f - <<EOF\nkind: Pod\nEOF']);
  expect(plain()).toContain('\n> kind: Pod\n> EOF\n');
});

test('Ctrl-C leaves an unfinished command, and drops what waits behind a running one', () => {
  const dialogue = open();
  dialogue.receive("echo 'a\rb\x03kubectl get pods\rkubectl get svc\r\x03");
  expect(runs.map(({ line }) => line)).toEqual(['kubectl get pods']);
  runs[0]!.answered(answer());
  expect(runs).toHaveLength(1);
});

test('Tab asks what may follow, and letters typed meanwhile come after it', () => {
  const dialogue = open();
  dialogue.receive('kubectl get po\t-A');
  expect(questions[0]).toMatchObject({ line: 'kubectl get po', cursor: 14 });
  questions[0]!.answered({ from: 12, words: ['pods'] });
  expect(plain()).toMatch(/kubectl get pods -A$/);
});

test('several words that may follow are listed, and the line comes again', () => {
  const dialogue = open();
  dialogue.receive('kubectl get \t');
  questions[0]!.answered({ from: 12, words: ['pods', 'services'] });
  expect(plain()).toBe('student@kubehop:~$ kubectl get \npods      services\nstudent@kubehop:~$ kubectl get ');
});

test('the prompt says where one is, and Ctrl-D leaves a machine', () => {
  const dialogue = open();
  dialogue.receive('ssh node-1\r');
  runs[0]!.answered(answer({ shell: { machine: 'node-1', namespace: 'default' } }));
  expect(plain()).toMatch(/root@node-1:~# $/);
  dialogue.receive('\x04');
  expect(runs[1]!.line).toBe('exit');
  runs[1]!.answered(answer({ shell: { machine: null, namespace: 'production' } }));
  expect(plain()).toMatch(/student@kubehop \(production\):~\$ $/);
});

test('no output can move the cursor, and what is offered instead is a link with an encoded address', () => {
  const dialogue = open();
  dialogue.receive('x\r');
  screen = '';
  runs[0]!.answered(answer({ output: 'a: \x1b[2J\x07b', instead: 'kubectl create deployment web --image="a b"' }));
  expect(screen).toContain('a: [2Jb\r\n');
  expect(screen).toContain('\x1b]8;;run:kubectl%20create%20deployment%20web%20--image%3D%22a%20b%22\x07kubectl create');
});

test('an engine that stops is said; lines wait for the next one, which knows nothing of the last', () => {
  const dialogue = open();
  dialogue.receive('kubectl get pods\r');
  dialogue.engineStopped();
  dialogue.receive('kubectl get svc\r');
  expect(runs).toHaveLength(1);
  expect(plain()).toContain('STOPPED');
  dialogue.engineRestarted();
  expect(plain()).toMatch(/RESTARTED\nstudent@kubehop:~\$ kubectl get svc\n$/);
  expect(runs.map(({ line }) => line)).toEqual(['kubectl get pods', 'kubectl get svc']);
  runs[0]!.answered(answer({ output: 'TOO LATE\n' }));
  expect(plain()).not.toContain('TOO LATE');
  expect(history).toContain('kubectl get pods');
});

test('an offer replaces what is being written, even inside a here-document', () => {
  const dialogue = open();
  dialogue.receive('cat <<EOF\rhalf');
  dialogue.enter('kubectl get pods');
  expect(runs.map(({ line }) => line)).toEqual(['kubectl get pods']);
});

test('an empty line runs nothing', () => {
  open().receive('\r  \r');
  expect(runs).toEqual([]);
  expect(history).toEqual([]);
});

test('what a command could not write into the text is said below what it printed', () => {
  const dialogue = open();
  dialogue.receive('kubectl scale deploy web --replicas=5\r');
  const object = { kind: 'Deployment', namespace: 'default', name: 'web' } as const;
  runs[0]?.answered(answer({ output: 'deployment.apps/web scaled\n', kept: [{ object, why: 'edited' }] }));
  expect(plain()).toContain('scaled\nEDITED Deployment web\n');
});
