// What the API server refuses: its own kinds of field error (apimachinery, field.ErrorType), and the rule that was broken.
// One reason a rule: `explain/field-error-{en,fr}.ts` hold a sentence for each.

import type { FieldPath } from './field-path';

/** As far as manifests meet them. */
export type FieldErrorKind = 'Required' | 'Invalid' | 'NotSupported' | 'Forbidden' | 'Duplicate' | 'TooLong' | 'TooMany';

/** Every reason, with the kind of error that it is. */
export const REASONS = {
  missing: 'Required',
  'unknown-kind': 'NotSupported',
  'unknown-field': 'Invalid',
  'wrong-type': 'Invalid',
  'not-a-choice': 'NotSupported',
  'not-a-quantity': 'Invalid',
  duplicate: 'Duplicate',
  'too-long': 'TooLong',
  'too-many': 'TooMany',
  'not-dns-label': 'Invalid',
  'not-service-name': 'Invalid',
  'not-dns-subdomain': 'Invalid',
  'not-path-segment': 'Invalid',
  'not-cron-job-name': 'Invalid',
  'not-label-key': 'Invalid',
  'not-label-value': 'Invalid',
  'not-port-name': 'Invalid',
  'not-a-port': 'Invalid',
  'out-of-bounds': 'Invalid',
  'not-an-address': 'Invalid',
  'special-address': 'Invalid',
  'not-a-range': 'Invalid',
  'outside-service-range': 'Invalid',
  'address-taken': 'Invalid',
  'outside-node-port-range': 'Invalid',
  'node-port-taken': 'Invalid',
  'addresses-disagree': 'Invalid',
  'none-stands-alone': 'Invalid',
  'two-cluster-ips': 'Invalid',
  'same-family-twice': 'Invalid',
  'family-disagrees': 'Invalid',
  'headless-needs-plain-type': 'Invalid',
  'dual-needs-policy': 'Invalid',
  'single-stack-cluster': 'Invalid',
  'family-missing': 'Invalid',
  'port-name-needed': 'Required',
  'only-for-type': 'Forbidden',
  'node-port-needs-type': 'Forbidden',
  'not-for-external-name': 'Forbidden',
  'policy-needs-outside': 'Invalid',
  'health-check-needs-local': 'Invalid',
  'host-port-differs': 'Invalid',
  'one-handler': 'Forbidden',
  'no-handler': 'Required',
  'must-be-one': 'Invalid',
  'toleration-has-value': 'Invalid',
  'toleration-needs-exists': 'Invalid',
  'toleration-seconds': 'Invalid',
  'selector-mismatch': 'Invalid',
  'selector-empty': 'Invalid',
  'selector-unreadable': 'Invalid',
  'unknown-operator': 'Invalid',
  'values-not-wanted': 'Forbidden',
  'deadline-on-template': 'Forbidden',
  'job-restart-policy': 'Required',
  'template-restart-policy': 'NotSupported',
  'not-a-schedule': 'Invalid',
  'recreate-has-no-rolling-update': 'Forbidden',
  'not-a-percentage': 'Invalid',
  'both-zero': 'Invalid',
  'daemon-set-stands-still': 'Required',
  'daemon-set-rolls-twice': 'Invalid',
  'not-on-delete': 'Invalid',
  'no-such-policy': 'Invalid',
  'deadline-too-short': 'Invalid',
  'no-rules': 'Invalid',
  'not-absolute': 'Invalid',
  'path-sequence': 'Invalid',
  'not-a-host': 'Invalid',
  'one-port-form': 'Invalid',
  'backend-port-missing': 'Required',
  'backend-needs-one': 'Invalid',
  'backend-twice': 'Invalid',
  'class-twice': 'Invalid',
  'excludes-selectors': 'Forbidden',
  'no-peer': 'Required',
  'except-outside': 'Invalid',
  'end-port-wrong': 'Invalid',
  'too-many-policy-types': 'Invalid',
  'needs-nameserver': 'Required',
  'resolver-limit': 'Invalid',
  'not-for-init-container': 'Forbidden',
  'blank-around': 'Invalid',
  'not-variable-name': 'Invalid',
  'one-source-of-value': 'Invalid',
  'not-header-name': 'Invalid',
  'not-a-controller': 'Invalid',
  'not-file-name': 'Invalid',
  'in-both-data': 'Invalid',
  'same-family-ranges': 'Invalid',
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

/** A broken rule and the field that breaks it. */
export interface Fault {
  readonly path: FieldPath;
  readonly fact: FieldErrorFact;
}

export function fault(path: FieldPath, reason: Reason, value: unknown = null, allowed: readonly string[] = []): Fault {
  return { path, fact: { severity: 'error', code: 'field-error', kind: REASONS[reason], reason, value: written(value), allowed } };
}

const LONGEST_VALUE = 80;

function written(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
