// From raw objects to the objects of the cluster: checked, defaulted, typed. What the API server would refuse is left out and said.

import { Allocations } from '../kube/allocation';
import { decode } from '../kube/decode';
import { type Fault, type FieldErrorKind, fault } from '../kube/field-error';
import { type FieldPath, formatPath } from '../kube/field-path';
import type { Finding } from '../kube/finding';
import { isCustom, isKnown, isSetting } from '../kube/kinds';
import { type ApiObject, refOf } from '../kube/meta';
import { formatRef, type ObjectRef } from '../kube/ref';
import { objectFaults } from '../kube/validate';
import { type Cidr, cidr } from '../net/cidr';
import { parseManifest } from './parse';
import type { ParsedManifest, Placeholder, RawObject } from './parsed';

export interface ReadObjects {
  readonly objects: readonly { readonly object: ApiObject; readonly raw: RawObject }[];
  readonly findings: readonly { readonly finding: Finding; readonly raw: RawObject }[];
}

/** Typed objects in the order of the text; of an object that stands there twice the later one counts, as with `kubectl apply`.
 *  `serviceRange` bounds the cluster IPs that may be asked for; null lets the text say. */
export function readObjects(parsed: ParsedManifest, serviceRange: Cidr | null = null): ReadObjects {
  const kept = new Map<string, { object: ApiObject; raw: RawObject }>();
  const findings: { finding: Finding; raw: RawObject }[] = [];
  const updates = new Map<string, Update>();
  for (const { raw, object, faults } of reviewed(parsed, serviceRange)) {
    const ref = refOf(object);
    const owner = formatRef(ref);
    const refused = faults.length === 0 && ref.name === '' ? [NAMELESS] : faults;
    const found = [...refused.map(({ path, fact }) => ({ object: ref, path, ...fact })), ...textAdvice(ref, { raw, parsed })];
    findings.push(...found.map((finding) => ({ finding, raw })));
    if (refused.length > 0) continue;
    const earlier = kept.get(owner);
    if (earlier !== undefined) updates.set(owner, { ref, raw, earlier: updates.get(owner)?.earlier ?? earlier.raw });
    kept.delete(owner);
    kept.set(owner, { object, raw });
  }
  return { objects: [...kept.values()], findings: [...findings, ...twice([...updates.values()])] };
}

/** `kubectl apply` takes no generateName: it could not find the object again. */
const NAMELESS: Fault = fault(['metadata', 'name'], 'missing');

interface Reviewed {
  readonly raw: RawObject;
  readonly object: ApiObject;
  readonly faults: readonly Fault[];
}

/** Each object as the API server would meet it, after those above it. */
function reviewed(parsed: ParsedManifest, serviceRange: Cidr | null): readonly Reviewed[] {
  const allocations = new Allocations(serviceRange);
  const accepted = new Set<string>();
  const stood = new Map(groupedByObject(parsed.placeholders));
  return parsed.objects.map((raw) => {
    const owner = formatRef(refOf(decode(raw.value)));
    // The second of two is an update, and may keep what the first one has.
    if (accepted.has(owner)) allocations.release(owner);
    const review = (value: RawObject['value']): readonly Fault[] => objectFaults(value, { allocations, owner });
    const { value, faults } = withoutRefusedStandIns(raw.value, stood.get(raw) ?? [], review);
    if (faults.length === 0) accepted.add(owner);
    return { raw, object: decode(value), faults };
  });
}

function groupedByObject(placeholders: readonly Placeholder[]): ReadonlyMap<RawObject, readonly Placeholder[]> {
  const grouped = new Map<RawObject, Placeholder[]>();
  for (const each of placeholders) grouped.set(each.object, [...(grouped.get(each.object) ?? []), each]);
  return grouped;
}

/** What stands in for a placeholder is a guess: where it is refused, the field is as good as absent. */
function withoutRefusedStandIns(
  value: RawObject['value'],
  placeholders: readonly Placeholder[],
  review: (value: RawObject['value']) => readonly Fault[],
): { readonly value: RawObject['value']; readonly faults: readonly Fault[] } {
  const faults = review(value);
  const refused = placeholders.filter(
    ({ path, isWhole }) => isWhole && path.at(-1) !== 'name' && faults.some((each) => formatPath(each.path) === formatPath(path)),
  );
  if (refused.length === 0) return { value, faults };
  const thinner = refused.reduce((left, { path }) => without(left, path), value);
  return withoutRefusedStandIns(
    thinner,
    placeholders.filter((each) => !refused.includes(each)),
    review,
  );
}

function without(value: RawObject['value'], [key, ...rest]: FieldPath): RawObject['value'] {
  if (key === undefined || !(key in value)) return value;
  const { [String(key)]: child, ...others } = value;
  return rest.length === 0 ? others : { ...others, [String(key)]: pruned(child, rest) };
}

function pruned(child: unknown, path: FieldPath): unknown {
  const [key] = path;
  if (Array.isArray(child)) return child.map((item: unknown, index) => (index === key ? pruned(item, path.slice(1)) : item));
  return typeof child === 'object' && child !== null ? without({ ...child }, path) : child;
}

function textAdvice(object: ObjectRef, { raw, parsed }: { raw: RawObject; parsed: ParsedManifest }): readonly Finding[] {
  const repeated = parsed.repeated.filter((one) => one.object === raw);
  return [
    ...repeated.map(({ path }): Finding => ({ object, path, severity: 'warning', code: 'key-twice', key: String(path.at(-1)) })),
    ...parsed.letters
      .filter((one) => one.object === raw)
      .map(({ path, letter }): Finding => ({ object, path, severity: 'warning', code: 'bare-letter', letter })),
    ...placeholderAdvice(
      object,
      parsed.placeholders.filter((one) => one.object === raw),
    ),
    ...(isSimulated(raw) || isPasted(raw) || isSetting(String(raw.value.apiVersion), String(raw.value.kind))
      ? []
      : [{ object, path: ['kind'], severity: 'hint', code: 'kind-not-simulated', apiVersion: String(raw.value.apiVersion) } as const]),
  ];
}

/** One warning for each tool that the object waits for. */
function placeholderAdvice(object: ObjectRef, found: readonly Placeholder[]): readonly Finding[] {
  const tools = new Set(found.flatMap(({ placeholders }) => placeholders.map(({ tool }) => tool)));
  return [...tools].map((tool) => {
    const own = found.filter(({ placeholders }) => placeholders.some((each) => each.tool === tool));
    const written = new Set(own.flatMap(({ placeholders }) => placeholders.flatMap((each) => (each.tool === tool ? each.written : []))));
    return { object, path: own[0]?.path ?? [], severity: 'warning', code: 'placeholders', tool, written: [...written] };
  });
}

/** Custom resources of a running cluster are told of together (`controlplane/absent.ts`). */
function isPasted({ value: { metadata } }: RawObject): boolean {
  return typeof metadata === 'object' && metadata !== null && 'creationTimestamp' in metadata;
}

/** Whether the kind is one of Kubernetes or the Gateway API; what says no kind at all is refused elsewhere. */
function isSimulated({ value: { apiVersion, kind } }: RawObject): boolean {
  return typeof apiVersion !== 'string' || typeof kind !== 'string' || !isCustom(apiVersion) || isKnown(apiVersion, kind);
}

/** An object that replaces an earlier one of its name. */
interface Update {
  readonly ref: ObjectRef;
  readonly raw: RawObject;
  readonly earlier: RawObject;
}

/** Whoever copies `get pods` after `get all` has many of them, and is told once. */
function twice([first, ...more]: readonly Update[]): ReadObjects['findings'] {
  if (first === undefined) return [];
  const { ref, raw, earlier } = first;
  const others = more.map((each) => each.ref);
  const about = { object: ref, path: ['metadata', 'name'], document: earlier.document };
  return [{ finding: { ...about, severity: 'warning', code: 'object-twice', others }, raw }];
}

/** The Service range that the conformance cases share. */
const CASE_SERVICE_RANGE = cidr('10.96.0.0/12');

export interface Validation {
  readonly valid: boolean;
  readonly errors: readonly { readonly doc: number; readonly path: string; readonly kind: FieldErrorKind }[];
}

/** What an API server with the usual ranges, and without any custom resource, says of the text. */
export function validateManifest(manifest: string): Validation {
  const parsed = parseManifest(manifest);
  const refused = reviewed(parsed, CASE_SERVICE_RANGE).flatMap(({ raw, faults }) => {
    const named = faults.map(({ path, fact }) => ({ doc: raw.document, path: formatPath(path), kind: fact.kind }));
    return isSimulated(raw) ? named : [{ doc: raw.document, path: 'kind', kind: 'NotSupported' as const }];
  });
  const broken = parsed.problems.map(({ document }) => ({ doc: document, path: '', kind: 'Invalid' as const }));
  const unfilled = parsed.placeholders.map(({ object, path }) => ({
    doc: object.document,
    path: formatPath(path),
    kind: 'Invalid' as const,
  }));
  const errors = [...refused, ...broken, ...unfilled];
  return { valid: errors.length === 0, errors };
}
