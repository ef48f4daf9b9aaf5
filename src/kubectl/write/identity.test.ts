// An object that is made under the name of an earlier one is another object.

import { describe, expect, it } from 'vitest';
import { typing } from '../shell/typing.test-support';

const SET = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: s }
spec:
  replicas: 2
  selector: { matchLabels: { app: s } }
  template:
    metadata: { labels: { app: s } }
    spec: { containers: [{ name: web, image: nginx }] }
`;

const uid = ({ type }: ReturnType<typeof typing>, object: string): string =>
  type(`kubectl get ${object} -o jsonpath='{.metadata.uid}'`).out;

describe('a Pod under the name of one that was deleted by force', () => {
  it('is another one, and starts', () => {
    const terminal = typing('');
    terminal.type('kubectl run x --image=nginx');
    terminal.wait(10);
    const first = uid(terminal, 'pod x');
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    terminal.type('kubectl delete pod x --force --grace-period=0');
    terminal.type('kubectl run x --image=nginx');
    terminal.wait(10);
    expect(terminal.type('kubectl get pods').out).toMatch(/x +1\/1 +Running +0/);
    expect(uid(terminal, 'pod x')).not.toBe(first);
  });

  it('has nothing of the one on a lost node, when that node is back', () => {
    const terminal = typing(SET);
    const where = (): string => terminal.type("kubectl get pod s-1 -o jsonpath='{.spec.nodeName}'").out;
    const before = where();
    terminal.type(`docker stop ${before}`);
    terminal.wait(60);
    terminal.type('kubectl delete pod s-1 --force --grace-period=0');
    terminal.wait(20);
    expect(where()).not.toBe(before);
    const address = (): string => terminal.type("kubectl get pod s-1 -o jsonpath='{.status.podIP}'").out;
    const given = address();
    expect(given).not.toBe('');
    terminal.type(`docker start ${before}`);
    terminal.wait(60);
    expect(address()).toBe(given);
    expect(terminal.type('kubectl get pod s-1').out).toMatch(/s-1 +1\/1 +Running +0/);
  });
});

it('an owner is named with its uid, and a paste says its own', () => {
  const terminal = typing(SET);
  const owner = terminal.type("kubectl get pod s-0 -o jsonpath='{.metadata.ownerReferences[0].uid}'").out;
  expect(owner).toBe(uid(terminal, 'statefulset s'));
  expect(owner).not.toBe(uid(terminal, 'pod s-0'));
  const written = '3f0d8c1e-7a52-4b1c-9f6e-0d9a5b7c1e22';
  const pasted = typing(SET.replace('name: s }', `name: s, uid: ${written} }`));
  expect(uid(pasted, 'statefulset s')).toBe(written);
  pasted.type('kubectl scale statefulset s --replicas=1');
  expect(uid(pasted, 'statefulset s')).toBe(written);
});
