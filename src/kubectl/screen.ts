// What a command wrote on its two ways, in the order in which a terminal would have shown it. kubectl keeps no such order; but what it
// says of a flag, of a deprecated kind or of the container that it chose comes before the answer, everything else on standard error after.

import type { Answer } from './answer';

/** Warnings of the API server (rest/warnings.go), of pflag (MarkDeprecated), klog's lines, and exec's choice of a container. */
const BEFORE = /^(?:Warning: |Flag --\S+ has been deprecated|W\d{4} |Defaulted container )/;

export function terminalOutput({ out, err }: Pick<Answer, 'out' | 'err'>): string {
  const lines = err.split(/(?<=\n)/);
  const other = lines.findIndex((line) => !BEFORE.test(line));
  const turn = other < 0 ? lines.length : other;
  const early = lines.slice(0, turn).join('');
  const late = lines.slice(turn).join('');
  const gap = out !== '' && !out.endsWith('\n') && late !== '' ? '\n' : '';
  return `${early}${out}${gap}${late}`;
}
