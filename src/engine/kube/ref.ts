// Names of objects, and the label by which rules and routes remember the object and field that caused them.

import type { Provenance } from '../net/provenance';
import type { FieldPath } from './field-path';

export interface ObjectRef {
  readonly kind: string;
  /** null for an object of the cluster as a whole, such as a Node. */
  readonly namespace: string | null;
  readonly name: string;
}

/** `Service production/backend`, `Node node-1`: how people name it, and its key. */
export function formatRef(ref: ObjectRef): string {
  return ref.namespace === null ? `${ref.kind} ${ref.name}` : `${ref.kind} ${ref.namespace}/${ref.name}`;
}

/** Order of code units: decided, and the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The label of a field of an object: JSON, so that any name survives it. */
export function provenance(ref: ObjectRef, path: FieldPath): Provenance {
  return JSON.stringify([ref.kind, ref.namespace, ref.name, ...path]) as Provenance;
}

/** The object and field behind a label; null for the empty one. */
export function readProvenance(label: Provenance): { readonly ref: ObjectRef; readonly path: FieldPath } | null {
  if (label === '') return null;
  const [kind, namespace, name, ...path] = JSON.parse(label) as [string, string | null, string, ...FieldPath];
  return { ref: { kind, namespace, name }, path };
}
