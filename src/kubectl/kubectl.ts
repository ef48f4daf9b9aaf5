// The command `kubectl` on the settled cluster: the verb decides. `get` is there; the other verbs are known and say that they are not.

import { type ApiServer, editDistance } from '../engine/index';
import { type Answer, refused } from './answer';
import { get } from './get';

/** The verbs of kubectl 1.36, in the order of its own list. */
const VERBS = [
  'create',
  'expose',
  'run',
  'set',
  'explain',
  'get',
  'edit',
  'delete',
  'rollout',
  'scale',
  'autoscale',
  'certificate',
  'cluster-info',
  'top',
  'cordon',
  'uncordon',
  'drain',
  'taint',
  'describe',
  'logs',
  'attach',
  'exec',
  'port-forward',
  'proxy',
  'cp',
  'auth',
  'debug',
  'events',
  'diff',
  'apply',
  'patch',
  'replace',
  'wait',
  'kustomize',
  'label',
  'annotate',
  'completion',
  'api-resources',
  'api-versions',
  'config',
  'plugin',
  'version',
];

/** Words that people type for a verb of another name. */
const ALSO: Readonly<Record<string, readonly string[]>> = { get: ['list', 'ls'], delete: ['rm', 'remove'] };

/** A verb: what it answers to the words behind it. `input` is what stands before a pipe or comes after `<<`, for `-f -`. */
type Verb = (server: ApiServer, words: readonly string[], input: string) => Answer;

const SIMULATED: Readonly<Record<string, Verb>> = {
  get: (server, words) => get(server.objects, words),
};

/** Runs one command line, without the word `kubectl`. */
export function kubectl(server: ApiServer, words: readonly string[], input = ''): Answer {
  const verbAt =
    words[0] === '-n' || words[0] === '--namespace' ? 2 : /^(?:-A|--all-namespaces|-n.+|--namespace=.*)$/.test(words[0] ?? '') ? 1 : 0;
  const verb = words[verbAt];
  if (verb === undefined) return { status: 2, out: '', err: 'kubectl: a command is missing, such as get pods\n' };
  const run = Object.hasOwn(SIMULATED, verb) ? SIMULATED[verb] : undefined;
  if (run !== undefined) return run(server, [...words.slice(0, verbAt), ...words.slice(verbAt + 1)], input);
  if (VERBS.includes(verb)) return { status: 2, out: '', err: `kubectl ${verb} is not simulated yet\n` };
  return unknownCommand(verb);
}

/** Suggestions as cobra makes them: at most two letters off, or the same beginning. */
function unknownCommand(word: string): Answer {
  const near = VERBS.filter(
    (verb) =>
      editDistance(word.toLowerCase(), verb) <= 2 || verb.startsWith(word.toLowerCase()) || (ALSO[verb] ?? []).includes(word.toLowerCase()),
  );
  const text = `unknown command "${word}" for "kubectl"`;
  return near.length === 0 ? refused(text) : refused(text, '', 'Did you mean this?', ...near.map((verb) => `\t${verb}`));
}
