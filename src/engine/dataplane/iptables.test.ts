import { describe, expect, test } from 'vitest';
import { formatRuleset } from '../linux/iptables-save';
import { cidr } from '../net/cidr';
import { causeOf, compiled, kernelOf, node, pod, rulesOf, saved, service, slice } from './compiled.test-support';

const threeNodes = ['1', '2', '3'].map((digit) => node(`node-${digit}`, `192.168.1.1${digit}`, `10.244.${digit}.0/24`)).join('');
const clusterCIDR = cidr('10.244.0.0/16');
const HTTP = '{ name: http, port: 8080, protocol: TCP }';
const everyNode = ['10.244.1.5@node-1', '10.244.2.7@node-2', '10.244.3.9@node-3'];

const localBalancer = (spec = '', port = '') =>
  service(
    'shop/web',
    `{ type: LoadBalancer, clusterIP: 10.96.7.7, externalTrafficPolicy: Local, healthCheckNodePort: 32000, ${spec}
       ports: [{ name: http, port: 80, nodePort: 30080 ${port} }] }`,
    '{ loadBalancer: { ingress: [{ ip: 198.51.100.10 }] } }',
  );

const onNode = (yaml: string, settings = {}, name = 'node-1') =>
  kernelOf(compiled(threeNodes + yaml, { clusterCIDR, ...settings }), `node/${name}`);

describe('kube-proxy in iptables mode', () => {
  test('writes a load balancer that keeps its traffic local as upstream does', () => {
    const kernel = onNode(localBalancer() + slice('shop/web', HTTP, everyNode));
    const hash = '67NZLRHBNDSAWJRO';
    const seps = ['34ZZ2QFGO32YYXXO', 'DYSIX5QMVXZZP7LU', 'RWEQV2B7Q5U44J6N'];
    const chains = ['KUBE-SERVICES', 'KUBE-NODEPORTS', `KUBE-SVC-${hash}`, `KUBE-EXT-${hash}`, `KUBE-SVL-${hash}`];
    expect(saved(kernel, 'nat', [...chains, `KUBE-SEP-${seps[0]}`])).toEqual([
      `-A KUBE-SERVICES -d 10.96.7.7/32 -p tcp -m comment --comment "shop/web:http cluster IP" -m tcp --dport 80 -j KUBE-SVC-${hash}`,
      `-A KUBE-SERVICES -d 198.51.100.10/32 -p tcp -m comment --comment "shop/web:http loadbalancer IP" -m tcp --dport 80 -j KUBE-EXT-${hash}`,
      '-A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS',
      `-A KUBE-NODEPORTS -p tcp -m comment --comment "shop/web:http" -m tcp --dport 30080 -j KUBE-EXT-${hash}`,
      `-A KUBE-SVC-${hash} ! -s 10.244.0.0/16 -d 10.96.7.7/32 -p tcp -m comment --comment "shop/web:http cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ`,
      `-A KUBE-SVC-${hash} -m comment --comment "shop/web:http -> 10.244.1.5:8080" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-${seps[0]}`,
      `-A KUBE-SVC-${hash} -m comment --comment "shop/web:http -> 10.244.2.7:8080" -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-${seps[1]}`,
      `-A KUBE-SVC-${hash} -m comment --comment "shop/web:http -> 10.244.3.9:8080" -j KUBE-SEP-${seps[2]}`,
      `-A KUBE-EXT-${hash} -s 10.244.0.0/16 -m comment --comment "pod traffic for shop/web:http external destinations" -j KUBE-SVC-${hash}`,
      `-A KUBE-EXT-${hash} -m comment --comment "masquerade LOCAL traffic for shop/web:http external destinations" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ`,
      `-A KUBE-EXT-${hash} -m comment --comment "route LOCAL traffic for shop/web:http external destinations" -m addrtype --src-type LOCAL -j KUBE-SVC-${hash}`,
      `-A KUBE-EXT-${hash} -j KUBE-SVL-${hash}`,
      `-A KUBE-SVL-${hash} -m comment --comment "shop/web:http -> 10.244.1.5:8080" -j KUBE-SEP-${seps[0]}`,
      `-A KUBE-SEP-${seps[0]} -s 10.244.1.5/32 -m comment --comment "shop/web:http" -j KUBE-MARK-MASQ`,
      `-A KUBE-SEP-${seps[0]} -p tcp -m comment --comment "shop/web:http" -m tcp -j DNAT --to-destination 10.244.1.5:8080`,
    ]);
    expect(saved(kernel, 'filter', ['KUBE-NODEPORTS'])).toEqual([
      '-A KUBE-NODEPORTS -p tcp -m comment --comment "shop/web:http health check node port" -m tcp --dport 32000 -j ACCEPT',
    ]);
  });

  test('hangs its chains into those of the kernel', () => {
    const kernel = onNode('');
    expect(saved(kernel, 'filter', ['INPUT', 'FORWARD', 'OUTPUT'])).toEqual([
      '-A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL',
      '-A INPUT -m comment --comment "kubernetes health check service ports" -j KUBE-NODEPORTS',
      '-A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES',
      '-A INPUT -j KUBE-FIREWALL',
      '-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL',
      '-A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD',
      '-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
      '-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES',
      '-A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL',
      '-A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
      '-A OUTPUT -j KUBE-FIREWALL',
    ]);
    expect(saved(kernel, 'nat', ['PREROUTING', 'OUTPUT', 'POSTROUTING', 'KUBE-POSTROUTING', 'KUBE-MARK-MASQ'])).toEqual([
      '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
      '-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
      '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
      '-A POSTROUTING -j cali-POSTROUTING',
      '-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN',
      '-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0',
      '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully',
      '-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000',
    ]);
    expect(saved(kernel, 'filter', ['KUBE-FORWARD', 'KUBE-FIREWALL'])).toEqual([
      '-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP',
      '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT',
      '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      '-A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m comment --comment "block incoming localnet connections" -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP',
    ]);
  });

  test('lists the chains of the kernel first, in the order of the hooks', () => {
    const heads = formatRuleset({ nat: onNode('').iptables.nat ?? { name: 'nat', chains: {}, owned: {} } })
      .split('\n')
      .filter((line) => line.startsWith(':'));
    expect(heads.slice(0, 5)).toEqual([
      ':PREROUTING ACCEPT [0:0]',
      ':INPUT ACCEPT [0:0]',
      ':OUTPUT ACCEPT [0:0]',
      ':POSTROUTING ACCEPT [0:0]',
      ':KUBE-MARK-MASQ - [0:0]',
    ]);
  });

  test('refuses where nobody is, and is silent where nobody is near', () => {
    const elsewhere = localBalancer() + slice('shop/web', HTTP, ['10.244.2.7@node-2']);
    expect(saved(onNode(elsewhere), 'filter', ['KUBE-SERVICES', 'KUBE-EXTERNAL-SERVICES'])).toEqual([
      '-A KUBE-EXTERNAL-SERVICES -d 198.51.100.10/32 -p tcp -m comment --comment "shop/web:http has no local endpoints" -m tcp --dport 80 -j DROP',
      '-A KUBE-EXTERNAL-SERVICES -p tcp -m comment --comment "shop/web:http has no local endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30080 -j DROP',
    ]);
    expect(saved(onNode(localBalancer()), 'filter', ['KUBE-SERVICES'])).toEqual([
      '-A KUBE-SERVICES -d 10.96.7.7/32 -p tcp -m comment --comment "shop/web:http has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
    ]);
    expect(saved(onNode(localBalancer()), 'nat', ['KUBE-NODEPORTS', 'KUBE-EXT-67NZLRHBNDSAWJRO'])).toEqual([]);
  });

  test('lets source ranges into the firewall chain, and the rest through it', () => {
    const ranges = 'loadBalancerSourceRanges: [192.168.1.0/24, 203.0.113.0/24],';
    const kernel = onNode(localBalancer(ranges) + slice('shop/web', HTTP, everyNode));
    expect(saved(kernel, 'nat', ['KUBE-FW-67NZLRHBNDSAWJRO'])).toEqual([
      '-A KUBE-FW-67NZLRHBNDSAWJRO -s 192.168.1.0/24 -m comment --comment "shop/web:http loadbalancer IP" -j KUBE-EXT-67NZLRHBNDSAWJRO',
      '-A KUBE-FW-67NZLRHBNDSAWJRO -s 203.0.113.0/24 -m comment --comment "shop/web:http loadbalancer IP" -j KUBE-EXT-67NZLRHBNDSAWJRO',
      '-A KUBE-FW-67NZLRHBNDSAWJRO -s 198.51.100.10/32 -m comment --comment "shop/web:http loadbalancer IP" -j KUBE-EXT-67NZLRHBNDSAWJRO',
      '-A KUBE-FW-67NZLRHBNDSAWJRO -m comment --comment "other traffic to shop/web:http will be dropped by KUBE-PROXY-FIREWALL"',
    ]);
    expect(saved(kernel, 'filter', ['KUBE-PROXY-FIREWALL'])).toEqual([
      '-A KUBE-PROXY-FIREWALL -d 198.51.100.10/32 -p tcp -m comment --comment "shop/web:http traffic not accepted by KUBE-FW-67NZLRHBNDSAWJRO" -m tcp --dport 80 -j DROP',
    ]);
  });

  test('refuses rather than drops what comes to a firewalled load balancer without endpoints', () => {
    const kernel = onNode(localBalancer('loadBalancerSourceRanges: [203.0.113.0/24],'));
    expect(saved(kernel, 'filter', ['KUBE-PROXY-FIREWALL'])).toEqual([]);
    expect(saved(kernel, 'filter', ['KUBE-EXTERNAL-SERVICES'])).toContain(
      '-A KUBE-EXTERNAL-SERVICES -d 198.51.100.10/32 -p tcp -m comment --comment "shop/web:http has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
    );
  });

  test('looks for a client that it knows before it deals out, and notes whom it sends', () => {
    const sticky = 'sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },';
    const kernel = onNode(localBalancer(sticky) + slice('shop/web', HTTP, everyNode.slice(0, 1)));
    expect(saved(kernel, 'nat', ['KUBE-SVL-67NZLRHBNDSAWJRO', 'KUBE-SEP-34ZZ2QFGO32YYXXO'])).toEqual([
      '-A KUBE-SVL-67NZLRHBNDSAWJRO -m comment --comment "shop/web:http -> 10.244.1.5:8080" -m recent --rcheck --seconds 60 --reap --name KUBE-SEP-34ZZ2QFGO32YYXXO --mask 255.255.255.255 --rsource -j KUBE-SEP-34ZZ2QFGO32YYXXO',
      '-A KUBE-SVL-67NZLRHBNDSAWJRO -m comment --comment "shop/web:http -> 10.244.1.5:8080" -j KUBE-SEP-34ZZ2QFGO32YYXXO',
      '-A KUBE-SEP-34ZZ2QFGO32YYXXO -s 10.244.1.5/32 -m comment --comment "shop/web:http" -j KUBE-MARK-MASQ',
      '-A KUBE-SEP-34ZZ2QFGO32YYXXO -p tcp -m comment --comment "shop/web:http" -m recent --set --name KUBE-SEP-34ZZ2QFGO32YYXXO --mask 255.255.255.255 --rsource -m tcp -j DNAT --to-destination 10.244.1.5:8080',
    ]);
  });

  test.each([
    ['knows the Pod range', {}, ['! -s 10.244.0.0/16']],
    ['does not know it', { detectLocal: false }, []],
    ['masquerades all', { masqueradeAll: true }, ['']],
  ])('that %s masks strangers to the cluster IP accordingly', (_, settings, sources) => {
    const kernel = onNode(localBalancer() + slice('shop/web', HTTP, everyNode), settings);
    const heads = saved(kernel, 'nat', ['KUBE-SVC-67NZLRHBNDSAWJRO']).filter((line) => line.endsWith('KUBE-MARK-MASQ'));
    expect(heads).toEqual(
      sources.map(
        (source) =>
          `-A KUBE-SVC-67NZLRHBNDSAWJRO ${source === '' ? '' : `${source} `}-d 10.96.7.7/32 -p tcp -m comment --comment "shop/web:http cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ`,
      ),
    );
  });

  test('opens node ports on the addresses that it is told, on loopback only where that is among them', () => {
    const entries = (...ranges: readonly string[]) => {
      const kernel = onNode('', { nodePortAddresses: ranges.map(cidr) });
      const targets = rulesOf(kernel, 'nat', 'KUBE-SERVICES').flatMap(({ matches }) =>
        matches.flatMap((match) => ('prefix' in match ? [match.prefix.network] : [])),
      );
      return { targets, loopback: kernel.sysctls.routeLocalnet, guarded: rulesOf(kernel, 'filter', 'KUBE-FIREWALL').length > 0 };
    };
    expect(entries('192.168.0.0/16')).toEqual({ targets: ['192.168.1.11'], loopback: false, guarded: false });
    expect(entries('192.168.0.0/16', '127.0.0.0/8')).toEqual({ targets: ['127.0.0.1', '192.168.1.11'], loopback: true, guarded: true });
    expect(entries('fd00::/8')).toEqual({ targets: [], loopback: true, guarded: true });
  });

  test('names the field that caused each rule', () => {
    const yaml =
      pod('shop/web-1', 'node-1', '10.244.1.5') +
      service('shop/web', '{ clusterIP: 10.96.7.7, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }');
    const kernel = onNode(yaml);
    const causes = (table: 'nat' | 'filter', chain: string) => rulesOf(kernel, table, chain).map(({ provenance }) => causeOf(provenance));
    expect(causes('nat', 'KUBE-SERVICES')).toEqual(['Service shop/web spec.ports.0.port', '']);
    expect(causes('nat', 'KUBE-SVC-67NZLRHBNDSAWJRO')).toEqual(['Service shop/web spec.ports.0.port', 'Pod shop/web-1 metadata.name']);
    expect(causes('nat', 'KUBE-SEP-34ZZ2QFGO32YYXXO')).toEqual([
      'Pod shop/web-1 metadata.name',
      'Service shop/web spec.ports.0.targetPort',
    ]);
    const nobody = onNode(service('shop/web', '{ clusterIP: 10.96.7.7, selector: { app: web }, ports: [{ port: 80 }] }'));
    expect(rulesOf(nobody, 'filter', 'KUBE-SERVICES').map(({ provenance }) => causeOf(provenance))).toEqual([
      'Service shop/web spec.selector',
    ]);
  });

  test('names the hand-written endpoints where the Service has no selector', () => {
    const bare = service('shop/web', '{ clusterIP: 10.96.7.7, ports: [{ name: http, port: 80 }] }');
    const causes = (yaml: string) =>
      rulesOf(onNode(bare + yaml), 'nat', 'KUBE-SEP-34ZZ2QFGO32YYXXO').map(({ provenance }) => causeOf(provenance));
    expect(causes(slice('shop/web', HTTP, ['10.244.1.5']))).toEqual([
      'EndpointSlice shop/web-by-hand endpoints.0.addresses.0',
      'EndpointSlice shop/web-by-hand ports.0.port',
    ]);
    const old =
      '\napiVersion: v1\nkind: Endpoints\nmetadata: { name: web, namespace: shop }\nsubsets: [{ addresses: [{ ip: 10.244.1.5 }], ports: [{ name: http, port: 8080 }] }]';
    expect(causes(old)).toEqual(['Endpoints shop/web subsets', 'Endpoints shop/web subsets']);
  });
});

describe('kube-proxy in IPv6', () => {
  const nodes = node('node-1', '192.168.1.10', '10.244.1.0/24', { also: 'fd00:1::10', rangeAlso: 'fd00:10:1:1::/64' });
  const dual = (spec: string) =>
    service(
      'shop/web',
      `{ clusterIP: 10.96.7.7, clusterIPs: [10.96.7.7, "fd00:10:96::7"], ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv4, IPv6], ${spec} ports: [{ name: http, port: 80 }] }`,
    );
  const kernel = (yaml: string, settings = {}) => kernelOf(compiled(nodes + yaml, settings), 'node/node-1');

  test('refuses with the errors of ICMPv6', () => {
    expect(saved(kernel(dual('')), 'filter', ['KUBE-SERVICES'], 6)).toEqual([
      '-A KUBE-SERVICES -d fd00:10:96::7/128 -p tcp -m comment --comment "shop/web:http has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp6-port-unreachable',
    ]);
  });

  test('reads the Pod range off the nodes, unless it was told one of the other family only', () => {
    const yaml = dual('sessionAffinity: ClientIP,') + slice('shop/web', HTTP, ['fd00:10:1:1::5@node-1']);
    const chain = saved(kernel(yaml), 'nat', ['KUBE-SVC-67NZLRHBNDSAWJRO'], 6);
    expect(chain[0]).toBe(
      '-A KUBE-SVC-67NZLRHBNDSAWJRO ! -s fd00:10:1:1::/64 -d fd00:10:96::7/128 -p tcp -m comment --comment "shop/web:http cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ',
    );
    expect(chain[1]).toContain('--mask ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff --rsource');
    expect(saved(kernel(yaml, { clusterCIDR }), 'nat', ['KUBE-SVC-67NZLRHBNDSAWJRO'], 6)).toHaveLength(2);
  });

  test('has no loopback to guard, and never serves node ports on ::1', () => {
    expect(saved(kernel(''), 'filter', ['KUBE-FIREWALL'], 6)).toEqual([]);
    expect(saved(kernel(''), 'nat', ['KUBE-SERVICES'], 6)).toEqual([
      '-A KUBE-SERVICES ! -d ::1/128 -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS',
    ]);
  });

  test('is not there where no node has an IPv6 address', () => {
    expect(onNode('').ip6tables).toEqual({});
  });
});

test('[B2] three back ends are dealt out by the odds that the course shows', () => {
  const yaml = ['10.1.1.10', '10.1.1.11', '10.1.1.12'].map((ip, index) => pod(`production/backend-${index + 1}`, 'node-1', ip)).join('');
  const backend = service(
    'production/backend',
    '{ clusterIP: 10.152.183.25, selector: { app: backend }, ports: [{ port: 80, targetPort: 8080 }] }',
  );
  const kernel = kernelOf(compiled(node('node-1', '192.168.1.10', '10.1.1.0/24') + yaml + backend), 'node/node-1');
  const odds = saved(kernel, 'nat', ['KUBE-SVC-ZPLWS4OQ5AOFTFV2']).map((line) =>
    /(10\.1\.1\.1\d:8080)".*?(?:--probability (\S+))? -j/.exec(line)?.slice(1),
  );
  expect(odds).toEqual([
    undefined,
    ['10.1.1.10:8080', '0.33333333349'],
    ['10.1.1.11:8080', '0.50000000000'],
    ['10.1.1.12:8080', undefined],
  ]);
});
