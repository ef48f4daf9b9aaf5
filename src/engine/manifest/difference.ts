// What has to be replaced to make one text of another: the stretch between what both begin and what both end with.

export interface Difference {
  /** Offsets into the text before. */
  readonly from: number;
  readonly to: number;
  readonly added: string;
}

export function difference(before: string, after: string): Difference {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { from: head, to: before.length - tail, added: after.slice(head, after.length - tail) };
}
