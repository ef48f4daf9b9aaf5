// Which of several words was probably meant: the one with the fewest letters to change (Levenshtein).

import { compareText } from '../kube/ref';

/** How many letters have to be added, removed or replaced to turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The word that differs least from `wanted`; null where none differs in less than half of its letters. */
export function mostSimilar(wanted: string, words: readonly string[]): string | null {
  const ranked = words
    .map((word) => ({ word, distance: editDistance(wanted, word) }))
    .sort((a, b) => a.distance - b.distance || compareText(a.word, b.word));
  const best = ranked[0];
  return best !== undefined && best.distance * 2 < Math.max(wanted.length, best.word.length) ? best.word : null;
}
