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

/** Words of YAML 1.1 that are no strings, numbers, numbers to the base of 60, and times (goyaml's resolve). */
const RESOLVED =
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=||[-+]?(?:0x[\da-f_]+|0b[01_]+|0o[0-7_]+|\d[\d_]*|(?:\.\d+|\d[\d_]*(?:\.\d*)?)(?:e[-+]?\d+)?|\.inf)|\.nan|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|\d{4}-\d\d?-\d\d?(?:(?:t|[ \t]+)\d\d?:\d\d:\d\d.*)?)$/i;

/** What only double quotes can hold. */
const SPECIAL = /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/;

/** What plain text may neither begin with, nor end with, nor have in it (yaml_emitter_analyze_scalar). */
const INDICATOR = /^[#,[\]{}&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|^\s|\s$|:(?:\s|$)|\s#/;

function plain(text: string): string {
  if (RESOLVED.test(text) || SPECIAL.test(text)) return JSON.stringify(text);
  return INDICATOR.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}
