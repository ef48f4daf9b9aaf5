import { expect, test } from 'vitest';
import type { ApiObject } from '../kube/meta';
import { ip } from '../net/ip';
import { BARE, PLAYGROUND } from '../settings';
import type { Cluster } from './cluster';
import { settle } from './settle';
import { slicesOf } from './slices-of';
import {
  at,
  container,
  deployment,
  endpoints,
  meta,
  node,
  pod,
  port,
  replicaSet,
  running,
  service,
  servicePort,
  slice,
  tcpProbe,
} from './specimens.test-support';

const PRODUCTION = { namespace: 'production' };

function playground(...objects: ApiObject[]): Cluster {
  return settle(objects, PLAYGROUND).cluster;
}

function bare(...objects: ApiObject[]): Cluster {
  return settle(objects, BARE).cluster;
}

function addressOf(cluster: Cluster, name: string): string | null {
  return cluster.pods.find((each) => each.metadata.name === name)?.status.podIPs[0] ?? null;
}

function clusterIP(cluster: Cluster, name: string): string | null {
  const found = cluster.services.find((each) => each.metadata.name === name);
  return found === undefined || found.spec.clusterIPs === 'None' ? null : (found.spec.clusterIPs[0] ?? null);
}

function nodesOf(cluster: Cluster, owner: string): readonly (string | null)[] {
  return cluster.pods.filter((each) => each.metadata.name.startsWith(owner)).map((each) => each.spec.nodeName);
}

test('an empty text is a cluster of two nodes with CoreDNS and the API server behind their Services', () => {
  const cluster = playground();
  expect(cluster.nodes.map(({ metadata, spec, status }) => [metadata.name, status.internalIPs, spec.podCIDRs])).toEqual([
    ['node-1', ['192.168.1.10'], [{ network: '10.1.1.0', length: 24 }]],
    ['node-2', ['192.168.1.11'], [{ network: '10.1.2.0', length: 24 }]],
  ]);
  expect(cluster.nodes[0]?.metadata.labels).toMatchObject({
    'kubernetes.io/hostname': 'node-1',
    'kubernetes.io/os': 'linux',
    'beta.kubernetes.io/os': 'linux',
  });
  expect([cluster.clusterCIDR, cluster.serviceCIDR]).toEqual([
    { network: '10.1.0.0', length: 16 },
    { network: '10.152.183.0', length: 24 },
  ]);
  expect([clusterIP(cluster, 'kube-dns'), clusterIP(cluster, 'kubernetes')]).toEqual(['10.152.183.10', '10.152.183.1']);
  expect(nodesOf(cluster, 'coredns-')).toHaveLength(2);
  expect(new Set(nodesOf(cluster, 'coredns-'))).toEqual(new Set(['node-1', 'node-2']));
  const slices = slicesOf(cluster);
  expect(slices.find((each) => each.service === 'default/kubernetes')).toMatchObject({
    ports: [{ name: 'https', port: 16443 }],
    endpoints: [{ address: '192.168.1.10' }],
  });
  expect(slices.find((each) => each.service === 'kube-system/kube-dns')?.endpoints.map(({ ready }) => ready)).toEqual([true, true]);
  expect(cluster.namespaces.map(({ metadata }) => metadata.name)).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
});

test('whatever was added is told apart from what was written', () => {
  const cluster = playground(
    service('kube-dns', { metadata: { namespace: 'kube-system' }, selector: { 'k8s-app': 'kube-dns' } }),
    pod('a'),
  );
  expect(cluster.added).toContain('Node node-1');
  expect(cluster.added).toContain('Service default/kubernetes');
  expect(cluster.added.filter((key) => key.startsWith('Pod kube-system/coredns-'))).toHaveLength(2);
  expect(cluster.added).not.toContain('Service kube-system/kube-dns');
  expect(cluster.added).not.toContain('Pod default/a');
});

test('without conveniences nothing is added to the manifest, but its Pods run and its Services get addresses', () => {
  const cluster = bare(
    node('n', '10.9.0.0/24', '192.168.1.11'),
    pod('a', { metadata: { labels: { app: 'a' } } }),
    service('s', { selector: { app: 'a' } }),
  );
  expect(cluster.pods.map(({ metadata, spec, status }) => [metadata.name, spec.nodeName, status.podIPs, status.phase])).toEqual([
    ['a', 'n', ['10.9.0.2'], 'Running'],
  ]);
  expect(cluster.services).toHaveLength(1);
  expect(clusterIP(cluster, 's')).toMatch(/^10\.(9[6-9]|10\d|11[01])\./);
  expect(slicesOf(cluster)).toMatchObject([{ service: 'default/s', endpoints: [{ address: '10.9.0.2', ready: true }] }]);
});

test('[B2] the cluster of the course comes out with the addresses of the course', () => {
  const backends = [10, 11, 12].map((last) =>
    pod(`backend-${last - 9}`, {
      metadata: { ...PRODUCTION, labels: { app: 'backend' } },
      spec: { containers: [container({ ports: [port(8080)] })] },
      status: at(`10.1.1.${last}`),
    }),
  );
  const backend = service('backend', {
    metadata: PRODUCTION,
    selector: { app: 'backend' },
    clusterIPs: [ip('10.152.183.25')],
    ports: [servicePort(80, { targetPort: 8080 })],
  });
  const cluster = playground(pod('frontend', { metadata: PRODUCTION, status: at('10.1.1.5') }), ...backends, backend);
  expect(
    cluster.pods
      .filter(({ metadata }) => metadata.namespace === 'production')
      .map(({ spec, status }) => [spec.nodeName, status.podIPs[0], status.ready]),
  ).toEqual([
    ['node-1', '10.1.1.10', true],
    ['node-1', '10.1.1.11', true],
    ['node-1', '10.1.1.12', true],
    ['node-1', '10.1.1.5', true],
  ]);
  expect(slicesOf(cluster).find((each) => each.service === 'production/backend')).toMatchObject({
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints: [{ address: '10.1.1.10' }, { address: '10.1.1.11' }, { address: '10.1.1.12' }],
  });
});

test('CoreDNS and kubernetes come to nodes that the text names, at the tenth and first address of its range', () => {
  const cluster = playground(node('worker', '10.244.1.0/24', '192.168.1.11'), service('web', { clusterIPs: [ip('10.43.7.7')] }));
  expect([clusterIP(cluster, 'kube-dns'), clusterIP(cluster, 'kubernetes')]).toEqual(['10.43.0.10', '10.43.0.1']);
  expect(nodesOf(cluster, 'coredns-')).toEqual(['worker', 'worker']);
  expect(slicesOf(cluster).find((each) => each.service === 'default/kubernetes')).toMatchObject({
    ports: [{ port: 6443 }],
    endpoints: [{ address: '192.168.1.11' }],
  });
});

test('what is added takes no address that the text gives to somebody else', () => {
  const cluster = playground(
    service('mine', { clusterIPs: [ip('10.152.183.10')] }),
    service('db'),
    endpoints('db', ['192.168.1.10', '10.1.1.2', '10.1.2.2']),
  );
  expect(clusterIP(cluster, 'kube-dns')).toBe('10.152.183.11');
  expect(cluster.nodes.map(({ status }) => status.internalIPs[0])).toEqual(['192.168.1.11', '192.168.1.12']);
  expect(cluster.pods.map(({ status }) => status.podIPs[0])).toEqual(['10.1.1.3', '10.1.2.3']);
});

test('a Deployment coredns of the text, even an empty one, keeps ours away', () => {
  const own = { ...deployment('coredns', 0), metadata: meta('coredns', { namespace: 'kube-system' }) };
  const cluster = playground(own);
  expect(cluster.pods).toEqual([]);
  expect(slicesOf(cluster).find((each) => each.service === 'kube-system/kube-dns')?.endpoints).toEqual([]);
});

test('Pods get addresses in order of the text, past those that are fixed', () => {
  const cluster = playground(
    pod('a', { spec: { nodeName: 'node-1' } }),
    pod('b', { status: at('10.1.1.3') }),
    pod('c', { spec: { nodeName: 'node-1' } }),
    pod('h', { spec: { nodeName: 'node-2', hostNetwork: true } }),
  );
  expect(['a', 'b', 'c', 'h'].map((name) => addressOf(cluster, name))).toEqual(['10.1.1.2', '10.1.1.3', '10.1.1.4', '192.168.1.11']);
});

test('a status of the text counts as it stands, also where no condition says ready', () => {
  const cluster = bare(
    node('n', '10.9.0.0/24', '192.168.1.11'),
    pod('a', { spec: { nodeName: 'n' }, status: running('10.9.0.7', { ready: false }) }),
    pod('b', { status: at('10.9.0.8') }),
  );
  expect(cluster.pods.map(({ status }) => [status.phase, status.ready])).toEqual([
    ['Running', false],
    ['Pending', false],
  ]);
});

test('a readiness probe passes where a program listens on its port and keeps the Pod out of the ready ones where nobody does', () => {
  const probed = (name: string, target: number | string) =>
    pod(name, {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [container({ ports: [port(3000, { name: 'http' })], readinessProbe: tcpProbe(target) })] },
    });
  const cluster = playground(
    probed('right', 3000),
    probed('named', 'http'),
    probed('wrong', 8080),
    service('web', { selector: { app: 'web' } }),
  );
  const ready = Object.fromEntries(cluster.pods.map(({ metadata, status }) => [metadata.name, status.ready]));
  expect(ready).toMatchObject({ right: true, named: true, wrong: false });
  expect(
    slicesOf(cluster)
      .find((each) => each.service === 'default/web')
      ?.endpoints.filter((each) => each.ready),
  ).toHaveLength(2);
});

test('a Pod that no node takes stays Pending, without address and in no slice', () => {
  const cluster = playground(
    pod('a', { metadata: { labels: { app: 'a' } }, spec: { nodeSelector: { disk: 'ssd' } } }),
    service('s', { selector: { app: 'a' } }),
  );
  expect(cluster.pods.find(({ metadata }) => metadata.name === 'a')?.status).toMatchObject({ phase: 'Pending', podIPs: [] });
  expect(slicesOf(cluster).find((each) => each.service === 'default/s')?.endpoints).toEqual([]);
});

test('when a range is used up the next Pod stays Pending and the others run', () => {
  const pods = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => pod(name));
  const cluster = bare(node('n', '10.9.0.0/29', '192.168.1.11'), ...pods);
  expect(cluster.pods.map(({ status }) => status.podIPs[0] ?? null)).toEqual([
    '10.9.0.2',
    '10.9.0.3',
    '10.9.0.4',
    '10.9.0.5',
    '10.9.0.6',
    null,
  ]);
  expect(cluster.pods[5]?.status.phase).toBe('Pending');
});

test('scaling a Deployment leaves the Pods that it has their names and addresses', () => {
  const two = playground(deployment('web', 2));
  const five = playground(deployment('web', 5));
  const known = (cluster: Cluster) =>
    cluster.pods
      .filter(({ metadata }) => metadata.name.startsWith('web-'))
      .map(({ metadata, status }) => `${metadata.name} ${status.podIPs[0]}`);
  expect(known(five)).toEqual(expect.arrayContaining([...known(two)]));
  expect(known(five)).toHaveLength(5);
  expect(known(two)[0]).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{10}-[bcdfghjklmnpqrstvwxz2456789]{5} 10\.1\.[12]\.2$/);
});

test('a hand-written slice stands beside those of the controllers', () => {
  const cluster = bare(
    node('n', '10.9.0.0/24', '192.168.1.11'),
    service('db'),
    slice('db-1', 'db', ['198.51.100.20'], 5432),
    service('old'),
    endpoints('old', ['192.0.2.42'], { notReady: ['192.0.2.43'] }),
  );
  expect(slicesOf(cluster)).toMatchObject([
    { service: 'default/db', ports: [{ port: 5432 }], endpoints: [{ address: '198.51.100.20', ready: true }] },
    {
      service: 'default/old',
      ports: [{ port: 9376 }],
      endpoints: [
        { address: '192.0.2.42', ready: true },
        { address: '192.0.2.43', ready: false },
      ],
    },
  ]);
});

test('a ReplicaSet adopts a Pod that it selects and makes only what is missing', () => {
  const cluster = playground(pod('stray', { metadata: { labels: { app: 'web' } } }), replicaSet('web', 3));
  expect(cluster.pods.filter(({ metadata }) => metadata.labels.app === 'web')).toHaveLength(3);
  expect(cluster.pods.find(({ metadata }) => metadata.name === 'stray')?.metadata.ownerReferences).toEqual([
    { kind: 'ReplicaSet', name: 'web', controller: true },
  ]);
});

test('a paste of a Deployment with its ReplicaSet and Pods is not doubled', () => {
  const labels = { app: 'web', 'pod-template-hash': '5d9f7b6c44' };
  const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
  const pods = ['x2v8q', 'k7b5t'].map((end, index) =>
    pod(`web-5d9f7b6c44-${end}`, {
      metadata: { labels, ...owner('ReplicaSet', 'web-5d9f7b6c44') },
      status: running(`10.1.1.${20 + index}`),
    }),
  );
  const own = replicaSet('web-5d9f7b6c44', 2, { labels, metadata: owner('Deployment', 'web') });
  const web = (cluster: Cluster) => cluster.pods.filter(({ metadata }) => metadata.labels.app === 'web');
  expect(web(playground(deployment('web', 2), own, ...pods))).toHaveLength(2);
  expect(web(playground(deployment('web', 2), ...pods))).toHaveLength(2);
  const scaled = web(playground(deployment('web', 3), ...pods));
  expect(scaled).toHaveLength(3);
  expect(scaled.every(({ metadata }) => metadata.name.startsWith('web-5d9f7b6c44-'))).toBe(true);
  expect(
    playground(deployment('web', 2), own, ...pods).replicaSets.filter(({ metadata }) => metadata.namespace === 'default'),
  ).toHaveLength(1);
});

test('the same objects settle to the same bytes', () => {
  const objects = [deployment('web', 3), service('web', { selector: { app: 'web' }, type: 'NodePort' }), pod('a')];
  expect(JSON.stringify(settle(objects, PLAYGROUND))).toBe(JSON.stringify(settle(objects, PLAYGROUND)));
});
