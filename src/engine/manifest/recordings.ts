// What a machine's own tools print, pasted beside the objects: `iptables-save` and `conntrack -L`. Neither is YAML; each is a stretch of
// lines that no manifest has, found by its form and left blank in the text that is read as YAML, so that every other place stays.

import type { SourceRange } from './parsed';

export interface Recording {
  readonly kind: 'rules' | 'connections';
  readonly text: string;
  readonly range: SourceRange;
  /** The lines before it that tell where it was taken: a prompt, a comment. */
  readonly head: string;
}

/** A text without any of these has no recording. */
const TELLTALE = /^\*(?:nat|filter|mangle|raw|security)\b|\bsrc=\S+ dst=/m;

type LineKind = 'table' | 'rule' | 'commit' | 'connection' | 'note' | 'blank' | 'other';

const FORMS: readonly (readonly [LineKind, RegExp])[] = [
  ['blank', /^\s*$/],
  ['table', /^\*(?:nat|filter|mangle|raw|security)\s*$/],
  ['commit', /^COMMIT\s*$/],
  ['rule', /^(?::\S+ \S+ \[\d+:\d+\]|(?:\[\d+:\d+\] )?-[AN] \S+)/],
  // `tcp      6 86399 ESTABLISHED src=10.1.1.5 dst=…`, with its family in front where both are listed.
  ['connection', /^(?:ipv[46]\s+\d+\s+)?[a-z][a-z0-9]+\s+\d+\s.*\bsrc=\S+ dst=\S+/],
  ['note', /^(?:#|conntrack v\d|.*\b(?:iptables-save|conntrack\s+-L)\b)/],
];

interface Line {
  readonly kind: LineKind;
  readonly from: number;
  readonly to: number;
}

export function recordingsIn(text: string): readonly Recording[] {
  if (!TELLTALE.test(text)) return [];
  const lines = linesOf(text);
  const found: Recording[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const end = endOf(lines, at);
    if (end === null) continue;
    let first = at;
    while (lines[first - 1]?.kind === 'note') first -= 1;
    const [from, to] = [lines[at]?.from ?? 0, lines[end]?.to ?? 0];
    const kind = lines[at]?.kind === 'table' ? 'rules' : 'connections';
    found.push({ kind, text: text.slice(from, to), range: { from, to }, head: text.slice(lines[first]?.from ?? from, from) });
    at = end;
  }
  return found;
}

function linesOf(text: string): readonly Line[] {
  let from = 0;
  return text.split(/(?<=\n)/).map((line) => {
    const kind = FORMS.find(([, form]) => form.test(line))?.[0] ?? 'other';
    const start = from;
    from += line.length;
    return { kind, from: start, to: from };
  });
}

/** The last line of the recording that begins with this one; null where none does. */
function endOf(lines: readonly Line[], start: number): number | null {
  const [first] = lines.slice(start, start + 1);
  if (first?.kind !== 'table' && first?.kind !== 'connection') return null;
  const own: readonly LineKind[] = first.kind === 'table' ? ['table', 'rule', 'commit'] : ['connection'];
  let end = start;
  for (let at = start; at < lines.length; at += 1) {
    const kind = lines[at]?.kind ?? 'other';
    if (own.includes(kind)) end = at;
    // Notes stand between tables and behind the last one; anything else ends it.
    else if (kind === 'note' && end === at - 1) end = lines[at - 1]?.kind === 'commit' || first.kind === 'connection' ? at : end;
    else if (kind !== 'note' && kind !== 'blank') break;
  }
  return end;
}

/** The text with nothing but line breaks where recordings and their heads stand. */
export function withoutRecordings(text: string, recordings: readonly Recording[]): string {
  let left = '';
  let done = 0;
  for (const { range, head } of recordings) {
    const from = range.from - head.length;
    left += text.slice(done, from) + text.slice(from, range.to).replace(/[^\r\n]/g, ' ');
    done = range.to;
  }
  return left + text.slice(done);
}
