// Plain values as YAML: in lines of their own, or inside of braces. Only what a setting needs: words, numbers, texts, mappings.

export type Plain = string | number | boolean | { readonly [key: string]: Plain };

/** Words that need no quotes in YAML 1.1: no number, no truth value, no colon, nothing that begins like something else. */
const BARE = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)(?:[a-z][\w./-]*|\d+\.\d+\.\d+[\d./-]*)$/i;
const KEY = /^[a-z][\w./-]*$/i;

export function scalarText(value: string | number | boolean): string {
  return typeof value !== 'string' || BARE.test(value) ? String(value) : JSON.stringify(value);
}

export function inQuotes(value: string | number | boolean, style: 'QUOTE_DOUBLE' | 'QUOTE_SINGLE'): string {
  if (typeof value !== 'string') return String(value);
  return style === 'QUOTE_SINGLE' ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
}

/** `{ a: b }`; in JSON's spelling `{"a": "b"}`. */
export function flowEntry(value: Plain, json: boolean): string {
  if (typeof value !== 'object') return json && typeof value === 'string' ? JSON.stringify(value) : scalarText(value);
  const entries = Object.entries(value).map(([key, part]) => `${json ? JSON.stringify(key) : keyText(key)}: ${flowEntry(part, json)}`);
  return json ? `{${entries.join(', ')}}` : `{ ${entries.join(', ')} }`;
}

/** The keys of a mapping in lines of their own, the last line ended. A text of several lines becomes a literal block. */
export function plainLines(map: Readonly<Record<string, Plain>>, indent: number): string {
  return Object.entries(map)
    .map(([key, value]) => ' '.repeat(indent) + keyText(key) + entryLines(value, indent + 2))
    .join('');
}

function entryLines(value: Plain, indent: number): string {
  if (typeof value === 'object') return `:\n${plainLines(value, indent)}`;
  if (typeof value !== 'string' || !/\n/.test(value)) return `: ${scalarText(value)}\n`;
  const lines = value.replace(/\n+$/, '').split('\n');
  return `: |\n${lines.map((line) => (line === '' ? '\n' : `${' '.repeat(indent)}${line}\n`)).join('')}`;
}

function keyText(key: string): string {
  return KEY.test(key) ? key : JSON.stringify(key);
}
