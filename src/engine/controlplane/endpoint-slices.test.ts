import { expect, test } from 'vitest';
import type { Endpoint } from '../kube/endpoints';
import type { Service } from '../kube/service';
import type { RunningPod } from './cluster';
import { writeSlices } from './endpoint-slices';
import { isMirrored, mirror } from './mirroring';
import { container, endpoints, node, pod, port, running, service, servicePort } from './specimens.test-support';

const NODES = [
  node('n', '10.1.0.0/16', '192.168.1.10', { labels: { 'topology.kubernetes.io/zone': 'a' } }),
  node('m', '10.2.0.0/16', '192.168.1.11'),
];
const WEB = service('web', { selector: { app: 'web' } });

function web(address: string, said: Parameters<typeof pod>[1] = {}): RunningPod {
  const made = pod(`web-${address}`, {
    ...said,
    metadata: { labels: { app: 'web' }, ...said.metadata },
    spec: { nodeName: 'n', ...said.spec },
  });
  return { ...made, status: said.status ?? running(address) };
}

function one(pods: readonly RunningPod[], of: Service = WEB): Endpoint | undefined {
  return writeSlices([of], pods, NODES)[0]?.endpoints[0];
}

test('a hundred and one Pods need two slices', () => {
  const pods = Array.from({ length: 101 }, (_, index) => web(`10.1.1.${index + 1}`));
  const slices = writeSlices([WEB], pods, NODES);
  expect(slices.map((each) => each.endpoints.length)).toEqual([100, 1]);
  expect(new Set(slices.map((each) => each.metadata.name)).size).toBe(2);
});

test('a slice carries the labels of its Service and says who wrote it', () => {
  const headless = service('web', { selector: { app: 'web' }, clusterIPs: 'None', metadata: { labels: { team: 'shop' } } });
  expect(writeSlices([headless], [], NODES)[0]?.metadata.labels).toEqual({
    team: 'shop',
    'kubernetes.io/service-name': 'web',
    'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    'service.kubernetes.io/headless': '',
  });
});

test('conditions follow readiness, deletion and publishNotReadyAddresses', () => {
  const ending = { deletionTimestamp: '2026-01-01T00:00:00Z' };
  expect(one([web('10.1.1.1', { metadata: ending })])?.conditions).toEqual({ ready: false, serving: true, terminating: true });
  const published = { ...WEB, spec: { ...WEB.spec, publishNotReadyAddresses: true } };
  expect(one([web('10.1.1.1', { metadata: ending, status: running('10.1.1.1', { ready: false }) })], published)?.conditions).toEqual({
    ready: true,
    serving: false,
    terminating: true,
  });
});

test('a Pod of a node that does not exist is left out, unless unready Pods are published', () => {
  const lost = web('10.1.1.1', { spec: { nodeName: 'gone' } });
  expect(one([lost])).toBeUndefined();
  expect(one([lost], { ...WEB, spec: { ...WEB.spec, publishNotReadyAddresses: true } })?.nodeName).toBe('gone');
});

test('a hostname counts in the Service that the subdomain names only', () => {
  const hostnames = (subdomain: string) => one([web('10.1.1.1', { spec: { hostname: 'db-0', subdomain } })])?.hostname;
  expect([hostnames('web'), hostnames('other')]).toEqual(['db-0', null]);
});

test('a named port of a sidecar is found after those of the ordinary containers', () => {
  const named = service('web', { selector: { app: 'web' }, ports: [servicePort(80, { targetPort: 'http' })] });
  const sidecar = container({ restartPolicy: 'Always', ports: [port(15000, { name: 'http' })] });
  const initial = container({ ports: [port(1, { name: 'http' })] });
  const ports = (pods: readonly RunningPod[]) =>
    writeSlices([named], pods, NODES).map((each) => each.ports.map(({ port: number }) => number));
  expect(ports([web('10.1.1.1', { spec: { initContainers: [initial, sidecar] } })])).toEqual([[15000]]);
  expect(ports([web('10.1.1.1', { spec: { initContainers: [initial] } })])).toEqual([[]]);
});

test('each family of a dual-stack Service has slices of its own', () => {
  const dual = { ...WEB, spec: { ...WEB.spec, ipFamilies: [4, 6] as const } };
  const both = web('10.1.1.1');
  const pods = [{ ...both, status: { ...both.status, podIPs: [...both.status.podIPs, 'fd00::1' as (typeof both.status.podIPs)[number]] } }];
  expect(writeSlices([dual], pods, NODES).map((each) => [each.addressType, each.endpoints[0]?.addresses])).toEqual([
    ['IPv4', ['10.1.1.1']],
    ['IPv6', ['fd00::1']],
  ]);
});

test('trafficDistribution writes hints for ready endpoints: the own zone, and with PreferSameNode the own node', () => {
  const preferring = (trafficDistribution: Service['spec']['trafficDistribution']) => ({
    ...WEB,
    spec: { ...WEB.spec, trafficDistribution },
  });
  expect(one([web('10.1.1.1')], preferring('PreferClose'))?.hints).toEqual({ zones: ['a'], nodes: [] });
  expect(one([web('10.1.1.1')], preferring('PreferSameNode'))?.hints).toEqual({ zones: ['a'], nodes: ['n'] });
  expect(one([web('10.2.1.1', { spec: { nodeName: 'm' } })], preferring('PreferSameZone'))?.hints).toBeNull();
  expect(one([web('10.1.1.1', { status: running('10.1.1.1', { ready: false }) })], preferring('PreferClose'))?.hints).toBeNull();
  const automatic = preferring('PreferClose');
  expect(
    one([web('10.1.1.1')], {
      ...automatic,
      metadata: { ...automatic.metadata, annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } },
    })?.hints,
  ).toBeNull();
});

test('Endpoints are mirrored for a Service without selector, and only there', () => {
  const db = service('db');
  expect(isMirrored(endpoints('db', ['192.0.2.42']), [db])).toBe(true);
  expect(isMirrored(endpoints('db', ['192.0.2.42']), [service('db', { selector: { app: 'db' } })])).toBe(false);
  expect(isMirrored(endpoints('other', ['192.0.2.42']), [db])).toBe(false);
  expect(
    isMirrored(endpoints('db', ['192.0.2.42'], { metadata: { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } } }), [db]),
  ).toBe(false);
  expect(
    isMirrored(endpoints('db', ['192.0.2.42'], { metadata: { annotations: { 'control-plane.alpha.kubernetes.io/leader': '{}' } } }), [db]),
  ).toBe(false);
});

test('a mirrored slice keeps labels and annotations, and says who wrote it', () => {
  const written = endpoints('db', ['192.0.2.42', 'fd00::42'], {
    metadata: { labels: { team: 'shop' }, annotations: { note: 'x', 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
  });
  const slices = mirror([written], [service('db')]);
  expect(slices.map((each) => [each.addressType, each.endpoints.map(({ addresses }) => addresses[0])])).toEqual([
    ['IPv4', ['192.0.2.42']],
    ['IPv6', ['fd00::42']],
  ]);
  expect(slices[0]?.metadata).toMatchObject({
    labels: {
      team: 'shop',
      'kubernetes.io/service-name': 'db',
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    },
    annotations: { note: 'x' },
  });
  expect(slices[0]?.metadata.annotations).not.toHaveProperty('kubectl.kubernetes.io/last-applied-configuration');
});
