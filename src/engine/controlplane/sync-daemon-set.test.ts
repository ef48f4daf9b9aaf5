// A Pod on every node: nodes come and go, templates change.

import { describe, expect, test } from 'vitest';
import type { DaemonSet } from '../kube/daemon-set';
import { container, daemonSet, node } from './specimens.test-support';
import { Bench, THREE_NODES } from './sync.test-support';
import { syncDaemonSet } from './sync-daemon-set';

class Daemons extends Bench {
  get set(): DaemonSet {
    const found = this.cluster.daemonSets[0];
    if (found === undefined) throw new Error('no DaemonSet');
    return found;
  }

  look(): boolean {
    return this.act(syncDaemonSet(this.set, this.cluster, this.at));
  }

  still(): void {
    for (let turn = 0; this.look(); turn += 1) if (turn > 50) throw new Error('never still');
  }

  settle(): void {
    this.still();
    while (this.ready()) this.still();
  }

  image(image: string): void {
    const { template } = this.set.spec;
    const next = { ...template, spec: { ...template.spec, containers: [container({ image })] } };
    this.write({ ...this.set, spec: { ...this.set.spec, template: next } });
  }

  /** `node-1 app:2`, by node. */
  get versions(): readonly string[] {
    return this.cluster.pods.map(({ spec }) => `${target(spec)} ${spec.containers[0]?.image.replace(/.*\//, '')}`).toSorted();
  }
}

function target(spec: Daemons['cluster']['pods'][number]['spec']): string {
  return spec.nodeName ?? spec.affinity.nodeRequired?.[0]?.matchFields[0]?.values[0] ?? 'nowhere';
}

function settled(said: Partial<DaemonSet['spec']> = {}): Daemons {
  const bench = new Daemons([daemonSet('agent', said)]);
  bench.settle();
  return bench;
}

const updateStrategy = (maxSurge: number, maxUnavailable: number) =>
  ({ updateStrategy: { type: 'RollingUpdate', maxSurge, maxUnavailable } }) as const;

describe('a DaemonSet', () => {
  test('makes a Pod for each node, which tolerates what befalls nodes', () => {
    const bench = settled();
    expect(bench.versions).toEqual(['node-1 app:1', 'node-2 app:1', 'node-3 app:1']);
    const tolerated = bench.cluster.pods[0]?.spec.tolerations.map(({ key, effect }) => `${key}:${effect}`);
    expect(tolerated).toContain('node.kubernetes.io/not-ready:NoExecute');
    expect(tolerated).toContain('node.kubernetes.io/unschedulable:NoSchedule');
    expect(tolerated).not.toContain('node.kubernetes.io/network-unavailable:NoSchedule');
  });

  test('follows nodes that come and go', () => {
    const bench = settled();
    bench.write(node('node-4', '10.244.4.0/24', '192.168.1.14', { unschedulable: true }));
    bench.remove({ kind: 'Node', namespace: null, name: 'node-1' });
    bench.settle();
    expect(bench.versions).toEqual(['node-2 app:1', 'node-3 app:1', 'node-4 app:1']);
  });

  test('keeps a Pod on a node that was tainted since with NoSchedule, and deletes it for NoExecute', () => {
    const bench = settled();
    const [one, two] = THREE_NODES;
    if (one === undefined || two === undefined) throw new Error('no nodes');
    bench.write({ ...one, spec: { ...one.spec, taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' }] } });
    bench.write({ ...two, spec: { ...two.spec, taints: [{ key: 'gpu', value: '', effect: 'NoExecute' }] } });
    bench.settle();
    expect(bench.versions).toEqual(['node-1 app:1', 'node-3 app:1']);
    bench.remove({
      kind: 'Pod',
      namespace: 'default',
      name: bench.cluster.pods.find(({ spec }) => spec.nodeName === 'node-1')?.metadata.name ?? '',
    });
    bench.settle();
    expect(bench.versions).toEqual(['node-3 app:1']);
  });

  test('makes another for one that failed, and waits for one that ends', () => {
    const bench = settled();
    const [failed = '', ending = ''] = bench.podNames;
    bench.report(failed, { phase: 'Failed', ready: false });
    bench.terminate(ending);
    bench.still();
    expect(bench.podNames).not.toContain(failed);
    expect(bench.podNames).toContain(ending);
    expect(bench.versions).toHaveLength(3);
  });
});

describe('a new template of a DaemonSet', () => {
  test('is rolled out one node at a time', () => {
    const bench = settled();
    bench.image('app:2');
    bench.still();
    expect(bench.versions.filter((each) => each.endsWith('app:2'))).toHaveLength(1);
    bench.ready();
    bench.still();
    expect(bench.versions.filter((each) => each.endsWith('app:2'))).toHaveLength(2);
    bench.settle();
    expect(bench.versions).toEqual(['node-1 app:2', 'node-2 app:2', 'node-3 app:2']);
  });

  test('replaces at once what does not serve, and two at a time where two may be missing', () => {
    const bench = settled();
    bench.report(bench.podNames[2] ?? '', { ready: false });
    bench.image('app:2');
    bench.still();
    expect(bench.versions).toEqual(['node-1 app:1', 'node-2 app:1', 'node-3 app:2']);
    const two = settled(updateStrategy(0, 2));
    two.image('app:2');
    two.still();
    expect(two.versions.filter((each) => each.endsWith('app:2'))).toHaveLength(2);
  });

  test('with maxSurge starts the new Pod beside the old one', () => {
    const bench = settled(updateStrategy(1, 0));
    bench.image('app:2');
    bench.still();
    expect(bench.versions).toEqual(['node-1 app:1', 'node-1 app:2', 'node-2 app:1', 'node-3 app:1']);
    bench.ready();
    bench.still();
    expect(bench.versions).toEqual(['node-1 app:2', 'node-2 app:1', 'node-2 app:2', 'node-3 app:1']);
    bench.settle();
    expect(bench.versions).toEqual(['node-1 app:2', 'node-2 app:2', 'node-3 app:2']);
  });

  test('waits with OnDelete until somebody deletes the Pods', () => {
    const bench = settled({ updateStrategy: { type: 'OnDelete' } });
    bench.image('app:2');
    bench.settle();
    expect(bench.versions).toEqual(['node-1 app:1', 'node-2 app:1', 'node-3 app:1']);
    bench.remove({ kind: 'Pod', namespace: 'default', name: bench.podNames[0] ?? '' });
    bench.settle();
    expect(bench.versions).toEqual(['node-1 app:2', 'node-2 app:1', 'node-3 app:1']);
    expect(bench.cluster.controllerRevisions.map(({ revision }) => revision)).toEqual([1, 2]);
  });
});
