// A line of evidence in pieces: what does not matter here left out or dimmed, the part that failed marked, a rewritten address as a plate.
// The short form only drops what the group's head already says (`-A CHAIN`), comments, and the names of match modules.

export type PieceKind = 'plain' | 'failed' | 'plate';

export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
}

const NOISE =
  / ?-m comment --comment (?:"[^"]*"|\S+)| ?-m (?:tcp|udp|sctp|conntrack|statistic|mark|addrtype|recent|set)(?= |$)| ?--mode random/g;

/** The rule without what only a machine needs. Other kinds of evidence are short as they are. */
export function shortened(text: string): string {
  return text
    .replace(/^-A \S+ /, '')
    .replace(NOISE, '')
    .trim();
}

export function pieces(text: string, failed: string | null, matched: boolean | null): readonly Piece[] {
  if (failed !== null) return around(text, failed, 'failed');
  const address = matched === true ? (/--to-destination (\S+)/.exec(text)?.[1] ?? null) : null;
  return address === null ? [{ kind: 'plain', text }] : around(text, address, 'plate');
}

function around(text: string, part: string, kind: PieceKind): readonly Piece[] {
  const at = part === '' ? -1 : text.lastIndexOf(part);
  if (at < 0) return [{ kind: 'plain', text }];
  const all: readonly Piece[] = [
    { kind: 'plain', text: text.slice(0, at) },
    { kind, text: part },
    { kind: 'plain', text: text.slice(at + part.length) },
  ];
  return all.filter((piece) => piece.text !== '');
}
