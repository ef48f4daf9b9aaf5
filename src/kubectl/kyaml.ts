// KYAML: YAML in braces and double quotes, with trailing commas, a document line first (sigs.k8s.io/yaml/kyaml, offered since 1.34). Texts of
// several lines stay on one, with escapes, where the real tool breaks them.

import { compareText, type Json } from '../engine/index';
import { isList, isMap } from './fields';

export function kyamlText(value: Json): string {
  return `---\n${text(value, '')}\n`;
}

function text(value: Json, indent: string): string {
  if (isList(value)) return listText(value, indent);
  if (isMap(value)) return mapText(value, indent);
  return JSON.stringify(value);
}

/** Maps in a list stand with their brackets closed up: `[{`, `}, {`, `}]`. */
function listText(list: readonly Json[], indent: string): string {
  if (list.length === 0) return '[]';
  if (list.every((one) => isMap(one) && Object.keys(one).length > 0)) return `[${list.map((one) => text(one, indent)).join(', ')}]`;
  const inner = `${indent}  `;
  return `[\n${list.map((one) => `${inner}${text(one, inner)},\n`).join('')}${indent}]`;
}

function mapText(map: Readonly<Record<string, Json>>, indent: string): string {
  const keys = Object.keys(map).sort(compareText);
  if (keys.length === 0) return '{}';
  const inner = `${indent}  `;
  return `{\n${keys.map((key) => `${inner}${keyText(key)}: ${text(map[key] ?? null, inner)},\n`).join('')}${indent}}`;
}

/** Quoted unless it is a plain word that no YAML reads as something else. */
function keyText(key: string): string {
  const isPlain = /^[A-Za-z_][\w./-]*$/.test(key) && !/^(?:true|false|yes|no|on|off|y|n|null)$/i.test(key);
  return isPlain ? key : JSON.stringify(key);
}
