// What the API server refuses: its own kinds of field error (apimachinery, field.ErrorType), and the rule that was broken.
// One reason a rule: `explain/field-error-{en,fr}.ts` hold a sentence for each.

/** As far as manifests meet them. */
export type FieldErrorKind = 'Required' | 'Invalid' | 'NotSupported' | 'Forbidden' | 'Duplicate' | 'TooLong' | 'TooMany';

/** Every reason, with the kind of error that it is. */
export const REASONS = {
  missing: 'Required',
  'unknown-kind': 'NotSupported',
} as const satisfies Readonly<Record<string, FieldErrorKind>>;

export type Reason = keyof typeof REASONS;

export interface FieldErrorFact {
  readonly severity: 'error';
  readonly code: 'field-error';
  readonly kind: FieldErrorKind;
  readonly reason: Reason;
  /** The value that was refused, as written; null where there is none. */
  readonly value: string | null;
  /** What would have been allowed, or what it clashes with: names, numbers, ranges. */
  readonly allowed: readonly string[];
}

/** The fact of a broken rule. */
export function fieldError(reason: Reason, value: string | null = null, allowed: readonly string[] = []): FieldErrorFact {
  return { severity: 'error', code: 'field-error', kind: REASONS[reason], reason, value, allowed };
}
