import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALONE, withDocument, withField, withinField, withoutField, withoutObject } from './edit';
import { parseManifest } from './parse';
import type { Plain } from './spell';

const first = (text: string) => parseManifest(text).objects[0]?.value;
const set = (text: string, path: readonly (string | number)[], value: Plain) => withField(text, { place: ALONE, path, value });

describe('a field that is written', () => {
  test.each([
    ['a: 1 # one\nb: 2\n', ['a'], 'x', 'a: x # one\nb: 2\n'],
    ['a: "1"\n', ['a'], 'x', 'a: "x"\n'],
    ["a: '1'\n", ['a'], 'it’s', "a: 'it’s'\n"],
    ['a:\n', ['a'], true, 'a: true\n'],
    ['a:\n    b: 1\n\n# end\n', ['a', 'c'], 'yes', 'a:\n    b: 1\n    c: "yes"\n\n# end\n'],
    ['a: 1', ['b', 'c'], 'x', 'a: 1\nb:\n  c: x\n'],
    ['a: # none\nb: 1\n', ['a', 'c'], 'x', 'a:\n  c: x # none\nb: 1\n'],
    ['{ a: 1 }', ['b'], 'x', '{ a: 1, b: x }'],
    ['{"a": {"b": 1}}', ['a', 'c', 'd'], 'x', '{"a": {"b": 1, "c": {"d": "x"}}}'],
    ['a: {}\n', ['a', 'b'], 'x', 'a: { b: x }\n'],
    ['a: |\n  one\n\nb: 2\n', ['c'], 'x', 'a: |\n  one\n\nb: 2\nc: x\n'],
    ['b: 2\na: |\n  one\n\n---\nz: 1\n', ['c'], 'x', 'b: 2\na: |\n  one\nc: x\n\n---\nz: 1\n'],
    ['items:\n- a: 1\n- a: 2\n', ['items', 1, 'b'], 'x', 'items:\n- a: 1\n- a: 2\n  b: x\n'],
    ['a: 1\n', ['b'], 'one\n\ntwo\n', 'a: 1\nb: |\n  one\n\n  two\n'],
  ])('%j at %j', (text, path, value, expected) => {
    expect(set(text, path, value)).toBe(expected);
  });

  test.each([
    ['a: &x 1\nb: *x\n', ['b']],
    ['a: { b: 1 }\n', ['a']],
    ['a: !!str 1\n', ['a']],
    ['a: [1\n', ['b', 'c']],
    ['a: 1\n', ['a', 'b']],
  ])('is not, where others would change too: %j at %j', (text, path) => {
    expect(set(text, path, 'x')).toBeNull();
  });

  const key = fc.constantFrom('a', 'b', 'c');
  const scalar = fc.oneof(fc.boolean(), fc.constantFrom('x', 'yes', '10.1.0.0/16', 'fd00::/48', '', '1', 'a: b', '# no', "it's"));
  const nested = fc.dictionary(key, fc.oneof(scalar, fc.dictionary(key, scalar, { minKeys: 1 })), { minKeys: 1 });

  test('is read back, in either style, and the rest as before', () => {
    fc.assert(
      fc.property(nested, fc.array(key, { minLength: 1, maxLength: 2 }), scalar, fc.boolean(), (object, path, value, json) => {
        const text = json
          ? JSON.stringify(object, null, 1)
          : Object.keys(object).reduce((all, name) => set(all, [name], object[name]!)!, 'z: 0\n');
        const before: Readonly<Record<string, unknown>> = { ...(json ? {} : { z: 0 }), ...object };
        expect(first(text)).toEqual(before);
        const written = set(text, path, value);
        const [name, inner] = path;
        const holds = before[name!];
        if (inner === undefined ? typeof holds === 'object' : holds !== undefined && typeof holds !== 'object') return;
        expect(first(written!)).toEqual({ ...before, [name!]: inner === undefined ? value : { ...Object(holds), [inner]: value } });
      }),
    );
  });
});

describe('a text inside of a field', () => {
  const change = (inner: string) => set(inner, ['mode'], 'ipvs');
  test.each([
    ['data:\n  c: |\n    # why\n    mode: ""\n\n    a: 1\n\nb: 2\n', 'data:\n  c: |\n    # why\n    mode: "ipvs"\n\n    a: 1\n\nb: 2\n'],
    ['data:\n  c: |-\n      a: 1\n', 'data:\n  c: |-\n      a: 1\n      mode: ipvs\n'],
    ['data: { c: \'{"a": 1}\' }\n', 'data: { c: \'{"a": 1, "mode": "ipvs"}\' }\n'],
    ['data:\n  c: "a: 1\\nmode: iptables\\n"\n', 'data:\n  c: "a: 1\\nmode: ipvs\\n"\n'],
  ])('%j', (text, expected) => {
    expect(withinField(text, { place: ALONE, path: ['data', 'c'], change })).toBe(expected);
  });
});

describe('what is taken away', () => {
  test('is the line of a field', () => {
    expect(withoutField('a: 1\nb: |\n  x\n# c\nc: 3\n', { place: ALONE, path: ['b'] })).toBe('a: 1\n# c\nc: 3\n');
    expect(withoutField('{ a: 1, b: 2 }', { place: ALONE, path: ['b'] })).toBe('{ a: 1 }');
    expect(withoutField('{ a: 1, b: 2 }', { place: ALONE, path: ['a'] })).toBe('{ b: 2 }');
    expect(withoutField('a: 1\n', { place: ALONE, path: ['a'] })).toBeNull();
  });

  test.each([
    ['a: 1\n---\nb: 2\n---\nc: 3\n', 0, 'b: 2\n---\nc: 3\n'],
    ['a: 1\n---\n# of b\nb: 2\n---\nc: 3\n', 1, 'a: 1\n---\nc: 3\n'],
    ['a: 1\n---\nb: 2\n', 1, 'a: 1\n'],
    ['a: 1\n', 0, ''],
  ])('is a document: %j', (text, document, expected) => {
    expect(withoutObject(text, { document, root: [] })).toBe(expected);
  });

  test('is an item of a List', () => {
    const list = 'kind: List\nitems:\n- kind: A\n  x: 1\n# of B\n- kind: B\n';
    expect(withoutObject(list, { document: 0, root: ['items', 0] })).toBe('kind: List\nitems:\n# of B\n- kind: B\n');
    expect(withoutObject('{"items": [{"a": 1}, {"b": 2}]}', { document: 0, root: ['items', 1] })).toBe('{"items": [{"a": 1}]}');
  });
});

test.each([
  ['', 'b: 2\n'],
  ['a: 1', 'a: 1\n---\nb: 2\n'],
  ['a: 1\n---\n', 'a: 1\n---\nb: 2\n'],
])('a document stands behind %j', (text, expected) => {
  expect(withDocument(text, 'b: 2\n')).toBe(expected);
});
