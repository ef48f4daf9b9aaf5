// What is wrong with an object, or could be better: facts that `explain/` turns into a sentence and `manifest/locate.ts` into a place.

import type { AdviceFact } from './advice';
import type { FieldErrorFact, FieldErrorKind } from './field-error';
import type { FieldPath } from './field-path';
import type { ObjectRef } from './ref';

export type Severity = 'error' | 'warning' | 'hint';

export type Finding = { readonly object: ObjectRef; readonly path: FieldPath } & FindingFact;

export type FindingFact = FieldErrorFact | AdviceFact;

/** A finding of the API server: the object is refused. */
export type FieldError = { readonly object: ObjectRef; readonly path: FieldPath } & FieldErrorFact;

/** The API server's word for an error; null for advice, which refuses nothing. A custom resource without its definition is one that no
 *  API server serves, though it is kept here. */
export function errorKind(finding: Finding): FieldErrorKind | null {
  if (finding.code === 'kind-not-simulated') return 'NotSupported';
  return isFieldError(finding) ? finding.kind : null;
}

export function isFieldError(finding: Finding): finding is FieldError {
  return finding.code === 'field-error';
}
