// Flags as pflag reads them, and commands as cobra finds them: the words of the real tool for each mistake.

import { describe, expect, it } from 'vitest';
import { load, settledServer } from '../engine/index';
import { KUBECTL } from './command';
import { findCommand } from './find';
import { type Flags, readFlags } from './flags';
import { kubectl } from './kubectl';
import { newSession } from './session';

const session = newSession(settledServer(load(''), ''));

function flagsOf(line: string): Flags {
  const found = findCommand(line.split(' '));
  if ('status' in found) throw new Error(found.err);
  const flags = readFlags(found.command, found.words);
  if ('status' in flags) throw new Error(flags.err);
  return flags;
}

describe('the table of commands', () => {
  it('has the verbs in the order of kubectl, each with its flags', () => {
    expect(KUBECTL.children.map(({ path }) => path[0]).slice(0, 6)).toEqual(['create', 'expose', 'run', 'set', 'explain', 'get']);
    expect(KUBECTL.children.find(({ path }) => path[0] === 'create')?.children.map(({ path }) => path[1])).toContain('deployment');
  });

  it('finds a command behind flags and by its other names', () => {
    expect(findCommand(['-n', 'shop', 'create', 'deploy', 'x'])).toMatchObject({
      command: { path: ['create', 'deployment'] },
      words: ['-n', 'shop', 'x'],
    });
    expect(findCommand(['top', 'po'])).toMatchObject({ command: { path: ['top', 'pod'] }, words: [] });
  });
});

describe('flags', () => {
  it.each([
    ['get pods -n shop', { namespace: ['shop'] }],
    ['get pods -nshop', { namespace: ['shop'] }],
    ['get pods -n=shop', { namespace: ['shop'] }],
    ['get pods --namespace=shop', { namespace: ['shop'] }],
    ['get -Aowide pods', { 'all-namespaces': ['true'], output: ['wide'] }],
    ['get pods --watch=false', { watch: ['false'] }],
    ['get pods -L a,b -L c', { 'label-columns': ['a', 'b', 'c'] }],
    ['run x --image=i --env=A=1,2 --env B=3', { image: ['i'], env: ['A=1,2', 'B=3'] }],
    ['delete pod x --cascade', { cascade: ['background'] }],
    ['exec -it x -c web -- sh', { stdin: ['true'], tty: ['true'], container: ['web'] }],
    ['logs x --tail -1', { tail: ['-1'] }],
  ])('are read from %s', (line, values) => {
    expect(flagsOf(line).values).toEqual(values);
  });

  it('end at two dashes', () => {
    expect(flagsOf('exec x -- ls -la --color')).toMatchObject({ words: ['x'], behind: ['ls', '-la', '--color'] });
    expect(flagsOf('exec x')).toMatchObject({ words: ['x'], behind: null });
  });

  it.each([
    ['get -o', "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"],
    ['get -An', "error: flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage.\n"],
    ['run x --image', "error: flag needs an argument: --image\nSee 'kubectl run --help' for usage.\n"],
    ['run x --replicas=3', "error: unknown flag: --replicas\nSee 'kubectl run --help' for usage.\n"],
    ['create job --all-namespaces', "error: unknown flag: --all-namespaces\nSee 'kubectl create job --help' for usage.\n"],
    ['get ---x', "error: bad flag syntax: ---x\nSee 'kubectl get --help' for usage.\n"],
    [
      'get --watch=maybe pods',
      'error: invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax\nSee \'kubectl get --help\' for usage.\n',
    ],
    [
      'scale --replicas=a deploy x',
      'error: invalid argument "a" for "--replicas" flag: strconv.ParseInt: parsing "a": invalid syntax\nSee \'kubectl scale --help\' for usage.\n',
    ],
    [
      'scale --timeout=5 deploy x --replicas=1',
      'error: invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"\nSee \'kubectl scale --help\' for usage.\n',
    ],
    ['--foo get', "error: unknown flag: --foo\nSee 'kubectl --help' for usage.\n"],
    ['run web', 'error: required flag(s) "image" not set\n'],
    ['scale deploy web', 'error: required flag(s) "replicas" not set\n'],
    ['create cronjob x', 'error: required flag(s) "image", "schedule" not set\n'],
    ['-A get pods', 'error: flags cannot be placed before plugin name: -A\n'],
    ['rollout statu web', 'error: unknown command "statu web"\nSee \'kubectl rollout -h\' for help and examples\n'],
    ['describ pod x', 'error: unknown command "describ" for "kubectl"\n\nDid you mean this?\n\tdescribe\n'],
    ['list', 'error: unknown command "list" for "kubectl"\n\nDid you mean this?\n\tget\n'],
    ['frobnicate', 'error: unknown command "frobnicate" for "kubectl"\n'],
    ['get pods --context=x', 'Error in configuration: context was not found for specified context: x\n'],
  ])('are refused in %s', (line, err) => {
    expect(kubectl(session, line.split(' '))).toEqual({ status: 1, out: '', err });
  });
});

describe('help', () => {
  it('lists the flags of a verb with what they are unset, and the verbs of a group', () => {
    expect(kubectl(session, ['get', '--help']).out).toContain('    -A, --all-namespaces=false\n');
    expect(kubectl(session, ['rollout']).out).toMatch(/Available Commands:\n {2}history {3}/);
    expect(kubectl(session, ['rollout']).status).toBe(1);
    expect(kubectl(session, ['help', 'scale']).out).toContain('--replicas=0');
  });
});
