import { describe, expect, test } from 'vitest';
import { readProvenance } from '../kube/ref';
import { answer } from '../trace/name-server';
import { compileNameServer } from './coredns';
import { ask, cluster, corednsConfig, pod, service, slice } from './dns-cluster.test-support';

describe('a Service with a cluster IP', () => {
  const server = compileNameServer(
    cluster({
      services: [service('shop/web', { clusterIPs: ['10.96.10.1', 'fd00:10:96::1'], ports: ['http 80', 'https 443', 'quic 443/UDP'] })],
      endpointSlices: [slice('shop/web', ['10.244.1.11', '!10.244.1.12'], ['http 8080'])],
    }),
  );

  test('is named by its cluster IPs, each in its own family', () => {
    expect(ask(server, 'web.shop.svc.cluster.local.', 'A')).toEqual(['A 10.96.10.1']);
    expect(ask(server, 'web.shop.svc.cluster.local.', 'AAAA')).toEqual(['AAAA fd00:10:96::1']);
  });

  test('has SRV records with the port of the Service, whose weight counts every address before repeated targets are dropped', () => {
    expect(ask(server, '_http._tcp.web.shop.svc.cluster.local.', 'SRV')).toEqual(['SRV 0 50 80 web.shop.svc.cluster.local.']);
    expect(ask(server, 'web.shop.svc.cluster.local.', 'SRV')).toEqual([
      'SRV 0 16 443 web.shop.svc.cluster.local.',
      'SRV 0 16 80 web.shop.svc.cluster.local.',
    ]);
    expect(ask(server, '_quic._tcp.web.shop.svc.cluster.local.', 'SRV')).toBe('NXDOMAIN');
  });

  test('answers for its address at the name of a port too', () => {
    expect(ask(server, '_http._tcp.web.shop.svc.cluster.local.', 'A')).toEqual(['A 10.96.10.1']);
  });

  test('names its ready endpoints one by one', () => {
    expect(ask(server, '10-244-1-11.web.shop.svc.cluster.local.', 'A')).toEqual(['A 10.244.1.11']);
    expect(ask(server, '10-244-1-12.web.shop.svc.cluster.local.', 'A')).toBe('NXDOMAIN');
    expect(ask(server, '10-244-1-11.web.shop.svc.cluster.local.', 'SRV')).toEqual([
      'SRV 0 100 8080 10-244-1-11.web.shop.svc.cluster.local.',
    ]);
  });

  test('is found by its address, as its endpoint is', () => {
    expect(ask(server, '1.10.96.10.in-addr.arpa.', 'PTR')).toEqual(['PTR web.shop.svc.cluster.local.']);
    expect(ask(server, '11.1.244.10.in-addr.arpa.', 'PTR')).toEqual(['PTR 10-244-1-11.web.shop.svc.cluster.local.']);
  });

  test('each record remembers the field that put it there', () => {
    const from = (name: string, type: 'A' | 'PTR') =>
      answer(server, { name, type }).answers.map(({ provenance }) => readProvenance(provenance));
    expect(from('web.shop.svc.cluster.local.', 'A')).toEqual([
      { ref: { kind: 'Service', namespace: 'shop', name: 'web' }, path: ['spec', 'clusterIP'] },
    ]);
    expect(from('11.1.244.10.in-addr.arpa.', 'PTR')).toEqual([
      { ref: { kind: 'EndpointSlice', namespace: 'shop', name: 'web-abc' }, path: ['endpoints', 0, 'addresses', 0] },
    ]);
  });
});

describe('a headless Service', () => {
  const server = compileNameServer(
    cluster({
      services: [
        service('shop/db', { clusterIPs: 'None', ports: ['pg 5432'] }),
        service('shop/down', { clusterIPs: 'None', ports: ['pg 5432'] }),
        service('shop/bare', { clusterIPs: 'None' }),
      ],
      endpointSlices: [
        slice('shop/db', ['10.244.1.12', '10.244.1.2=db-0'], ['pg 15432']),
        slice('shop/db', ['fd00::=db-0'], ['pg 15432']),
        slice('shop/down', ['!10.244.1.3'], ['pg 1']),
        slice('shop/bare', ['fd00::']),
      ],
    }),
  );

  test('is named by its ready endpoints in the order of their addresses', () => {
    expect(ask(server, 'db.shop.svc.cluster.local.', 'A')).toEqual(['A 10.244.1.2', 'A 10.244.1.12']);
    expect(ask(server, 'db.shop.svc.cluster.local.', 'AAAA')).toEqual(['AAAA fd00::']);
  });

  test('has SRV records with the port of the slice, one for each name of an endpoint', () => {
    expect(ask(server, '_pg._tcp.db.shop.svc.cluster.local.', 'SRV')).toEqual([
      'SRV 0 33 15432 10-244-1-12.db.shop.svc.cluster.local.',
      'SRV 0 33 15432 db-0.db.shop.svc.cluster.local.',
    ]);
  });

  test('gives an endpoint with a hostname that name alone', () => {
    expect(ask(server, 'db-0.db.shop.svc.cluster.local.', 'A')).toEqual(['A 10.244.1.2']);
    expect(ask(server, '10-244-1-2.db.shop.svc.cluster.local.', 'A')).toBe('NXDOMAIN');
  });

  test('does not exist without a ready endpoint', () => {
    expect(ask(server, 'down.shop.svc.cluster.local.', 'A')).toBe('NXDOMAIN');
  });

  test('without ports has addresses and no SRV record, and a name that would end in a dash ends in 0', () => {
    expect(ask(server, 'bare.shop.svc.cluster.local.', 'SRV')).toEqual([]);
    expect(ask(server, 'fd00--0.bare.shop.svc.cluster.local.', 'AAAA')).toEqual(['AAAA fd00::']);
  });
});

test('an address that two Services list has two names, and a cluster IP wins over all', () => {
  const endpointSlices = [slice('a/one', ['10.244.1.5=x']), slice('b/two', ['10.244.1.5=x']), slice('b/two', ['10.96.0.9'])];
  const server = compileNameServer(cluster({ services: [service('c/vip', { clusterIPs: ['10.96.0.9'], ports: ['80'] })], endpointSlices }));
  expect(ask(server, '5.1.244.10.in-addr.arpa.', 'PTR')).toEqual(['PTR x.one.a.svc.cluster.local.', 'PTR x.two.b.svc.cluster.local.']);
  expect(ask(server, '9.0.96.10.in-addr.arpa.', 'PTR')).toEqual(['PTR vip.c.svc.cluster.local.']);
});

test('a reverse name exists for PTR alone; anything else is passed on outside', () => {
  const server = compileNameServer(cluster({ services: [service('c/vip', { clusterIPs: ['10.96.0.9'], ports: ['80'] })] }));
  expect(ask(server, '9.0.96.10.in-addr.arpa.', 'A')).toBe('NXDOMAIN');
  expect(ask({ ...server, outside: null }, '9.0.96.10.in-addr.arpa.', 'A')).toBe('SERVFAIL');
});

describe('an ExternalName Service', () => {
  const services = [service('front/out', { externalName: 'www.example.com' }), service('front/number', { externalName: '192.0.2.1' })];
  const server = compileNameServer(cluster({ services }));

  test('is a CNAME, and nothing below its name exists', () => {
    expect(ask(server, 'out.front.svc.cluster.local.', 'A')).toEqual(['CNAME www.example.com.']);
    expect(ask(server, 'out.front.svc.cluster.local.', 'SRV')).toEqual([]);
    expect(ask(server, '_http._tcp.out.front.svc.cluster.local.', 'SRV')).toBe('NXDOMAIN');
  });

  test('whose target reads as an address does not exist', () => {
    expect(ask(server, 'number.front.svc.cluster.local.', 'CNAME')).toBe('NXDOMAIN');
  });
});

describe('the top of the zone', () => {
  const dns = cluster({
    services: [service('kube-system/kube-dns', { clusterIPs: ['10.96.0.10'], ports: ['dns 53/UDP'] })],
    endpointSlices: [slice('kube-system/kube-dns', ['10.244.1.2'], ['dns 53/UDP'])],
    pods: [pod('kube-system/coredns-a', '10.244.1.2')],
  });

  test('tells the version of the schema to TXT questions only', () => {
    expect(ask(compileNameServer(dns), 'dns-version.cluster.local.', 'TXT')).toEqual(['TXT 1.1.0']);
    expect(ask(compileNameServer(dns), 'dns-version.cluster.local.', 'A')).toBe('NXDOMAIN');
  });

  test('names the server by the Services that lead to it, or by its own address', () => {
    expect(ask(compileNameServer(dns), 'ns.dns.cluster.local.', 'A')).toEqual(['A 10.96.0.10']);
    expect(ask(compileNameServer(dns, pod('kube-system/astray', '10.244.1.77')), 'ns.dns.cluster.local.', 'A')).toEqual(['A 10.244.1.77']);
  });

  test('names that only hold others are empty, but unknown to TXT', () => {
    for (const name of [
      'cluster.local.',
      'svc.cluster.local.',
      'pod.cluster.local.',
      'default.svc.cluster.local.',
      'kube-public.pod.cluster.local.',
    ]) {
      expect(ask(compileNameServer(dns), name, 'A')).toEqual([]);
      expect(ask(compileNameServer(dns), name, 'TXT')).toBe('NXDOMAIN');
    }
    expect(ask(compileNameServer(dns), 'nowhere.svc.cluster.local.', 'A')).toBe('NXDOMAIN');
  });
});

describe('names of Pods', () => {
  const corefile = (mode: string) => corednsConfig(`.:53 {\n kubernetes cluster.local {\n pods ${mode}\n }\n}`);
  const server = (mode: string) => compileNameServer(cluster({ pods: [pod('shop/web-0', '10.244.1.5')], configMaps: [corefile(mode)] }));

  test('insecure: any address in an existing namespace', () => {
    expect(ask(server('insecure'), '172-16-0-2.shop.pod.cluster.local.', 'A')).toEqual(['A 172.16.0.2']);
    expect(ask(server('insecure'), '172-16-0-2.nowhere.pod.cluster.local.', 'A')).toBe('NXDOMAIN');
  });

  test('verified: the address of a Pod of that namespace', () => {
    expect(ask(server('verified'), '10-244-1-5.shop.pod.cluster.local.', 'A')).toEqual(['A 10.244.1.5']);
    expect(ask(server('verified'), '172-16-0-2.shop.pod.cluster.local.', 'A')).toBe('NXDOMAIN');
    expect(ask(server('verified'), '10-244-1-5.default.pod.cluster.local.', 'A')).toBe('NXDOMAIN');
  });

  test('disabled: never', () => {
    expect(ask(server('disabled'), '10-244-1-5.shop.pod.cluster.local.', 'A')).toBe('NXDOMAIN');
  });
});

test('namespaces that the Corefile leaves out are not served', () => {
  const configMaps = [corednsConfig('.:53 {\n kubernetes cluster.local in-addr.arpa {\n namespaces shop\n }\n}')];
  const services = [
    service('shop/web', { clusterIPs: ['10.96.0.1'], ports: ['80'] }),
    service('bank/web', { clusterIPs: ['10.96.0.2'], ports: ['80'] }),
  ];
  const server = compileNameServer(cluster({ configMaps, services }));
  expect(ask(server, 'web.shop.svc.cluster.local.', 'A')).toEqual(['A 10.96.0.1']);
  expect(ask(server, 'web.bank.svc.cluster.local.', 'A')).toBe('NXDOMAIN');
  expect(ask(server, '2.0.96.10.in-addr.arpa.', 'PTR')).toBe('NXDOMAIN');
});
