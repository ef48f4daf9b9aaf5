// "Did you mean …?": the words that a mistyped one comes closest to.

import { compareText } from './ref';

const MAX_LENGTH = 64;

/** At most two of the choices that differ from the word in a third of its letters or fewer, the closest first. Case does not count. */
export function nearest(word: string, choices: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase().slice(0, MAX_LENGTH);
  return choices
    .map((choice) => ({ choice, distance: editDistance(wanted, choice.toLowerCase().slice(0, MAX_LENGTH)) }))
    .filter(({ choice, distance: far }) => far <= Math.max(1, Math.floor(Math.min(choice.length, wanted.length) / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 2)
    .map(({ choice }) => choice);
}

/** The word that differs least from `wanted`; null where none differs in less than half of its letters. */
export function mostSimilar(wanted: string, words: readonly string[]): string | null {
  const ranked = words
    .map((word) => ({ word, distance: editDistance(wanted, word) }))
    .sort((a, b) => a.distance - b.distance || compareText(a.word, b.word));
  const best = ranked[0];
  return best !== undefined && best.distance * 2 < Math.max(wanted.length, best.word.length) ? best.word : null;
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
