// A manifest as a client reads and writes it: its objects as they were written, what the API server would refuse in them, and the text
// with one object more, less or otherwise. What a command does to the cluster it does to this text.

import { tellFinding } from './explain/finding';
import type { Told } from './explain/language';
import { decode } from './kube/decode';
import type { FieldErrorKind, Reason } from './kube/field-error';
import { type FieldPath, formatPath } from './kube/field-path';
import { isFieldError } from './kube/finding';
import { refOf } from './kube/meta';
import { formatRef, type ObjectRef } from './kube/ref';
import { withNamed, withoutNamed } from './manifest/changed-object';
import { documentsOf } from './manifest/documents';
import { withDocument } from './manifest/edit';
import { parseManifest } from './manifest/parse';
import type { SourceRange } from './manifest/parsed';
import { readObjects } from './manifest/read';
import type { Json, JsonMap } from './objects';

/** An object of a text. */
export interface WrittenObject {
  readonly ref: ObjectRef;
  /** As written, without nulls: nothing is defaulted. */
  readonly json: JsonMap;
  /** From its first key on. */
  readonly range: SourceRange;
  /** The text of its document, without the line of dashes before it; null for an item of a List. */
  readonly document: string | null;
}

/** A stretch that is no YAML. */
export interface Unreadable {
  readonly code: string;
  /** From 1, in its document and in the whole text. */
  readonly line: number;
  readonly lineInText: number;
}

export interface WrittenObjects {
  readonly objects: readonly WrittenObject[];
  readonly unreadable: readonly Unreadable[];
}

export function writtenObjects(text: string): WrittenObjects {
  const parsed = parseManifest(text);
  return {
    objects: parsed.objects.map((raw) => ({
      ref: refOf(decode(raw.value)),
      json: raw.value as JsonMap,
      range: parsed.locate(raw, []),
      document: parsed.documentText(raw),
    })),
    unreadable: parsed.problems.map(({ code, document, range }) => ({
      code,
      line: linesTo(text.slice(offsetOf(text, document), range.from)),
      lineInText: linesTo(text.slice(0, range.from)),
    })),
  };
}

function linesTo(text: string): number {
  return text.split('\n').length;
}

function offsetOf(text: string, document: number): number {
  return documentsOf(text)[document]?.offset ?? 0;
}

/** A text of YAML or JSON as a plain value, nulls and all; null for what cannot be read. */
export function yamlValue(text: string): { readonly value: Json } | null {
  const [first] = documentsOf(text);
  if (first === undefined || !('document' in first) || first.document.errors.length > 0) return null;
  return { value: first.document.toJS({ maxAliasCount: 100 }) as Json };
}

/** The text in which the object is as the value says; where there is none yet, it stands behind the others. Without `ref` it is the one
 *  that the value names. */
export function manifestWith(text: string, value: JsonMap, ref?: ObjectRef): string {
  return withNamed(text, value, ref);
}

export function manifestWithout(text: string, ref: ObjectRef): string {
  return withoutNamed(text, ref);
}

/** The text with another one behind it. */
export function manifestAnd(text: string, document: string): string {
  const isWindows = text.includes('\r\n');
  return withDocument(text, isWindows ? document.replace(/\r?\n/g, '\r\n') : document.replaceAll('\r\n', '\n'));
}

/** A field that the API server would refuse. */
export interface Refusal {
  readonly object: ObjectRef;
  readonly path: FieldPath;
  /** `spec.ports[0].port` */
  readonly field: string;
  readonly kind: FieldErrorKind;
  readonly reason: Reason;
  readonly allowed: readonly string[];
  /** As the page says it. */
  readonly message: Told;
}

/** What the API server would refuse of one object of the text, were the others there. */
export function refusals(text: string, ref: ObjectRef): readonly Refusal[] {
  return readObjects(parseManifest(text)).findings.flatMap(({ finding }) => {
    if (!isFieldError(finding) || formatRef(finding.object) !== formatRef(ref)) return [];
    const { object, path, kind, reason, allowed } = finding;
    return [{ object, path, field: formatPath(path), kind, reason, allowed, message: tellFinding(finding) }];
  });
}
