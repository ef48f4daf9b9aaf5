// One command as its verb sees it: the words, the flags that were given, and what it may read.

import type { ApiServer } from '../engine/index';
import type { Answer } from './answer';
import { allFlags, type Command } from './command';
import { type Flags, isTrue } from './flags';
import type { Session } from './session';

export interface Call {
  readonly command: Command;
  readonly server: ApiServer;
  readonly words: readonly string[];
  /** What stands behind `--`; empty also where there is no `--`. */
  readonly behind: readonly string[];
  readonly flags: Given;
  /** In which objects are looked for. */
  readonly namespace: string;
  /** The namespace of the current context. */
  readonly contextNamespace: string;
  /** Whether the command names the namespace itself. */
  readonly isNamespaceNamed: boolean;
  /** What stands before a pipe or comes after `<<`, for `-f -`. */
  readonly input: string;
  /** The content of a file; null where there is none of the name. */
  readonly read: (file: string) => string | null;
  /** Whether there are no files at all, so that every name of one means the manifest: in a page. */
  readonly isWithoutFiles: boolean;
}

/** Flags by their long names, without dashes. */
export interface Given {
  /** The last value given, or undefined. */
  readonly one: (name: string) => string | undefined;
  /** Every value given, in order; those of a list are parted already. */
  readonly all: (name: string) => readonly string[];
  /** Whether a switch is on, given or by itself. */
  readonly isOn: (name: string) => boolean;
}

/** A verb: what it answers to a command. */
export type Verb = (call: Call) => Answer;

/** Verbs by their path: `get`, `rollout status`. */
export type Verbs = Readonly<Record<string, Verb>>;

interface Read {
  readonly command: Command;
  readonly flags: Flags;
  readonly input: string;
}

export function callOf({ server, namespace, read, isWithoutFiles = false }: Session, { command, flags, input }: Read): Call {
  const given = givenFlags(command, flags);
  const named = given.one('namespace') ?? '';
  return {
    command,
    server,
    words: flags.words,
    behind: flags.behind ?? [],
    flags: given,
    namespace: named === '' ? namespace : named,
    contextNamespace: namespace,
    isNamespaceNamed: named !== '',
    input,
    read,
    isWithoutFiles,
  };
}

function givenFlags(command: Command, { values }: Flags): Given {
  const all = (name: string) => (Object.hasOwn(values, name) ? (values[name] ?? []) : []);
  const unset = (name: string) => allFlags(command).find(({ long }) => long === name)?.unset ?? 'false';
  return { all, one: (name) => all(name).at(-1), isOn: (name) => isTrue(all(name).at(-1) ?? unset(name)) };
}
