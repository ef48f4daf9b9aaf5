// The servers and locations that ingress-nginx makes of Ingresses, one line each.

import { describe, expect, test } from 'vitest';
import type { HttpLocation, HttpProxy } from '../linux/http-proxy';
import { compiled, node, pod, service } from './compiled.test-support';
import { NGINX_PROXY } from './ingress-nginx';

const CONTROLLER = `${node('node-1', '192.168.1.11', '10.244.1.0/24')}
apiVersion: v1
kind: Pod
metadata: { name: c, namespace: edge, labels: { app.kubernetes.io/name: ingress-nginx } }
spec: { nodeName: node-1, containers: [{ name: c, image: c, ports: [{ name: http, containerPort: 80 }, { name: https, containerPort: 443 }] }] }
status: { phase: Running, podIP: 10.244.1.9, podIPs: [{ ip: 10.244.1.9 }], conditions: [{ type: Ready, status: "True" }] }
---
apiVersion: v1
kind: Service
metadata: { name: c, namespace: edge }
spec:
  type: LoadBalancer
  selector: { app.kubernetes.io/name: ingress-nginx }
  ports: [{ name: http, port: 80, targetPort: http }, { name: https, port: 443, targetPort: https }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.80 }] } }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---`;

const APPS = ['a', 'b']
  .map(
    (name, index) =>
      pod(`shop/${name}-0`, 'node-1', `10.244.1.2${index}`) +
      service(
        `shop/${name}`,
        `{ clusterIP: 10.96.1.${index + 1}, selector: { app: ${name} }, ports: [{ name: web, port: 80, targetPort: 8080 }] }`,
      ),
  )
  .join('');

const ingress = (name: string, spec: string, metadata = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, ${metadata} }
spec: { ingressClassName: nginx, ${spec} }
---`;

const to = (name: string, port = 'number: 80'): string => `{ service: { name: ${name}, port: { ${port} } } }`;
const path = (text: string, backend: string, type = 'Prefix'): string => `{ path: ${text}, pathType: ${type}, backend: ${to(backend)} }`;
const rule = (host: string, paths: string): string => `{ host: "${host}", http: { paths: [${paths}] } }`;

function proxyOf(yaml: string): HttpProxy {
  const proxy = compiled(CONTROLLER + APPS + yaml).world.proxies[NGINX_PROXY];
  if (proxy === undefined) throw new Error('there is no controller');
  return proxy;
}

/** `/api prefix -> shop/a:80`. */
function lines(locations: readonly HttpLocation[]): readonly string[] {
  return locations.map(({ match, action }) => {
    const target = action.kind === 'answer' ? String(action.status) : action.upstreams.map(({ name }) => name).join();
    return `${match.path.path} ${match.path.kind} -> ${target}`;
  });
}

describe('[B15] ingress-nginx', () => {
  test('orders paths: exact ones, then the longest, whatever the order of the list', () => {
    const paths = [
      path('/', 'a'),
      path('/foo', 'a'),
      path('/foo/bar', 'b'),
      path('/foo', 'b', 'Exact'),
      path('/foo', 'b', 'ImplementationSpecific'),
    ];
    const [server] = proxyOf(ingress('i', `rules: [${rule('h.example', paths.join())}]`)).servers;
    expect(lines(server?.locations ?? [])).toEqual([
      '/foo exact -> shop/b:80',
      '/foo/bar prefix -> shop/b:80',
      '/foo prefix -> shop/a:80',
      '/foo letters -> shop/b:80',
      '/ prefix -> shop/a:80',
    ]);
  });

  test('adds up the paths of a host, and of one path and type keeps that of the oldest Ingress', () => {
    const young = ingress(
      'a-young',
      `rules: [${rule('h.example', `${path('/x', 'a')}, ${path('/y', 'a')}`)}]`,
      'creationTimestamp: "2026-02-01T00:00:00Z"',
    );
    const old = ingress('z-old', `rules: [${rule('h.example', path('/x', 'b'))}]`, 'creationTimestamp: "2026-01-01T00:00:00Z"');
    const [server] = proxyOf(young + old).servers;
    expect(lines(server?.locations ?? [])).toEqual(['/x prefix -> shop/b:80', '/y prefix -> shop/a:80']);
  });

  test('gives the paths that no rule takes to the default back end, but not the hosts that no rule has', () => {
    const { servers } = proxyOf(
      ingress('i', `defaultBackend: ${to('b')}, rules: [${rule('h.example', path('/x', 'a'))}, { host: bare.example }]`),
    );
    expect(servers.map(({ host }) => host)).toEqual(['bare.example', 'h.example']);
    expect(servers.map(({ otherwise }) => (otherwise === null ? [] : lines([otherwise])))).toEqual([
      ['/ prefix -> shop/b:80'],
      ['/ prefix -> shop/b:80'],
    ]);
  });

  test('lets an Ingress without rules catch every unknown host', () => {
    const { servers } = proxyOf(
      ingress('i', `defaultBackend: ${to('b')}`) + ingress('j', `rules: [${rule('h.example', path('/x', 'a'))}]`),
    );
    expect(servers.map(({ host, otherwise }) => [host, otherwise === null ? [] : lines([otherwise])])).toEqual([
      ['h.example', ['/ prefix -> 404']],
      ['', ['/ prefix -> shop/b:80']],
    ]);
  });

  test('finds the port of a Service by its name, and asks Pods at the target port', () => {
    const named = `{ path: /, pathType: Prefix, backend: ${to('a', 'name: web')} }`;
    const action = proxyOf(ingress('i', `rules: [${rule('h.example', named)}]`)).servers[0]?.locations[0]?.action;
    expect(action?.kind === 'forward' ? action.upstreams[0]?.addresses : null).toEqual([{ ip: '10.244.1.20', port: 8080 }]);
  });

  test('takes its class by the old annotation too, and leaves the Ingresses of others alone', () => {
    const rules = `rules: [${rule('h.example', path('/', 'a'))}]`;
    const annotated = ingress('i', rules, 'annotations: { kubernetes.io/ingress.class: nginx }').replace('ingressClassName: nginx,', '');
    expect(proxyOf(annotated).servers).toHaveLength(1);
    expect(proxyOf(annotated.replace('class: nginx', 'class: other')).servers).toEqual([]);
  });

  test('listens for requests on the target ports of its Service, the second one with TLS', () => {
    const sockets = compiled(CONTROLLER + APPS + ingress('i', `defaultBackend: ${to('a')}`)).world.kernels['pod/edge/c']?.sockets;
    expect(sockets?.map(({ port, application }) => [port, application])).toEqual([
      [80, { kind: 'proxy', proxy: NGINX_PROXY, tls: false }],
      [443, { kind: 'proxy', proxy: NGINX_PROXY, tls: true }],
    ]);
  });
});
