// [B15] A request from outside through the load balancer and an Ingress controller's Pod to the application; and Gateway API beside it.
// Endpoints, programs and ways are taken away one at a time, and the answer changes as it would.

import { describe, expect, test } from 'vitest';
import { ask, backendsOf, cluster, stepsOf, withKernel } from './course.test-support';
import { stepFact } from './explain/step-fact';
import { tell } from './explain/tell';
import { namesOf } from './explained-names';
import type { Trace } from './trace/step';

const pod = (name: string, { app = 'api', node = 'node-2', ports = '[{ containerPort: 8080 }]', more = '' } = {}): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${app} } }
spec: { nodeName: ${node}, containers: [{ name: main, image: example/app, ports: ${ports}${more} }] }
---
`;

const service = (name: string, targetPort = '8080'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
`;

const path = (text: string, backend: string, type = 'Prefix', port = 'number: 80'): string =>
  `{ path: ${text}, pathType: ${type}, backend: { service: { name: ${backend}, port: { ${port} } } } }`;

const ingress = (paths: string, { more = '', name = 'shop', annotations = '' } = {}): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, annotations: { ${annotations} } }
spec: { ingressClassName: nginx, ${more} rules: [{ host: shop.example, http: { paths: [${paths}] } }] }
---
`;

const CLIENT = 'external/198.51.100.7';
const URL = 'http://shop.example/api';
const app = pod('api-1') + service('api');

function statusOf({ outcome }: Trace): number | null {
  if (outcome.kind === 'delivered') return outcome.status;
  return outcome.kind === 'rejected' && outcome.reason === 'http-status' ? outcome.status : null;
}

function codesOf(built: ReturnType<typeof cluster>, made: Trace): readonly string[] {
  const names = namesOf(built.cluster);
  return made.steps.map((step, index) => stepFact(step, { names, trace: made, index }).code);
}

describe('[B15] a request for the host of an Ingress', () => {
  const built = cluster(app + pod('api-2', { node: 'node-1' }) + ingress(path('/api', 'api')));
  const made = ask(built, { from: CLIENT, to: URL });

  test('finds a controller that nobody wrote, behind a load balancer, with its class', () => {
    expect(built.cluster.added.filter((key) => key.includes('ingress-nginx') || key.startsWith('IngressClass'))).toEqual([
      expect.stringMatching(/^Deployment /),
      'IngressClass nginx',
      'Namespace ingress-nginx',
      expect.stringMatching(/^Pod /),
      expect.stringMatching(/^ReplicaSet /),
      'Service ingress-nginx/ingress-nginx-controller',
    ]);
  });

  test('is resolved outside, taken by the proxy, and asked again by it over a connection of its own', () => {
    expect(statusOf(made)).toBe(200);
    expect(made.outcome).toMatchObject({ kind: 'delivered', masqueraded: null });
    const purposes = stepsOf(made, 'sent').filter(({ at }) => at.direction === 'original');
    expect(purposes.map(({ at }) => at.purpose)).toEqual(['dns', 'request', 'upstream']);
    expect(purposes.at(-1)?.by).toMatch(/^ingress-nginx\//);
  });

  test('goes to Pod addresses, each as likely as the others, and never to the cluster IP', () => {
    expect(Object.values(backendsOf(made))).toEqual([0.5, 0.5]);
    const asked = stepsOf(made, 'sent').find(({ at }) => at.purpose === 'upstream')?.skb?.packet.destination;
    expect(asked?.port).toBe(8080);
    expect(built.cluster.services.some(({ spec }) => spec.clusterIPs.includes(asked?.ip as never))).toBe(false);
  });

  test('shows the rule as a line that names host, path and back end', () => {
    const told = tell(made, namesOf(built.cluster));
    const at = made.steps.findIndex(({ kind }) => kind === 'http-routed');
    expect(told.steps[at]?.evidence[0]).toMatchObject({
      kind: 'ingress-rule',
      text: 'host shop.example path /api (Prefix) -> shop/api:80',
      matched: true,
    });
    expect(told.steps[at]?.fidelity).toBe('ingress-nginx');
  });

  test('is told what it did not match', () => {
    const both = cluster(app + service('web') + pod('web-1', { app: 'web' }) + ingress(`${path('/api', 'api')}, ${path('/', 'web')}`));
    const routed = ask(both, { from: CLIENT, to: 'http://shop.example/cart' });
    const [step] = stepsOf(routed, 'http-routed');
    expect(step?.passedOver.map(({ failed }) => failed)).toEqual(['path']);
    expect(routed.outcome).toMatchObject({ kind: 'delivered', owner: 'shop/web-1' });
  });
});

describe('[B15] the proxy answers by itself', () => {
  const outcome = (yaml: string, to = URL) => {
    const built = cluster(yaml);
    const made = ask(built, { from: CLIENT, to });
    return { status: statusOf(made), kind: made.outcome.kind, backends: made.backends, codes: codesOf(built, made) };
  };

  test('404 where no rule takes the path', () => {
    const made = outcome(app + ingress(path('/api', 'api')), 'http://shop.example/cart');
    expect(made).toMatchObject({ status: 404, kind: 'rejected', backends: [] });
    expect(made.codes).toContain('http-no-location');
  });

  test('404 where no rule is for the host', () => {
    const built = cluster(app + ingress(path('/api', 'api')));
    const made = ask(built, { from: CLIENT, to: URL, headers: { Host: 'other.example' } });
    expect(statusOf(made)).toBe(404);
    expect(codesOf(built, made)).toContain('http-no-server');
  });

  test('503 where the Service, its port or its endpoints are missing, each with its own reason', () => {
    expect(outcome(app + ingress(path('/api', 'ghost')))).toMatchObject({
      status: 503,
      codes: expect.arrayContaining(['http-no-service']),
    });
    const port = path('/api', 'api', 'Prefix', 'number: 81');
    expect(outcome(app + ingress(port))).toMatchObject({ status: 503, codes: expect.arrayContaining(['http-no-port']) });
    const nobody = service('api') + ingress(path('/api', 'api'));
    expect(outcome(nobody)).toMatchObject({ status: 503, codes: expect.arrayContaining(['http-no-endpoint']) });
  });

  test('503 in place of 200 once the only endpoint is not ready any more', () => {
    const probe = ', readinessProbe: { httpGet: { port: 9999 } }';
    const rules = service('api') + ingress(path('/api', 'api'));
    expect(outcome(pod('api-1') + rules).status).toBe(200);
    expect(outcome(pod('api-1', { more: probe }) + rules).status).toBe(503);
  });

  test('502 where nothing listens at the endpoint', () => {
    const made = outcome(pod('api-1') + service('api', '9090') + ingress(path('/api', 'api')));
    expect(made).toMatchObject({ status: 502, kind: 'rejected' });
    expect(made.codes).toContain('proxy-was-refused');
    expect(made.codes).toContain('rejected-closed-port');
  });

  test('504 where a policy swallows what the proxy sends', () => {
    const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] }
---
`;
    const made = outcome(app + ingress(path('/api', 'api')) + policy);
    expect(made).toMatchObject({ status: 504, kind: 'rejected' });
    expect(made.codes).toContain('proxy-heard-nothing');
    expect(made.codes).toContain('dropped-by-network-policy');
  });

  test('308 for a host with a certificate, and 200 over HTTPS', () => {
    const yaml = app + ingress(path('/api', 'api'), { more: 'tls: [{ hosts: [shop.example], secretName: shop-tls }],' });
    expect(outcome(yaml)).toMatchObject({ status: 308, codes: expect.arrayContaining(['http-to-https']) });
    expect(outcome(yaml, 'https://shop.example/api').status).toBe(200);
    const plain = "nginx.ingress.kubernetes.io/ssl-redirect: 'false'";
    const without = ingress(path('/api', 'api'), { more: 'tls: [{ hosts: [shop.example] }],', annotations: plain });
    expect(outcome(app + without).status).toBe(200);
  });
});

describe('[B15] an endpoint that does not answer', () => {
  const yaml = app + pod('api-2', { node: 'node-1' }) + ingress(path('/api', 'api'));

  test('is passed over for the next one: the client notices nothing', () => {
    const built = cluster(yaml);
    const deaf = withKernel(built.world, 'pod/shop/api-1', (kernel) => ({ ...kernel, sockets: [] }));
    const all = [1, 2, 3, 4, 5, 6].map((seed) => ask(built, { from: CLIENT, to: URL, seed }, deaf));
    expect(all.map(statusOf)).toEqual(all.map(() => 200));
    expect(Object.keys(backendsOf(all[0] as Trace))).toHaveLength(1);
    expect(Math.max(...all.map((made) => stepsOf(made, 'http-routed').length))).toBe(2);
  });

  test('and when none is left the answer is 502', () => {
    const built = cluster(yaml);
    const one = withKernel(built.world, 'pod/shop/api-1', (kernel) => ({ ...kernel, sockets: [] }));
    const none = withKernel(one, 'pod/shop/api-2', (kernel) => ({ ...kernel, sockets: [] }));
    const made = ask(built, { from: CLIENT, to: URL }, none);
    expect(statusOf(made)).toBe(502);
    expect(stepsOf(made, 'http-routed').map(({ attempt }) => attempt)).toEqual([1, 2]);
  });
});

describe('an Ingress that nobody serves', () => {
  test('gets 404, and is told of its class', () => {
    const built = cluster(app + ingress(path('/api', 'api')).replace('ingressClassName: nginx,', ''));
    expect(statusOf(ask(built, { from: CLIENT, to: URL }))).toBe(404);
    expect(built.findings.map(({ finding }) => finding.code)).toContain('ingress-without-class');
  });

  test('is given the class that is marked as default', () => {
    const marked = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: own, annotations: { ingressclass.kubernetes.io/is-default-class: "true" } }
spec: { controller: k8s.io/ingress-nginx }
---
`;
    const built = cluster(app + marked + ingress(path('/api', 'api')).replace('ingressClassName: nginx,', ''));
    expect(built.cluster.ingresses[0]?.spec.className).toBe('own');
    expect(statusOf(ask(built, { from: CLIENT, to: URL }))).toBe(200);
  });

  test.each([
    ['ingress-class-unknown', ingress(path('/api', 'api')).replace('nginx', 'traefik')],
    ['backend-service-missing', ingress(path('/api', 'apy'))],
    ['backend-port-missing', ingress(path('/api', 'api', 'Prefix', 'number: 8081'))],
    ['backend-without-endpoint', ingress(path('/api', 'idle')) + service('idle')],
  ])('%s is found', (code, yaml) => {
    expect(cluster(app + yaml).findings.map(({ finding }) => finding.code)).toContain(code);
  });
});

describe('a Pod that calls the host of an Ingress', () => {
  test('asks the cluster’s DNS, which asks outside, and comes back in by the load balancer’s address', () => {
    const built = cluster(app + pod('client', { app: 'client', node: 'node-1' }) + ingress(path('/api', 'api')));
    const made = ask(built, { from: 'pod/shop/client', to: URL });
    expect(statusOf(made)).toBe(200);
    expect(Object.keys(backendsOf(made))).toHaveLength(1);
  });
});

const gateway = (listeners: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: main, namespace: shop }
spec: { gatewayClassName: any, listeners: [${listeners}] }
---
`;

const route = (rules: string, { namespace = 'shop', parent = 'name: main', name = 'r' } = {}): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ${namespace} }
spec: { parentRefs: [{ ${parent} }], hostnames: [shop.example], rules: [${rules}] }
---
`;

const HTTP = '{ name: http, port: 80, protocol: HTTP }';

describe('a Gateway', () => {
  test('has an address of its own, and shares requests out by weight', () => {
    const yaml = app + pod('web-1', { app: 'web', node: 'node-1' }) + service('web') + gateway(HTTP);
    const weighted = route('{ backendRefs: [{ name: api, port: 80, weight: 9 }, { name: web, port: 80, weight: 1 }] }');
    const built = cluster(yaml + weighted);
    const made = ask(built, { from: CLIENT, to: 'http://shop.example/' });
    expect(statusOf(made)).toBe(200);
    expect(Object.values(backendsOf(made))).toEqual([0.9, 0.1]);
    expect(made.steps.some(({ at }) => at.netns === 'gateway/shop/main')).toBe(true);
  });

  test('chooses by method and header fields, the more precise match first', () => {
    const rules = `{ matches: [{ method: POST }], backendRefs: [{ name: api, port: 80 }] },
      { matches: [{ headers: [{ name: Version, value: two }] }], backendRefs: [{ name: web, port: 80 }] }`;
    const built = cluster(app + pod('web-1', { app: 'web' }) + service('web') + gateway(HTTP) + route(rules));
    const to = 'http://shop.example/';
    const ownerOf = ({ outcome }: Trace) => (outcome.kind === 'delivered' ? outcome.owner : null);
    expect(ownerOf(ask(built, { from: CLIENT, to, method: 'POST', headers: { version: 'two' } }))).toBe('shop/api-1');
    expect(ownerOf(ask(built, { from: CLIENT, to, headers: { version: 'two' } }))).toBe('shop/web-1');
    expect(statusOf(ask(built, { from: CLIENT, to }))).toBe(404);
  });

  test('answers 500 for a Service of another namespace, until a ReferenceGrant there allows it', () => {
    const far = route('{ backendRefs: [{ name: api, namespace: shop, port: 80 }] }', {
      namespace: 'edge',
      parent: 'name: main, namespace: shop',
    });
    const yaml = app + gateway('{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }') + far;
    const grant = `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: edge, namespace: shop }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge }], to: [{ group: "", kind: Service }] }
---
`;
    const to = 'http://shop.example/';
    expect(statusOf(ask(cluster(yaml), { from: CLIENT, to }))).toBe(500);
    expect(cluster(yaml).findings.map(({ finding }) => finding.code)).toContain('backend-not-granted');
    expect(statusOf(ask(cluster(yaml + grant), { from: CLIENT, to }))).toBe(200);
  });

  test('does not take routes of other namespaces where it does not say so', () => {
    const far = route('{ backendRefs: [{ name: api, port: 80 }] }', { namespace: 'edge', parent: 'name: main, namespace: shop' });
    const built = cluster(app + gateway(HTTP) + far);
    const made = ask(built, { from: CLIENT, to: 'http://203.0.113.90/', headers: { Host: 'shop.example' } });
    expect(statusOf(made)).toBe(404);
    expect(built.findings.map(({ finding }) => finding.code)).toContain('route-without-gateway');
  });
});
