import { expect, test } from 'vitest';
import { openText, runCommand, type Session } from './command';

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: main, image: nginx }] }\n`;

/** Types commands one after the other; each into a text, which is opened first where `opens` says so. */
function terminal() {
  let session: Session | null = null;
  let opened = openText(null, '', { revision: 1 });
  return {
    open: (text: string, revision: number) => {
      opened = openText(session, text, { revision, previous: opened.loaded });
      return opened.loaded.snapshot;
    },
    type: (line: string, text: string) => {
      const run = runCommand(session, { line, text }, opened);
      session = run.session;
      opened = run.opened;
      return run.ran;
    },
  };
}

test('a command finds the cluster of the text, also of one that the page has not opened yet', () => {
  const { open, type } = terminal();
  open(pod('shop'), 2);
  expect(type('kubectl get pods', pod('shop')).output).toMatch(/^NAME.*\nshop +1\/1 +Running/);
  expect(type('kubectl get pods', pod('till')).output).toMatch(/^NAME.*\ntill /);
});

test('looking changes neither text nor cluster', () => {
  const { type } = terminal();
  expect(type('kubectl get nodes', '')).toMatchObject({ status: 0, text: null, snapshot: null, sent: null });
});

test('a command that is none fails as a shell has it', () => {
  expect(terminal().type('kubctl get pods', '')).toMatchObject({ status: 127, output: expect.stringContaining('command not found') });
});

test('a text that cannot be read leaves the cluster of the one before', () => {
  const { open, type } = terminal();
  open(pod('shop'), 2);
  expect(open(`${pod('shop')}---\n: [`, 3).staleFromLine).not.toBeNull();
  expect(type('kubectl get pods -o name', `${pod('shop')}---\n: [`).output).toBe('pod/shop\n');
});
