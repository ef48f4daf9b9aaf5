// The shape of a kind as the API server tells it (OpenAPI): its fields, their types, which of them must be there, and the words that are
// allowed. For those who explain fields; what is wrong with an object is found in schema.ts.

import { resolved, type Schema, schemaOf } from './schema';

export interface Shape {
  /** The definition that holds it, with its group: `v1.ServiceSpec`, `networking.k8s.io.v1.IPBlock`; null for plain values. */
  readonly definition: string | null;
  /** `string`, `integer`, `boolean`, `array`, `object`; empty for what may be of several types. */
  readonly type: string;
  /** The words that are allowed; empty where any are. */
  readonly words: readonly string[];
  /** Of each item of a list. */
  readonly items: Schema | null;
  /** Of each value of a map. */
  readonly values: Schema | null;
  /** By name. */
  readonly fields: readonly ShapeField[];
}

export interface ShapeField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: Schema;
}

/** Read one level at a time with `shapeOf`: a shape may hold itself. */
export type { Schema };

/** The shape of a whole object; null where it is not known here. */
export function kindShape(apiVersion: string, kind: string): Shape | null {
  const schema = schemaOf(apiVersion, kind);
  if (schema === undefined) return null;
  const shape = shapeOf(schema);
  // Every object says its kind, and in OpenAPI none of them has to.
  const isNamed = ({ name }: ShapeField) => name === 'apiVersion' || name === 'kind';
  return { ...shape, fields: shape.fields.map((field) => (isNamed(field) ? { ...field, isRequired: false } : field)) };
}

export function shapeOf(schema: Schema): Shape {
  const { name, rules } = resolved(schema);
  const { items, additionalProperties: values, properties = {}, required = [] } = rules;
  return {
    definition: name,
    type: typeOf(rules),
    words: (rules.enum ?? []).map(String),
    items: items ?? null,
    values: typeof values === 'object' ? values : null,
    fields: Object.keys(properties)
      .sort((a, b) => (a < b ? -1 : 1))
      .map((field) => ({ name: field, isRequired: required.includes(field), schema: properties[field] ?? {} })),
  };
}

/** Every number of the API is whole, but for quantities, which may be words too. */
function typeOf({ type, enum: words, const: only }: Schema): string {
  if (words !== undefined || only !== undefined) return 'string';
  if (typeof type !== 'string') return '';
  return type === 'number' ? 'integer' : type;
}
