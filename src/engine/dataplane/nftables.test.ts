import { describe, expect, test } from 'vitest';
import type { Kernel } from '../linux/kernel';
import { formatElement, formatNftRule } from '../linux/nft-rule';
import type { NftTable } from '../linux/nftables';
import { cidr } from '../net/cidr';
import { causeOf, compiled, kernelOf, node, service, slice } from './compiled.test-support';
import { hashed } from './nftables-names';

const threeNodes = ['1', '2', '3'].map((digit) => node(`node-${digit}`, `192.168.1.1${digit}`, `10.244.${digit}.0/24`)).join('');
const HTTP = '{ name: http, port: 8080, protocol: TCP }';
const everyNode = ['10.244.1.5@node-1', '10.244.2.7@node-2', '10.244.3.9@node-3'];
const PORT = 'shop/web/tcp/http';
const WEB = `KHN6ECMT-${PORT}`;
const NEAR = `endpoint-FDH7QP7U-${PORT}__10.244.1.5/8080`;

const balancer = (spec = 'externalTrafficPolicy: Local,') =>
  service(
    'shop/web',
    `{ type: LoadBalancer, clusterIP: 10.96.7.7, ${spec} ports: [{ name: http, port: 80, nodePort: 30080 }] }`,
    '{ loadBalancer: { ingress: [{ ip: 198.51.100.10 }] } }',
  );

const onNode = (yaml: string, settings = {}, name = 'node-1'): Kernel =>
  kernelOf(
    compiled(threeNodes + yaml, {
      proxyMode: 'nftables',
      clusterCIDR: cidr('10.244.0.0/16'),
      serviceCIDR: cidr('10.96.0.0/12'),
      ...settings,
    }),
    `node/${name}`,
  );

const tableOf = ({ nftables }: Kernel): NftTable => {
  const table = nftables.find(({ family }) => family === 4);
  if (table === undefined) throw new Error('no table');
  return table;
};

const chain = (kernel: Kernel, name: string): readonly string[] =>
  (tableOf(kernel).chains[name]?.rules ?? []).map((rule) => formatNftRule(rule, 4));

const map = (kernel: Kernel, name: string): readonly string[] =>
  (tableOf(kernel).maps[name]?.elements ?? []).map((element) => formatElement(element, 4));

const set = (kernel: Kernel, name: string): readonly string[] | undefined => tableOf(kernel).sets[name]?.members.map(({ text }) => text);

describe('names', () => {
  test('are readable behind the hash of what is readable', () => {
    expect(hashed(PORT)).toBe(WEB);
    expect(hashed('ns1/svc1/tcp/p80')).toBe('ULMVA6XW-ns1/svc1/tcp/p80');
  });

  test('are cut where they are too long', () => {
    const long = hashed('x'.repeat(300));
    expect(long).toHaveLength(240);
    expect(long.endsWith('x...')).toBe(true);
  });
});

describe('kube-proxy in nftables mode', () => {
  test('writes a load balancer that keeps its traffic local as upstream does', () => {
    const kernel = onNode(balancer() + slice('shop/web', HTTP, everyNode));
    expect(map(kernel, 'service-ips')).toEqual([
      `10.96.7.7 . tcp . 80 : goto service-${WEB}`,
      `198.51.100.10 . tcp . 80 : goto external-${WEB}`,
    ]);
    expect(map(kernel, 'service-nodeports')).toEqual([`tcp . 30080 : goto external-${WEB}`]);
    expect(set(kernel, 'cluster-ips')).toEqual(['10.96.7.7']);
    const [near, far, third] = chain(kernel, `service-${WEB}`)[1]?.match(/endpoint-[^ ,]+/g) ?? [];
    expect(near).toBe(NEAR);
    expect(chain(kernel, `service-${WEB}`)).toEqual([
      'ip daddr 10.96.7.7 ip saddr != 10.244.0.0/16 jump mark-for-masquerade',
      `numgen random mod 3 vmap { 0 : goto ${near}, 1 : goto ${far}, 2 : goto ${third} }`,
    ]);
    expect(chain(kernel, `external-${WEB}`)).toEqual([
      `ip saddr 10.244.0.0/16 goto service-${WEB} comment "short-circuit pod traffic"`,
      'fib saddr type local jump mark-for-masquerade comment "masquerade local traffic"',
      `fib saddr type local goto service-${WEB} comment "short-circuit local traffic"`,
      `goto local-${WEB}`,
    ]);
    expect(chain(kernel, `local-${WEB}`)).toEqual([`numgen random mod 1 vmap { 0 : goto ${NEAR} }`]);
    expect(chain(kernel, NEAR)).toEqual(['ip saddr 10.244.1.5 jump mark-for-masquerade', 'meta l4proto tcp dnat to 10.244.1.5:8080']);
  });

  test('hangs filters before the rewriting of destinations and behind it', () => {
    const { chains } = tableOf(onNode(''));
    const bases = Object.values(chains).flatMap(({ name, base }) => (base === null ? [] : [`${name} ${base.hook} ${base.priority}`]));
    expect(bases).toEqual([
      'filter-prerouting-pre-dnat PREROUTING -110',
      'filter-output-pre-dnat OUTPUT -110',
      'filter-input INPUT 0',
      'filter-forward FORWARD 0',
      'filter-output OUTPUT 0',
      'nat-prerouting PREROUTING -100',
      'nat-output OUTPUT -100',
      'nat-postrouting POSTROUTING 100',
    ]);
    const kernel = onNode('');
    expect(chain(kernel, 'cluster-ips-check')).toEqual([
      'ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"',
      'ip daddr 10.96.0.0/12 drop comment "Drop traffic to unallocated ClusterIPs"',
    ]);
    expect(chain(kernel, 'masquerading')).toEqual([
      'meta mark & 0x00004000 == 0x00000000 return',
      'meta mark set meta mark ^ 0x00004000',
      'masquerade fully-random',
    ]);
    const others = Object.values(kernel.iptables).flatMap((table) => Object.keys(table?.chains ?? {}));
    expect(others.filter((name) => name.startsWith('KUBE-'))).toEqual([]);
  });

  test('refuses where nobody is, and is silent where nobody is near', () => {
    const elsewhere = onNode(balancer() + slice('shop/web', HTTP, ['10.244.2.7@node-2']));
    expect(map(elsewhere, 'no-endpoint-services')).toEqual(['198.51.100.10 . tcp . 80 comment "shop/web:http" : drop']);
    expect(map(elsewhere, 'no-endpoint-nodeports')).toEqual(['tcp . 30080 comment "shop/web:http" : drop']);
    expect(chain(elsewhere, `external-${WEB}`)).toHaveLength(3);
    const nowhere = onNode(balancer());
    expect(map(nowhere, 'no-endpoint-services')).toEqual([
      '10.96.7.7 . tcp . 80 comment "shop/web:http" : goto reject-chain',
      '198.51.100.10 . tcp . 80 comment "shop/web:http" : goto reject-chain',
    ]);
    expect(map(nowhere, 'service-ips')).toEqual([]);
    expect(set(nowhere, 'cluster-ips')).toEqual(['10.96.7.7']);
  });

  test('walls in a balancer with source ranges, endpoints or not, and its own address where the node is let in', () => {
    const ranges = 'loadBalancerSourceRanges: [192.168.1.0/24, 203.0.113.0/24],';
    for (const kernel of [onNode(balancer(ranges)), onNode(balancer(ranges) + slice('shop/web', HTTP, everyNode))]) {
      expect(map(kernel, 'firewall-ips')).toEqual([`198.51.100.10 . tcp . 80 : goto firewall-${WEB}`]);
      expect(chain(kernel, `firewall-${WEB}`)).toEqual(['ip saddr != { 192.168.1.0/24, 198.51.100.10, 203.0.113.0/24 } drop']);
    }
    expect(map(onNode(balancer()), 'firewall-ips')).toEqual([]);
  });

  test('remembers clients in a set of each endpoint', () => {
    const sticky = 'sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },';
    const kernel = onNode(balancer(sticky) + slice('shop/web', HTTP, ['10.244.1.5@node-1']));
    const list = NEAR.replace('endpoint-', 'affinity-');
    expect(tableOf(kernel).dynamicSets).toEqual([{ name: list, timeout: 600 }]);
    expect(chain(kernel, `service-${WEB}`)[1]).toBe(`ip saddr @${list} goto ${NEAR}`);
    expect(chain(kernel, NEAR)[1]).toBe(`update @${list} { ip saddr }`);
  });

  test('masquerades everything to a cluster IP when told, and nothing where it knows no Pod range', () => {
    const yaml = balancer('') + slice('shop/web', HTTP, everyNode);
    expect(chain(onNode(yaml, { masqueradeAll: true }), `service-${WEB}`)[0]).toBe('ip daddr 10.96.7.7 jump mark-for-masquerade');
    expect(chain(onNode(yaml, { detectLocal: false }), `service-${WEB}`)).toHaveLength(1);
  });
});

describe('the addresses that take node ports', () => {
  const twoCards = node('node-1', '192.168.1.11', '10.244.1.0/24', { also: '172.16.0.11' });
  const on = (nodePortAddresses: readonly string[]): Kernel =>
    kernelOf(
      compiled(twoCards, { proxyMode: 'nftables', clusterCIDR: cidr('10.244.0.0/16'), nodePortAddresses: nodePortAddresses.map(cidr) }),
      'node/node-1',
    );

  test.each([
    [[], ['192.168.1.11']],
    [['172.16.0.0/16'], ['172.16.0.11']],
    [['127.0.0.0/8'], []],
  ])('%j', (ranges, addresses) => {
    expect(set(on(ranges), 'nodeport-ips')).toEqual(addresses);
  });

  test('all of them but loopback, where the range is everything', () => {
    const kernel = on(['0.0.0.0/0']);
    expect(set(kernel, 'nodeport-ips')).toBeUndefined();
    expect(chain(kernel, 'services')[1]).toBe(
      'fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @service-nodeports',
    );
  });
});

describe('the cause of a rule', () => {
  const kernel = onNode(balancer() + slice('shop/web', HTTP, ['10.244.2.7@node-2']));
  const causes = (name: string) => (tableOf(kernel).maps[name]?.elements ?? []).map(({ provenance }) => causeOf(provenance));

  test('is the field that asked for the entry', () => {
    expect(causes('service-ips')).toEqual(['Service shop/web spec.ports.0.port', 'Service shop/web status.loadBalancer']);
    expect(causes('service-nodeports')).toEqual(['Service shop/web spec.ports.0.nodePort']);
    expect(causes('no-endpoint-nodeports')).toEqual(['Service shop/web spec.externalTrafficPolicy']);
  });

  test('every rule and entry of a Service has one', () => {
    const { chains, maps } = tableOf(kernel);
    const own = Object.values(chains).filter(({ name }) => name.includes('/'));
    const labels = [
      ...own.flatMap(({ rules }) =>
        rules.flatMap(({ provenance, target }) => [
          provenance,
          ...(target.kind === 'numbered' ? target.elements.map((one) => one.provenance) : []),
        ]),
      ),
      ...Object.values(maps).flatMap(({ elements }) => elements.map(({ provenance }) => provenance)),
    ];
    expect(labels.length).toBeGreaterThan(8);
    expect(labels.map(causeOf)).not.toContain('');
  });
});
