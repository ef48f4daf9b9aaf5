// What kubectl's commands are: a tree of verbs and their sub-verbs, each with its flags, read off two tables in a short notation:
//
//     create deployment: NAME --image=image          the path, and how its usage goes on
//       Make a deployment                            one line of help
//         PRINT replicas|r:int=1 wait=true           flags: long name, |short, :type (none: a switch), =default, ?value of a bare flag,
//                                                    ! hidden and deprecated; a word in capitals stands for a group of them
//
// The parsing of flags, completion and help all read this tree.

import { CHANGING } from './verbs-changing';
import { LOOKING } from './verbs-looking';

/** As pflag has them: a slice is split at commas, an array is not. */
export type FlagType = 'switch' | 'text' | 'int' | 'duration' | 'slice' | 'array';

export interface Flag {
  readonly long: string;
  readonly short: string | null;
  readonly type: FlagType;
  /** As it would be typed; empty for none. */
  readonly unset: string;
  /** What the flag means without `=value`; null: it takes the next word. */
  readonly bare: string | null;
  readonly isHidden: boolean;
}

export interface Command {
  /** The words behind `kubectl`. */
  readonly path: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly children: readonly Command[];
  readonly aliases: readonly string[];
}

const PRINT = 'allow-missing-template-keys=true output|o:text show-managed-fields template:text';
const DRY = 'dry-run:text=none?unchanged';
const VALIDATE = 'validate:text=strict?strict';

const GROUPS: Readonly<Record<string, string>> = {
  PRINT,
  DRY,
  VALIDATE,
  FILES: 'filename|f:slice kustomize|k:text recursive|R',
  CASCADE: 'cascade:text=background?background',
  CREATE: `${PRINT} ${DRY} ${VALIDATE} field-manager:text=kubectl-create save-config`,
};

/** Flags that every command takes (`kubectl options`). */
export const GLOBAL_FLAGS: readonly Flag[] = flagsOf(
  `as:text as-group:array as-uid:text as-user-extra:array cache-dir:text certificate-authority:text client-certificate:text client-key:text
   cluster:text context:text disable-compression insecure-skip-tls-verify kubeconfig:text kuberc:text log-flush-frequency:duration=5s
   match-server-version namespace|n:text password:text profile:text=none profile-output:text=profile.pprof request-timeout:text=0
   server|s:text tls-server-name:text token:text user:text username:text v|v:int=0 vmodule:text warnings-as-errors help|h`,
);

/** The verbs in the order of kubectl's own help. */
const ORDER =
  'create expose run set explain get edit delete rollout scale autoscale certificate cluster-info top cordon uncordon drain taint describe logs attach exec port-forward proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion api-resources api-versions config plugin version options'.split(
    ' ',
  );

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'config use-context': ['use'],
  'create configmap': ['cm'],
  'create cronjob': ['cj'],
  'create deployment': ['deploy'],
  'create ingress': ['ing'],
  'create namespace': ['ns'],
  'create poddisruptionbudget': ['pdb'],
  'create priorityclass': ['pc'],
  'create quota': ['resourcequota'],
  'create service': ['svc'],
  'create serviceaccount': ['sa'],
  'set serviceaccount': ['sa'],
  'top node': ['nodes', 'no'],
  'top pod': ['pods', 'po'],
};

interface Written {
  readonly path: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
}

/** `kubectl` itself. */
export const KUBECTL: Command = tree();

function tree(): Command {
  const written = [
    ...entries(LOOKING),
    ...entries(CHANGING),
    { path: ['options'], usage: '', summary: 'List the flags that every command takes', flags: [] },
  ];
  const verbs = grown([], written);
  const inOrder = [...verbs].sort((a, b) => ORDER.indexOf(a.path[0] ?? '') - ORDER.indexOf(b.path[0] ?? ''));
  return { path: [], usage: '', summary: 'kubectl controls a cluster of Kubernetes', flags: [], children: inOrder, aliases: [] };
}

/** The commands below a path, with all that is below them. */
function grown(path: readonly string[], written: readonly Written[]): readonly Command[] {
  const below = written.filter((one) => one.path.length === path.length + 1 && path.every((word, index) => word === one.path[index]));
  return below.map((one) => ({ ...one, children: grown(one.path, written), aliases: ALIASES[one.path.join(' ')] ?? [] }));
}

function entries(table: string): readonly Written[] {
  return table
    .split(/\n(?=\S)/)
    .filter((entry) => entry.trim() !== '')
    .map(entryOf);
}

function entryOf(entry: string): Written {
  const [head = '', summary = '', ...flags] = entry.split('\n');
  const [, path = '', usage = ''] = /^\n?([a-z -]+): ?(.*)$/.exec(head) ?? [];
  return { path: path.split(' '), usage, summary: summary.trim(), flags: flagsOf(flags.join(' ')) };
}

function flagsOf(text: string): readonly Flag[] {
  const spelt = text.replace(/\b[A-Z]{3,}\b/g, (group) => GROUPS[group] ?? group);
  const words = spelt.split(/\s+/).filter((word) => word !== '');
  return words.map(flagOf);
}

function flagOf(word: string): Flag {
  const [, long = '', short, type = 'switch', unset = '', bare, hidden] =
    /^([\w-]+)(?:\|(\w))?(?::([a-z]+))?(?:=([^?!]*))?(?:\?(\w+))?(!)?$/.exec(word) ?? [];
  if (long === '' || !isFlagType(type)) throw new Error(`not a flag: ${word}`);
  return {
    long,
    short: short ?? null,
    type,
    unset: type === 'switch' && unset === '' ? 'false' : unset,
    bare: bare ?? (type === 'switch' ? 'true' : null),
    isHidden: hidden !== undefined,
  };
}

function isFlagType(text: string): text is FlagType {
  return ['switch', 'text', 'int', 'duration', 'slice', 'array'].includes(text);
}

/** Every flag that may stand in a command, those of every command last. */
export function allFlags({ flags }: Command): readonly Flag[] {
  return [...flags, ...GLOBAL_FLAGS.filter(({ long }) => !flags.some((own) => own.long === long))];
}

export function childNamed({ children }: Command, word: string): Command | undefined {
  return children.find(({ path, aliases }) => path.at(-1) === word || aliases.includes(word));
}
