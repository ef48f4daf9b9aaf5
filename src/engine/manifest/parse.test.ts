import { describe, expect, test } from 'vitest';
import { parseManifest } from './parse';

const values = (text: string) => parseManifest(text).objects.map(({ value }) => value);
const spot = (text: string, path: readonly (string | number)[], index = 0): string => {
  const parsed = parseManifest(text);
  const object = parsed.objects[index];
  if (object === undefined) throw new Error('no object');
  const { from, to } = parsed.locate(object, path);
  return text.slice(from, to);
};

describe('the text of a manifest', () => {
  test('is many documents; empty ones and comments do not count', () => {
    const text = '# first\n---\nkind: A\n---\n# nothing\n---\n\n---\nkind: B\n';
    expect(parseManifest(text).objects.map(({ document, value }) => [document, value.kind])).toEqual([
      [0, 'A'],
      [1, 'B'],
    ]);
  });

  test.each(['yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'])('%s is true', (word) => {
    expect(values(`a: ${word}`)).toEqual([{ a: true }]);
  });

  test.each(['no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'])('%s is false', (word) => {
    expect(values(`a: ${word}`)).toEqual([{ a: false }]);
  });

  test.each(['y', 'Y', 'n', 'N'])('%s is a letter, though goyaml takes it for a truth value, and is found again', (letter) => {
    const parsed = parseManifest(
      `a: ${letter}\n'${letter}': '${letter}'\nb:\n- ${letter}\n${letter}${letter}: ${letter}${letter}\nc: {${letter}: 1}`,
    );
    expect(parsed.objects[0]?.value).toEqual({
      a: letter,
      [letter]: letter,
      b: [letter],
      [letter + letter]: letter + letter,
      c: { [letter]: 1 },
    });
    expect(parsed.letters.map(({ path }) => path)).toEqual([['a'], ['b', 0], ['c', letter]]);
  });

  test('knows the numbers of YAML 1.1, and no times of day', () => {
    expect(values('a: 0777\nb: 0x1F\nc: 0b11\nd: 1_000\ne: 12:30')).toEqual([{ a: 511, b: 31, c: 3, d: 1000, e: '12:30' }]);
  });

  test.each(['e1', 'e5', 'E1', '.', '-.', '-e3', '.e4'])('%s is a text, as goyaml reads it', (text) => {
    expect(values(`a: ${text}`)).toEqual([{ a: text }]);
  });

  test.each([
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['-1.5e-1', -0.15],
  ])('%s is a number', (text, number) => {
    expect(values(`a: ${text}`)).toEqual([{ a: number }]);
  });

  test('leaves dates a text, and knows no sets', () => {
    expect(values('a: 2024-01-31\nb: 2024-01-31T10:00:00Z\nc: !!binary aGk=')).toEqual([
      { a: '2024-01-31', b: '2024-01-31T10:00:00Z', c: 'aGk=' },
    ]);
  });

  test('keeps a null that is the item of a list, so that the others keep their places', () => {
    expect(values('a: [x, null, z]\nb: null')).toEqual([{ a: ['x', null, 'z'] }]);
  });

  test('merges, aliases, repeats keys and drops nulls', () => {
    expect(values('base: &b { x: 1, y: ~ }\nmore: { <<: *b, z: 2 }\nx: 1\nx: 2')).toEqual([{ base: { x: 1 }, more: { x: 1, z: 2 }, x: 2 }]);
  });

  test('may have a byte order mark, CRLF, be JSON, and end in dots', () => {
    expect(values('\uFEFFkind: A\r\nx: 1\r\n---\r\n{\t"kind": "B"}\r\n...\r\n')).toEqual([{ kind: 'A', x: 1 }, { kind: 'B' }]);
  });

  test('unfolds a List', () => {
    const { objects } = parseManifest('kind: List\nitems:\n- kind: A\n- kind: B\n');
    expect(objects.map(({ root, value }) => [root, value.kind])).toEqual([
      [['items', 0], 'A'],
      [['items', 1], 'B'],
    ]);
  });
});

describe('a List', () => {
  test('gives its items their kind where it is a list of one kind', () => {
    expect(values('apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: a}}]')).toEqual([
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } },
    ]);
  });

  test('may be empty, may hold a List, and holds nothing but objects', () => {
    expect(values('kind: List')).toEqual([]);
    expect(values('kind: List\nitems: [{kind: List, items: [{kind: A}]}]')).toEqual([{ kind: 'A' }]);
    const text = 'kind: List\nitems:\n- kind: A\n- word\n';
    const { objects, problems } = parseManifest(text);
    expect(objects).toHaveLength(1);
    expect(problems.map(({ code, range }) => [code, text.slice(range.from, range.to)])).toEqual([['NO_OBJECT', 'word']]);
  });
});

describe('a text that is broken', () => {
  test('loses the broken document alone, and says where', () => {
    const text = 'kind: A\n---\nkind: [B\nx: 1\n---\nkind: C\n';
    const { objects, problems } = parseManifest(text);
    expect(objects.map(({ value }) => value.kind)).toEqual(['A', 'C']);
    expect(problems).toHaveLength(1);
    expect(text.slice(0, problems[0]?.range.from).split('\n').length).toBeGreaterThanOrEqual(3);
    expect(problems[0]?.document).toBe(1);
  });

  test.each([
    ['x: "open', '"open'],
    ["x: 'open", "'open"],
    ['x: *nobody', '*nobody'],
    ['x: &a { y: *a }', '*a'],
    ['\tx: 1', '\t'],
    ['x', 'x'],
  ])('is marked where it breaks, and the documents around it live on: %s', (line, marked) => {
    const text = `kind: A\n---\nkind: B\n${line}\nz: 1\n---\nkind: C\n`;
    const { objects, problems } = parseManifest(text);
    expect(objects.map(({ value }) => value.kind)).toEqual(['A', 'C']);
    expect(problems.map(({ document, range }) => [document, text.slice(range.from, range.to)])).toEqual([[1, marked]]);
  });

  test('does not take a comment or a directive for a document', () => {
    expect(values(`# ${'# '.repeat(200)}x\n%YAML 1.1\n---\nkind: A\n---\n# end`)).toEqual([{ kind: 'A' }]);
  });

  test('of a megabyte is read all the same', () => {
    const one = '---\nkind: A\nspec:\n  ports:\n  - port: 80\n    targetPort: 8080\n    name: http\n';
    expect(parseManifest(one.repeat(1_000_000 / one.length)).objects.length).toBeGreaterThan(13_000);
  }, 20_000);

  test('may be no object at all', () => {
    expect(parseManifest('hello').problems.map(({ code }) => code)).toEqual(['NO_OBJECT']);
    expect(parseManifest('- a\n- b').problems.map(({ code }) => code)).toEqual(['NO_OBJECT']);
  });

  test('may be a bomb of aliases', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]`;
    const text = ['a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]', level('b', 'a'), level('c', 'b'), level('d', 'c'), level('e', 'd')].join('\n');
    expect(parseManifest(text).problems.map(({ code }) => code)).toEqual(['ALIAS_BOMB']);
  });

  test('may be too deep', () => {
    const codes = (text: string) => parseManifest(text).problems.map(({ code, range }) => [code, range.from]);
    expect(codes(`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toEqual([['TOO_DEEP', 0]]);
    expect(codes('['.repeat(20_000))).toEqual([['TOO_DEEP', 0]]);
    expect(codes(`${'a: {'.repeat(300)}b: 1${'}'.repeat(300)}`)).toEqual([['TOO_DEEP', 0]]);
  });

  test('may bear hostile names', () => {
    const { objects } = parseManifest('kind: A\n__proto__: { polluted: true }\nconstructor: { prototype: 1 }');
    expect(objects).toHaveLength(1);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a field', () => {
  const text = 'kind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n    name:\n---\nkind: B\n';

  test('is found at its value', () => {
    expect(spot(text, ['metadata', 'name'])).toBe('web');
    expect(spot(text, ['spec', 'ports', 0, 'port'])).toBe('80');
  });

  test('without a value is found at its key', () => {
    expect(spot(text, ['spec', 'ports', 0, 'name'])).toBe('name');
  });

  test('that is missing is found at the nearest parent', () => {
    expect(spot(text, ['spec', 'ports', 0, 'protocol', 'x'])).toContain('port: 80');
    expect(spot(text, [])).toBe('kind');
    expect(spot(text, ['metadata', 'name'], 1)).toBe('kind');
  });
});
