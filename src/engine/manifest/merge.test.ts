import { expect, test } from 'vitest';
import { mergedText } from './merge';

const DEPLOYMENT = (replicas: number, image = 'nginx:1.27'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
      - name: web
        image: ${image}
      - name: log
        image: busybox
`;
const POD = (name: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { containers: [{ name: main, image: nginx }] }
`;
const all = (...documents: readonly string[]): string => documents.join('---\n');
const names = ({ kept }: ReturnType<typeof mergedText>): readonly string[] =>
  kept.map(({ why, object }) => `${why}: ${object.kind} ${object.name}`);

test('changes at different places of one object stand side by side, and comments stay', () => {
  const edited = DEPLOYMENT(3).replace('image: nginx:1.27', 'image: nginx:1.28 # newer');
  const merged = mergedText({ base: DEPLOYMENT(3), changed: DEPLOYMENT(5), edited });
  expect(merged).toEqual({ text: edited.replace('replicas: 3', 'replicas: 5'), kept: [] });
});

test('two items of a list with names are two places', () => {
  const edited = DEPLOYMENT(3).replace('image: busybox', 'image: busybox:1.37');
  const merged = mergedText({ base: DEPLOYMENT(3), changed: DEPLOYMENT(3, 'nginx:1.28'), edited });
  expect(merged).toEqual({ text: edited.replace('nginx:1.27', 'nginx:1.28'), kept: [] });
});

test('the same place changed to something else stays as it was edited, and is named; other objects are merged', () => {
  const edited = all(DEPLOYMENT(4), POD('shop'));
  const merged = mergedText({ base: all(DEPLOYMENT(3), POD('shop')), changed: all(DEPLOYMENT(5), POD('till')), edited });
  expect(merged.text).toBe(all(DEPLOYMENT(4), POD('till')));
  expect(names(merged)).toEqual(['edited: Deployment web']);
});

test('the same place changed to the same value is no difference', () => {
  const text = DEPLOYMENT(5);
  expect(mergedText({ base: DEPLOYMENT(3), changed: DEPLOYMENT(5), edited: text })).toEqual({ text, kept: [] });
});

test('a new object comes with its comments, a deleted one goes', () => {
  const fresh = `# for the till\n${POD('till')}`;
  const edited = all(DEPLOYMENT(4), POD('shop'));
  const base = all(DEPLOYMENT(3), POD('shop'));
  expect(mergedText({ base, changed: all(DEPLOYMENT(3), POD('shop'), fresh), edited })).toEqual({ text: all(edited, fresh), kept: [] });
  expect(mergedText({ base, changed: DEPLOYMENT(3), edited })).toEqual({ text: DEPLOYMENT(4), kept: [] });
});

test('what was edited is not deleted, and what was taken away does not come back', () => {
  const base = all(DEPLOYMENT(3), POD('shop'));
  expect(names(mergedText({ base, changed: POD('shop'), edited: all(DEPLOYMENT(4), POD('shop')) }))).toEqual(['edited: Deployment web']);
  const gone = mergedText({ base, changed: all(DEPLOYMENT(5), POD('shop')), edited: POD('shop') });
  expect([gone.text, names(gone)]).toEqual([POD('shop'), ['edited: Deployment web']]);
});

test('a document that is half typed stays, and is named where it may be the one', () => {
  const base = all(DEPLOYMENT(3), POD('shop'));
  const edited = all(DEPLOYMENT(3).replace('replicas: 3', 'replicas: ['), POD('shop'));
  expect(mergedText({ base, changed: DEPLOYMENT(3), edited }).text).toBe(edited.slice(0, edited.indexOf('---')));
  const scaled = mergedText({ base, changed: all(DEPLOYMENT(5), POD('shop')), edited });
  expect([scaled.text, names(scaled)]).toEqual([edited, ['unreadable: Deployment web']]);
});

test('lists of words that both sides changed are one place', () => {
  const list = (words: string): string => POD('shop').replace('image: nginx', `image: nginx, args: [${words}]`);
  const merged = mergedText({ base: list('a'), changed: list('a, b'), edited: list('a, c') });
  expect([merged.text, names(merged)]).toEqual([list('a, c'), ['edited: Pod shop']]);
});

test('ports are told apart by their numbers', () => {
  const service = (...ports: readonly string[]): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n${ports.map((port) => `  - ${port}\n`).join('')}`;
  const merged = mergedText({
    base: service('port: 80', 'port: 443'),
    changed: service('{ port: 80, targetPort: 8080 }', 'port: 443'),
    edited: service('port: 80', '{ port: 443, targetPort: 8443 }'),
  });
  expect(merged.kept).toEqual([]);
  expect(merged.text).toContain('8080');
  expect(merged.text).toContain('8443');
});
