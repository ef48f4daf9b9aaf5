// Whether two plain values are the same to the API server: the order of keys does not count, and null is the same as absent, except as
// the item of a list.

export function equal(one: unknown, other: unknown): boolean {
  if (Object.is(one, other) || isAbsent(one) || isAbsent(other)) return Object.is(one, other) || (isAbsent(one) && isAbsent(other));
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false;
  return [...keys].every((key) => equal(own(one, key), own(other, key)));
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function own(of: object, key: string): unknown {
  return Object.hasOwn(of, key) ? (of as Readonly<Record<string, unknown>>)[key] : undefined;
}
