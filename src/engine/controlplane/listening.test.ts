import { expect, test } from 'vitest';
import type { Container, Pod } from '../kube/pod';
import type { Service } from '../kube/service';
import { BARE, PLAYGROUND } from '../settings';
import { imageName, isNameServer, listening, listeningOnceStarted, readListenAnnotation } from './listening';
import { at, container, pod, port, running, service, servicePort, slice, tcpProbe } from './specimens.test-support';

const BEHIND = service('web', {
  selector: { app: 'web' },
  ports: [servicePort(80, { targetPort: 3000 }), servicePort(81, { targetPort: 'admin' })],
});

function web(...containers: Partial<Container>[]): Pod {
  return pod('web', { metadata: { labels: { app: 'web' } }, spec: { containers: containers.map(container) } });
}

function heard(each: Pod, conveniences = true, services: readonly Service[] = [BEHIND]): readonly string[] {
  const around = { settings: conveniences ? PLAYGROUND : BARE, services, endpointSlices: [] };
  return listeningOnceStarted(each, around).map(({ port: number, protocol, source }) => `${number}/${protocol} ${source}`);
}

test('the annotation speaks before everything else', () => {
  const annotated = (text: string) => {
    const declaring = web({ ports: [port(8080)] });
    return { ...declaring, metadata: { ...declaring.metadata, annotations: { 'kubehop.dev/listen': text } } };
  };
  expect(heard(annotated('9000/UDP, 3000/TCP, 22'))).toEqual(['22/TCP annotation', '3000/TCP annotation', '9000/UDP annotation']);
  expect(heard(annotated('none'))).toEqual([]);
  expect(heard(annotated('lots'))).toEqual(['8080/TCP declared']);
});

test('an annotation with a port that cannot be is no annotation', () => {
  expect(['', '0/TCP', '70000', '80/ICMP', '80,,81', '80 81'].map((text) => readListenAnnotation(text))).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('a Pod that declares some ports refuses the others, those of sidecars included', () => {
  const base = web({ image: 'nginx', ports: [port(8080)] });
  const sidecar = container({ restartPolicy: 'Always', ports: [port(15000)] });
  const waiting = container({ ports: [port(1)] });
  expect(heard({ ...base, spec: { ...base.spec, initContainers: [sidecar, waiting] } })).toEqual([
    '8080/TCP declared',
    '15000/TCP declared',
  ]);
});

test('a well-known image speaks by its name, whatever the registry, tag or digest', () => {
  expect(['nginx', 'docker.io/library/nginx:1.27', 'localhost:5000/nginx@sha256:abc'].map(imageName)).toEqual(['nginx', 'nginx', 'nginx']);
  expect(heard(web({ image: 'postgres:17' }))).toEqual(['5432/TCP image']);
  expect(heard(web({ image: 'registry.k8s.io/coredns/coredns:v1.12.1' }))).toEqual(['53/TCP image', '53/UDP image']);
  expect(heard(web({ image: 'busybox' }))).toEqual([]);
});

test('a container that declares its ports says nothing of its neighbours', () => {
  const cache = { name: 'cache', image: 'redis:7', ports: [port(6379)] };
  expect(heard(web({ image: 'nginx' }, cache))).toEqual(['80/TCP image', '6379/TCP declared']);
  expect(heard(web({ image: 'acme/shop:2' }, cache))).toEqual(['6379/TCP declared']);
});

test('for an unknown image the ports that Services and probes aim at are assumed', () => {
  expect(heard(web({ image: 'acme/shop:2', livenessProbe: tcpProbe(9090) }))).toEqual(['3000/TCP assumed', '9090/TCP assumed']);
  expect(heard(web({ image: 'acme/shop:2' }, { name: 'cache', image: 'redis:7' }))).toEqual(['3000/TCP assumed', '6379/TCP image']);
});

test('a case is verified without guessing', () => {
  expect(heard(web({ image: 'nginx' }), false)).toEqual([]);
  expect(heard(web({ ports: [port(8080)] }), false)).toEqual(['8080/TCP declared']);
});

test('Pods behind kube-dns answer on its target ports, declared or not', () => {
  const dns = service('kube-dns', {
    metadata: { namespace: 'kube-system' },
    selector: { 'k8s-app': 'kube-dns' },
    ports: [servicePort(53, { protocol: 'UDP', targetPort: 5353 }), servicePort(53)],
  });
  const server = pod('dns', { metadata: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } });
  expect(heard(server, false, [dns])).toEqual(['53/TCP image', '5353/UDP image']);
  expect(isNameServer(server, { services: [dns], endpointSlices: [] })).toBe(true);
  const other = pod('dns', { status: at('10.1.1.9') });
  const byHand = slice('dns-1', 'kube-dns', ['10.1.1.9'], 53);
  expect(
    isNameServer(other, { services: [], endpointSlices: [{ ...byHand, metadata: { ...byHand.metadata, namespace: 'kube-system' } }] }),
  ).toBe(true);
  expect(isNameServer(other, { services: [dns], endpointSlices: [byHand] })).toBe(false);
});

test('nothing listens in a Pod that has ended or has not started', () => {
  const around = { settings: BARE, services: [], endpointSlices: [] };
  const of = (said: Parameters<typeof running>[1]) =>
    listening({ ...web({ ports: [port(80)] }), status: running('10.1.1.5', said) }, around).length;
  expect([of({}), of({ ready: false }), of({ phase: 'Succeeded', ready: false }), of({ phase: 'Pending', ready: false })]).toEqual([
    1, 1, 0, 0,
  ]);
});
