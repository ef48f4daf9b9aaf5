// `describe` of a kind without a description of its own: every field, with a name made of its words.

import { compareText, type Json, type JsonMap } from '../../engine/index';
import { isList, isMap, textAt } from '../fields';
import { goText } from '../go-text';
import { type Describer, events, labelsAndAnnotations } from './common';
import type { Page } from './page';

const SHOWN_ABOVE = ['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations'];

export const describeGeneric: Describer = (page, around) => {
  const { json } = around.object;
  page.line(0, 'Name:', textAt(json, 'metadata', 'name'));
  page.line(0, 'Namespace:', textAt(json, 'metadata', 'namespace'));
  labelsAndAnnotations(page, json);
  content(page, 0, { map: json, way: '' });
  events(page, around);
};

function content(page: Page, level: number, { map, way }: { readonly map: JsonMap; readonly way: string }): void {
  for (const field of Object.keys(map).sort(compareText)) {
    const value = map[field] ?? null;
    const inner = `${way}.${field}`;
    if (SHOWN_ABOVE.includes(inner)) continue;
    if (isMap(value)) {
      page.line(level, `${words(field)}:`);
      content(page, level + 1, { map: value, way: inner });
    } else if (isList(value)) {
      page.line(level, `${words(field)}:`);
      for (const one of value) child(page, level + 1, { one, way: inner });
    } else page.line(level, `${words(field)}:`, goText(value));
  }
}

function child(page: Page, level: number, { one, way }: { readonly one: Json; readonly way: string }): void {
  if (isMap(one)) content(page, level, { map: one, way });
  else page.line(level, goText(one));
}

const ACRONYMS = ['API', 'URL', 'UID', 'GUID'];

/** `creationTimestamp` as `Creation Timestamp` (smartLabelFor); what has other signs than letters stays as it is. */
export function words(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  const parts = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|-+/g) ?? [field];
  return parts
    .map((part) => {
      if (ACRONYMS.includes(part.toUpperCase())) return part.toUpperCase();
      return part === part.toLowerCase() ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join(' ');
}
