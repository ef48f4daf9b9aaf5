// One fact of every kind, with the same objects in all of them where they can have them: what tells two sentences apart is their reason.
// A kind that is missing here does not compile.

import type { Address, Spot } from './around';
import type { ConclusionFact } from './end-fact';
import type { HookFact } from './hook-fact';
import type { StepFact } from './step-fact';
import type { VirtualFact } from './virtual-fact';

export const node: Spot = { kind: 'node', label: 'node-1' };
export const pod: Spot = { kind: 'pod', label: 'backend-2' };
export const router: Spot = { kind: 'router', label: '192.168.1.1' };

export function address(ip: string, port: number, owner: Address['owner'] = null): Address {
  return { ip, port, text: port === 0 ? ip : `${ip}:${port}`, owner };
}

export const client = address('10.1.1.5', 41874, { kind: 'Pod', label: 'frontend' });
export const service = address('10.152.183.25', 80, { kind: 'Service', label: 'backend' });
export const backend = address('10.1.1.11', 8080, { kind: 'Pod', label: 'backend-2' });
export const gateway = address('192.168.1.11', 0, { kind: 'Node', label: 'node-2' });
const nameServer = address('10.152.183.10', 53, { kind: 'Service', label: 'kube-dns' });

const name = 'backend.production.svc.cluster.local';
const by = 'frontend';
const asking = { by, name };
const chosen = { here: node, reply: false, destination: backend, prefix: '10.1.1.11', device: 'cali1111bb', again: false, beaten: null };
const sending = { by, to: service, protocol: 'TCP', way: { gateway: '169.254.1.1', device: 'eth0' } };
const arriving = { by: 'backend-2', port: 8080, protocol: 'TCP', destination: backend, source: client, client };
const hearing = { by, from: service, sender: backend };
const atHook = { hook: 'PREROUTING', here: node, source: client, destination: backend, rulesRead: 9 } as const;
const rewritten = { ...atHook, from: service, to: backend };
const ending = { here: node, reply: false, hook: 'FORWARD', source: client, destination: service } as const;
const atRule = { ...ending, comment: 'production/backend', chain: 'KUBE-SERVICES', service: 'backend' };
const port = { ...ending, here: pod, destination: backend, hook: null, port: 8080, protocol: 'TCP', listening: ['3000/TCP'] };
const tunnelled = {
  here: node,
  reply: false,
  device: 'vxlan.calico',
  source: client,
  destination: backend,
  from: address('192.168.1.10', 0, { kind: 'Node', label: 'node-1' }),
  to: gateway,
} as const;
const concluding = { by, asked: service, service: 'backend' };

export const SAMPLE_FACTS: { readonly [Code in StepFact['code']]: StepFact & { readonly code: Code } } = {
  'search-along-list': { code: 'search-along-list', by, name: 'backend', dots: 0, ndots: 5, first: name, count: 4 },
  'search-name-first': { code: 'search-name-first', by, name: 'backend', dots: 0, ndots: 0 },
  'search-absolute': { code: 'search-absolute', by, name: 'backend' },
  'search-no-list': { code: 'search-no-list', by, name: 'backend' },
  'name-in-hosts': { code: 'name-in-hosts', by, name: 'localhost', address: backend, alias: false },
  'search-no-server': { code: 'search-no-server', by, name: 'backend' },
  'ask-first': { code: 'ask-first', ...asking, type: 'A', server: nameServer },
  'ask-next': { code: 'ask-next', ...asking, before: 'x.svc' },
  'ask-next-empty': { code: 'ask-next-empty', ...asking, before: 'x.svc' },
  'ask-next-failed': { code: 'ask-next-failed', ...asking, before: 'x.svc' },
  'ask-as-written': { code: 'ask-as-written', ...asking, before: 'x.svc' },
  'ask-other-type': { code: 'ask-other-type', ...asking, type: 'AAAA' },
  'ask-again-unheard': { code: 'ask-again-unheard', ...asking, server: nameServer },
  'ask-again-failed': { code: 'ask-again-failed', ...asking, server: nameServer },
  'ask-again-refused': { code: 'ask-again-refused', ...asking, server: nameServer },
  'question-arrives': { code: 'question-arrives', ...asking, port: 53, source: client },
  'answer-addresses': {
    code: 'answer-addresses',
    ...asking,
    addresses: ['10.152.183.25'],
    ttl: 30,
    object: { kind: 'Service', label: 'production/backend' },
  },
  'answer-alias': { code: 'answer-alias', ...asking, target: 'db.example', addresses: ['192.0.2.42'] },
  'answer-other-records': { code: 'answer-other-records', ...asking, type: 'SRV', count: 2 },
  'answer-no-record': { code: 'answer-no-record', ...asking, type: 'AAAA' },
  'answer-no-such-name': { code: 'answer-no-such-name', ...asking },
  'answer-failure': { code: 'answer-failure', ...asking },
  'answer-refused': { code: 'answer-refused', ...asking },
  'answer-leaves': { code: 'answer-leaves', by, client },
  'answer-leaves-empty': { code: 'answer-leaves-empty', by, client },
  'answer-not-dns': { code: 'answer-not-dns', by, client },
  'answer-heard': { code: 'answer-heard', ...asking, server: nameServer },
  'answer-heard-empty': { code: 'answer-heard-empty', ...asking, server: nameServer },
  'answer-heard-failed': { code: 'answer-heard-failed', ...asking, server: nameServer },
  'answer-heard-refused': { code: 'answer-heard-refused', ...asking, server: nameServer },
  'name-found': { code: 'name-found', by, name: 'backend', address: { ...service, port: 0, text: service.ip }, lookups: 1 },
  'name-unknown': { code: 'name-unknown', by, name: 'backend', lookups: 4 },
  'name-without-address': { code: 'name-without-address', by, name: 'backend', lookups: 4 },
  'name-failed': { code: 'name-failed', by, name: 'backend', lookups: 4 },
  'opens-connection': { code: 'opens-connection', ...sending },
  'sends-datagram': { code: 'sends-datagram', ...sending },
  'sends-echo': { code: 'sends-echo', ...sending },
  'accepts-connection': { code: 'accepts-connection', ...sending },
  'answers-datagram': { code: 'answers-datagram', ...sending },
  'answers-echo': { code: 'answers-echo', ...sending },
  'resets-connection': { code: 'resets-connection', ...sending },
  'reports-closed-port': { code: 'reports-closed-port', ...sending, about: backend },
  'reports-no-host': { code: 'reports-no-host', ...sending, about: backend },
  'reports-no-network': { code: 'reports-no-network', ...sending, about: backend },
  'reports-expiry': { code: 'reports-expiry', ...sending, about: backend },
  'arrives-as-sent': { code: 'arrives-as-sent', ...arriving },
  'arrives-readdressed': { code: 'arrives-readdressed', ...arriving },
  'arrives-masqueraded': { code: 'arrives-masqueraded', ...arriving },
  'arrives-at-kernel': { code: 'arrives-at-kernel', here: pod, source: client },
  'hears-peer': { code: 'hears-peer', ...hearing },
  'hears-in-disguise': { code: 'hears-in-disguise', ...hearing },
  'hears-reset': { code: 'hears-reset', ...hearing },
  'hears-echo': { code: 'hears-echo', ...hearing },
  'hears-ping-refused': { code: 'hears-ping-refused', ...hearing },
  'hears-closed-port': { code: 'hears-closed-port', ...hearing },
  'hears-no-host': { code: 'hears-no-host', ...hearing },
  'hears-no-network': { code: 'hears-no-network', ...hearing },
  'hears-expiry': { code: 'hears-expiry', ...hearing },
  'answers-http': { code: 'answers-http', owner: 'backend-2', client: by, status: 200 },
  'answers-without-http': { code: 'answers-without-http', owner: 'backend-2', client: by },
  'enters-from-pod': { code: 'enters-from-pod', here: node, reply: false, device: 'cali123456', from: { kind: 'pod', label: 'frontend' } },
  'enters-from-network': { code: 'enters-from-network', here: node, reply: false, device: 'eth0', from: { kind: 'node', label: 'node-2' } },
  'enters-by-loopback': { code: 'enters-by-loopback', here: node, reply: false, device: 'lo' },
  'leaves-to-pod': { code: 'leaves-to-pod', here: node, reply: false, device: 'cali1111bb', to: pod },
  'leaves-to-network': { code: 'leaves-to-network', here: node, reply: false, device: 'eth0', to: { kind: 'node', label: 'node-2' } },
  'route-local': { code: 'route-local', ...chosen },
  'route-to-one-address': { code: 'route-to-one-address', ...chosen, beaten: '10.1.1.0/24' },
  'route-on-link': { code: 'route-on-link', ...chosen },
  'route-to-nobody': { code: 'route-to-nobody', ...chosen },
  'route-to-node': {
    code: 'route-to-node',
    ...chosen,
    prefix: '10.1.2.0/24',
    destination: address('10.1.2.8', 8080),
    device: 'eth0',
    gateway,
    byBgp: true,
    beaten: 'default',
  },
  'route-to-one-of-nodes': { code: 'route-to-one-of-nodes', ...chosen, gateway, nodes: 3 },
  'route-to-only-node': { code: 'route-to-only-node', ...chosen, gateway },
  'route-to-entry-node': { code: 'route-to-entry-node', ...chosen, gateway },
  'route-by-gateway': { code: 'route-by-gateway', ...chosen, gateway },
  'route-default': { code: 'route-default', ...chosen, gateway },
  'wrapped-in-udp': { code: 'wrapped-in-udp', ...tunnelled, port: 4789, vni: 4096, mac: '66:00:00:00:00:02' },
  'wrapped-in-ip': { code: 'wrapped-in-ip', ...tunnelled, device: 'tunl0' },
  unwrapped: { code: 'unwrapped', here: node, reply: false, device: 'vxlan.calico', source: client, destination: backend },
  'wrapped-at-hook': { code: 'wrapped-at-hook', ...tunnelled, hook: 'OUTPUT' },
  switched: {
    code: 'switched',
    here: node,
    reply: false,
    device: 'cni0',
    source: client,
    destination: backend,
    port: 'veth1a2b3c4d',
    to: pod,
    ruled: true,
  },
  'virtual-server-chose': {
    code: 'virtual-server-chose',
    hook: 'INPUT',
    here: node,
    from: service,
    to: backend,
    service: 'backend',
    choice: { kind: 'turn', among: 3, scheduler: 'rr' },
    served: 'input',
  },
  'virtual-answer-restored': { code: 'virtual-answer-restored', hook: 'FORWARD', here: node, from: backend, to: service },
  'virtual-address-kept': {
    code: 'virtual-address-kept',
    hook: 'PREROUTING',
    here: node,
    destination: service,
    device: 'kube-ipvs0',
    service: 'backend',
    marked: null,
  },
  'virtual-address-pinged': {
    code: 'virtual-address-pinged',
    hook: 'PREROUTING',
    here: node,
    destination: { ...service, port: 0, text: service.ip },
    device: 'kube-ipvs0',
    service: 'backend',
    marked: null,
  },
  'virtual-packet-sent-on': { code: 'virtual-packet-sent-on', hook: 'OUTPUT', here: node, destination: backend },
  'virtual-answer-kept': { code: 'virtual-answer-kept', hook: 'POSTROUTING', here: node, source: service },
  'route-to-own-virtual-address': {
    code: 'route-to-own-virtual-address',
    here: node,
    destination: service,
    device: 'kube-ipvs0',
    service: 'backend',
  },
  'route-back-to-virtual-address': {
    code: 'route-back-to-virtual-address',
    here: node,
    destination: service,
    device: 'kube-ipvs0',
    service: 'backend',
  },
  'route-to-virtual-address': {
    code: 'route-to-virtual-address',
    here: node,
    destination: service,
    device: 'kube-ipvs0',
    service: 'backend',
  },
  'service-address-replaced': {
    code: 'service-address-replaced',
    ...rewritten,
    service: 'backend',
    choice: { kind: 'drawn', among: 3 },
    marked: null,
  },
  'node-port-replaced': {
    code: 'node-port-replaced',
    ...rewritten,
    service: 'backend',
    choice: { kind: 'only' },
    marked: { kind: 'entrance' },
  },
  'external-address-replaced': {
    code: 'external-address-replaced',
    ...rewritten,
    service: 'backend',
    choice: { kind: 'remembered', seconds: 10800 },
    marked: null,
  },
  'host-port-replaced': { code: 'host-port-replaced', ...rewritten, from: address('192.168.1.10', 8081), pod: 'backend-2' },
  'rewritten-by-connection': { code: 'rewritten-by-connection', ...rewritten, which: 'destination' },
  'answer-restored': { code: 'answer-restored', ...atHook, hook: 'POSTROUTING', from: backend, to: service },
  'answer-readdressed': { code: 'answer-readdressed', ...atHook, from: address('192.168.1.10', 50123), to: client },
  'source-masqueraded': {
    code: 'source-masqueraded',
    ...atHook,
    hook: 'POSTROUTING',
    from: client,
    to: address('192.168.1.10', 50123),
    why: { kind: 'hairpin' },
  },
  'source-masqueraded-in-place': {
    code: 'source-masqueraded-in-place',
    ...atHook,
    hook: 'POSTROUTING',
    from: client,
    to: { ...client, port: 50123 },
    why: { kind: 'hairpin' },
  },
  'source-port-moved': { code: 'source-port-moved', ...atHook, hook: 'POSTROUTING', from: client, to: { ...client, port: 50123 } },
  untracked: { code: 'untracked', ...atHook },
  'error-untracked': { code: 'error-untracked', ...atHook },
  'connection-known': { code: 'connection-known', ...atHook },
  'answer-recognised': { code: 'answer-recognised', ...atHook },
  'answer-let-through': { code: 'answer-let-through', ...atHook },
  'answer-unchanged': { code: 'answer-unchanged', ...atHook },
  'error-recognised': { code: 'error-recognised', ...atHook },
  'service-without-rule': { code: 'service-without-rule', ...atHook, destination: service, service: 'backend' },
  'service-has-no-ping': {
    code: 'service-has-no-ping',
    ...atHook,
    destination: { ...service, port: 0, text: service.ip },
    service: 'backend',
  },
  'destination-kept': { code: 'destination-kept', ...atHook },
  'accepted-by-mark': { code: 'accepted-by-mark', ...atHook, chain: 'KUBE-FORWARD' },
  'accepted-by-state': { code: 'accepted-by-state', ...atHook, chain: 'KUBE-FORWARD' },
  'accepted-by-rule': { code: 'accepted-by-rule', ...atHook, chain: 'KUBE-FORWARD' },
  'accepted-by-default': { code: 'accepted-by-default', ...atHook, hook: 'FORWARD', chain: 'FORWARD' },
  'source-kept': { code: 'source-kept', ...atHook, hook: 'POSTROUTING' },
  'dropped-invalid': { code: 'dropped-invalid', ...atRule },
  'dropped-no-local-endpoint': { code: 'dropped-no-local-endpoint', ...atRule },
  'dropped-by-source-range': { code: 'dropped-by-source-range', ...atRule },
  'dropped-by-rule': { code: 'dropped-by-rule', ...atRule },
  'dropped-by-policy': { code: 'dropped-by-policy', ...ending },
  'dropped-not-forwarding': { code: 'dropped-not-forwarding', ...ending },
  'dropped-ttl': { code: 'dropped-ttl', ...ending },
  'dropped-not-ours': { code: 'dropped-not-ours', ...ending },
  'dropped-martian': { code: 'dropped-martian', ...ending },
  'dropped-no-forwarding-entry': { code: 'dropped-no-forwarding-entry', ...ending },
  'dropped-tunnel-unreachable': { code: 'dropped-tunnel-unreachable', ...ending },
  'dropped-no-such-tunnel': { code: 'dropped-no-such-tunnel', ...ending },
  'dropped-no-hairpin': { code: 'dropped-no-hairpin', ...ending },
  'dropped-unknown-host': { code: 'dropped-unknown-host', ...ending, here: router },
  'dropped-service-port': { code: 'dropped-service-port', ...ending, here: router, service: 'backend' },
  'dropped-service-ping': {
    code: 'dropped-service-ping',
    ...ending,
    here: router,
    service: 'backend',
  },
  'dropped-blackhole': { code: 'dropped-blackhole', ...ending, destination: backend, prefix: '10.1.1.0/24' },
  'dropped-unowned-service-address': {
    code: 'dropped-unowned-service-address',
    ...ending,
    destination: address('10.152.183.77', 80),
    prefix: '10.152.183.0/24',
  },
  'rejected-service-port': { code: 'rejected-service-port', ...ending, service: 'backend', mode: 'nftables' },
  'rejected-service-ping': {
    code: 'rejected-service-ping',
    ...ending,
    destination: { ...service, port: 0, text: service.ip },
    service: 'backend',
    mode: 'nftables',
  },
  'rejected-virtual-address-ping': {
    code: 'rejected-virtual-address-ping',
    ...ending,
    destination: { ...service, port: 0, text: service.ip },
    service: 'backend',
    chain: 'KUBE-IPVS-FILTER',
  },
  'rejected-no-endpoint': { code: 'rejected-no-endpoint', ...atRule, selector: 'app=backend' },
  'rejected-no-real-server': { code: 'rejected-no-real-server', ...ending, service: 'backend' },
  'rejected-by-rule': { code: 'rejected-by-rule', ...atRule },
  'rejected-closed-port': { code: 'rejected-closed-port', ...port },
  'rejected-wrong-target-port': { code: 'rejected-wrong-target-port', ...port, service: 'backend' },
  'rejected-no-route': { code: 'rejected-no-route', ...ending },
  'rejected-by-route': { code: 'rejected-by-route', ...ending, prefix: '10.9.0.0/16' },
  'rejected-no-neighbour': { code: 'rejected-no-neighbour', ...ending, device: 'eth0' },
  'ends-answered': {
    code: 'ends-answered',
    ...concluding,
    backend,
    owner: 'backend-2',
    masqueraded: false,
    seenSource: client,
    status: 200,
  },
  'ends-refused': { code: 'ends-refused', ...concluding, reason: 'no-socket', destination: backend, where: pod },
  'ends-in-silence': { code: 'ends-in-silence', ...concluding, reason: 'blackhole', destination: backend, where: node },
  'ends-without-answer': { code: 'ends-without-answer', ...concluding, reason: 'not-ours', destination: backend, where: node },
  'ends-unknown-name': { code: 'ends-unknown-name', by, asked: null, service: null, name: 'backend' },
  'ends-name-without-address': { code: 'ends-name-without-address', by, asked: null, service: null, name: 'backend' },
  'ends-name-failed': { code: 'ends-name-failed', by, asked: null, service: null, name: 'backend' },
};

/** Reasons that live inside one kind of fact. */
export const REASONS: readonly StepFact[] = [
  ...(
    [
      { kind: 'only' },
      { kind: 'turn', among: 3, scheduler: 'rr' },
      { kind: 'least', among: 3, active: 2, scheduler: 'lc' },
      { kind: 'hash', among: 3, of: 'source', address: '10.1.1.5', scheduler: 'sh' },
      { kind: 'hash', among: 3, of: 'destination', address: '10.152.183.25', scheduler: 'dh' },
      { kind: 'drawn', among: 3, scheduler: 'mh' },
      { kind: 'locality', among: 3, scheduler: 'lblc' },
      { kind: 'remembered', seconds: 10800 },
    ] as const
  ).map((choice): VirtualFact => ({ ...SAMPLE_FACTS['virtual-server-chose'], choice })),
  ...(['output', 'here'] as const).map((served): VirtualFact => ({ ...SAMPLE_FACTS['virtual-server-chose'], service: null, served })),
  { ...SAMPLE_FACTS['virtual-address-kept'], marked: { kind: 'entrance' } },
  ...(['rule', 'no-socket', 'unreachable-route', 'no-neighbour'] as const).map(
    (reason): ConclusionFact => ({ code: 'ends-refused', ...concluding, reason, destination: backend, where: node }),
  ),
  ...(
    [
      'rule',
      'policy',
      'blackhole',
      'no-such-host',
      'ttl-expired',
      'not-forwarding',
      'not-ours',
      'martian-source',
      'no-forwarding-entry',
      'tunnel-unreachable',
      'no-such-tunnel',
      'no-hairpin',
    ] as const
  ).flatMap((reason): ConclusionFact[] => [
    { code: 'ends-in-silence', ...concluding, reason, destination: backend, where: node },
    { code: 'ends-without-answer', ...concluding, reason, destination: backend, where: node },
  ]),
  ...(
    [
      { kind: 'outside', prefix: '10.1.0.0/16' },
      { kind: 'hairpin' },
      { kind: 'own-node' },
      { kind: 'entrance' },
      { kind: 'always' },
      { kind: 'virtual-source' },
      { kind: 'outgoing' },
      { kind: 'tunnel', device: 'flannel.1' },
      { kind: 'unknown' },
    ] as const
  ).map((why): HookFact => ({ code: 'source-masqueraded', ...atHook, from: client, to: address('192.168.1.10', 50123), why })),
  ...([{ kind: 'only' }, { kind: 'drawn', among: 3 }, { kind: 'remembered', seconds: 10800 }] as const).map(
    (choice): HookFact => ({ code: 'service-address-replaced', ...rewritten, service: 'backend', choice, marked: null }),
  ),
];
