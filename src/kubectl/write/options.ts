// What every changing command reads of its flags, and how it tells what it did.

import type { JsonMap } from '../../engine/index';
import type { Call } from '../call';
import { printTemplate, sorted } from '../jsonpath';
import { yamlText } from '../yaml';
import { slashed } from './naming';
import { client, type Failure, type Progress, said } from './progress';

export type DryRun = 'none' | 'client' | 'server';

export function dryRun({ flags }: Call): DryRun {
  const given = flags.one('dry-run');
  if (given === undefined || given === 'none' || /^(?:0|f|false)$/i.test(given)) return 'none';
  return given === 'server' ? 'server' : 'client';
}

/** `created`, `created (dry run)`, `created (server dry run)`. */
export function inWords(operation: string, mode: DryRun): string {
  return mode === 'none' ? operation : `${operation} (${mode === 'client' ? '' : 'server '}dry run)`;
}

export function numberIn({ flags }: Call, name: string): number | undefined {
  const given = flags.one(name);
  return given === undefined ? undefined : Number(given);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `1m30s` as milliseconds (Go's time.ParseDuration); undefined where the flag is not given. */
export function durationIn({ flags }: Call, name: string): number | undefined {
  const given = flags.one(name);
  if (given === undefined) return undefined;
  if (/^[-+]?0$/.test(given)) return 0;
  const [, sign = '', parts = ''] = /^([-+]?)((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)$/.exec(given) ?? [];
  const total = [...parts.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit = 's']) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );
  return sign === '-' ? -total : total;
}

/** The object as `-o` wants it, else `kind/name operation` (PrintFlags of cli-runtime). */
export function printed(
  progress: Progress,
  { flags }: Call,
  { object, operation }: { readonly object: JsonMap; readonly operation: string },
): Progress | Failure {
  const format = flags.one('output') ?? '';
  if (format === '') return said(progress, `${slashed(object)} ${operation}`.trimEnd());
  if (format === 'name') return said(progress, slashed(object));
  if (format === 'yaml') return { ...progress, out: `${progress.out}${progress.out === '' ? '' : '---\n'}${yamlText(object)}` };
  if (format === 'json') return said(progress, JSON.stringify(sorted(object), null, 4));
  if (!format.startsWith('jsonpath='))
    return client(`unable to match a printer suitable for the output format "${format}", allowed formats are: ${FORMATS}`);
  const text = printTemplate(format.slice('jsonpath='.length), object);
  return 'problem' in text ? client(text.problem) : { ...progress, out: progress.out + text.text };
}

const FORMATS = 'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';
