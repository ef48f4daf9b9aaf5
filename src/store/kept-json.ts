// What the browser kept, as far as it can be read: whoever reads it looks at every field, for an older page may have written it, or a person.

/** The value of a stored text; null where there is none, or where it is no JSON. */
export function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** The fields of a value; none where it has none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
