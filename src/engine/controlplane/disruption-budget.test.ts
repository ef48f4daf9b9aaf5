// How many Pods a PodDisruptionBudget lets go at a time, and which Pods may go whatever it says.

import { describe, expect, test } from 'vitest';
import { build } from '../built';
import { PLAYGROUND } from '../settings';
import type { Cluster } from './cluster';
import { type BudgetStatus, budgetStatus, evictionRefusal, isBudget } from './disruption-budget';

const budget = (spec: string): string => `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { ${spec} }
`;

const workload = (kind: string, replicas: number): string => `---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: web }
spec:
  ${kind === 'DaemonSet' ? '' : `replicas: ${replicas}`}
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: nginx }] } }
`;

const lone = (name: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web } }
spec: { containers: [{ name: main, image: nginx }] }
`;

const WEB = 'selector: { matchLabels: { app: web } }';

function clusterOf(text: string): Cluster {
  return build(text, PLAYGROUND).cluster;
}

function counted(text: string): BudgetStatus {
  const cluster = clusterOf(text);
  const [object] = cluster.others.filter(isBudget);
  if (object === undefined) throw new Error('no budget');
  return budgetStatus(object, cluster);
}

const allowed = (text: string): number => counted(text).disruptionsAllowed;

describe('of Pods that a controller makes', () => {
  test.each([
    ['maxUnavailable: 1', 10, 1],
    ['maxUnavailable: 0', 10, 0],
    ['maxUnavailable: "25%"', 10, 3],
    ['minAvailable: 8', 10, 2],
    ['minAvailable: 12', 10, 0],
    ['minAvailable: "75%"', 10, 2],
    ['minAvailable: "100%"', 10, 0],
  ])('%s of %i lets %i go', (spec, replicas, expected) => {
    expect(allowed(workload('Deployment', replicas) + budget(`${spec}, ${WEB}`))).toBe(expected);
  });

  test('a StatefulSet counts as a Deployment does, and a DaemonSet has no number to reckon with', () => {
    expect(allowed(workload('StatefulSet', 3) + budget(`maxUnavailable: 1, ${WEB}`))).toBe(1);
    expect(allowed(workload('DaemonSet', 0) + budget(`maxUnavailable: 1, ${WEB}`))).toBe(0);
    expect(allowed(workload('DaemonSet', 0) + budget(`minAvailable: 1, ${WEB}`))).toBe(1);
  });
});

test('of Pods that nobody makes only a plain number speaks', () => {
  expect(allowed(lone('a') + lone('b') + budget(`minAvailable: 1, ${WEB}`))).toBe(1);
  expect(allowed(lone('a') + lone('b') + budget(`maxUnavailable: 1, ${WEB}`))).toBe(0);
});

test('a selector that is empty chooses every Pod of the namespace, and one that is missing none', () => {
  expect(counted(workload('Deployment', 3) + budget('minAvailable: 1, selector: {}')).currentHealthy).toBe(3);
  expect(counted(workload('Deployment', 3) + budget('minAvailable: 1')).currentHealthy).toBe(0);
});

describe('an eviction', () => {
  const full = clusterOf(workload('Deployment', 2) + budget(`minAvailable: 2, ${WEB}`));
  const [pod] = full.pods.filter(({ metadata }) => metadata.labels.app === 'web');
  if (pod === undefined) throw new Error('no Pod');

  test('is refused with what the budget needs and has', () => {
    expect(evictionRefusal(pod, full)).toEqual({ kind: 'too-many', budget: 'web', needs: 2, has: 2 });
  });

  test.each(['Pending', 'Succeeded', 'Failed'] as const)('takes a Pod that is %s in any case', (phase) => {
    expect(evictionRefusal({ ...pod, status: { ...pod.status, phase } }, full)).toBeNull();
  });

  test('takes a Pod that is not ready only where enough others are, unless the budget says otherwise', () => {
    const sick = { ...pod, status: { ...pod.status, ready: false } };
    const without = (cluster: Cluster) => ({
      ...cluster,
      pods: cluster.pods.map((each) => (each.metadata.name === pod.metadata.name ? sick : each)),
    });
    expect(evictionRefusal(sick, without(full))).toMatchObject({ kind: 'too-many', has: 1 });
    const always = clusterOf(workload('Deployment', 2) + budget(`minAvailable: 2, unhealthyPodEvictionPolicy: AlwaysAllow, ${WEB}`));
    expect(evictionRefusal(sick, without(always))).toBeNull();
    const enough = clusterOf(workload('Deployment', 2) + budget(`minAvailable: 1, ${WEB}`));
    expect(evictionRefusal(sick, without(enough))).toBeNull();
  });
});
