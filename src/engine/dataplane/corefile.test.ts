import { expect, test } from 'vitest';
import { clusterDomain, corefileOf, parseCorefile } from './corefile';
import { cluster, corednsConfig } from './dns-cluster.test-support';

const KUBEADM = `
.:53 {
    errors
    health {
        lameduck 5s   # keeps serving for a while
    }
    kubernetes K8s.test in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    forward . /etc/resolv.conf {
        max_concurrent 1000
    }
    cache 30
}
`;

test('the lines of the plugin kubernetes are read, those of its neighbours are not', () => {
  expect(parseCorefile(KUBEADM)).toMatchObject({
    zones: ['k8s.test.', 'in-addr.arpa.', 'ip6.arpa.'],
    pods: 'insecure',
    ttl: 30,
    fallthrough: ['in-addr.arpa.', 'ip6.arpa.'],
    forward: true,
  });
});

test('what is not said has the defaults of the plugin: no Pod names, five seconds, nothing passed on', () => {
  expect(parseCorefile('.:53 {\n kubernetes cluster.local\n}')).toMatchObject({
    pods: 'disabled',
    ttl: 5,
    fallthrough: [],
    forward: false,
  });
});

test('a plugin without zones serves those of its server, and a bare fallthrough passes on everything', () => {
  expect(parseCorefile('cluster.local:53 {\n kubernetes {\n fallthrough\n }\n}')).toMatchObject({
    zones: ['cluster.local.'],
    fallthrough: ['.'],
  });
});

test('a line of that name outside of the plugin says nothing', () => {
  expect(parseCorefile('.:53 {\n hosts {\n ttl 60\n fallthrough\n }\n kubernetes cluster.local\n}')).toMatchObject({
    ttl: 5,
    fallthrough: [],
  });
});

test('without a ConfigMap the settings of the cluster stand in for it', () => {
  expect(corefileOf(cluster({}))).toMatchObject({
    zones: ['cluster.local.', 'in-addr.arpa.', 'ip6.arpa.'],
    pods: 'insecure',
    ttl: 30,
    forward: true,
  });
});

test('the domain of the cluster is the first zone that is no reverse zone', () => {
  expect(clusterDomain(cluster({ configMaps: [corednsConfig('.:53 {\n kubernetes in-addr.arpa k8s.test\n}')] }))).toBe('k8s.test');
  expect(clusterDomain(cluster({ configMaps: [corednsConfig('.:53 {\n whoami\n}')] }))).toBe('cluster.local');
});

test('the plugin cache keeps as long as it is told, of the names that it is told', () => {
  const cacheIn = (lines: string) => parseCorefile(`.:53 {\n${lines}\n kubernetes cluster.local\n}`).cache;
  expect(cacheIn('')).toBeNull();
  expect(cacheIn('cache 30')).toEqual({ zones: ['.'], success: { most: 30, notFor: [] }, denial: { most: 30, notFor: [] } });
  expect(cacheIn('cache')).toMatchObject({ success: { most: 3600 }, denial: { most: 1800 } });
  expect(cacheIn('cache 10 example.com')).toMatchObject({ zones: ['example.com.'], success: { most: 10 } });
  expect(cacheIn('cache 30 {\n success 9984 60\n denial 9984 5\n}')).toMatchObject({ success: { most: 60 }, denial: { most: 5 } });
  expect(cacheIn('cache 30 {\n disable success cluster.local\n disable denial\n}')).toMatchObject({
    success: { notFor: ['cluster.local.'] },
    denial: { notFor: ['.'] },
  });
});
