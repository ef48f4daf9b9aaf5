// From raw objects to the objects of the cluster: checked, defaulted, typed. What the API server would refuse is left out and said.

import { Allocations } from '../kube/allocation';
import { decode } from '../kube/decode';
import type { Fault, FieldErrorKind } from '../kube/field-error';
import { formatPath } from '../kube/field-path';
import { text } from '../kube/fields';
import type { Finding } from '../kube/finding';
import { type ApiObject, refOf } from '../kube/meta';
import { formatRef, type ObjectRef } from '../kube/ref';
import { objectFaults } from '../kube/validate';
import { type Cidr, cidr } from '../net/cidr';
import { parseManifest } from './parse';
import type { ParsedManifest, RawObject } from './parsed';

export interface ReadObjects {
  readonly objects: readonly { readonly object: ApiObject; readonly raw: RawObject }[];
  readonly findings: readonly { readonly finding: Finding; readonly raw: RawObject }[];
}

/** Typed objects in the order of the text; of an object that stands there twice the later one counts, as with `kubectl apply`.
 *  `serviceRange` bounds the cluster IPs that may be asked for; null lets the text say. */
export function readObjects(parsed: ParsedManifest, serviceRange: Cidr | null = null): ReadObjects {
  const allocations = new Allocations(serviceRange);
  const kept = new Map<string, { object: ApiObject; raw: RawObject }>();
  const findings: { finding: Finding; raw: RawObject }[] = [];
  for (const raw of parsed.objects) {
    const object = decode(raw.value);
    const ref = refOf(object);
    const owner = formatRef(ref);
    const earlier = kept.get(owner);
    if (earlier !== undefined) allocations.release(owner);
    const faults = objectFaults(raw.value, { allocations, owner });
    findings.push(...faults.map(({ path, fact }) => ({ finding: { object: ref, path, ...fact }, raw })));
    if (faults.length > 0) continue;
    if (earlier !== undefined) findings.push({ finding: twice(ref, earlier.raw), raw });
    kept.delete(owner);
    kept.set(owner, { object, raw });
  }
  return { objects: [...kept.values()], findings };
}

function twice(object: ObjectRef, earlier: RawObject): Finding {
  return { object, path: ['metadata', 'name'], severity: 'warning', code: 'object-twice', document: earlier.document };
}

/** The Service range that the conformance cases share. */
const CASE_SERVICE_RANGE = cidr('10.96.0.0/12');

export interface Validation {
  readonly valid: boolean;
  readonly errors: readonly { readonly doc: number; readonly path: string; readonly kind: FieldErrorKind }[];
}

/** What an API server with the usual ranges says of the text. */
export function validateManifest(manifest: string): Validation {
  const parsed = parseManifest(manifest);
  const allocations = new Allocations(CASE_SERVICE_RANGE);
  const errors = parsed.objects.flatMap((raw) => {
    const owner = `${raw.document} ${text(raw.value.kind)}`;
    return objectFaults(raw.value, { allocations, owner }).map((found: Fault) => ({
      doc: raw.document,
      path: formatPath(found.path),
      kind: found.fact.kind,
    }));
  });
  const broken = parsed.problems.map(({ document }) => ({ doc: document, path: '', kind: 'Invalid' as const }));
  return { valid: errors.length === 0 && broken.length === 0, errors: [...errors, ...broken] };
}
