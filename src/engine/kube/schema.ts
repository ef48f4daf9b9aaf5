// The shape of objects: unknown fields and wrong JSON types, as the API server's strict decoding finds them, by interpreting the
// JSON Schema of Kubernetes 1.36 (`schema.json`: names and types, made from the API's own declarations).

import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { nearest } from './nearest';
import schema from './schema.json';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

interface Root {
  readonly allOf: readonly {
    readonly if: { readonly properties: { readonly apiVersion: { readonly const: string }; readonly kind: { readonly const: string } } };
    readonly then: Schema;
  }[];
  readonly definitions: Readonly<Record<string, Schema>>;
}

const ROOT = schema as unknown as Root;

const KINDS: ReadonlyMap<string, Schema> = new Map(
  ROOT.allOf.map(({ if: { properties }, then }) => [`${properties.apiVersion.const} ${properties.kind.const}`, then]),
);

/** How objects of a kind are made up; undefined where that is not known here. */
export function schemaOf(apiVersion: string, kind: string): Schema | undefined {
  return KINDS.get(`${apiVersion} ${kind}`);
}

/** The definition that a schema refers to: its name, and what it says. A schema that refers to none says it itself. */
export function resolved(given: Schema): { readonly name: string | null; readonly rules: Schema } {
  if (given.$ref === undefined) return { name: null, rules: given };
  const name = given.$ref.slice('#/definitions/'.length);
  return { name, rules: ROOT.definitions[name] ?? {} };
}

/** What strict decoding refuses; empty for kinds whose shape is not known here. */
export function shapeFaults(apiVersion: string, kind: string, value: unknown): readonly Fault[] {
  const root = schemaOf(apiVersion, kind);
  return root === undefined ? [] : check(root, value, []);
}

function check(given: Schema, value: unknown, path: FieldPath): readonly Fault[] {
  if (value === null) return [];
  const { rules } = resolved(given);
  if (isQuantity(given) && typeof value === 'string' && !QUANTITY.test(value.trim())) return [fault(path, 'not-a-quantity', value)];
  if (!hasType(rules, value) || isFraction(given, value)) return [fault(path, 'wrong-type', value, typesOf(rules))];
  if (Array.isArray(value))
    return rules.items === undefined ? [] : value.flatMap((item: unknown, index) => check(rules.items ?? {}, item, [...path, index]));
  if (typeof value !== 'object') return [];
  return isLabelMap(rules) ? checkMap(rules, value, path) : checkObject(rules, value, path);
}

function typesOf({ type, enum: choices }: Schema): readonly string[] {
  if (choices !== undefined) return ['string'];
  return type === undefined ? [] : typeof type === 'string' ? [type] : type;
}

/** Words outside of an enumeration are for validation to refuse; here they only have to be strings. */
function hasType(rules: Schema, value: unknown): boolean {
  const types = typesOf(rules);
  if (types.length === 0) return true;
  const own = Array.isArray(value) ? 'array' : typeof value;
  return types.includes(own) && !(own === 'number' && !Number.isFinite(value));
}

/** Every number of the API is whole, but for quantities. */
function isFraction(given: Schema, value: unknown): boolean {
  return typeof value === 'number' && !Number.isInteger(value) && !isQuantity(given);
}

function isQuantity({ $ref }: Schema): boolean {
  return $ref === '#/definitions/api.resource.Quantity';
}

/** `250m`, `1.5`, `64Mi`, `1e3` (resource.ParseQuantity). */
const QUANTITY = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/;

/** A map of strings is refused as a whole: `metadata.labels`, not one of its keys. */
function isLabelMap({ properties, additionalProperties }: Schema): boolean {
  return (properties === undefined || Object.keys(properties).length === 0) && typeof additionalProperties === 'object';
}

function checkMap({ additionalProperties }: Schema, value: object, path: FieldPath): readonly Fault[] {
  if (typeof additionalProperties !== 'object') return [];
  if (isQuantity(additionalProperties))
    return Object.entries(value).flatMap(([key, part]: [string, unknown]) => check(additionalProperties, part, [...path, key]));
  const wrong = Object.values(value).find((part: unknown) => check(additionalProperties, part, path).length > 0) as unknown;
  return wrong === undefined ? [] : [fault(path, 'wrong-type', wrong, typesOf(additionalProperties))];
}

function checkObject({ properties, additionalProperties }: Schema, value: object, path: FieldPath): readonly Fault[] {
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const known = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known !== undefined) return check(known, part, [...path, key]);
    return additionalProperties === false ? [fault([...path, key], 'unknown-field', key, nearest(key, Object.keys(properties ?? {})))] : [];
  });
}
