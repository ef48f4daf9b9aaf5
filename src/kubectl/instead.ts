// What does today what a refused command once did, as one line. Courses outlive the tools that they were written with: `run --replicas`
// made a Deployment until 1.18, `exec POD COMMAND` went without its `--` until 1.31. Commands that are refused have one, and those that work with a
// warning of their age.

import type { StoredObject } from '../engine/index';
import type { Answer } from './answer';
import { resourcesNamed } from './kinds';

interface Refused {
  /** Without the word `kubectl`. */
  readonly words: readonly string[];
  readonly err: string;
  readonly objects: readonly StoredObject[];
}

/** The command line to type instead; null where there is nothing to say. */
export function insteadOf(words: readonly string[], { status, err }: Answer, objects: readonly StoredObject[]): string | null {
  const said = { words, err, objects };
  for (const rule of status === 0
    ? [recorded, dryRunAlone, readiness]
    : [runOfMany, runWithin, execWithoutDashes, endpointSlices, typedName, withoutFlag, misspelt]) {
    const instead = rule(said);
    if (instead !== null) return ['kubectl', ...instead].map(quoted).join(' ');
  }
  return null;
}

type Rule = (refused: Refused) => readonly string[] | null;

/** `run NAME --image=… --replicas=3`: since 1.18 run makes one Pod. */
const runOfMany: Rule = ({ words, err }) => {
  if (words[0] !== 'run' || !/unknown flag: --(?:replicas|generator)/.test(err)) return null;
  const rest = without(words.slice(1), ['--generator', '--restart', '--requests', '--limits']);
  return rest.some((word) => word.startsWith('--replicas')) ? ['create', 'deployment', ...rest] : ['run', ...rest];
};

/** `run --requests`, `--limits`: gone; the manifest that run prints can be edited. */
const runWithin: Rule = ({ words, err }) =>
  words[0] === 'run' && /unknown flag: --(?:requests|limits)/.test(err)
    ? [...without(words, ['--requests', '--limits']), '--dry-run=client', '-o', 'yaml']
    : null;

/** `--record`: what changed is written down as an annotation. */
const recorded: Rule = ({ words, err }) => {
  if (!err.includes('Flag --record has been deprecated')) return null;
  const object = words.find((word) => word.includes('/')) ?? null;
  const typed = words.findIndex((word) => resourcesNamed(word).length > 0);
  const named = object === null ? words.slice(typed, typed + 2) : [object];
  if (object === null && (typed < 1 || named.length < 2 || named[1]?.startsWith('-') === true)) return null;
  const cause = ['kubectl', ...words.filter((word) => !word.startsWith('--record'))].join(' ');
  return ['annotate', ...named, `kubernetes.io/change-cause=${cause}`];
};

/** `--dry-run` alone still means the client's. */
const dryRunAlone: Rule = ({ words, err }) => {
  const [, today] = /--dry-run(?:=\w+)? is deprecated .*can be replaced with (--dry-run=\w+)\./.exec(err) ?? [];
  return today === undefined ? null : words.map((word) => (/^--dry-run(?:=|$)/.test(word) ? today : word));
};

/** `get componentstatuses`: the API server tells of itself. */
const readiness: Rule = ({ err }) => (err.includes('v1 ComponentStatus is deprecated') ? ['get', '--raw=/readyz?verbose'] : null);

/** `exec POD COMMAND`: everything behind the Pod's name is the command's. */
const execWithoutDashes: Rule = ({ words, err }) => {
  if (words[0] !== 'exec' || !err.includes('[COMMAND] is not supported anymore')) return null;
  const pod = firstPlain(words, 1);
  return pod < 0 ? null : [...words.slice(0, pod + 1), '--', ...words.slice(pod + 1)];
};

/** `endpoint` was never a name; today its slices are what one looks at. */
const endpointSlices: Rule = ({ words, err }) => {
  const at = words.indexOf('endpoint');
  if (at < 0 || !err.includes('resource type "endpoint"')) return null;
  const service = words[at + 1];
  const isNamed = service !== undefined && !service.startsWith('-');
  const chosen = isNamed ? ['endpointslices', '-l', `kubernetes.io/service-name=${service}`] : ['endpointslices'];
  return [...words.slice(0, at), ...chosen, ...words.slice(at + (isNamed ? 2 : 1))];
};

/** Whose name may stand where a type is missing, the likeliest first. */
const TYPES = ['deployment', 'statefulset', 'daemonset', 'replicaset', 'service', 'pod', 'node'] as const;

/** `rollout status web`, `describe web`: the word is read as a type, and there is none of that name. */
const typedName: Rule = ({ words, err, objects }) => {
  const [, name] = /doesn't have a resource type "([^"]+)"/.exec(err) ?? [];
  const at = name === undefined ? -1 : words.indexOf(name);
  const type = TYPES.find((one) =>
    resourcesNamed(one).some(({ kind }) => objects.some((object) => object.kind === kind && object.name === name)),
  );
  return at < 0 || type === undefined ? null : [...words.slice(0, at), `${type}/${name}`, ...words.slice(at + 1)];
};

/** What a flag that is gone, or was never so written, became. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  '--record': [],
  '--export': [],
  '--all-namespace': ['--all-namespaces'],
  '--show-all': [],
  '--short': [],
};

const withoutFlag: Rule = ({ words, err }) => {
  const [, flag = ''] = /unknown flag: (--[\w-]+)/.exec(err) ?? [];
  const today = Object.hasOwn(FLAGS, flag) ? FLAGS[flag] : undefined;
  return today === undefined ? null : words.flatMap((word) => (word === flag || word.startsWith(`${flag}=`) ? today : [word]));
};

/** A command that is one slip away from exactly one other. */
const misspelt: Rule = ({ words, err }) => {
  const [, typed, near = ''] = /unknown command "([^"]+)" for "kubectl"\n\nDid you mean this\?\n((?:\t.*\n)+)/.exec(err) ?? [];
  const [command, ...others] = near.trim().split(/\s+/);
  const at = typed === undefined ? -1 : words.indexOf(typed);
  return at < 0 || command === undefined || command === '' || others.length > 0
    ? null
    : [...words.slice(0, at), command, ...words.slice(at + 1)];
};

/** Flags with their values taken away, whether these stand behind `=` or apart. */
function without(words: readonly string[], flags: readonly string[]): readonly string[] {
  return words.filter((word, index) => {
    const before = words[index - 1] ?? '';
    return !flags.some((flag) => word === flag || word.startsWith(`${flag}=`) || (before === flag && !word.startsWith('-')));
  });
}

/** The first word from here on that is neither a flag nor the value of one. */
function firstPlain(words: readonly string[], from: number): number {
  return words.findIndex(
    (word, index) => index >= from && !word.startsWith('-') && !/^(?:-n|-c|--namespace|--container)$/.test(words[index - 1] ?? ''),
  );
}

function quoted(word: string): string {
  return /^[\w@%+=:,./{}[\]?-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
