// A shell on a node: the rules of each mode of kube-proxy, routes, and the connections that requests leave behind.

import { describe, expect, it } from 'vitest';
import { SHOP, text, typing } from './typed.test-support';

describe('a node of a cluster with iptables', () => {
  const { type } = typing(SHOP, { proxyMode: 'iptables' });

  it('is entered and left, and its prompt is its own', () => {
    expect(type('kubectl get nodes -o name').out).toBe('node/node-1\nnode/node-2\n');
    expect(type('ssh node-1').terminal.shells.at(-1)?.place).toEqual({ kind: 'node', node: 'node-1' });
    expect(type('hostname').out).toBe('node-1\n');
    expect(type('exit')).toMatchObject({ out: 'logout\n', terminal: { shells: [] } });
    expect(type('ssh nowhere')).toMatchObject({ status: 255, err: 'ssh: Could not resolve hostname nowhere: Name or service not known\n' });
  });

  it('lists a Service from its rule to the back ends', () => {
    const { out } = type('ssh node-1 iptables -t nat -L KUBE-SERVICES -n');
    expect(out).toMatch(/^Chain KUBE-SERVICES \(2 references\)\ntarget {5}prot opt source {15}destination {9}\n/);
    const line = out.split('\n').find((each) => each.includes('default/web cluster IP')) ?? '';
    expect(line).toMatch(
      /^KUBE-SVC-\w{16} {2}tcp {2}-- {2}0\.0\.0\.0\/0 {12}10\.152\.183\.25 {8}\/\* default\/web cluster IP \*\/ tcp dpt:80$/,
    );
    const chain = type(`ssh node-1 iptables -t nat -S ${line.split(' ')[0]}`).out;
    expect(chain).toContain('--mode random --probability 0.5');
    expect(chain.match(/-j KUBE-SEP-/g)).toHaveLength(2);
    expect(type('ssh node-1 iptables -t nat -L NOPE')).toMatchObject({ status: 1, err: 'iptables: No chain/target/match by that name.\n' });
    expect(type('ssh node-1 iptables -A INPUT -j DROP').status).toBe(4);
  });

  it('saves what it lists', () => {
    const { out } = type("ssh node-1 'iptables-save -t nat | grep 10.152.183.25'");
    expect(out).toMatch(/^-A KUBE-SERVICES -d 10\.152\.183\.25\/32 -p tcp .*--dport 80 -j KUBE-SVC-/m);
    expect(type('ssh node-1 iptables-save -t nat').out).toMatch(/^\*nat\n/);
  });

  it('remembers the connection of a request, with the back end that it was given', () => {
    expect(type('ssh node-1 conntrack -L -d 10.152.183.25').out).toBe('');
    type('kubectl exec client -- wget -qO- http://web');
    const { out, err } = type('ssh node-1 conntrack -L -d 10.152.183.25');
    expect(out).toMatch(
      /^tcp {6}6 86400 ESTABLISHED src=(\S+) dst=10\.152\.183\.25 sport=\d+ dport=80 src=10\.1\.[12]\.\d+ dst=\1 sport=80 dport=\d+ \[ASSURED\]/,
    );
    expect(err).toBe('conntrack v1.4.7 (conntrack-tools): 1 flow entries have been shown.\n');
  });

  it('has routes to its own Pods and to the other node', () => {
    expect(type('ssh node-1 ip route').out).toMatch(/^default via 192\.168\.1\.1 dev eth0\nblackhole 10\.1\.1\.0\/24 proto bird\n/);
    expect(type('ssh node-1 ip route get 10.1.2.9').out).toBe('10.1.2.9 via 192.168.1.11 dev eth0 src 192.168.1.10 uid 0 \n    cache\n');
    expect(type('ssh node-1 sysctl net.ipv4.ip_forward').out).toBe('net.ipv4.ip_forward = 1\n');
    expect(type('ssh node-1 cat /proc/sys/net/ipv4/ip_forward').out).toBe('1\n');
    expect(type('ssh node-1 crictl ps').out).toMatch(/^CONTAINER .*\n\w{13} +alpine:3\.20 .*Running +main/);
  });

  it('is reached by debug, minikube and docker as well', () => {
    expect(type('kubectl debug node/node-2 -it --image=busybox -- chroot /host hostname')).toMatchObject({
      out: 'node-2\n',
      err: expect.stringMatching(/^Creating debugging pod node-debugger-node-2-\w{5} with container debugger on node node-2\.\n$/),
    });
    expect(type('minikube ssh -n node-2 hostname').out).toBe('node-2\n');
    expect(type('docker exec node-2 hostname').out).toBe('node-2\n');
    expect(type('docker exec -it node-1 bash').terminal.shells).toHaveLength(1);
  });
});

describe('a node of a cluster with IPVS', () => {
  const { type } = typing(SHOP, { proxyMode: 'ipvs' });

  it('shows the virtual server with both real ones, and counts what they were given', () => {
    const real = '  -> 10\\.1\\.[12]\\.\\d+:80 +Masq {4}1 {6}0 {10}';
    expect(type('ssh node-1 ipvsadm -Ln').out).toMatch(
      new RegExp(
        `^IP Virtual Server version 1\\.2\\.1 \\(size=4096\\)\nProt .*\n  -> .*\n[\\s\\S]*TCP  10\\.152\\.183\\.25:80 rr\n${real}0 *\n${real}0 *\n`,
      ),
    );
    type('kubectl exec client -- wget -qO- http://web');
    expect(type('ssh node-1 ipvsadm -Ln').out).toMatch(new RegExp(`TCP  10\\.152\\.183\\.25:80 rr\n(?:${real}[01] *\n){2}`));
    expect(type("ssh node-1 'ipset list KUBE-CLUSTER-IP | grep 10.152.183.25'").out).toBe('10.152.183.25,tcp:80\n');
    expect(type('ssh node-1 ipset list NOPE')).toMatchObject({
      status: 1,
      err: 'ipset v7.17: The set with the given name does not exist\n',
    });
  });
});

describe('a node of a cluster with nftables', () => {
  const { type } = typing(SHOP, { proxyMode: 'nftables' });

  it('has the Service in a map of kube-proxy', () => {
    expect(type('ssh node-1 nft list tables').out).toContain('table ip kube-proxy\n');
    expect(type("ssh node-1 'nft list ruleset | grep 10.152.183.25'").out).toContain('10.152.183.25 . tcp . 80 ');
    expect(type('ssh node-1 nft list map ip kube-proxy service-ips').out).toMatch(
      /^table ip kube-proxy \{\n\tmap service-ips \{\n[\s\S]*\n\t\}\n\}\n$/,
    );
    expect(type('ssh node-1 nft add rule x y drop').status).toBe(1);
  });
});

it('a Pod sees its own network, and nothing of its node', () => {
  const { type } = typing(SHOP);
  expect(type('kubectl exec client -- ip -4 addr show eth0').out).toMatch(
    /^2: eth0@if\d+: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue \n {4}link\/ether [0-9a-f:]{17} brd ff:ff:ff:ff:ff:ff\n {4}inet 10\.1\.1\.\d+\/32 scope global eth0\n/,
  );
  expect(type('kubectl exec client -- ip route').out).toBe(text('default via 169.254.1.1 dev eth0', '169.254.1.1 dev eth0 scope link'));
  expect(type('kubectl exec client -- route -n').out).toMatch(/^Kernel IP routing table\nDestination .*\n0\.0\.0\.0 {9}169\.254\.1\.1/);
  expect(type('kubectl exec client -- ifconfig eth0').out).toMatch(
    /^eth0 {6}Link encap:Ethernet {2}HWaddr .*\n {10}inet addr:10\.1\.1\.\d+ .*Mask:255\.255\.255\.255\n/,
  );
  expect(type('kubectl exec tools -- iptables-save').out).toBe('');
  expect(type('kubectl exec tools -- ss -ltn').out).toBe('State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n');
});
