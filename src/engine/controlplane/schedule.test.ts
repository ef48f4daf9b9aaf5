import { expect, test } from 'vitest';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import { schedule } from './schedule';
import { at, container, node, pod, port, running } from './specimens.test-support';

const ONE = node('node-1', '10.1.1.0/24', '192.168.1.10', { labels: { disk: 'ssd' } });
const TWO = node('node-2', '10.1.2.0/24', '192.168.1.11');

function placed(pods: readonly Pod[], nodes: readonly Node[] = [ONE, TWO]): readonly (string | null)[] {
  return schedule(pods, nodes).pods.map(({ spec }) => spec.nodeName);
}

function refusals(pods: readonly Pod[], nodes: readonly Node[]): readonly string[] {
  return schedule(pods, nodes).unplaced.flatMap((each) =>
    each.refusals.map(({ node: name, reason, detail }) => `${name} ${reason} ${detail}`),
  );
}

const owned = (name: string, owner: string): Pod =>
  pod(name, { metadata: { ownerReferences: [{ kind: 'ReplicaSet', name: owner, controller: true }] } });

test('Pods of one owner are spread, then the emptier node is taken, then the first by name', () => {
  expect(placed([pod('a'), pod('b'), pod('c')])).toEqual(['node-1', 'node-2', 'node-1']);
  expect(placed([owned('a', 'web'), pod('x'), pod('y'), owned('b', 'web')])).toEqual(['node-1', 'node-2', 'node-1', 'node-2']);
});

test('Pods that are bound count before any other is placed', () => {
  expect(placed([pod('a'), pod('b', { spec: { nodeName: 'node-1' } })])).toEqual(['node-2', 'node-1']);
});

test('Pods that have ended take no place', () => {
  expect(
    placed([pod('done', { spec: { nodeName: 'node-1' }, status: running('10.1.1.9', { phase: 'Succeeded', ready: false }) }), pod('a')]),
  ).toEqual(['node-1', 'node-1']);
});

test('an address puts a Pod on the node whose range holds it', () => {
  expect(placed([pod('a', { status: at('10.1.2.7') }), pod('h', { spec: { hostNetwork: true }, status: at('192.168.1.11') })])).toEqual([
    'node-2',
    'node-2',
  ]);
});

test('nodeName goes past the scheduler, even to a node that takes no Pods', () => {
  const closed = node('closed', '10.1.3.0/24', '192.168.1.12', {
    unschedulable: true,
    taints: [{ key: 'k', value: '', effect: 'NoSchedule' }],
  });
  expect(placed([pod('a', { spec: { nodeName: 'closed' } })], [closed])).toEqual(['closed']);
});

test('every reason against a node is told', () => {
  const nodes = [
    node('cordoned', '10.1.1.0/24', '192.168.1.10', { unschedulable: true }),
    node('gone', '10.1.2.0/24', '192.168.1.11', { ready: false }),
    node('tainted', '10.1.3.0/24', '192.168.1.12', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }),
    node('plain', '10.1.4.0/24', '192.168.1.13'),
  ];
  expect(refusals([pod('a', { spec: { nodeSelector: { disk: 'ssd' } } })], nodes)).toEqual([
    'cordoned cordoned node.kubernetes.io/unschedulable',
    'gone not-ready node.kubernetes.io/not-ready:NoSchedule',
    'tainted taint gpu=yes:NoSchedule',
    'plain node-selector disk=ssd',
  ]);
});

test('a toleration opens a tainted node, by value, by existence, or by tolerating all', () => {
  const tainted = node('t', '10.1.1.0/24', '192.168.1.10', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoExecute' }] });
  const tolerating = (key: string, operator: 'Equal' | 'Exists', value: string, effect: string) =>
    placed([pod('a', { spec: { tolerations: [{ key, operator, value, effect, tolerationSeconds: null }] } })], [tainted])[0];
  expect(tolerating('gpu', 'Equal', 'yes', '')).toBe('t');
  expect(tolerating('gpu', 'Exists', '', 'NoExecute')).toBe('t');
  expect(tolerating('', 'Exists', '', '')).toBe('t');
  expect(tolerating('gpu', 'Equal', 'no', '')).toBeNull();
  expect(tolerating('gpu', 'Exists', '', 'NoSchedule')).toBeNull();
});

test('a soft taint is only a preference', () => {
  const soft = node('node-0', '10.1.0.0/24', '192.168.1.9', { taints: [{ key: 'k', value: '', effect: 'PreferNoSchedule' }] });
  expect(placed([pod('a')], [soft, TWO])).toEqual(['node-2']);
  expect(placed([pod('a')], [soft])).toEqual(['node-0']);
});

test('two Pods cannot hold one port of a node, unless the protocol or the address differs', () => {
  const holder = (name: string, protocol: 'TCP' | 'UDP') =>
    pod(name, { spec: { containers: [container({ ports: [port(80, { hostPort: 8080, protocol })] })] } });
  expect(placed([holder('a', 'TCP'), holder('b', 'UDP'), holder('c', 'TCP')], [ONE])).toEqual(['node-1', 'node-1', null]);
});
