// Commands that nobody thought of, on a cluster with everything in it: each is answered as a command-line tool answers, and what it prints as
// JSON or YAML can be read again.

import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { load, settledServer } from '../engine/index';
import type { Answer } from './answer';
import { FILES, MANIFEST } from './generated-cluster.test-support';
import { Chance, generatedCommand } from './generated-commands.test-support';
import { kubectl } from './kubectl';
import { newSession } from './session';

const server = settledServer(load(MANIFEST), MANIFEST);

function run(words: readonly string[]): Answer {
  return kubectl(
    newSession(server, (file) => FILES[file] ?? null),
    words,
    FILES['new.yaml'],
  );
}

/** How the real tool begins what it says of a failure, after its warnings. */
const FAILURE =
  /^(?:error: |Error from server|Error in configuration: |You must specify |The \w+ ".*" is invalid: |The request is invalid: |Unable to |context .* not found$|the server doesn't have a resource type |no .* has been implemented |error retrieving |.* not found\.?$|Found \d+ pods|pods? .* terminated|command terminated|.* is not simulated)/;
const REMARK =
  /^(?:Warning: |Flag --|W\d{4} |Defaulted container |Defaulting |Use ephemeral |All commands |If you |# |Creating |deprecated)/;
const GROUP = /\nUsage:\n {2}kubectl .*\[options\]\n/;

function problemOf({ status, out, err }: Answer): string | null {
  if (!Number.isInteger(status) || status < 0 || status > 255) return `status ${status}`;
  const strange = /undefined|\[object Object\]|\bNaN\b/.exec(out + err);
  if (strange !== null) return `says ${strange[0]}`;
  if (status === 0 || GROUP.test(out + err)) return null;
  const lines = err.split('\n').filter((line) => line !== '' && !REMARK.test(line));
  if (lines.length === 0) return status === 1 && out !== '' ? null : 'fails without a word';
  return lines.some((line) => FAILURE.test(line)) ? null : `fails with: ${lines[0]}`;
}

/** The format that is printed where `-o` says json or yaml, and nothing else says another. */
function formatOf(words: readonly string[]): 'json' | 'yaml' | null {
  if (words.some((word) => word === '--help' || word.startsWith('--template') || word === '--')) return null;
  const given = words.flatMap((word, index) =>
    word.startsWith('--output=') ? [word.slice('--output='.length)] : word === '-o' ? [words[index + 1] ?? ''] : [],
  );
  const [format, ...others] = given;
  return others.length === 0 && (format === 'json' || format === 'yaml') ? format : null;
}

function objectsIn(written: string, format: 'json' | 'yaml'): readonly unknown[] {
  // `label` tells of labels that are not there on standard output, and `replace --force` of what it deletes, whatever they print after it.
  const text = written.replace(/^(?:label ".*" not found\.|[\w.]+ "\S+" (?:force )?deleted.*)\n/gm, '');
  if (format === 'json')
    return text
      .split(/(?<=^\}\n)(?=\{)/m)
      .filter((part) => part.trim() !== '')
      .map((part): unknown => JSON.parse(part));
  return parseAllDocuments(text).flatMap((document) => {
    if ('errors' in document && document.errors.length > 0) throw new Error(document.errors[0]?.message);
    const value: unknown = document.toJS();
    return value === null ? [] : [value];
  });
}

/** What JSON and YAML of the same command say otherwise. */
function differenceOf(words: readonly string[], { out }: Answer, format: 'json' | 'yaml'): string | null {
  const other = format === 'json' ? 'yaml' : 'json';
  const again = run(words.map((word) => (word === format ? other : word === `--output=${format}` ? `--output=${other}` : word)));
  try {
    expect(objectsIn(again.out, other)).toEqual(objectsIn(out, format));
    return null;
  } catch (error) {
    return String(error);
  }
}

const COMMANDS = 550;

it(`answers ${COMMANDS} commands, and prints objects that can be read again`, () => {
  const chance = new Chance(1);
  const problems: string[] = [];
  let [worked, printed] = [0, 0];
  for (let count = 0; count < COMMANDS; count += 1) {
    const words = generatedCommand(chance);
    const answer = run(words);
    const problem = problemOf(answer);
    if (problem !== null) problems.push(`${words.join(' ')}: ${problem}`);
    if (answer.status === 0) worked += 1;
    const format = formatOf(words);
    if (format === null || answer.status !== 0 || answer.out === '') continue;
    printed += 1;
    const difference = differenceOf(words, answer, format);
    if (difference !== null) problems.push(`${words.join(' ')}: ${difference}`);
  }
  expect(problems).toEqual([]);
  // Both what works and what does not are among them.
  expect(worked).toBeGreaterThan(COMMANDS / 5);
  expect(worked).toBeLessThan(COMMANDS);
  expect(printed).toBeGreaterThan(10);
}, 240_000);

it('prints every object as the API server has it', () => {
  const types = ['all', ...new Set(server.objects.map(({ kind }) => kind))];
  for (const type of types) {
    const [json, yaml] = (['json', 'yaml'] as const).map((format) => {
      const [list] = objectsIn(run(['get', type, '-A', '-o', format]).out, format);
      return list;
    });
    expect([type, yaml]).toEqual([type, json]);
    if (type === 'all' || type === 'Event') continue;
    const there = server.objects.filter(({ kind }) => kind === type).map((object) => object.json);
    expect(json).toMatchObject({ kind: 'List', items: there });
  }
});
