import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseManifest } from './parse';
import { withoutSecrets } from './secrets';

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"apiVersion":"v1","kind":"Secret","stringData":{"password":"hunter2"}}
    team: blue
data:
  host: ZGI=
  password: aHVudGVyMg==
stringData:
  token: "hunter2"
  file: |
    first hunter2
    second hunter2
type: Opaque
`;

const gone = (text: string): string => {
  const { text: left } = withoutSecrets(text);
  expect(left).not.toMatch(/hunter2|aHVudGVyMg|ZGI=/);
  return left;
};

describe('the values of a Secret', () => {
  test('are taken out, with the copy that kubectl keeps; keys and all else stay', () => {
    const left = gone(SECRET);
    expect(parseManifest(left).objects[0]?.value).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'shop', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', team: 'blue' } },
      data: { host: '', password: '' },
      stringData: { token: '', file: '' },
      type: 'Opaque',
    });
    expect(withoutSecrets(SECRET).removed).toEqual([{ name: 'shop/db', keys: ['host', 'password', 'token', 'file'] }]);
    expect(left.split('\n').filter((line) => !SECRET.includes(line))).toEqual([
      '    kubectl.kubernetes.io/last-applied-configuration: "{}"',
      '  host: ""',
      '  password: ""',
      '  token: ""',
      '  file: ""',
    ]);
  });

  test('are taken out once: what is left says nothing more', () => {
    const left = gone(SECRET);
    expect(withoutSecrets(left)).toEqual({ text: left, removed: [] });
  });

  test.each([
    ['with CRLF', SECRET.replaceAll('\n', '\r\n')],
    ['in a List', `apiVersion: v1\nkind: List\nitems:\n- ${SECRET.trimEnd().replaceAll('\n', '\n  ')}\n`],
    [
      'in a SecretList, whose items say no kind',
      `kind: SecretList\nitems:\n- ${SECRET.replace('kind: Secret\n', '').trimEnd().replaceAll('\n', '\n  ')}\n`,
    ],
    ['as JSON', JSON.stringify({ kind: 'Secret', metadata: { name: 'a' }, data: { password: 'aHVudGVyMg==' } }, null, 4)],
    ['on one line', '{kind: Secret, metadata: {name: a}, stringData: {password: hunter2, "other": "hunter2"}}'],
    ['by an alias', 'kind: List\nx: &d {password: hunter2}\nitems:\n- {kind: Secret, metadata: {name: a}, data: *d}\n'],
    ['by a merge', 'kind: List\nx: &d {data: {password: hunter2}}\nitems:\n- {<<: *d, kind: Secret, metadata: {name: a}}\n'],
    ['a level too deep', 'kind: Secret\nmetadata:\n  name: a\n  stringData:\n    password: hunter2\ntype: Opaque\n'],
    ['where data is no mapping', 'kind: Secret\ndata: hunter2\nstringData:\n- hunter2\n- b: hunter2\ntype: Opaque\n'],
    ['where a value is a mapping', 'kind: Secret\ndata:\n  a:\n    b: hunter2\n  c: {d: hunter2}\ntype: Opaque\n'],
    ['quoted over lines', 'kind: Secret\nstringData:\n  password: "hun\n    hunter2"\n  b: c hunter2\n'],
    ['beside other documents', `kind: ConfigMap\ndata: {a: b}\n---\n${SECRET}---\nkind: ConfigMap\n`],
    ['in a text with a brace that is never closed', `${SECRET}oops: {\n`],
    ['in a text that is half pasted', SECRET.replace('type: Opaque\n', '  more: "hunter2\n')],
    [
      'where the copy cannot be read',
      `kind: Secret\nmetadata:\n  annotations:\n    a: '{"kind":"Secret","data":{"b":"hunter2"}}'\n  x: [\n`,
    ],
  ])('are taken out %s', (_how, text) => {
    const left = gone(text);
    if (text.includes('type: Opaque')) expect(left).toMatch(/^ *type: Opaque\r?$/m);
  });

  test('of a whole paste go, and nothing else does', () => {
    const text = readFileSync(new URL('../pastes/eks.json', import.meta.url), 'utf8');
    const { text: left, removed } = withoutSecrets(text);
    expect(removed).toEqual([{ name: 'prod/api-db', keys: ['DB_HOST', 'DB_PASSWORD'] }]);
    expect(left).not.toMatch(/correct horse|Y29ycmVjd/);
    expect(parseManifest(left).objects.length).toBe(parseManifest(text).objects.length);
  });

  test.each([
    ['of a ConfigMap', 'kind: ConfigMap\nmetadata: {name: Secret}\ndata: {a: hunter2}\n'],
    ['of a ConfigMap that cannot be read', 'kind: ConfigMap\ndata: {a: hunter2}\n# Secret\n: [\n'],
    ['of a Pod that names a Secret', 'kind: Pod\nspec: {volumes: [{name: v, secret: {secretName: hunter2}}]}\n# a Secret\n'],
  ])('are the only ones: those %s stay', (_whose, text) => {
    expect(withoutSecrets(text)).toEqual({ text, removed: [] });
  });
});
