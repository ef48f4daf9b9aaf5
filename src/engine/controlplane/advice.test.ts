import { expect, test } from 'vitest';
import { formatPath } from '../kube/field-path';
import type { Finding } from '../kube/finding';
import type { ApiObject } from '../kube/meta';
import { editDistance, mostSimilar } from '../kube/nearest';
import { formatRef } from '../kube/ref';
import { ip } from '../net/ip';
import { PLAYGROUND } from '../settings';
import { settle } from './settle';
import {
  at,
  container,
  deployment,
  endpoints,
  node,
  pod,
  port,
  running,
  service,
  servicePort,
  slice,
  tcpProbe,
} from './specimens.test-support';

const BACKEND = { labels: { app: 'backend' } };

/** Without good practice, which `practice-advice.test.ts` is about. */
function findings(...objects: ApiObject[]): readonly Finding[] {
  const practice = ['no-resources', 'no-labels', 'port-unnamed', 'address-hard-coded', 'name-elsewhere'];
  return settle(objects, PLAYGROUND).findings.filter(({ code }) => !practice.includes(code));
}

/** `warning node-missing Pod default/a spec.nodeName`. */
function places(...objects: ApiObject[]): readonly string[] {
  return findings(...objects).map(({ severity, code, object, path }) =>
    `${severity} ${code} ${formatRef(object)} ${formatPath(path)}`.trim(),
  );
}

function found<Code extends Finding['code']>(code: Code, ...objects: ApiObject[]): (Finding & { code: Code }) | undefined {
  return findings(...objects).find((finding): finding is Finding & { code: Code } => finding.code === code);
}

const listening = (number: number, said: Parameters<typeof container>[0] = {}) => ({
  containers: [container({ ports: [port(number)], readinessProbe: tcpProbe(number), ...said })],
});

test('a cluster in order gives no advice, and what we added never does', () => {
  expect(places()).toEqual([]);
  expect(
    places(
      pod('a', { metadata: BACKEND, spec: listening(8080) }),
      service('a', { selector: BACKEND.labels, ports: [servicePort(80, { targetPort: 8080 })] }),
    ),
  ).toEqual([]);
});

test('[F6] a selector that matches nothing is told with the label that was probably meant', () => {
  const objects = [pod('a', { metadata: BACKEND }), service('web', { selector: { app: 'back-end' } })];
  expect(places(...objects)).toContain('warning selector-matches-nothing Service default/web spec.selector');
  expect(found('selector-matches-nothing', ...objects)).toMatchObject({
    selector: { app: 'back-end' },
    nearest: [{ wanted: 'app=back-end', found: 'app=backend', pod: 'a' }],
    elsewhere: null,
  });
});

test('[F6] where no label is near, nothing is guessed, and Pods in another namespace are pointed out', () => {
  expect(found('selector-matches-nothing', pod('a', { metadata: BACKEND }), service('web', { selector: { app: 'cache' } }))).toMatchObject({
    nearest: [],
    elsewhere: null,
  });
  const far = pod('a', { metadata: { ...BACKEND, namespace: 'other' } });
  expect(found('selector-matches-nothing', far, service('web', { selector: BACKEND.labels }))).toMatchObject({ elsewhere: 'other' });
});

test('a wrong key of a label is found as a wrong value is', () => {
  expect(
    found(
      'selector-matches-nothing',
      pod('a', { metadata: { labels: { app: 'web', tier: 'front' } } }),
      service('web', { selector: { apps: 'web', tier: 'front' } }),
    ),
  ).toMatchObject({
    nearest: [{ wanted: 'apps=web', found: 'app=web' }],
  });
});

test('[F8] a targetPort where nobody listens is told with the ports of the Pod', () => {
  const objects = [
    pod('a', { metadata: BACKEND, spec: listening(3000) }),
    service('web', { selector: BACKEND.labels, ports: [servicePort(80, { targetPort: 8080 })] }),
  ];
  expect(places(...objects)).toEqual(['warning nobody-listens Service default/web spec.ports[0].targetPort']);
  expect(found('nobody-listens', ...objects)).toMatchObject({ port: '8080/TCP', pods: ['a'], listening: ['3000/TCP'] });
});

test('a named targetPort that a Pod lacks is told with the names that there are', () => {
  const named = listening(3000, { ports: [port(3000, { name: 'http' })] });
  const objects = [
    pod('a', { metadata: BACKEND, spec: named }),
    service('web', { selector: BACKEND.labels, ports: [servicePort(80, { targetPort: 'web' })] }),
  ];
  expect(found('port-name-missing', ...objects)).toMatchObject({ name: 'web', protocol: 'TCP', pods: ['a'], names: ['http'] });
});

test('[F6] Pods that match but are not ready are told as such', () => {
  const objects = [
    pod('a', { metadata: BACKEND, spec: { ...listening(80), nodeName: 'node-1' }, status: running('10.1.1.7', { ready: false }) }),
    service('web', { selector: BACKEND.labels }),
  ];
  expect(places(...objects)).toEqual(['warning no-pod-ready Service default/web spec.selector']);
});

test('a Service without selector and without endpoints leads nowhere', () => {
  expect(places(service('db'))).toEqual(['warning nobody-writes-endpoints Service default/db spec']);
  expect(places(service('db'), endpoints('db', ['192.0.2.42']))).toEqual([]);
  expect(places(service('db', { type: 'ExternalName', externalName: 'db.example.com' }))).toEqual([]);
});

test('Endpoints beside a selector are ignored, and without a Service they are of no use', () => {
  expect(
    places(
      pod('a', { metadata: BACKEND, spec: listening(80) }),
      service('web', { selector: BACKEND.labels }),
      endpoints('web', ['192.0.2.42']),
    ),
  ).toEqual(['warning endpoints-ignored Endpoints default/web metadata.name']);
  expect(found('endpoints-without-service', endpoints('databse', ['192.0.2.42']), service('database'))).toMatchObject({
    nearest: 'database',
  });
});

test('a slice needs the label of a Service that exists', () => {
  expect(places(slice('s', null, ['192.0.2.42']))).toEqual(['warning slice-without-service EndpointSlice default/s metadata.labels']);
  expect(places(slice('s', 'gone', ['192.0.2.42']))).toEqual([
    'warning slice-of-unknown-service EndpointSlice default/s metadata.labels[kubernetes.io/service-name]',
  ]);
});

test('an address outside of its range is named with the range', () => {
  expect(
    found('cluster-ip-outside-range', service('a', { clusterIPs: [ip('10.152.183.9')] }), service('b', { clusterIPs: [ip('192.0.2.9')] })),
  ).toMatchObject({ object: { name: 'b' }, ip: '192.0.2.9', range: '10.152.183.0/24' });
  expect(found('pod-ip-outside-node-range', pod('a', { spec: { nodeName: 'node-1' }, status: at('10.1.2.9') }))).toMatchObject({
    node: 'node-1',
    ranges: ['10.1.1.0/24'],
  });
});

test('of two that share an address each is told of the other', () => {
  const objects = [pod('a', { status: at('10.1.1.9') }), pod('b', { status: at('10.1.1.9') })];
  expect(
    findings(...objects).map((finding) => (finding.code === 'address-taken' ? `${finding.object.name} ${finding.other.name}` : '')),
  ).toEqual(['a b', 'b a']);
  const shared = ['x', 'y'].map((name) => pod(name, { spec: { hostNetwork: true, nodeName: 'node-1' } }));
  expect(places(...shared)).toEqual([]);
});

test('Pod ranges that overlap or lie far apart are pointed out', () => {
  expect(places(node('a', '10.244.0.0/16', '192.168.1.11'), node('b', '10.244.1.0/24', '192.168.1.12'))).toEqual([
    'warning pod-ranges-overlap Node b spec.podCIDR',
  ]);
  expect(found('pod-ranges-far-apart', node('a', '10.1.1.0/24', '192.168.1.11'), node('b', '10.244.1.0/24', '192.168.1.12'))).toMatchObject(
    { range: '10.0.0.0/8' },
  );
});

test('a Pod without a node says why', () => {
  expect(found('unschedulable', pod('a', { spec: { nodeSelector: { disk: 'ssd' } } }))?.refusals).toEqual([
    { node: 'node-1', reason: 'node-selector', detail: 'disk=ssd' },
    { node: 'node-2', reason: 'node-selector', detail: 'disk=ssd' },
  ]);
  expect(found('node-missing', pod('a', { spec: { nodeName: 'node-3' } }))).toMatchObject({ node: 'node-3', nearest: 'node-1' });
  expect(places(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => pod(name)), node('n', '10.9.0.0/29', '192.168.1.11'))).toContain(
    'warning pod-range-used-up Pod default/f',
  );
});

test('what holds for every Pod of a Deployment is told once, in its template', () => {
  const wrong = deployment('web', 3, { spec: { containers: [container({ ports: [port(3000)], readinessProbe: tcpProbe(8080) })] } });
  expect(places(wrong)).toEqual([
    'warning probe-fails Deployment default/web spec.template.spec.containers[0].readinessProbe.tcpSocket.port',
  ]);
  expect(found('probe-fails', wrong)).toMatchObject({ role: 'readiness', container: 'main', port: '8080', listening: ['3000/TCP'] });
});

test('ports that nobody declared are told with the rule that spoke', () => {
  const web = service('web', { selector: BACKEND.labels });
  expect(places(pod('a', { metadata: BACKEND }), web).filter((text) => text.includes('listening'))).toEqual([
    'hint listening-assumed Pod default/a spec.containers',
  ]);
  expect(
    found('listening-by-image', pod('a', { metadata: BACKEND, spec: { containers: [container({ image: 'nginx:1.27' })] } }), web),
  ).toMatchObject({ listening: ['80/TCP'] });
});

test('an annotation that cannot be read is pointed out', () => {
  const odd = pod('a', { metadata: { annotations: { 'kubehop.dev/listen': 'eighty' } } });
  expect(places(odd)).toEqual(['warning listen-annotation-unreadable Pod default/a metadata.annotations[kubehop.dev/listen]']);
});

test('[F10] a container behind a Service wants a readiness probe', () => {
  const unprobed = pod('a', { metadata: BACKEND, spec: listening(80, { readinessProbe: null }) });
  expect(places(unprobed, service('web', { selector: BACKEND.labels }))).toEqual([
    'hint no-readiness-probe Pod default/a spec.containers[0]',
  ]);
  expect(places(unprobed)).toEqual([]);
});

test('a namespace that nobody writes is pointed out once', () => {
  const there = { namespace: 'shop' };
  expect(places(pod('a', { metadata: there }), pod('b', { metadata: there }))).toEqual([
    'hint namespace-not-written Pod shop/a metadata.namespace',
  ]);
});

test('likeness is counted in letters', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(mostSimilar('backedn', ['frontend', 'backend'])).toBe('backend');
  expect(mostSimilar('web', ['database'])).toBeNull();
  expect(mostSimilar('web', [])).toBeNull();
});

test('a workload of a hundred thousand Pods is made as far as it can be drawn', () => {
  const settled = settle([deployment('web', 100000)], PLAYGROUND);
  expect(settled.cluster.pods.filter(({ metadata }) => metadata.namespace === 'default')).toHaveLength(1000);
  expect(settled.findings.find(({ code }) => code === 'replicas-limited')).toMatchObject({ wanted: 100000, made: 1000 });
});

test('[A1] two containers of a Pod that want the same port are told of each other', () => {
  const containers = [container({ name: 'a', ports: [port(80)] }), container({ name: 'b', ports: [port(9000), port(80)] })];
  expect(found('container-port-taken', pod('web', { spec: { containers } }))).toMatchObject({
    container: 'b',
    other: 'a',
    port: '80/TCP',
    path: ['spec', 'containers', 1, 'ports', 1, 'containerPort'],
  });
  expect(found('container-port-taken', pod('web', { spec: { containers: [container({ ports: [port(80), port(81)] })] } }))).toBeUndefined();
});
