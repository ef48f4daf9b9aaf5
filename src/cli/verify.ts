// `kubehop verify`: conformance cases from files, each judged by the engine, and what came of them.

import { caseHolds, type ProxyModeName, type Verified, verifyCase } from '../engine/index';
import type { Source } from './sources';
import { UsageError } from './usage-error';

type Case = Readonly<Record<string, unknown>>;

/** The cases of a file: a list, or one case alone. */
export function readCases({ file, text }: Source): readonly Case[] {
  const value = parseJson(file, text);
  const cases: readonly unknown[] = Array.isArray(value) ? value : [value];
  return cases.map((one, index) => {
    if (!isCase(one)) throw new UsageError(`${file}:1:1: case ${index} is no object`);
    return one;
  });
}

function isCase(value: unknown): value is Case {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    throw new UsageError(
      `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: not JSON: ${message.replace(/ in JSON at.*/s, '')}`,
    );
  }
}

/** All cases in order; those that are not valid in the mode asked for are left out. */
export function verifyCases(cases: readonly Case[], mode: ProxyModeName | null): readonly Verified[] {
  return cases.flatMap((one) => verifyCase(one, mode) ?? []);
}

/** One line for each case that failed, and the count at the end. */
export function formatVerified(verified: readonly Verified[]): string {
  const failed = verified.filter((one) => caseHolds(one) === false);
  const passed = verified.filter((one) => caseHolds(one) === true).length;
  return `${failed.map((one) => `${failure(one)}\n`).join('')}${passed} passed, ${failed.length} failed\n`;
}

function failure(verified: Verified): string {
  if ('error' in verified) return `${verified.id}: ${verified.error}`;
  const judged = 'requests' in verified ? verified.requests : [verified];
  const wrong = judged.flatMap((one, index) => {
    const others = 'otherModes' in one ? `, elsewhere ${JSON.stringify(one.otherModes)}` : '';
    return one.ok === false ? [`[${index}] expected ${JSON.stringify(one.expect)}, got ${JSON.stringify(one.actual)}${others}`] : [];
  });
  return `${verified.id}: ${wrong.join('; ')}`;
}
