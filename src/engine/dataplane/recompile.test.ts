// Compiling by difference gives what compiling whole gives, whatever was edited.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reuse } from '../controlplane/reuse';
import { settle } from '../controlplane/settle';
import { parseManifest } from '../manifest/parse';
import { readObjects } from '../manifest/read';
import { PLAYGROUND } from '../settings';
import { compile } from './compile';
import { recompile } from './recompile';

interface Spec {
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName' | 'None';
  readonly port: number;
  readonly app: string;
  readonly local: boolean;
  readonly affinity: boolean;
}

const spec: fc.Arbitrary<Spec> = fc.record({
  type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', 'None'),
  port: fc.constantFrom(80, 443, 8080),
  app: fc.constantFrom('a', 'b', 'nobody'),
  local: fc.boolean(),
  affinity: fc.boolean(),
});

function service(name: string, { type, port, app, local, affinity }: Spec, index: number): string {
  if (type === 'ExternalName')
    return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { type: ExternalName, externalName: a.example.com }`;
  const exposed = type === 'NodePort' || type === 'LoadBalancer';
  const fields = [
    type === 'None' ? 'clusterIP: None' : `clusterIP: 10.96.0.${index + 20}`,
    ...(exposed ? [`type: ${type}`, `externalTrafficPolicy: ${local ? 'Local' : 'Cluster'}`] : []),
    ...(affinity ? ['sessionAffinity: ClientIP'] : []),
    `selector: { app: ${app} }`,
    `ports: [{ port: ${port}, targetPort: 80${exposed ? `, nodePort: ${30100 + index}` : ''} }]`,
  ];
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ${fields.join(', ')} }`;
}

const pod = (name: string, app: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${app} } }\nspec: { containers: [{ name: main, image: nginx }] }`;

const text = (specs: readonly (Spec | null)[]): string =>
  [
    pod('a-1', 'a'),
    pod('a-2', 'a'),
    pod('b-1', 'b'),
    ...specs.flatMap((one, index) => (one === null ? [] : service(`s-${index}`, one, index))),
  ].join('\n---\n');

const clusterOf = (manifest: string) =>
  settle(
    readObjects(parseManifest(manifest)).objects.map(({ object }) => object),
    PLAYGROUND,
  ).cluster;

const lists = fc.array(spec, { minLength: 1, maxLength: 5 });

describe('compiling by difference', () => {
  test('a Service that was changed, added or taken away gives the world of the whole cluster', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.option(spec), (specs, at, edited) => {
        const before = clusterOf(text(specs));
        const place = at % (specs.length + 1);
        const after = reuse(before, clusterOf(text([...specs.slice(0, place), edited, ...specs.slice(place + 1)])));
        expect(recompile({ cluster: before, world: compile(before) }, after)).toEqual(compile(after));
      }),
      { numRuns: 150 },
    );
  });

  test('keeps everything that has nothing to do with it', () => {
    const plain: Spec = { type: 'ClusterIP', port: 80, app: 'a', local: false, affinity: false };
    const before = clusterOf(text([plain, plain, plain]));
    const world = compile(before);
    const next = recompile({ cluster: before, world }, reuse(before, clusterOf(text([plain, { ...plain, port: 443 }, plain]))));
    expect(next).not.toBe(world);
    expect(next.kernels['pod/default/a-1']).toBe(world.kernels['pod/default/a-1']);
    expect(next.kernels['node/node-1']?.routes).toBe(world.kernels['node/node-1']?.routes);
    expect(next.kernels['node/node-1']?.iptables.nat?.chains['KUBE-POSTROUTING']).toBe(
      world.kernels['node/node-1']?.iptables.nat?.chains['KUBE-POSTROUTING'],
    );
  });

  test('finds nothing to do where nothing changed', () => {
    const before = clusterOf(text([]));
    const after = reuse(before, clusterOf(text([])));
    expect(after).toBe(before);
    const world = compile(before);
    expect(recompile({ cluster: before, world }, after)).toBe(world);
  });
});
