// Speed, as ratios within one run: each group is compared with its first member. Absolute figures depend on the machine and are not kept.

import { bench, describe } from 'vitest';
import { type Loaded, load, send } from './index';
import { cidr } from './net/cidr';

const request = { from: 'pod/default/client', to: 'http://svc-7/', protocol: 'TCP', via: null } as const;

function clusterOf(services: number): string {
  const client = 'apiVersion: v1\nkind: Pod\nmetadata: { name: client }\nspec: { containers: [{ name: main, image: busybox }] }';
  const backend =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: backend, labels: { app: backend } }\nspec: { containers: [{ name: main, image: nginx, ports: [{ containerPort: 80 }] }] }';
  const fronts = Array.from(
    { length: services },
    (_, index) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: svc-${index} }\nspec: { selector: { app: backend }, ports: [{ port: 80 }] }`,
  );
  return [client, backend, ...fronts].join('\n---\n');
}

const settings = { serviceCIDR: cidr('10.96.0.0/12') };

describe('a trace, by the number of Services', () => {
  const loaded = new Map<number, Loaded>();
  for (const services of [10, 100, 1000]) {
    bench(
      `${services} Services`,
      () => {
        const built = loaded.get(services) ?? load(clusterOf(services), { settings });
        loaded.set(services, built);
        send(built, request, 1);
      },
      { time: 500, warmupIterations: 1 },
    );
  }
});

describe('reading and programming a text, by the number of Services', () => {
  for (const services of [10, 100, 1000])
    bench(`${services} Services`, () => void load(clusterOf(services), { settings }), { time: 500, warmupIterations: 1 });
});
