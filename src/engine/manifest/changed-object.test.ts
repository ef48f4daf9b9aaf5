import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Document, isCollection, isPair, isScalar, isSeq, visit } from 'yaml';
import { withNamed, withoutNamed } from './changed-object';
import { equal } from './equal';
import { parseManifest } from './parse';
import type { Plain, PlainMap } from './spell';

const DEPLOYMENT = `# The shop’s web server
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # its name
  labels: { app: web }
spec:
  # as many as there are nodes
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        # serves
        - name: web
          image: nginx:1.27 # pinned
          ports:
            - containerPort: 80
        # writes the log
        - name: log
          image: "busybox"
`;

type Way = readonly (string | number)[];

const parsed = (text: string, index = 0) => parseManifest(text).objects[index]!.value as PlainMap;

/** The value with another one at the way; `undefined` takes it away. */
function put(value: Plain | undefined, [part, ...rest]: Way, to: Plain | undefined): Plain | undefined {
  if (part === undefined) return to;
  if (Array.isArray(value)) {
    const item = put(value[Number(part)] as Plain | undefined, rest, to);
    return item === undefined ? value.filter((_, index) => index !== part) : Object.assign([...value], { [part]: item });
  }
  const { [part]: old, ...others } = (value ?? {}) as PlainMap;
  const fresh = put(old, rest, to);
  if (fresh === undefined) return others;
  return { ...(value as PlainMap), [part]: fresh };
}

const set = (text: string, way: Way, to: Plain | undefined) => withNamed(text, put(parsed(text), way, to) as PlainMap);

describe('an object that is changed in its text', () => {
  test.each<[Way, Plain | undefined, string, string]>([
    [['spec', 'replicas'], 5, 'replicas: 3', 'replicas: 5'],
    [['spec', 'template', 'spec', 'containers', 0, 'image'], 'nginx:1.28', 'nginx:1.27 # pinned', 'nginx:1.28 # pinned'],
    [['spec', 'template', 'spec', 'containers', 1, 'image'], 'busybox:1', '"busybox"', '"busybox:1"'],
    [['metadata', 'labels', 'kubernetes.io/tier'], 'front', '{ app: web }', '{ app: web, kubernetes.io/tier: front }'],
    [
      ['metadata', 'annotations'],
      { 'a.b/c': 'x y' },
      '  labels: { app: web }\n',
      '  labels: { app: web }\n  annotations:\n    a.b/c: x y\n',
    ],
    [['spec', 'replicas'], undefined, '  # as many as there are nodes\n  replicas: 3\n', '  # as many as there are nodes\n'],
    [['spec', 'template', 'spec', 'containers', 1], undefined, '        - name: log\n          image: "busybox"\n', ''],
    [
      ['spec', 'template', 'spec', 'containers', 2],
      { name: 'more', image: 'x', args: ['a', 'b'] },
      'image: "busybox"\n',
      'image: "busybox"\n        - name: more\n          image: x\n          args:\n            - a\n            - b\n',
    ],
    [['spec', 'paused'], true, '          image: "busybox"\n', '          image: "busybox"\n  paused: true\n'],
  ])('%j becomes %j', (way, to, before, after) => {
    const expected = DEPLOYMENT.replace(before, after);
    expect(expected).not.toBe(DEPLOYMENT);
    expect(set(DEPLOYMENT, way, to)).toBe(expected);
    expect(set(DEPLOYMENT.replaceAll('\n', '\r\n'), way, to)).toBe(expected.replaceAll('\n', '\r\n'));
    expect(set(DEPLOYMENT.trimEnd(), way, to)).toBe(expected.replace(/\n$/, ''));
  });

  test('is found by kind, namespace and name, behind other documents and inside of a List', () => {
    const list =
      'kind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n# of b\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n';
    const text = `---\n${DEPLOYMENT}---\n${list}`;
    const b = { ...parsed(text, 2), spec: { nodeName: 'node-1' } };
    expect(withNamed(text, b)).toBe(text.replace('metadata: {name: b}', 'metadata: {name: b}, spec: { nodeName: node-1 }'));
    const a = { ...parsed(text, 1), spec: { nodeName: 'node-1' } };
    expect(withNamed(text, a)).toBe(text.replace('metadata: {name: a}\n', 'metadata: {name: a}\n  spec:\n    nodeName: node-1\n'));
    const elsewhere = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b', namespace: 'shop' } };
    expect(withNamed(text, elsewhere)).toBe(`${text}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  namespace: shop\n`);
  });

  test('of two that stand there the later one counts, and both are taken away', () => {
    const pod = (image: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { x: ${image} }\n`;
    const text = `${pod('one')}---\n${pod('two')}---\n${DEPLOYMENT}`;
    expect(set(`${pod('one')}---\n${pod('two')}`, ['spec', 'x'], 'three')).toBe(`${pod('one')}---\n${pod('three')}`);
    expect(withoutNamed(text, { kind: 'Pod', namespace: 'default', name: 'a' })).toBe(DEPLOYMENT);
  });

  test.each([
    [
      'an anchor',
      'kind: Pod\nmetadata: { name: a }\nspec: &s\n  x: 1\nother: *s\n',
      { kind: 'Pod', metadata: { name: 'a' }, spec: { x: 2 }, other: { x: 1 } },
    ],
    [
      'an alias',
      'kind: Pod\nmetadata: { name: a }\nspec: &s\n  x: 1\nother: *s\n',
      { kind: 'Pod', metadata: { name: 'a' }, spec: { x: 1 }, other: { x: 3 } },
    ],
    [
      'a merged key',
      'kind: Pod\nmetadata: { name: a }\nspec: &s\n  x: 1\nother:\n  <<: *s\n  y: 1\n',
      { kind: 'Pod', metadata: { name: 'a' }, spec: { x: 1 }, other: { y: 1 } },
    ],
    ['a tag', 'kind: Pod\nmetadata: { name: a }\nspec: { x: !!str 1 }\n', { kind: 'Pod', metadata: { name: 'a' }, spec: { x: '2' } }],
    [
      'lists in lists',
      'kind: Pod\nmetadata: { name: a }\nspec:\n- - 1\n  - 2\n',
      { kind: 'Pod', metadata: { name: 'a' }, spec: [[1, 3, 4]] },
    ],
    ['no value', 'kind: Pod\nmetadata: { name: a }\nspec: # none yet\n', { kind: 'Pod', metadata: { name: 'a' }, spec: { x: 1 } }],
    ['a key twice', 'kind: Pod\nmetadata: { name: a }\nspec: { x: 1, x: 2 }\n', { kind: 'Pod', metadata: { name: 'a' }, spec: { x: 3 } }],
  ])('is as wanted where the text has %s', (_, text, wanted) => {
    expect(parsed(withNamed(text, wanted))).toEqual(wanted);
  });

  const key = fc.constantFrom('a', 'b', 'c.d/e', 'name', 'on');
  const scalar = fc.oneof(
    fc.boolean(),
    fc.integer({ min: -9, max: 70000 }),
    fc.constantFrom(
      'x',
      'yes',
      '10.1.0.0/16',
      '',
      '1',
      '1.27',
      'a: b',
      '# no',
      "it's",
      'nginx:1.27',
      'sleep 3600',
      '- x',
      'a\nb\n',
      'a\n\n b',
      '\n',
      ' x',
      'é\t',
      '12:30',
      '~',
      'y',
      '@a',
      'a:',
      '*',
    ),
  );
  const { value: tree } = fc.letrec<{ value: Plain }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
  }));
  const spec = fc.dictionary(key, tree, { maxKeys: 4 });

  /** The same object in some style: braces here and there, lists further in or not, and the way to it above every key that may bear a comment. */
  function styled(
    value: PlainMap,
    { flows, indentSeq, indent }: { flows: readonly boolean[]; indentSeq: boolean; indent: number },
  ): string {
    const document = new Document(value, { version: '1.1' });
    let count = 0;
    visit(document, (_, node, path) => {
      if (isCollection(node) && node !== document.contents) node.flow = flows[count++ % flows.length] === true;
      if (!isPair(node) || !isScalar(node.key) || path.some((parent) => isCollection(parent) && parent.flow === true)) return undefined;
      const way = [...path, node].flatMap((parent) => (isPair(parent) ? [String(parent.key)] : isSeq(parent) ? [LIST] : []));
      if (!way.includes(LIST)) node.key.commentBefore = ` at ${JSON.stringify(way)}`;
      return undefined;
    });
    return document.toString({ indentSeq, indent, lineWidth: 0 });
  }

  const LIST = '-';
  const style = fc.record({
    flows: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
    indentSeq: fc.boolean(),
    indent: fc.constantFrom(2, 4),
  });

  test('is read back as wanted in any style, and keeps the comments above what stays', () => {
    fc.assert(
      fc.property(spec, spec, style, fc.boolean(), (before, after, chosen, crlf) => {
        const head = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'it' } };
        const drawn = `${styled({ ...head, spec: before, last: 1 }, chosen)}---\nkind: Other\nmetadata: { name: b } # end\n`;
        const text = crlf ? drawn.replaceAll('\n', '\r\n') : drawn;
        fc.pre(equal(parseManifest(text).objects[0]?.value, { ...head, spec: before, last: 1 })); // the printer errs at times
        const wanted = { ...head, spec: after, last: 1 };
        const written = withNamed(text, wanted);
        expect(parsed(written)).toEqual(wanted);
        expect(written).toContain('metadata: { name: b } # end');
        expect(crlf && /[^\r]\n/.test(written)).toBe(false);
        for (const [, way = ''] of drawn.matchAll(/# at (.*)\n/g))
          if (has(wanted, JSON.parse(way) as string[])) expect(written).toContain(`# at ${way}`);
      }),
      { numRuns: 300 },
    );
  });

  function has(value: Plain, [key, ...rest]: readonly string[]): boolean {
    if (key === undefined) return true;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const inner = (value as PlainMap)[key];
    return inner !== undefined && has(inner, rest);
  }
});
