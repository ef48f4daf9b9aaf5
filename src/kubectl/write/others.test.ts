// What others have made of the cluster stays, whatever the next command changes in the text.

import { describe, expect, it } from 'vitest';
import { typing } from '../shell/typing.test-support';

const NODES = `
apiVersion: v1
kind: Node
metadata: { name: node-1 }
---
apiVersion: v1
kind: Node
metadata: { name: node-2 }
---
apiVersion: v1
kind: Node
metadata: { name: node-3 }
---`;

const POD = (name: string, node: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec: { nodeName: ${node}, containers: [{ name: web, image: nginx }] }
---`;

const node = (terminal: ReturnType<typeof typing>, name: string, path: string): string =>
  terminal.type(`kubectl get node ${name} -o jsonpath='{${path}}'`).out;

describe('a command that changes the text', () => {
  it('leaves what was said of nodes that stand in no text', () => {
    const terminal = typing(POD('naked', 'node-1'));
    terminal.type('kubectl cordon node-1');
    terminal.type('kubectl label node node-1 disk=ssd');
    terminal.type('kubectl taint node node-2 a=b:NoSchedule');
    terminal.type('kubectl create configmap q --from-literal=a=b');
    expect(node(terminal, 'node-1', '.spec.unschedulable')).toBe('true');
    expect(node(terminal, 'node-1', '.metadata.labels.disk')).toBe('ssd');
    expect(node(terminal, 'node-2', '.spec.taints[*].key')).toBe('a');
    terminal.undo();
    expect(node(terminal, 'node-2', '.spec.taints[*].key')).toBe('a');
    terminal.undo();
    expect(node(terminal, 'node-2', '.spec.taints[*].key')).toBe('');
    expect(node(terminal, 'node-1', '.metadata.labels.disk')).toBe('ssd');
  });

  it('leaves a node cordoned from which a Pod of the text was drained', () => {
    const terminal = typing(POD('naked', 'node-1'));
    expect(terminal.type('kubectl drain node-1 --force --ignore-daemonsets').status).toBe(0);
    expect(terminal.type('kubectl get node node-1').out).toContain('Ready,SchedulingDisabled');
    expect(terminal.text()).not.toContain('naked');
  });

  it('leaves the taints of a lost node that stands in the text, and adds to them', () => {
    const terminal = typing(NODES);
    terminal.type('docker stop node-2');
    terminal.wait(60);
    const lost = 'node.kubernetes.io/unreachable node.kubernetes.io/unreachable';
    terminal.type('kubectl create configmap q --from-literal=a=b');
    expect(node(terminal, 'node-2', '.spec.taints[*].key')).toBe(lost);
    terminal.type('kubectl taint node node-2 a=b:NoSchedule');
    expect(node(terminal, 'node-2', '.spec.taints[*].key')).toBe(`a ${lost}`);
    expect(terminal.type('kubectl get node node-2').out).toContain('NotReady');
    terminal.type('kubectl taint node node-2 a-');
    expect(node(terminal, 'node-2', '.spec.taints[*].key')).toBe(lost);
  });
});

describe('an object that the cluster has removed', () => {
  it('does not come back with another command: a naked Pod that was evicted', () => {
    const terminal = typing(`${NODES}${POD('naked', 'node-2')}`);
    terminal.type('docker stop node-2');
    terminal.wait(400);
    terminal.type('docker start node-2');
    terminal.wait(60);
    expect(terminal.type('kubectl get pods').err).toContain('No resources found');
    terminal.type('kubectl create ns foo');
    terminal.wait(10);
    expect(terminal.type('kubectl get pods').err).toContain('No resources found');
  });

  it('does not come back with another command: a Job behind its ttlSecondsAfterFinished', () => {
    const terminal = typing(POD('naked', 'node-1'));
    terminal.type('kubectl create job once --image=busybox -- date');
    terminal.type(`kubectl patch job once -p '{"spec":{"ttlSecondsAfterFinished":5}}'`);
    terminal.wait(2);
    expect(terminal.type('kubectl get jobs').out).toContain('once');
    terminal.wait(60);
    expect(terminal.type('kubectl get jobs').err).toContain('No resources found');
    terminal.type('kubectl create ns foo');
    terminal.wait(2);
    expect(terminal.type('kubectl get jobs').err).toContain('No resources found');
  });

  it('is made again by who asks for it by name, once in the text', () => {
    const terminal = typing(`${NODES}${POD('naked', 'node-2')}`);
    terminal.type('docker stop node-2');
    terminal.wait(400);
    terminal.type('docker start node-2');
    terminal.wait(60);
    expect(terminal.type('kubectl run naked --image=nginx').out).toBe('pod/naked created\n');
    terminal.wait(10);
    expect(terminal.type('kubectl get pods').out).toMatch(/naked +1\/1 +Running/);
    expect(terminal.text().match(/kind: Pod/g)).toHaveLength(1);
  });
});
