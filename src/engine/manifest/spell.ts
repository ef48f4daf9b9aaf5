// Plain values as YAML: in lines of their own, or inside of braces. What is written is read back the same.

export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export interface PlainMap {
  readonly [key: string]: Plain;
}

type PlainScalar = string | number | boolean | null;

/** Words of YAML 1.1 that are no strings. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** Words that need no quotes: they begin with a letter or a slash, and no colon in them ends a word; or they are addresses. */
const WORD = String.raw`(?:[\w./@+=-]|:(?=[\w./]))`;
const BARE = new RegExp(`^(?:[a-z/]${WORD}*(?: ${WORD}+)*|\\d+\\.\\d+\\.\\d+[\\d./-]*)$`, 'i');
const KEY = /^[a-z][\w./-]*$/i;

export function scalarText(value: PlainScalar): string {
  if (typeof value !== 'string') return String(value);
  return BARE.test(value) && !RESERVED.test(value) ? value : JSON.stringify(value);
}

export function inQuotes(value: PlainScalar, style: 'QUOTE_DOUBLE' | 'QUOTE_SINGLE'): string {
  if (typeof value !== 'string') return String(value);
  return style === 'QUOTE_SINGLE' && !/[\n\t\r]/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
}

/** `{ a: b }`, `[a, b]`; in JSON's spelling `{"a": "b"}`. */
export function flowEntry(value: Plain, json: boolean): string {
  if (isPlainList(value)) return `[${value.map((item) => flowEntry(item, json)).join(', ')}]`;
  if (!isPlainMap(value)) return json ? JSON.stringify(value) : scalarText(value);
  const entries = Object.entries(value).map(([key, part]) => `${json ? JSON.stringify(key) : keyText(key)}: ${flowEntry(part, json)}`);
  if (entries.length === 0) return '{}';
  return json ? `{${entries.join(', ')}}` : `{ ${entries.join(', ')} }`;
}

export interface Layout {
  /** Blanks before each line. */
  readonly indent: number;
  /** How much further than its key a list begins. */
  readonly listIndent: number;
}

/** The keys of a mapping in lines of their own, the last line ended. A text of several lines becomes a literal block. */
export function plainLines(map: PlainMap, indent: number, listIndent = 0): string {
  return Object.entries(map)
    .map(([key, value]) => `${' '.repeat(indent)}${keyText(key)}:${valueBehind(value, { indent, listIndent })}\n`)
    .join('');
}

/** What stands behind the colon of a key at this indent: a word on its line, or lines below it; the last one is not ended. */
export function valueBehind(value: Plain, { indent, listIndent }: Layout): string {
  if (isPlainList(value) && value.length > 0) return `\n${itemLines(value, { indent: indent + listIndent, listIndent })}`;
  if (isPlainMap(value) && Object.keys(value).length > 0) return `\n${plainLines(value, indent + 2, listIndent).slice(0, -1)}`;
  if (typeof value !== 'string' || !isLiteral(value)) return ` ${flowEntry(value, false)}`;
  return ` ${literalText(value, indent + 2)}`;
}

/** The items of a list, each behind its dash; the last line is not ended. */
export function itemLines(items: readonly Plain[], { indent, listIndent }: Layout): string {
  return items.map((item) => `${' '.repeat(indent)}- ${itemText(item, { indent: indent + 2, listIndent })}`).join('\n');
}

/** An item without its dash, its further lines at the indent. */
export function itemText(item: Plain, { indent, listIndent }: Layout): string {
  if (isPlainMap(item) && Object.keys(item).length > 0) return plainLines(item, indent, listIndent).slice(indent, -1);
  if (isPlainList(item) && item.length > 0) return itemLines(item, { indent, listIndent }).slice(indent);
  return typeof item === 'string' && isLiteral(item) ? literalText(item, indent) : flowEntry(item, false);
}

/** Whether a literal block gives the text back: a line break in it, no blank where the indent is measured, nothing that has to be escaped. */
export function isLiteral(text: string): boolean {
  return text.includes('\n') && !/^[ \n]|\n\n$|[^\n\x20-\x7e\u00a0-\ud7ff]/.test(text);
}

/** `|` and the lines, the last one not ended. */
export function literalText(text: string, indent: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n');
  return `|${text.endsWith('\n') ? '' : '-'}\n${body}`;
}

function keyText(key: string): string {
  return KEY.test(key) && !RESERVED.test(key) ? key : JSON.stringify(key);
}

export function isPlainMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !isPlainList(value);
}

export function isPlainList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}
