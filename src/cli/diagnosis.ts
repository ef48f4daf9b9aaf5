// `kubehop diagnose`: the checks in order, each with its command and what it prints, and the cause, for a terminal or as JSON.

import type { Language, ScenarioRequest, ToldCause, ToldCheck, ToldDiagnosis, Verdict } from '../engine/index';
import { formatPlace, type Sources } from './sources';

export interface Diagnosed {
  readonly request: ScenarioRequest;
  readonly diagnosis: ToldDiagnosis;
  readonly sources: Sources;
}

export interface DiagnosisReport {
  readonly request: ScenarioRequest;
  readonly failing: number;
  readonly summary: string;
  readonly checks: readonly {
    readonly n: number;
    readonly code: string;
    readonly about: string;
    readonly verdict: Verdict;
    readonly title: string;
    readonly explain: string | null;
    readonly command: string | null;
    /** The node on which the command is typed; null: anywhere with kubectl. */
    readonly node: string | null;
    readonly output: readonly string[];
  }[];
  readonly cause: {
    readonly code: string;
    readonly object: string | null;
    readonly path: string;
    /** `cluster.yaml:4:3`; null where nobody wrote it. */
    readonly place: string | null;
    readonly title: string;
    readonly explain: string;
    readonly advice: string;
    /** One field that takes the cause away. */
    readonly remedy: { readonly object: string; readonly path: string; readonly value: unknown } | null;
  } | null;
}

export function diagnosisReport({ request, diagnosis, sources }: Diagnosed, language: Language): DiagnosisReport {
  const { checks, cause, failing, summary } = diagnosis;
  return {
    request,
    failing,
    summary: summary[language],
    checks: checks.map(({ code, about, verdict, title, sentence, command, output }, index) => ({
      n: index + 1,
      code,
      about,
      verdict,
      title: title[language],
      explain: sentence?.[language] ?? null,
      command: command?.text ?? null,
      node: command?.node ?? null,
      output,
    })),
    cause: cause === null ? null : causeReport(cause, sources, language),
  };
}

function causeReport(cause: ToldCause, sources: Sources, language: Language): NonNullable<DiagnosisReport['cause']> {
  const { code, object, path, range, title, sentence, advice, remedy } = cause;
  return {
    code,
    object,
    path,
    place: range === null ? null : formatPlace(sources.at(range)),
    title: title[language],
    explain: sentence[language],
    advice: advice[language],
    remedy: remedy === null ? null : { object: object ?? '', path: remedy.path.join('.'), value: remedy.value },
  };
}

const MARKS: Readonly<Record<Verdict, string>> = { passed: 'ok', symptom: '!', failed: 'X', 'not-reached': '-' };

export function formatDiagnosis({ request, diagnosis, sources }: Diagnosed, language: Language): string {
  const { checks, cause, summary } = diagnosis;
  const lines = [
    `${request.from} -> ${request.to}`,
    summary[language],
    ...checks.flatMap((check, index) => [...headingOf(check, checks[index - 1], language), ...checkLines(check, language)]),
    ...(cause === null ? [] : causeLines(cause, sources, language)),
  ];
  return `${lines.join('\n')}\n`;
}

function headingOf(check: ToldCheck, before: ToldCheck | undefined, language: Language): readonly string[] {
  return before?.about === check.about ? [] : ['', check.heading[language]];
}

function checkLines({ verdict, title, command, output, sentence }: ToldCheck, language: Language): readonly string[] {
  return [
    `  ${MARKS[verdict].padEnd(3)} ${title[language]}`,
    ...(command === null ? [] : [`        ${command.node === null ? '$' : `${command.node}#`} ${command.text}`]),
    ...output.map((line) => `        ${line}`.trimEnd()),
    ...(sentence === null ? [] : [`      ${sentence[language]}`]),
  ];
}

const CAUSE: Readonly<Record<Language, string>> = { en: 'The cause: ', fr: 'La cause\u00a0: ' };

function causeLines({ title, sentence, advice, object, path, range }: ToldCause, sources: Sources, language: Language): readonly string[] {
  const place = range === null ? null : formatPlace(sources.at(range));
  const field = [object, path].filter((part) => part !== null && part !== '').join(' ');
  return [
    '',
    `${CAUSE[language]}${title[language]}`,
    `  ${sentence[language]}`,
    `  ${advice[language]}`,
    ...(field === '' ? [] : [`  ${place === null ? '' : `${place}: `}${field}`]),
  ];
}
