// How the command line of a container ends, as far as it can be read off its words: at once, after its sleeps, never. A small reader of what
// courses write; whatever it cannot read runs on. Programs that ask the network or files something are taken to succeed. Left out: variables,
// conditions other than && and ||, loops that count, scripts in files.

import type { Container } from '../kube/pod';
import { imageName } from './listening';
import { type Joint, shellParts } from './shell-words';

export type Course =
  /** `after`: milliseconds from its start. */
  { readonly kind: 'ends'; readonly code: number; readonly after: number } | { readonly kind: 'stays' } | { readonly kind: 'unread' };

type Command = Pick<Container, 'image' | 'command' | 'args' | 'stdin'>;

const STAYS = { kind: 'stays' } as const;
const UNREAD = { kind: 'unread' } as const;

/** What a program takes that has next to nothing to do, in milliseconds. */
const MOMENT = 50;

/** Images that start a shell unless they are told otherwise: without a terminal it reads the end of its input, and ends. */
const SHELL_IMAGES: readonly string[] = ['alpine', 'busybox', 'debian', 'netshoot', 'ubuntu'];

const SHELLS = ['sh', 'bash', 'ash', 'dash'];

/** How a container ends that nobody ends. Whoever has an open input may wait for what is typed. */
export function courseOf({ image, command, args, stdin }: Command): Course {
  const words = [...command, ...args];
  if (stdin) return UNREAD;
  if (words.length === 0) return SHELL_IMAGES.includes(imageName(image)) ? ends(0) : UNREAD;
  return simple(words, 0);
}

/**
 * Whether SIGTERM has no effect on the container's process 1: it has no handler for it, and the kernel shields process 1 from the default
 * action (pid_namespaces(7)). A shell that runs one command alone becomes that command.
 */
export function isDeafToTerm({ image, command, args }: Pick<Command, 'image' | 'command' | 'args'>): boolean {
  const words = [...command, ...args];
  return words.length === 0 ? SHELL_IMAGES.includes(imageName(image)) : isDeaf(words);
}

function isDeaf(words: readonly string[]): boolean {
  const script = scriptIn(words);
  if (script === null) return [...SHELLS, 'sleep', 'tail', 'cat'].includes(nameOf(words));
  const parts = shellParts(script);
  if (parts === null) return !/(?:^|[\s;&|])(?:exec|trap)\s/.test(script);
  if (parts.some(({ words: [first] }) => first === 'trap')) return false;
  const [first, last] = [parts[0]?.words ?? [], parts.at(-1)?.words ?? []];
  if (last[0] === 'exec') return isDeaf(last.slice(1));
  return parts.length !== 1 || isDeaf(first);
}

/** The line that a shell is given with -c; null for any other command. */
function scriptIn(words: readonly string[]): string | null {
  return SHELLS.includes(nameOf(words)) && /^-[a-z]*c$/.test(words[1] ?? '') ? (words[2] ?? '') : null;
}

function nameOf([first = '']: readonly string[]): string {
  return first.slice(first.lastIndexOf('/') + 1);
}

function ends(code: number, after: number = MOMENT): Course {
  return { kind: 'ends', code, after };
}

// A whole line.

interface Line {
  readonly code: number;
  readonly after: number;
}

function lineCourse(script: string): Course {
  if (isEndless(script)) return STAYS;
  const parts = shellParts(script);
  if (parts === null) return UNREAD;
  let line: Line = { code: 0, after: 0 };
  for (const { joint, words, inBackground } of parts) {
    if (!isReached(joint, line.code)) continue;
    const course = inBackground ? ends(0, 0) : simple(words, line.code);
    if (course.kind !== 'ends') return course;
    line = { code: course.code, after: line.after + course.after };
    if (words[0] === 'exit' || words[0] === 'exec') break;
  }
  return ends(line.code, Math.max(MOMENT, line.after));
}

function isReached(joint: Joint, code: number): boolean {
  if (joint === '&&') return code === 0;
  return joint === '||' ? code !== 0 : true;
}

/** A loop that only ends if something in it says so, with commands before it that are no matter. */
function isEndless(script: string): boolean {
  const loop = /^(.*?)(?:while\s+(?:true|:|\[\s*1\s*\])|until\s+false)\s*[;\n]\s*do\b(.*)\bdone\b/s.exec(script);
  if (loop === null || /\b(?:break|exit|return|exec)\b/.test(loop[2] ?? '')) return false;
  const before = (loop[1] ?? '').trim().replace(/(?:;|&&)$/, '');
  return before === '' || lineCourse(before).kind === 'ends';
}

// One command.

/** They ask or change something, and end. */
const QUICK: ReadonlySet<string> = new Set(
  'true : echo printf date pwd id whoami hostname uname env printenv ls cat seq cd export touch mkdir cp mv rm chmod nslookup dig host getent wget curl'.split(
    ' ',
  ),
);

/** `code`: that of the command before. */
function simple(words: readonly string[], code: number): Course {
  const [, first = ''] = words;
  const script = scriptIn(words);
  if (script !== null) return lineCourse(script);
  const name = nameOf(words);
  if (QUICK.has(name)) return ends(0);
  if (name === 'false') return ends(1);
  if (name === 'sleep') return slept(words.slice(1));
  if (name === 'tail') return words.slice(1).some((word) => /^-[a-z]*[fF]/.test(word) || /^--follow/.test(word)) ? STAYS : ends(0);
  if (name === 'ping') return pinged(words.slice(1));
  if (SHELLS.includes(name) && words.length === 1) return ends(0);
  if (words[0] === 'exec' && words.length > 1) return simple(words.slice(1), code);
  if (words[0] !== 'exit') return UNREAD;
  if (first === '' || first === '$?') return ends(code, 0);
  return /^\d+$/.test(first) ? ends(Number(first) % 256, 0) : UNREAD;
}

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

function slept(words: readonly string[]): Course {
  const [length = '', ...more] = words;
  if (more.length > 0) return UNREAD;
  if (/^inf(?:inity)?$/.test(length)) return STAYS;
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(length) ?? [];
  return count === undefined ? UNREAD : ends(0, Math.round(Number(count) * (SECONDS[unit] ?? 1) * 1000));
}

/** One each second; without -c for ever. */
function pinged(words: readonly string[]): Course {
  const at = words.indexOf('-c');
  if (at < 0) return words.some((word) => /^-[cwW]/.test(word)) ? UNREAD : STAYS;
  const count = Number(words[at + 1]);
  return Number.isInteger(count) && count > 0 ? ends(0, (count - 1) * 1000) : UNREAD;
}
