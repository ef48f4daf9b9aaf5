// How wide a text stands on the plan, without a screen to measure it on. Plex Mono is exact (0.6 em a character);
// Barlow Semi Condensed is close (its advance widths at weight 600, rounded to groups).

const NARROW_LETTERS = /[iIjlft.,:;'’|!()[\]/ -]/;
const WIDE_LETTERS = /[mwMW@%]/;
const CAPITALS = /[A-ZÉÈÀ]/;

export function monoWidth(text: string, size: number): number {
  return text.length * 0.6 * size;
}

export function narrowWidth(text: string, size: number): number {
  return [...text].reduce((sum, letter) => sum + advance(letter), 0) * size;
}

function advance(letter: string): number {
  if (NARROW_LETTERS.test(letter)) return 0.27;
  if (WIDE_LETTERS.test(letter)) return 0.76;
  return CAPITALS.test(letter) ? 0.56 : 0.49;
}

/** The text, cut with an ellipsis where it is wider than the room. */
export function fitted(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  for (let length = text.length - 1; length > 0; length -= 1) {
    const shorter = `${text.slice(0, length)}…`;
    if (widthOf(shorter) <= room) return shorter;
  }
  return '…';
}
