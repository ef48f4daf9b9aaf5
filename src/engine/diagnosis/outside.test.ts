// Requests from outside: an Ingress in front of a Service, a load balancer, node ports. Each fault is one edit of a sound text.

import { describe, expect, test } from 'vitest';
import { GALLERY } from '../../gallery/gallery';
import { build } from '../built';
import type { ClusterSettings } from '../controlplane/cluster';
import { PLAYGROUND } from '../settings';
import type { ScenarioRequest } from '../view';
import { diagnosed } from './diagnose';
import type { Diagnosis } from './diagnosis';
import { isTold } from './told.test-support';

function found(text: string, request: ScenarioRequest, settings: Partial<ClusterSettings> = {}): Diagnosis {
  const built = build(text, PLAYGROUND, { chosen: settings });
  const diagnosis = diagnosed(built, request, 1);
  if (diagnosis.kind === 'refused') throw new Error(JSON.stringify(diagnosis.problem));
  isTold(diagnosis.diagnosis, built);
  return diagnosis.diagnosis;
}

/** The text with one stretch of it replaced; fails where there is none. */
function edited(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to replace: ${from}`);
  return changed;
}

function from(to: string, via: string | null = null): ScenarioRequest {
  return { from: 'external/203.0.113.9', to, protocol: 'TCP', via };
}

function inShort({ checks, cause, failing }: Diagnosis): string {
  return `${failing} ${JSON.stringify(cause)}\n${checks.map(({ verdict, about, code }) => `${verdict} ${about} ${code}`).join('\n')}`;
}

function sample(id: string): string {
  const entry = GALLERY.find((one) => one.id === id);
  if (entry === undefined) throw new Error(id);
  return entry.text;
}

describe('behind an Ingress', () => {
  const text = sample('ingress');
  const request = from('http://shop.example/api/orders');

  test('all is well', () => {
    const diagnosis = found(text, request);
    expect(diagnosis, inShort(diagnosis)).toMatchObject({ failing: 0, cause: null });
    expect(diagnosis.checks.map(({ about }) => about)).toContain('proxy');
  });

  test.each<[string, string, Partial<ClusterSettings>, object, string, string]>([
    [
      'of a class that nobody serves',
      edited(text, 'ingressClassName: nginx', 'ingressClassName: haproxy'),
      {},
      { code: 'ingress-not-served', name: 'haproxy', known: ['nginx'] },
      'Ingress',
      'shop',
    ],
    [
      'for another host',
      edited(text, 'host: shop.example', 'host: shop.exemple'),
      {},
      { code: 'name-unknown-outside', nearest: 'shop.exemple' },
      '',
      '',
    ],
    [
      'without a rule for the path',
      edited(text, /- path: \/\n/, '- path: /static\n').replace('path: /api', 'path: /v2'),
      {},
      { code: 'ingress-path-unknown', path: '/api/orders' },
      'Ingress',
      'shop',
    ],
    [
      'that names a Service that does not exist',
      edited(text, 'name: api\n            port', 'name: apis\n            port'),
      {},
      { code: 'ingress-service-missing', service: 'apis', nearest: 'api' },
      'Ingress',
      'shop',
    ],
    [
      'that names a port that the Service lacks',
      edited(text, 'number: 80', 'number: 8080')
        .replace('- port: 80\n    targetPort: 8080', '- port: 80\n    targetPort: http')
        .replace('- containerPort: 8080', '- { name: http, containerPort: 8080 }'),
      {},
      { code: 'ingress-port-missing', port: '8080', ports: ['80'] },
      'Ingress',
      'shop',
    ],
    [
      'whose Service selects nothing',
      edited(text, 'selector:\n    app: api', 'selector:\n    app: apix'),
      {},
      { code: 'selector-matches-nothing' },
      'Service',
      'api',
    ],
    [
      'whose Pods are not ready',
      edited(text, 'path: /health\n            port: 8080', 'path: /health\n            port: 8081'),
      {},
      { code: 'pod-probe-fails', port: '8081' },
      'Deployment',
      'api',
    ],
    [
      'whose Service aims at the wrong port',
      edited(text, 'targetPort: 8080', 'targetPort: 8181'),
      {},
      { code: 'nobody-listens', port: '8181/TCP' },
      'Service',
      'api',
    ],
    [
      'whose controller has no address',
      text,
      { loadBalancer: 'none' },
      { code: 'load-balancer-pending', reason: 'no-provider' },
      'Service',
      'ingress-nginx-controller',
    ],
  ])('%s', (_, broken, settings, fact, kind, name) => {
    const diagnosis = found(broken, request, settings);
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject(fact);
    if (kind === '') expect(diagnosis.cause?.object).toBeNull();
    else expect(diagnosis.cause?.object, inShort(diagnosis)).toMatchObject({ kind, name });
    expect(diagnosis.failing).toBe(1);
  });

  test('a policy that keeps the proxy out is found behind the rule', () => {
    const policy = `${text}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: friends-only }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: {} }] }] }
`;
    const diagnosis = found(policy, request);
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({
      code: 'policy-drops',
      direction: 'Ingress',
      policies: ['friends-only'],
    });
    expect(diagnosis.checks.find(({ verdict }) => verdict === 'failed')).toMatchObject({ about: 'back-end', code: 'policies-allow' });
  });

  test('a controller that has not read the rule yet is told from a rule that is missing', () => {
    const whole = build(text, PLAYGROUND);
    const before = build(edited(text, 'path: /api', 'path: /old').replace(/ {6}- path: \/\n[\s\S]*?number: 80\n/, ''), PLAYGROUND);
    const result = diagnosed(whole, request, 1, { ...whole.world, proxies: before.world.proxies });
    expect(result.kind === 'diagnosed' ? result.diagnosis.cause?.fact : null).toMatchObject({
      code: 'proxy-behind',
      program: 'ingress-nginx',
    });
  });
});

describe('at a load balancer', () => {
  const text = sample('local-policy');
  const request = from('http://203.0.113.20/');

  test('source ranges keep a client out', () => {
    const diagnosis = found(
      edited(text, 'type: LoadBalancer', 'type: LoadBalancer\n  loadBalancerSourceRanges: [198.51.100.0/24]'),
      request,
    );
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'source-not-allowed', client: '203.0.113.9' });
  });

  test('no ready Pod means no endpoint, and no node that would be used', () => {
    const diagnosis = found(text.replaceAll('port: 8080\n', 'port: 9\n'), request);
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'pod-probe-fails' });
  });
});

describe('at a node port', () => {
  const text = sample('node-port');
  const port = 'http://192.168.1.3:30008/';

  test('another number than the Service has', () => {
    const diagnosis = found(edited(text, 'nodePort: 30008', 'nodePort: 30080'), from(port));
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({
      code: 'node-port-missing',
      port: '30008/TCP',
      ports: ['30080/TCP (webapp)'],
    });
  });

  test('of a node without a Pod, where only local ones may serve', () => {
    const diagnosis = found(edited(text, 'type: NodePort', 'type: NodePort\n  externalTrafficPolicy: Local'), from(port));
    expect(diagnosis.cause, inShort(diagnosis)).toMatchObject({
      fact: { code: 'no-local-endpoint', field: 'externalTrafficPolicy', node: 'node-2', nodes: ['node-1'] },
      remedy: { path: ['spec', 'externalTrafficPolicy'], value: 'Cluster' },
    });
  });

  test('of a node whose kube-proxy has written nothing', () => {
    const built = build(text, PLAYGROUND);
    const before = build(edited(text, /apiVersion: v1\nkind: Service[\s\S]*?---\n/, ''), PLAYGROUND).world.kernels['node/node-2'];
    const own = built.world.kernels['node/node-2'];
    if (own === undefined || before === undefined) throw new Error('no node-2');
    const kernels = { ...built.world.kernels, 'node/node-2': { ...own, iptables: before.iptables, ip6tables: before.ip6tables } };
    const result = diagnosed(built, from(port), 1, { ...built.world, kernels });
    // Without the rule nothing takes the packet: to the node it is a port on which nobody listens.
    expect(result.kind === 'diagnosed' ? result.diagnosis.cause?.fact : null).toMatchObject({
      code: 'kube-proxy-behind',
      node: 'node-2',
      rules: 'none',
    });
  });
});
