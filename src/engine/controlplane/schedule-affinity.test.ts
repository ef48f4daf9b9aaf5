// Rows E8 and E9: room on nodes, nodes that are wanted, Pods that seek or avoid each other, Pods that are spread.

import { describe, expect, test } from 'vitest';
import { NO_AFFINITY, type NodeTerm, type PodTerm, type SpreadConstraint } from '../kube/affinity';
import type { Node } from '../kube/node';
import type { Pod, PodSpec } from '../kube/pod';
import { failedScheduling } from './failed-scheduling';
import { placeOne, schedule } from './schedule';
import { container, node, pod } from './specimens.test-support';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

function machine(name: string, zone: string, allocatable: Partial<Node['status']['allocatable']> = {}): Node {
  const made = node(name, '10.1.1.0/24', '192.168.1.10', { labels: { [ZONE]: zone, [HOST]: name, size: name.slice(-1) } });
  return { ...made, status: { ...made.status, allocatable: { cpu: null, memory: null, pods: null, ...allocatable } } };
}

const NODES = [machine('n1', 'a'), machine('n2', 'a'), machine('n3', 'b')];

function labelled(name: string, app: string, spec: Partial<PodSpec> = {}): Pod {
  return pod(name, { metadata: { labels: { app } }, spec });
}

function on(nodeName: string, made: Pod): Pod {
  return { ...made, spec: { ...made.spec, nodeName } };
}

function asking(name: string, cpuRequest: string | null, memoryRequest: string | null = null): Pod {
  return pod(name, { spec: { containers: [container({ resources: { cpuRequest, memoryRequest, hasLimits: false } })] } });
}

function near(app: string, topologyKey = HOST, said: Partial<PodTerm> = {}): PodTerm {
  return {
    topologyKey,
    labelSelector: { matchLabels: { app }, matchExpressions: [] },
    namespaces: [],
    namespaceSelector: null,
    matchLabelKeys: [],
    mismatchLabelKeys: [],
    ...said,
  };
}

function term(key: string, operator: NodeTerm['matchExpressions'][number]['operator'], ...values: string[]): NodeTerm {
  return { matchExpressions: [{ key, operator, values }], matchFields: [] };
}

function placed(pods: readonly Pod[], nodes: readonly Node[] = NODES): readonly (string | null)[] {
  return schedule(pods, nodes).pods.map(({ spec }) => spec.nodeName);
}

/** Where the Pod goes beside the others, or why nowhere. */
function goes(one: Pod, others: readonly Pod[] = [], nodes: readonly Node[] = NODES): string {
  const pods = others.map((each) => ({ ...each, status: RUNNING }));
  const decision = placeOne(one, { pods, nodes, namespaces: [] });
  if (decision.kind === 'placed') return decision.node;
  return decision.refusals.map(({ node: name, reason, detail }) => `${name} ${reason} ${detail}`).join(', ');
}

const RUNNING = {
  phase: 'Running',
  podIPs: [],
  reason: null,
  containers: [],
  gates: [],
  ready: true,
  readySince: null,
  reported: true,
} as const;

describe('room on a node', () => {
  const small = machine('small', 'a', { cpu: 1000, memory: 512 * 2 ** 20, pods: 3 });

  test('is what it has, less what the Pods on it ask for, whatever they use', () => {
    expect(placed([asking('a', '600m'), asking('b', '600m'), asking('c', '400m')], [small])).toEqual(['small', null, 'small']);
    expect(goes(asking('b', '600m', '1Gi'), [on('small', asking('a', '600m', '256Mi'))], [small])).toBe(
      'small cpu 400m, small memory 256Mi',
    );
  });

  test('is not needed by those that ask for nothing, up to the number of Pods', () => {
    expect(
      placed(
        ['a', 'b', 'c', 'd'].map((name) => pod(name)),
        [small],
      ),
    ).toEqual(['small', 'small', 'small', null]);
    expect(
      goes(
        pod('d'),
        ['a', 'b', 'c'].map((name) => on('small', pod(name))),
        [small],
      ),
    ).toBe('small pods 3');
  });

  test('counts init containers by the largest, and sidecars beside what runs after them', () => {
    const init = (cpuRequest: string, restartPolicy: 'Always' | null = null) =>
      container({ restartPolicy, resources: { cpuRequest, memoryRequest: null, hasLimits: false } });
    const made = (initContainers: PodSpec['initContainers'], main: string) => ({
      ...asking('x', main),
      spec: { ...asking('x', main).spec, initContainers },
    });
    expect(goes(made([init('1'), init('900m')], '200m'), [], [small])).toBe('small');
    expect(goes(made([init('100m', 'Always'), init('950m')], '200m'), [], [small])).toBe('small cpu 1');
    expect(goes(made([init('500m', 'Always')], '600m'), [], [small])).toBe('small cpu 1');
  });

  test('decides between nodes that fit: the least full gets the Pod', () => {
    const [one, two] = [machine('n1', 'a', { cpu: 2000 }), machine('n2', 'a', { cpu: 4000 })];
    const others = [on('n1', asking('a', '1')), on('n2', asking('b', '1')), on('n2', pod('c'))];
    expect(goes(asking('d', '1'), others, [one, two])).toBe('n2');
  });
});

describe('node affinity', () => {
  const wants = (...terms: NodeTerm[]) => pod('a', { spec: { affinity: { ...NO_AFFINITY, nodeRequired: terms } } });

  test.each([
    [[term('size', 'In', '2', '3')], 'n2'],
    [[term('size', 'NotIn', '1', '2')], 'n3'],
    [[term('size', 'Gt', '2')], 'n3'],
    [[term('size', 'Lt', '2')], 'n1'],
    [[term('gpu', 'Exists'), term(ZONE, 'In', 'b')], 'n3'],
    [[term('gpu', 'DoesNotExist')], 'n1'],
  ])('of %j chooses %s', (terms, name) => {
    expect(goes(wants(...terms))).toBe(name);
  });

  test('that no node meets leaves the Pod waiting; a term without requirements is met by none', () => {
    expect(goes(wants(term('gpu', 'Exists')))).toBe('n1 node-affinity , n2 node-affinity , n3 node-affinity ');
    expect(goes(wants({ matchExpressions: [], matchFields: [] }))).toContain('n1 node-affinity');
    expect(goes(wants({ matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n2'] }] }))).toBe('n2');
  });

  test('that is preferred weighs more than an empty node, and yields where it cannot be met', () => {
    const prefers = (key: string) =>
      pod('a', { spec: { affinity: { ...NO_AFFINITY, nodePreferred: [{ weight: 10, term: term(key, 'In', 'b') }] } } });
    expect(goes(prefers(ZONE), [on('n3', pod('x')), on('n3', pod('y'))])).toBe('n3');
    expect(goes(prefers('gpu'))).toBe('n1');
  });
});

describe('affinity to Pods', () => {
  const cache = on('n3', labelled('cache', 'cache'));

  test('puts a Pod where another runs, by node or by zone', () => {
    const web = (key: string) => labelled('web', 'web', { affinity: { ...NO_AFFINITY, podRequired: [near('cache', key)] } });
    expect(goes(web(HOST), [cache])).toBe('n3');
    expect(goes(web(ZONE), [on('n2', labelled('cache', 'cache')), on('n2', pod('x'))])).toBe('n1');
    expect(goes(web(HOST), [])).toBe(`n1 pod-affinity ${HOST}, n2 pod-affinity ${HOST}, n3 pod-affinity ${HOST}`);
  });

  test('to its own kind lets the first one be alone', () => {
    const first = labelled('a', 'web', { affinity: { ...NO_AFFINITY, podRequired: [near('web', ZONE)] } });
    const pods = placed([first, { ...first, metadata: { ...first.metadata, name: 'b' } }, on('n3', pod('x'))]);
    expect(pods.slice(0, 2)).toEqual(['n1', 'n2']);
  });

  test('looks into its own namespace, unless it names others', () => {
    const away = { ...cache, metadata: { ...cache.metadata, namespace: 'shop' } };
    const web = (said: Partial<PodTerm>) =>
      labelled('web', 'web', { affinity: { ...NO_AFFINITY, podRequired: [near('cache', HOST, said)] } });
    expect(goes(web({}), [away])).toContain('pod-affinity');
    expect(goes(web({ namespaces: ['shop'] }), [away])).toBe('n3');
    const selector = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' }, matchExpressions: [] };
    expect(goes(web({ namespaceSelector: selector }), [away])).toBe('n3');
  });

  test('against its own kind gives each a node of its own, and the one too many none', () => {
    const anti = (name: string) => labelled(name, 'web', { affinity: { ...NO_AFFINITY, podAntiRequired: [near('web')] } });
    expect(placed(['a', 'b', 'c', 'd'].map(anti))).toEqual(['n1', 'n2', 'n3', null]);
    expect(goes(anti('d'), [on('n1', anti('a')), on('n2', anti('b')), on('n3', anti('c'))])).toContain(
      'n1 pod-anti-affinity Pod default/a',
    );
  });

  test('holds both ways: who keeps others away is left alone by them', () => {
    const hermit = on('n1', labelled('hermit', 'hermit', { affinity: { ...NO_AFFINITY, podAntiRequired: [near('web', ZONE)] } }));
    expect(goes(labelled('web', 'web'), [hermit])).toBe('n3');
    expect(goes(labelled('web', 'web'), [hermit], NODES.slice(0, 2))).toBe('n1 shunned Pod default/hermit, n2 shunned Pod default/hermit');
  });

  test('that is only preferred draws or keeps away', () => {
    const prefers = (field: 'podPreferred' | 'podAntiPreferred') =>
      labelled('web', 'web', { affinity: { ...NO_AFFINITY, [field]: [{ weight: 5, term: near('cache') }] } });
    expect(goes(prefers('podPreferred'), [cache])).toBe('n3');
    expect(goes(prefers('podAntiPreferred'), [on('n1', labelled('c', 'cache')), on('n2', pod('x')), on('n3', pod('y'))])).toBe('n2');
  });
});

describe('spreading', () => {
  const constraint = (said: Partial<SpreadConstraint> = {}): SpreadConstraint => ({
    maxSkew: 1,
    topologyKey: ZONE,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: { app: 'web' }, matchExpressions: [] },
    minDomains: null,
    matchLabelKeys: [],
    nodeAffinityPolicy: 'Honor',
    nodeTaintsPolicy: 'Ignore',
    ...said,
  });
  const web = (name: string, said: Partial<SpreadConstraint> = {}) =>
    labelled(name, 'web', { topologySpreadConstraints: [constraint(said)] });

  test('over zones keeps them within maxSkew of each other', () => {
    const zones = placed(['a', 'b', 'c', 'd'].map((name) => web(name))).map((name) => (name === 'n3' ? 'b' : 'a'));
    expect(zones.toSorted()).toEqual(['a', 'a', 'b', 'b']);
    expect(goes(web('e'), [on('n1', web('a'))], NODES.slice(0, 2))).toBe('n2');
    const full = machine('n3', 'b', { pods: 0 });
    expect(goes(web('e'), [on('n1', web('a'))], [...NODES.slice(0, 2), full])).toBe(`n1 spread ${ZONE}=a, n2 spread ${ZONE}=a, n3 pods 0`);
  });

  test('needs the label on the node, and at least minDomains places', () => {
    const bare = node('bare', '10.1.4.0/24', '192.168.1.14');
    expect(goes(web('a'), [], [bare])).toBe(`bare spread-label ${ZONE}`);
    expect(goes(web('b', { minDomains: 2 }), [on('n1', web('a'))], NODES.slice(0, 2))).toContain('n1 spread');
  });

  test('counts Pods of the same value of a label, where it is told to', () => {
    const versioned = (name: string, hash: string, at: string | null) => {
      const made = web(name, { matchLabelKeys: ['pod-template-hash'], topologyKey: HOST });
      const labels = { ...made.metadata.labels, 'pod-template-hash': hash };
      return { ...made, metadata: { ...made.metadata, labels }, spec: { ...made.spec, nodeName: at } };
    };
    const old = [versioned('a', 'old', 'n1'), versioned('b', 'old', 'n1'), versioned('c', 'old', 'n1')];
    const quiet = NODES.map((each) => (each.metadata.name === 'n1' ? each : { ...each, spec: { ...each.spec, unschedulable: true } }));
    expect(goes(versioned('d', 'new', null), old, quiet)).toBe('n1');
    expect(goes(versioned('d', 'old', null), old, quiet)).toContain('n1 spread');
  });

  test('that may be broken is a preference', () => {
    const soft = { whenUnsatisfiable: 'ScheduleAnyway' } as const;
    expect(goes(web('d', soft), [on('n1', web('a')), on('n2', web('b')), on('n3', pod('x')), on('n3', pod('y'))])).toBe('n3');
    expect(goes(web('d', soft), [on('n1', web('a'))], NODES.slice(0, 1))).toBe('n1');
  });
});

describe('FailedScheduling', () => {
  test('counts the reasons, and says whether sending others away would help', () => {
    const tainted = (name: string): Node => {
      const made = machine(name, 'a');
      return {
        ...made,
        spec: { ...made.spec, taints: [{ key: 'node-role.kubernetes.io/control-plane', value: '', effect: 'NoSchedule' }] },
      };
    };
    const { unplaced } = schedule([asking('a', '2')], [tainted('n1'), tainted('n2'), machine('n3', 'b', { cpu: 1000 })]);
    expect(failedScheduling(unplaced[0]?.refusals ?? [])).toBe(
      '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }. ' +
        'no new claims to deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.',
    );
  });

  test('names each lack of one node, and a cluster without nodes', () => {
    const { unplaced } = schedule([asking('a', '2', '1Gi')], [machine('n1', 'a', { cpu: 1000, memory: 1000 })]);
    expect(failedScheduling(unplaced[0]?.refusals ?? [])).toBe(
      '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. ' +
        'no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    );
    expect(failedScheduling([])).toBe('no nodes available to schedule pods');
  });
});
