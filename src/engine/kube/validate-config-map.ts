// A ConfigMap: its keys become names of files (ValidateConfigMap).

import { type Fault, fault } from './field-error';
import { duplicates } from './field-rules';
import { map, type Raw } from './fields';

/** A mebibyte. */
const MOST_BYTES = 1024 * 1024;

export function configMapFaults(raw: Raw): readonly Fault[] {
  const entries = (['data', 'binaryData'] as const).flatMap((field) =>
    Object.entries(map(raw[field])).map(([key, value]) => ({ key, path: [field, key], length: String(value).length })),
  );
  const size = entries.reduce((sum, { length }) => sum + length, 0);
  return [
    ...entries.flatMap(({ key, path }) => (isFileName(key) ? [] : [fault(path, 'not-file-name', key)])),
    ...duplicates(entries, ({ key }) => key).flatMap(({ key }) => [fault(['data', key], 'in-both-data', key)]),
    ...(size > MOST_BYTES ? [fault([], 'too-long', null, [String(MOST_BYTES)])] : []),
  ];
}

function isFileName(key: string): boolean {
  return key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && !key.startsWith('..');
}
