// One command line of `kubectl`: which command it is, its flags, and then its verb. A verb that is known and not simulated says so.

import { type Answer, misused, notSimulated, refused } from './answer';
import { callOf, type Verbs } from './call';
import { CLUSTER_VERBS } from './cluster/verbs';
import { type Command, KUBECTL } from './command';
import { describe } from './describe/describe';
import { dryRunRemark } from './dry-run';
import { findCommand } from './find';
import { type Flags, readFlags } from './flags';
import { get } from './get';
import { globalOptions, helpText } from './help';
import { ambiguities } from './kinds';
import { CONTEXT, type Session } from './session';
import { RUNNING_VERBS } from './shell/verbs';
import { CHANGING_VERBS } from './write/verbs';

/** By path. Each folder has its own: what tells of the cluster as a whole, what changes, what runs in a container. */
const SIMULATED: Verbs = {
  describe,
  get,
  ...CLUSTER_VERBS,
  ...CHANGING_VERBS,
  ...RUNNING_VERBS,
};

/** Commands that do nothing without one of the commands below them (DefaultSubCommandRun). */
const GROUPS = ['rollout', 'set', 'config', 'auth', 'top', 'certificate', 'create secret', 'create service', 'plugin'];

/** What asks no API server does not mind a context that is not there. */
const WITHOUT_SERVER = ['completion', 'config', 'kustomize', 'plugin'];

/** Flags that a command cannot do without (MarkFlagRequired). */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  run: ['image'],
  scale: ['replicas'],
  autoscale: ['max'],
  'create deployment': ['image'],
  'create cronjob': ['image', 'schedule'],
  'create clusterrolebinding': ['clusterrole'],
  'create service externalname': ['external-name'],
};

/** Runs one command line, without the word `kubectl`. `input` is what stands before a pipe or comes after `<<`, for `-f -`. */
export function kubectl(session: Session, words: readonly string[], input = ''): Answer {
  const found = findCommand(words[0] === 'help' ? [...words.slice(1), '--help'] : words);
  if ('status' in found) return found;
  const { command } = found;
  const flags = readFlags(command, found.words);
  if ('status' in flags) return flags;
  const answer = answered(session, { command, flags: forCommand(command, flags), input });
  const typed = TYPED.includes(command.path[0] ?? '') ? ambiguities(typesIn(flags.words)) : '';
  return { ...answer, err: flags.warnings + typed + answer.err };
}

/** Whose words behind `--` are another program's. */
const PASSING_ON = ['exec', 'run', 'debug', 'create deployment', 'create job', 'create cronjob'];

/** For all other commands the words behind `--` are words as well, even those that look like flags. */
function forCommand({ path }: Command, flags: Flags): Flags {
  return flags.behind === null || PASSING_ON.includes(path.join(' '))
    ? flags
    : { ...flags, words: [...flags.words, ...flags.behind], behind: null };
}

/** The commands whose first word is a type, or whose words are types with names. */
const TYPED = ['annotate', 'delete', 'describe', 'edit', 'explain', 'get', 'label', 'patch', 'wait'];

function typesIn(words: readonly string[]): readonly string[] {
  const slashed = words.filter((word) => word.includes('/'));
  return slashed.length > 0 ? slashed : words.slice(0, 1);
}

interface Read {
  readonly command: Command;
  readonly flags: Flags;
  readonly input: string;
}

function answered(session: Session, read: Read): Answer {
  const { command, flags } = read;
  const name = command.path.join(' ');
  if (command === KUBECTL || 'help' in flags.values) return { status: 0, out: helpText(command), err: '' };
  if (name === 'options') return { status: 0, out: globalOptions(), err: '' };
  const missing = (REQUIRED[name] ?? []).filter((flag) => !(flag in flags.values));
  if (missing.length > 0) return refused(`required flag(s) ${missing.map((flag) => `"${flag}"`).join(', ')} not set`);
  if (GROUPS.includes(name)) return withoutSubcommand(command, flags.words);
  const context = flags.values.context?.at(-1) ?? CONTEXT;
  if (context !== CONTEXT && !WITHOUT_SERVER.includes(command.path[0] ?? ''))
    return { status: 1, out: '', err: `Error in configuration: context was not found for specified context: ${context}\n` };
  const remark = dryRunRemark(flags.values['dry-run']?.at(-1), session.server.now);
  if (typeof remark !== 'string') return remark;
  const run = Object.hasOwn(SIMULATED, name) ? SIMULATED[name] : undefined;
  if (run === undefined) return notSimulated(`kubectl ${name}`);
  const answer = run(callOf(session, read));
  return remark === '' ? answer : { ...answer, err: remark + answer.err };
}

function withoutSubcommand(command: Command, words: readonly string[]): Answer {
  if (words.length > 0) return misused(command.path, `unknown command "${words.join(' ')}"`);
  const help = helpText(command);
  return command.path[0] === 'rollout' ? { status: 1, out: help, err: '' } : { status: 1, out: '', err: help };
}
