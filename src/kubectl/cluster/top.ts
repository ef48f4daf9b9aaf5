// `kubectl top`: the use of processor and memory. No metrics server runs in the simulated cluster, so the API that it would serve is missing.

import { type Answer, misused, refused } from '../answer';
import type { Call } from '../call';

export function top({ flags, words, command }: Call): Answer {
  const [order, labels, fields] = [flags.one('sort-by') ?? '', flags.one('selector') ?? '', flags.one('field-selector') ?? ''];
  if (words.length > 1) return misused(command.path, `${command.path.at(-1) ?? ''} ${command.usage}`);
  if (!['', 'cpu', 'memory'].includes(order)) return refused('--sort-by accepts only cpu or memory');
  if (words.length > 0 && labels + fields !== '')
    return refused(`only one of NAME or ${command.path.at(-1) === 'node' ? '--selector' : 'selector'} can be provided`);
  return refused('Metrics API not available');
}
