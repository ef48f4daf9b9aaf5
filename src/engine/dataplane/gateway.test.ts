// The servers of a Gateway's port, and the order of the matches of its routes.

import { describe, expect, test } from 'vitest';
import type { HttpProxy, HttpServer } from '../linux/http-proxy';
import { compiled, kernelOf, node, pod, routesOf, service } from './compiled.test-support';

const GROUND = `${node('node-1', '192.168.1.11', '10.244.1.0/24')}${pod('gw/v1-0', 'node-1', '10.244.1.20')}${service('gw/v1', '{ clusterIP: 10.96.1.1, selector: { app: v1 }, ports: [{ port: 80, targetPort: 8080 }] }')}`;

const gateway = (listeners: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: main, namespace: gw }
spec: { gatewayClassName: any, listeners: [${listeners}] }
status: { addresses: [{ type: IPAddress, value: 203.0.113.90 }] }
---`;

const route = (name: string, spec: string, metadata = ''): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: gw, ${metadata} }
spec: { ${spec} }
---`;

const BACK = 'backendRefs: [{ name: v1, port: 80 }]';
const HTTP = '{ name: http, port: 80, protocol: HTTP }';

function proxyOf(yaml: string): HttpProxy {
  const proxy = compiled(GROUND + yaml).world.proxies['gateway/gw/main:80'];
  if (proxy === undefined) throw new Error('nothing on port 80');
  return proxy;
}

function lines({ host, locations }: HttpServer): readonly string[] {
  return locations.map(({ match: { path, method, headers, query } }) => {
    const values = [...headers, ...query].map(({ name, value }) => `${name}=${value}`);
    return [host, path.kind, path.path, ...(method === null ? [] : [method]), ...values].join(' ').trim();
  });
}

describe('a Gateway', () => {
  test('tries exact paths, then the longest, then method, header fields, parameters', () => {
    const matches = [
      '{ queryParams: [{ name: q, value: "1" }] }',
      '{ headers: [{ name: a, value: "1" }] }',
      '{ method: GET }',
      '{ path: { type: PathPrefix, value: /long } }',
      '{ path: { type: Exact, value: /e } }',
    ];
    const [server] = proxyOf(
      gateway(HTTP) + route('r', `parentRefs: [{ name: main }], rules: [{ matches: [${matches.join()}], ${BACK} }, { ${BACK} }]`),
    ).servers;
    expect(server === undefined ? [] : lines(server)).toEqual([
      'exact /e',
      'prefix /long',
      'prefix / GET',
      'prefix / a=1',
      'prefix / q=1',
      'prefix /',
    ]);
  });

  test('of equal matches the oldest route comes first, then its name, then its first rule', () => {
    const rules = (first: string): string =>
      `parentRefs: [{ name: main }], rules: [{ matches: [{ headers: [{ name: ${first}, value: x }] }], ${BACK} }]`;
    const routes = [
      route('b', rules('second')),
      route('a', rules('first')),
      route('z', rules('oldest'), 'creationTimestamp: "2026-01-01T00:00:00Z"'),
    ];
    const [server] = proxyOf(gateway(HTTP) + routes.join('')).servers;
    expect(server === undefined ? [] : lines(server)).toEqual(['prefix / oldest=x', 'prefix / first=x', 'prefix / second=x']);
  });

  test('serves the hosts that a listener and a route share, and a listener’s host by no other listener', () => {
    const listeners =
      '{ name: one, port: 80, protocol: HTTP, hostname: a.example }, { name: any, port: 80, protocol: HTTP, hostname: "*.example" }';
    const wide = route(
      'r',
      `parentRefs: [{ name: main, sectionName: any }], hostnames: [b.example, a.example, other.org], rules: [{ ${BACK} }]`,
    );
    const { servers } = proxyOf(gateway(listeners) + wide);
    expect(servers.map(({ host, locations }) => `${host} ${locations.length}`)).toEqual([
      'a.example 0',
      'a.example 1',
      'b.example 1',
      '*.example 0',
    ]);
  });

  test('leaves a match by regular expression out rather than take it for something else', () => {
    const regex = route(
      'r',
      `parentRefs: [{ name: main }], rules: [{ matches: [{ path: { type: RegularExpression, value: "/a.*" } }], ${BACK} }]`,
    );
    expect(proxyOf(gateway(HTTP) + regex).servers.flatMap(({ locations }) => locations)).toEqual([]);
  });

  test('answers 500 for back ends that are none, and gives a weight of 0 nothing', () => {
    const refs =
      '[{ name: ghost, port: 80 }, { name: v1, port: 81 }, { name: v1, port: 80, weight: 0 }, { kind: Thing, name: v1, port: 80 }]';
    const action = proxyOf(gateway(HTTP) + route('r', `parentRefs: [{ name: main }], rules: [{ backendRefs: ${refs} }]`)).servers[0]
      ?.locations[0]?.action;
    const upstreams = action?.kind === 'forward' ? action.upstreams : [];
    expect(upstreams.map(({ weight, otherwise }) => [weight, otherwise?.status ?? null])).toEqual([
      [1, 500],
      [1, 500],
      [0, null],
      [1, 500],
    ]);
  });

  test('is a host on the nodes’ link that knows the way to the Pods of every node', () => {
    const built = compiled(GROUND + gateway(HTTP));
    expect(routesOf(kernelOf(built, 'gateway/gw/main'))).toContain('10.244.1.0/24 via 192.168.1.11 dev eth0 onlink');
    expect(routesOf(kernelOf(built, 'router/192.168.1.1'))).toContain('203.0.113.90 dev eth0 scope link');
  });
});
