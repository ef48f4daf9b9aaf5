// Nodes that are lost, cut off, tainted and deleted, and what becomes of their Pods.

import { describe, expect, it } from 'vitest';
import { type Typing, typing } from './typing.test-support';

const NODES = (count: number): string =>
  Array.from({ length: count }, (_, index) => `apiVersion: v1\nkind: Node\nmetadata: { name: node-${index + 1} }\n---\n`).join('');

const POD = (name: string, node: string, more = ''): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { nodeName: ${node}, ${more} containers: [{ name: main, image: nginx }] }
---
`;

const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: s }
spec:
  replicas: 2
  selector: { matchLabels: { app: s } }
  template:
    metadata: { labels: { app: s } }
    spec: { containers: [{ name: main, image: nginx }] }
`;

const node = ({ type }: Typing, name: string): string => type(`kubectl get node ${name} --no-headers`).out.split(/ +/)[1] ?? '';
const pod = ({ type }: Typing, name: string): string => type(`kubectl get pod ${name} --no-headers -o wide`).out;
const address = ({ type }: Typing, name: string): string => type(`kubectl get pod ${name} -o jsonpath='{.status.podIP}'`).out;

describe('a node that is deleted', () => {
  it('takes its Pods with it after a while, and their controller makes others elsewhere', () => {
    const terminal = typing(`${NODES(2)}${POD('naked', 'node-2')}${SET}`);
    const lost = ['s-0', 's-1'].find((name) => pod(terminal, name).includes('node-2')) ?? '';
    expect(terminal.type('kubectl delete node node-2').status).toBe(0);
    terminal.wait(35);
    expect(pod(terminal, 'naked')).toContain('Running');
    terminal.wait(30);
    expect(terminal.type('kubectl get pod naked').err).toContain('NotFound');
    expect(pod(terminal, lost)).toMatch(/1\/1 +Running.*node-1/);
  });

  it('that comes back in time keeps them', () => {
    const terminal = typing(`${NODES(2)}${POD('naked', 'node-2')}`);
    terminal.type('kubectl delete node node-2');
    terminal.wait(20);
    terminal.type(`echo '{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-2"}}' | kubectl apply -f -`);
    expect(node(terminal, 'node-2')).toBe('Ready');
    terminal.wait(60);
    expect(pod(terminal, 'naked')).toMatch(/1\/1 +Running +0 /);
  });
});

describe('a node that is switched on again', () => {
  it('is Ready once its kubelet reports, and shows its Pods without address and not ready until a sandbox stands', () => {
    const terminal = typing(`${NODES(2)}${POD('naked', 'node-2')}`);
    terminal.type('docker stop node-2');
    terminal.wait(60);
    expect(node(terminal, 'node-2')).toBe('NotReady');
    terminal.type('docker start node-2');
    terminal.wait(14);
    expect(node(terminal, 'node-2')).toBe('NotReady');
    terminal.wait(1.2);
    expect(node(terminal, 'node-2')).toBe('Ready');
    expect(address(terminal, 'naked')).toBe('');
    expect(pod(terminal, 'naked')).toMatch(/naked +0\/1/);
    terminal.wait(10);
    expect(pod(terminal, 'naked')).toMatch(/naked +1\/1 +Running +1 /);
    expect(address(terminal, 'naked')).not.toBe('');
  });

  it('starts nothing that has ended, nor what is never started again', () => {
    const job = POD('done', 'node-2', 'restartPolicy: Never,').replace(
      'name: done }',
      "name: done, annotations: { kubehop.dev/exit: '0@5s' } }",
    );
    const terminal = typing(`${NODES(2)}${job}${POD('once', 'node-2', 'restartPolicy: Never,')}`);
    terminal.wait(20);
    expect(pod(terminal, 'done')).toContain('Completed');
    terminal.type('docker stop node-2');
    terminal.wait(10);
    terminal.type('docker start node-2');
    terminal.wait(60);
    expect(pod(terminal, 'done')).toMatch(/done +0\/1 +Completed +0 /);
    expect(pod(terminal, 'once')).toMatch(/once +0\/1 +Error +0 /);
  });

  it('does not count as silent for the time before', () => {
    const terminal = typing(NODES(2));
    for (const [line, seconds] of [
      ['docker stop node-2', 30],
      ['docker start node-2', 17],
      ['docker stop node-2', 30],
    ] as const) {
      terminal.type(line);
      terminal.wait(seconds);
    }
    expect(node(terminal, 'node-2')).toBe('Ready');
    terminal.wait(25);
    expect(node(terminal, 'node-2')).toBe('NotReady');
  });
});

describe('a taint with the effect NoExecute', () => {
  const tolerating = (seconds: string): string => `tolerations: [{ key: a, operator: Exists, effect: NoExecute${seconds} }],`;
  const TEXT = `${NODES(2)}${POD('naked', 'node-2')}${POD('calm', 'node-2', tolerating(''))}${POD('slow', 'node-2', tolerating(', tolerationSeconds: 90'))}`;

  it('drives away who does not tolerate it at once, and others when their time is up', () => {
    const terminal = typing(TEXT);
    terminal.type('kubectl taint node node-2 a=b:NoExecute');
    terminal.wait(40);
    expect(terminal.type('kubectl get pods -o name').out).toBe('pod/calm\npod/slow\n');
    expect(terminal.type('kubectl get events').out).toContain('Marking for deletion Pod default/naked');
    terminal.wait(90);
    expect(terminal.type('kubectl get pods -o name').out).toBe('pod/calm\n');
  });

  it('that is taken away in time drives nobody away', () => {
    const terminal = typing(TEXT);
    terminal.type('kubectl taint node node-2 a=b:NoExecute');
    terminal.wait(60);
    terminal.type('kubectl taint node node-2 a-');
    terminal.wait(60);
    expect(terminal.type('kubectl get pods -o name').out).toBe('pod/calm\npod/slow\n');
    terminal.type('kubectl taint node node-2 a=b:NoExecute');
    terminal.wait(60);
    expect(terminal.type('kubectl get pods -o name').out).toBe('pod/calm\npod/slow\n');
  });
});

describe('a node that is cut off from the API server', () => {
  it.each([2, 3])('is NotReady after fifty seconds, and its Pods are evicted after five minutes (%i nodes)', (count) => {
    const terminal = typing(`${NODES(count)}${SET}`);
    const lost = ['s-0', 's-1'].find((name) => pod(terminal, name).includes('node-2')) ?? '';
    terminal.type('ssh node-2 ip link set eth0 down');
    terminal.wait(49);
    expect(node(terminal, 'node-2')).toBe('Ready');
    terminal.wait(2);
    expect([node(terminal, 'node-1'), node(terminal, 'node-2')]).toEqual(['Ready', 'NotReady']);
    const had = address(terminal, lost);
    terminal.wait(310);
    expect(pod(terminal, lost)).toContain('Terminating');
    terminal.type('docker exec node-2 ip link set eth0 up');
    terminal.wait(60);
    expect(node(terminal, 'node-2')).toBe('Ready');
    expect(pod(terminal, lost)).toMatch(/1\/1 +Running +0 /);
    expect(address(terminal, lost)).not.toBe(had);
  });

  it('goes on with its Pods, which keep their addresses where the link is up again in time', () => {
    const terminal = typing(`${NODES(2)}${POD('naked', 'node-2')}`);
    const had = address(terminal, 'naked');
    terminal.type('ssh node-2 ip link set eth0 down');
    terminal.wait(100);
    terminal.type('kubectl create configmap q --from-literal=a=b');
    terminal.type('docker exec node-2 ip link set eth0 up');
    terminal.wait(5);
    expect(pod(terminal, 'naked')).toMatch(/naked +1\/1 +Running +0 /);
    expect(terminal.type('kubectl get pod naked -o jsonpath=\'{.status.conditions[?(@.type=="Ready")].status}\'').out).toBe('True');
    expect(address(terminal, 'naked')).toBe(had);
  });
});
