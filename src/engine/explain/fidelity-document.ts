// FIDELITY.md, written from the data that the page shows with every step.

import type { Fidelity, FidelityLevel } from './fidelity';
import { FIDELITY, LEFT_OUT } from './fidelity-parts';

const HEADINGS: readonly (readonly [level: FidelityLevel, title: string, text: string])[] = [
  [
    'compiled',
    'Compiled',
    'The rules, routes and records that the real program writes, word for word where a tool can print them. The real tools load them, and a real kernel is asked what it makes of them (`npm run test:kernel`).',
  ],
  ['modelled', 'Modelled', 'Behaves as the real thing does for a request; what is simpler is said.'],
];

/** The whole text of the file. */
export function fidelityDocument(): string {
  return [
    '# What is simulated, simplified, and left out',
    '',
    'Written from the data that the page shows with every step (`src/engine/explain/fidelity-parts.ts`); a test compares the two.',
    ...HEADINGS.flatMap(([level, title, text]) => ['', `## ${title}`, '', text, '', ...table(level)]),
    '',
    '## Left out',
    '',
    ...LEFT_OUT.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

function table(level: FidelityLevel): readonly string[] {
  const parts = Object.values(FIDELITY).filter((part) => part.level === level);
  return ['| part | follows | simpler than in life |', '| --- | --- | --- |', ...parts.map(row)];
}

function row({ subject, source, simplified }: Fidelity): string {
  return `| ${subject.en} | ${source} | ${simplified?.en ?? 'nothing that a packet could notice'} |`;
}
