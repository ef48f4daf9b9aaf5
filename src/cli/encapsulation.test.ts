// What the command prints of a packet inside another one.

import { expect, test } from 'vitest';
import { run } from './run';

const FILE = `apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: main, image: nginx }] }
status: { podIP: 10.1.1.5 }
---
apiVersion: v1
kind: Pod
metadata: { name: server }
spec: { nodeName: node-2, containers: [{ name: main, image: nginx, ports: [{ containerPort: 80 }] }] }
status: { podIP: 10.1.2.8 }
`;

interface Printed {
  readonly hops: readonly {
    readonly leg: string;
    readonly at: { readonly name: string };
    readonly before: { readonly source: string; readonly encapsulation?: object };
    readonly after: { readonly source: string; readonly encapsulation?: object };
  }[];
}

function hopsOn(network: string): Printed['hops'] {
  const { out, err, status } = run(
    `trace -f pods.yaml --network ${network} --from pod/client --to 10.1.2.8:80 -o json`.split(' '),
    () => FILE,
  );
  if (status !== 0) throw new Error(err);
  return (JSON.parse(out) as Printed).hops;
}

test.each([
  ['calico-vxlan', { kind: 'vxlan', source: expect.stringMatching(/^192\.168\.1\.10:\d+$/), destination: '192.168.1.11:4789' }],
  ['calico-ipip', { kind: 'ipip', source: '192.168.1.10', destination: '192.168.1.11' }],
])('on %s a wrapped packet shows both pairs of addresses', (network, encapsulation) => {
  const [, leaves, enters] = hopsOn(network);
  expect(leaves?.before.encapsulation).toBeUndefined();
  expect(leaves?.after).toMatchObject({ encapsulation, source: expect.stringMatching(/^10\.1\.1\.5:/), destination: '10.1.2.8:80' });
  expect(enters?.before).toMatchObject({ encapsulation });
  expect(enters?.after.encapsulation).toBeUndefined();
});

test('without a tunnel nothing is said of one', () => {
  expect(hopsOn('calico').some(({ before, after }) => 'encapsulation' in before || 'encapsulation' in after)).toBe(false);
});
