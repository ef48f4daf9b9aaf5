import { expect, test } from 'vitest';
import { terminalOutput } from './screen';

test('a warning comes before the table, an error after it', () => {
  const warning = 'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n';
  const error = 'Error from server (NotFound): endpoints "b" not found\n';
  expect(terminalOutput({ out: 'NAME\na\n', err: warning + error })).toBe(`${warning}NAME\na\n${error}`);
  expect(terminalOutput({ out: 'NAME\na\n', err: warning })).toBe(`${warning}NAME\na\n`);
  expect(terminalOutput({ out: '', err: error })).toBe(error);
});

test('an error begins its own line behind output that does not end one', () => {
  expect(terminalOutput({ out: '10.1.1.5', err: 'command terminated with exit code 7\n' })).toBe(
    '10.1.1.5\ncommand terminated with exit code 7\n',
  );
});
