// Objects as kubectl writes YAML: keys by the alphabet, sequences not indented under their key (sigs.k8s.io/yaml).

import type { Json } from '../engine/index';
import { compareText, isList, isMap } from './fields';

/** The document, with a line break at its end. */
export function yamlText(value: Json): string {
  return `${lines(value).join('\n')}\n`;
}

function lines(value: Json): readonly string[] {
  if (isList(value)) return value.length === 0 ? ['[]'] : value.flatMap(item);
  if (!isMap(value)) return [scalar(value)];
  const keys = Object.keys(value).sort(compareText);
  return keys.length === 0 ? ['{}'] : keys.flatMap((key) => entry(plain(key), value[key] ?? null));
}

function item(value: Json): readonly string[] {
  return lines(value).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

function entry(key: string, value: Json): readonly string[] {
  if (typeof value === 'string' && /\n/.test(value) && isBlock(value)) return block(key, value);
  const below = lines(value);
  const isEmpty = (isList(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0);
  if (isEmpty || !(isList(value) || isMap(value))) return [`${key}: ${below[0] ?? ''}`];
  return [`${key}:`, ...(isList(value) ? below : below.map((line) => `  ${line}`))];
}

/** Whether a literal block gives the text back: no blank where the block's indent is measured, none at its end. */
function isBlock(text: string): boolean {
  return !/^[ \n]|\n\n$|[^\n\x20-\x7e\u00a0-\ud7ff]/.test(text) && !/ \n/.test(text);
}

function block(key: string, text: string): readonly string[] {
  const body = text.replace(/\n$/, '').split('\n');
  return [`${key}: |${text.endsWith('\n') ? '' : '-'}`, ...body.map((line) => (line === '' ? '' : `  ${line}`))];
}

function scalar(value: Json): string {
  return typeof value === 'string' ? plain(value) : JSON.stringify(value);
}

/** Words and numbers that would be read as something else stand in quotes. */
const RESERVED = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+.]?\d.*|[-+]?\.(?:inf|nan)|)$/i;

function plain(text: string): string {
  const isPlain = /^[\w./$(][\w./$@%&()*+,;=^ :-]*$/.test(text) && !/: |:$|^\s|\s$/.test(text) && !/^(?:---|- )/.test(text);
  const isDotted = /^\d+\.\d+\.\d+[\w.:/-]*$/.test(text);
  return isPlain && (isDotted || !RESERVED.test(text)) ? text : JSON.stringify(text);
}
