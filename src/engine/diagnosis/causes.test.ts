// Causes that are no fault of a Service behind which Pods could stand in any cluster: each in the smallest cluster that has it.

import { expect, test } from 'vitest';
import { build } from '../built';
import type { ClusterSettings } from '../controlplane/cluster';
import type { World } from '../linux/kernel';
import { PLAYGROUND } from '../settings';
import type { ScenarioRequest } from '../view';
import type { CauseFact } from './cause-fact';
import { diagnosed } from './diagnose';
import { isTold } from './told.test-support';

interface Asked {
  readonly settings?: Partial<ClusterSettings>;
  readonly from?: string;
  readonly world?: (world: World) => World;
}

function causeOf(text: string, to: string, { settings = {}, from = 'pod/shop/client', world }: Asked = {}): CauseFact | null {
  const built = build(text, PLAYGROUND, { chosen: settings });
  const request: ScenarioRequest = { from, to, protocol: 'TCP', via: null };
  const found = diagnosed(built, request, 1, world?.(built.world) ?? built.world);
  if (found.kind === 'refused') throw new Error(JSON.stringify(found.problem));
  isTold(found.diagnosis, built);
  return found.diagnosis.cause?.fact ?? null;
}

const CLIENT = `
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop }
spec: { nodeName: node-1, containers: [{ name: main, image: busybox }] }
`;

function web(more = '', status = '', spec = ''): string {
  return `${CLIENT}---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]${spec} }
---
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop, labels: { app: web }${more} }
spec: { nodeName: node-2, containers: [{ name: main, image: example/web:1, ports: [{ containerPort: 8080 }] }] }
${status}
`;
}

test('a node asks its own name servers, which know no Service', () => {
  expect(causeOf(web(), 'http://web.shop/', { from: 'node/node-1' })).toMatchObject({ code: 'node-asks-outside', node: 'node-1' });
});

test('a name of the cluster means nothing outside', () => {
  expect(causeOf(web(), 'http://web.shop.svc.cluster.local/', { from: 'external/198.51.100.7' })).toMatchObject({
    code: 'name-known-inside-only',
    service: 'shop/web',
  });
});

test('a search path of one’s own may lead elsewhere', () => {
  const text = web().replace(
    'nodeName: node-1,',
    'nodeName: node-1, dnsPolicy: None, dnsConfig: { nameservers: [10.152.183.10], searches: [example.com] },',
  );
  expect(causeOf(text, 'http://web/')).toMatchObject({
    code: 'name-not-searched',
    full: 'web.shop.svc.cluster.local',
    search: ['example.com'],
  });
});

test('a name outside that nobody knows, and one that nobody can be asked for', () => {
  expect(causeOf(CLIENT, 'http://www.example.org/')).toMatchObject({ code: 'name-unknown-outside', name: 'www.example.org' });
  expect(causeOf(CLIENT, 'http://www.example.org/', { settings: { upstream: null } })).toMatchObject({ code: 'outside-unreachable' });
});

test('a name server that runs and does not speak DNS', () => {
  const mute = (world: World): World => ({
    ...world,
    kernels: Object.fromEntries(
      Object.entries(world.kernels).map(([netns, kernel]) => [
        netns,
        {
          ...kernel,
          sockets: kernel.sockets.map((socket) =>
            socket.application.kind === 'dns' ? { ...socket, application: { kind: 'http' as const, status: 200 } } : socket,
          ),
        },
      ]),
    ),
  });
  expect(causeOf(web(), 'http://web/', { world: mute })).toMatchObject({ code: 'name-server-deaf' });
});

test('endpoints by hand that count as not ready, or are of the other family', () => {
  const slice = (addressType: string, address: string, conditions: string): string => `${CLIENT}---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: by-hand, namespace: shop, labels: { kubernetes.io/service-name: web } }
addressType: ${addressType}
ports: [{ port: 80 }]
endpoints: [{ addresses: ["${address}"]${conditions} }]
`;
  expect(causeOf(slice('IPv4', '192.0.2.9', ', conditions: { ready: false }'), 'http://web/')).toMatchObject({
    code: 'endpoints-not-ready',
  });
  expect(causeOf(slice('IPv6', '2001:db8::9', ''), 'http://web/')).toMatchObject({
    code: 'endpoints-other-family',
    addresses: ['2001:db8::9'],
  });
});

test('a Pod that has ended, and one that is being deleted', () => {
  const ended = 'status: { phase: Failed, reason: Evicted, podIP: 10.1.2.9 }';
  expect(causeOf(web('', ended), 'http://10.1.2.9:8080/')).toMatchObject({ code: 'pod-ended', phase: 'Failed', reason: 'Evicted' });
  const terminating = ', deletionTimestamp: "2026-01-05T09:00:00Z"';
  const unready = 'status: { phase: Running, podIP: 10.1.2.9, conditions: [{ type: Ready, status: "False" }] }';
  expect(causeOf(web(terminating, unready), 'http://web/')).toMatchObject({ code: 'pod-terminating', pod: 'web-1' });
});

test('a Pod on a node that does not report', () => {
  const node = (name: string, ready: string): string =>
    `---\n{ apiVersion: v1, kind: Node, metadata: { name: ${name} }, status: { conditions: [{ type: Ready, status: "${ready}" }] } }\n`;
  expect(causeOf(web() + node('node-1', 'True') + node('node-2', 'False'), 'http://web/')).toMatchObject({
    code: 'pod-node-not-ready',
    node: 'node-2',
  });
});

test('a Pod whose network is gone while the API server still lists it', () => {
  const gone = (world: World): World => {
    const kernels = Object.entries(world.kernels)
      .filter(([netns]) => netns !== 'pod/shop/web-1')
      .map(([netns, kernel]) => {
        const devices = kernel.devices.filter(({ attachment }) => !('peer' in attachment && attachment.peer.netns === 'pod/shop/web-1'));
        return [netns, { ...kernel, devices }] as const;
      });
    return { ...world, kernels: Object.fromEntries(kernels) };
  };
  expect(causeOf(web(), 'http://web/', { world: gone })).toMatchObject({ code: 'pod-gone', pod: 'web-1' });
});

test('a port of a Pod, or of a node, on which nobody listens', () => {
  expect(causeOf(web('', 'status: { podIP: 10.1.2.9 }'), 'http://10.1.2.9:81/')).toMatchObject({
    code: 'closed-port',
    listening: ['8080/TCP'],
  });
  expect(causeOf(web(), 'http://192.168.1.11:8888/')).toMatchObject({ code: 'closed-port', where: 'node-2' });
  expect(causeOf(web(), 'http://192.168.1.11:31999/')).toMatchObject({ code: 'node-port-missing', ports: [] });
});

test('a Service whose Deployment the API server refuses, told by the name alone', () => {
  const text = `${CLIENT}---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [] } } }
`;
  expect(causeOf(text, 'http://web/')).toMatchObject({
    code: 'object-refused',
    refused: 'Deployment web',
    field: 'spec.template.spec.containers',
  });
});
