import { expect, test } from 'vitest';
import { load } from '../engine/index';
import { suggestedTargets } from './suggested-targets';
import type { Verb } from './target-text';

const view = load(`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, clusterIP: 10.152.183.20, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: names, namespace: shop }
spec: { clusterIP: 10.152.183.21, ports: [{ port: 53, protocol: UDP }] }
---
apiVersion: v1
kind: Service
metadata: { name: far }
spec: { type: ExternalName, externalName: db.example.com }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { nodeName: node-1, containers: [{ name: main, image: nginx, ports: [{ containerPort: 80 }] }] }
`).snapshot.view;

const offered = (from: string, verb: Verb) => suggestedTargets(view, from, verb).map(({ kind, to }) => `${kind} ${to}`);

test('a Pod is offered Services by the names that it knows', () => {
  expect(offered('pod/default/web', 'GET')).toEqual(
    expect.arrayContaining(['services http://web/', 'names http://far/', 'node-ports http://192.168.1.10:30080/']),
  );
  expect(offered('pod/default/web', 'UDP')).toContain('services names.shop:53');
  expect(offered('pod/shop/client', 'UDP')).toContain('services names:53');
  expect(offered('pod/default/web', 'UDP')).not.toContain('services web:80');
});

test('a node is offered addresses, a computer outside only what it can reach', () => {
  expect(offered('node/node-1', 'TCP')).toContain('services 10.152.183.20:80');
  const outside = offered('external/203.0.113.9', 'GET');
  expect(outside).toContain('node-ports http://192.168.1.10:30080/');
  expect(outside).toContain('load-balancers http://203.0.113.10/');
  expect(outside.filter((one) => /^(services|pods)/.test(one))).toEqual([]);
});

test('what answers pings is offered without a port', () => {
  const pinged = offered('pod/default/web', 'ping');
  expect(pinged).toContain('services ping:web');
  expect(pinged.filter((one) => one.startsWith('node-ports'))).toEqual([]);
});
