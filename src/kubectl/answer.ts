// What a command leaves behind, and the ways in which it refuses.

export interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** kubectl's own error, and lines below it. */
export function refused(text: string, ...below: readonly string[]): Answer {
  return { status: 1, out: '', err: [`error: ${text}`, ...below, ''].join('\n') };
}
