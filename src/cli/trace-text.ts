// `kubehop trace -o text`: the request step by step for a terminal, each with its sentence and its evidence.

import {
  type Evidence,
  formatSocket,
  type Language,
  type Sample,
  type SentRequest,
  type Step,
  type ToldStep,
  type ToldTrace,
} from '../engine/index';
import { podOf } from './trace-json';

export function formatTrace({ request, told }: SentRequest, language: Language, samples: readonly Sample[] | null): string {
  const { trace, steps, summary, client, proofs } = told;
  const lines = [
    `${request.from} -> ${request.to}`,
    summary[language],
    '',
    ...steps.flatMap((step, index) => stepLines(step, { number: index + 1, step: trace.steps[index], language })),
    ...(trace.backends.length === 0 ? [] : ['', BACK_ENDS[language]]),
    ...trace.backends.map(
      ({ address, owner, probability }) =>
        `  ${address.port === 0 ? address.ip : formatSocket(address)}  ${podOf(owner) ?? owner}  ${percent(probability, language)}`,
    ),
    ...(client === null
      ? []
      : ['', SEEN[language], ...[client.command, client.output].flatMap((line) => (line === null || line === '' ? [] : [`  ${line}`]))]),
    ...(proofs.length === 0 ? [] : ['', PROVEN[language], ...proofs.map((proof) => proofLine(proof, language))]),
    ...(samples === null ? [] : ['', COUNTED[language](samples.length), ...countLines(samples)]),
  ];
  return `${lines.join('\n')}\n`;
}

const BACK_ENDS: Readonly<Record<Language, string>> = { en: 'Possible back ends:', fr: 'Destinations possibles\u00a0:' };

const SEEN: Readonly<Record<Language, string>> = { en: 'What the client sees:', fr: 'Ce que voit le client\u00a0:' };

const PROVEN: Readonly<Record<Language, string>> = {
  en: 'To prove it on a real cluster:',
  fr: 'Pour le prouver sur un vrai cluster\u00a0:',
};

function proofLine({ command, node, shows }: ToldTrace['proofs'][number], language: Language): string {
  return `  ${node === null ? '' : `${node}# `}${command}  [${shows[language]}]`;
}

const COUNTED: Readonly<Record<Language, (requests: number) => string>> = {
  en: (requests) => `Where ${requests} requests went:`,
  fr: (requests) => `Où sont allées ${requests} requêtes\u00a0:`,
};

function percent(probability: number, language: Language): string {
  const text = (probability * 100).toFixed(1);
  return language === 'fr' ? `${text.replace('.', ',')}\u00a0%` : `${text} %`;
}

interface Numbered {
  readonly number: number;
  readonly step: Step | undefined;
  readonly language: Language;
}

function stepLines(told: ToldStep, { number, step, language }: Numbered): readonly string[] {
  const detail = told.detail[language];
  const head = `${String(number).padStart(3)} ${letterOf(step)}  ${told.title[language]}${detail === '' ? '' : `  ${detail}`}`;
  return [head, `       ${told.sentence[language]}`, ...told.evidence.map((item) => evidenceLine(item, language))];
}

/** The three lines of the picture: D finds the address, A goes, R comes back. */
function letterOf(step: Step | undefined): string {
  if (step?.at.purpose === 'dns') return 'D';
  return step?.at.direction === 'reply' ? 'R' : 'A';
}

function evidenceLine({ text, matched, note }: Evidence, language: Language): string {
  const mark = matched === true ? '+' : matched === false ? '-' : '.';
  return `       ${mark} ${text.replaceAll('\t', ' ')}${note === null ? '' : `  [${note[language]}]`}`;
}

function countLines(samples: readonly Sample[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { backend, outcome } of samples) counts.set(backend ?? outcome, (counts.get(backend ?? outcome) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([where, count]) => `  ${where}  ${count}`);
}
