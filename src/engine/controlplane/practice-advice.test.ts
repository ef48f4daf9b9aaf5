import { expect, test } from 'vitest';
import { fixed } from '../index';
import { load } from '../loaded';

const SHOP = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: 10.152.183.25, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  containers:
    - name: main
      image: web:1
      # the port of the program
      ports:
        - containerPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: client }
spec:
  selector: { matchLabels: { app: client } }
  template:
    metadata: { labels: { app: client } }
    spec:
      containers:
        - name: main
          image: busybox
          resources: { requests: { cpu: 10m } }
          env:
            - { name: BACKEND, value: "http://10.152.183.25:80/api" }
            - { name: OTHER, value: "http://web:80/" }
            - { name: OUTSIDE, value: "http://198.51.100.7:80/" }
`;

const hints = (text: string) => load(text).snapshot.diagnostics.filter(({ severity }) => severity === 'hint');
const fix = (text: string, kind: string): string => {
  const loaded = load(text);
  return (
    fixed(
      loaded,
      text,
      loaded.snapshot.diagnostics.findIndex((each) => each.kind === kind),
    )?.text ?? ''
  );
};

test('[F10] good practice is a hint with its place: requests, named ports, names instead of addresses, full names across namespaces', () => {
  const found = hints(SHOP).map(({ kind, object, path }) => `${kind} ${object} ${path}`);
  expect(found).toEqual(
    expect.arrayContaining([
      'no-resources Pod shop/web spec.containers[0]',
      'port-unnamed Pod shop/web spec.containers[0].ports[0]',
      'no-readiness-probe Pod shop/web spec.containers[0]',
      'address-hard-coded Deployment default/client spec.template.spec.containers[0].env[0].value',
      'name-elsewhere Deployment default/client spec.template.spec.containers[0].env[1].value',
    ]),
  );
  expect(found.filter((line) => line.includes('env[2]') || line.startsWith('no-resources Deployment'))).toEqual([]);
});

test.each(['no-resources', 'port-unnamed', 'no-readiness-probe', 'address-hard-coded', 'name-elsewhere'])(
  'the fix of %s takes the hint away and leaves the rest of the text as it is',
  (kind) => {
    const text = fix(SHOP, kind);
    expect(hints(text).filter((each) => each.kind === kind)).toEqual([]);
    expect(load(text).snapshot.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(text).toContain('# the port of the program');
  },
);

test('a wrong selector and a wrong targetPort are mended by what was meant', () => {
  const wrong = SHOP.replace('selector: { app: web }', 'selector: { app: webb }');
  expect(fix(wrong, 'selector-matches-nothing')).toBe(SHOP);
  const port = SHOP.replace('targetPort: 8080', 'targetPort: 3000');
  expect(fix(port, 'nobody-listens')).toBe(SHOP);
});

test('every fix of every finding in the text gives a text without that finding', () => {
  const loaded = load(SHOP);
  for (const [index, { fix: title, kind, path }] of loaded.snapshot.diagnostics.entries()) {
    if (title === null) continue;
    const text = fixed(loaded, SHOP, index)?.text ?? '';
    expect(load(text).snapshot.diagnostics.filter((each) => each.kind === kind && each.path === path)).toEqual([]);
  }
});
