// Rows E5 and E9 at rest: what comes of StatefulSets, DaemonSets, ReplicationControllers and Jobs, and of pastes that show their Pods.

import { describe, expect, test } from 'vitest';
import type { Built } from './built';
import type { RunningPod } from './controlplane/cluster';
import { ask, cluster } from './course.test-support';

const NODES = ['one', 'two', 'three']
  .map(
    (name, index) => `
apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { zone: ${index === 2 ? 'b' : 'a'} } }
spec: { podCIDR: 10.244.${index + 1}.0/24 }
status: { addresses: [{ type: InternalIP, address: 192.168.1.${index + 11} }] }
`,
  )
  .join('---');

function workload(kind: string, spec: string, more = ''): string {
  const apiVersion = kind === 'ReplicationController' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  return `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web }
spec:
  ${spec}
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c, image: example/app:1, ports: [{ containerPort: 80 }] }]${more} }
`;
}

function pasted(name: string, node: string, more = ''): string {
  return `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web }${more} }
spec: { nodeName: ${node}, containers: [{ name: c, image: example/app:1 }] }
`;
}

function podsOf(built: Built): readonly RunningPod[] {
  return built.cluster.pods.filter(({ metadata }) => metadata.namespace === 'default');
}

function names(built: Built): readonly string[] {
  return podsOf(built).map(({ metadata }) => metadata.name);
}

const OWN = 'selector: { matchLabels: { app: web } }';

describe('a StatefulSet', () => {
  const yaml = `${workload('StatefulSet', `replicas: 3\n  serviceName: nginx\n  ${OWN}`)}---
apiVersion: v1
kind: Service
metadata: { name: nginx }
spec: { clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { containers: [{ name: c, image: busybox, command: [sleep, '1000'] }] }
`;
  const built = cluster(yaml);

  test('numbers its Pods, and says their number and revision on them', () => {
    const own = podsOf(built).filter(({ metadata }) => metadata.name !== 'client');
    expect(own.map(({ metadata, spec }) => [metadata.name, spec.hostname, spec.subdomain])).toEqual(
      [0, 1, 2].map((ordinal) => [`web-${ordinal}`, `web-${ordinal}`, 'nginx']),
    );
    const [revision] = built.cluster.controllerRevisions;
    expect(own[1]?.metadata.labels).toEqual({
      app: 'web',
      'statefulset.kubernetes.io/pod-name': 'web-1',
      'apps.kubernetes.io/pod-index': '1',
      'controller-revision-hash': revision?.metadata.name,
    });
    expect(built.cluster.statefulSets[0]?.status.currentRevision).toBe(revision?.metadata.name);
  });

  test('gives each Pod a name in DNS, behind its headless Service', () => {
    for (const [index, name] of ['web-0.nginx.default.svc.cluster.local', 'web-1.nginx.default.svc', 'web-2.nginx'].entries())
      expect(ask(built, { from: 'pod/default/client', to: `${name}:80` }).outcome).toMatchObject({
        kind: 'delivered',
        owner: `default/web-${index}`,
      });
    expect(ask(built, { from: 'pod/default/client', to: 'web-3.nginx:80' }).outcome).toMatchObject({ kind: 'unresolved' });
  });

  test('counts from where spec.ordinals says, and makes no Pod that the text has', () => {
    const spec = `replicas: 3\n  ordinals: { start: 2 }\n  serviceName: nginx\n  ${OWN}`;
    const made = cluster(`${workload('StatefulSet', spec)}${pasted('web-3', 'node-1')}`);
    expect(names(made)).toEqual(['web-2', 'web-3', 'web-4']);
    expect(podsOf(made)[1]?.metadata.ownerReferences).toEqual([{ kind: 'StatefulSet', name: 'web', controller: true }]);
  });

  test('of a paste keeps the revision that its Pods speak of', () => {
    const revision = '{ app: web, controller-revision-hash: web-7d8f5c6b9 }';
    const made = cluster(
      `${workload('StatefulSet', `replicas: 2\n  ${OWN}`)}${pasted('web-0', 'node-1').replace('{ app: web }', revision)}`,
    );
    expect(podsOf(made).map(({ metadata }) => metadata.labels['controller-revision-hash'])).toEqual(['web-7d8f5c6b9', 'web-7d8f5c6b9']);
  });
});

describe('a DaemonSet', () => {
  const nodesOf = (built: Built) => podsOf(built).map(({ spec }) => spec.nodeName);

  test('has one Pod on every node, cordoned ones too', () => {
    const built = cluster(`${NODES.replace('10.244.1.0/24', '10.244.1.0/24, unschedulable: true')}---${workload('DaemonSet', OWN)}`);
    expect(nodesOf(built).toSorted()).toEqual(['one', 'three', 'two']);
    expect(names(built).every((name) => /^web-[a-z0-9]{5}$/.test(name))).toBe(true);
    expect(podsOf(built)[0]?.metadata.labels['controller-revision-hash']).toMatch(/^[a-z0-9]{10}$/);
  });

  test('passes by nodes that its template does not choose, or does not tolerate', () => {
    expect(nodesOf(cluster(`${NODES}---${workload('DaemonSet', OWN, ', nodeSelector: { zone: b }')}`))).toEqual(['three']);
    const tainted = NODES.replace('10.244.2.0/24', '10.244.2.0/24, taints: [{ key: gpu, effect: NoSchedule }]');
    expect(nodesOf(cluster(`${tainted}---${workload('DaemonSet', OWN)}`)).toSorted()).toEqual(['one', 'three']);
    const tolerant = workload('DaemonSet', OWN, ', tolerations: [{ key: gpu, operator: Exists }]');
    expect(nodesOf(cluster(`${tainted}---${tolerant}`)).toSorted()).toEqual(['one', 'three', 'two']);
    const required = 'requiredDuringSchedulingIgnoredDuringExecution';
    const affinity = `nodeAffinity: { ${required}: { nodeSelectorTerms: [{ matchExpressions: [{ key: zone, operator: In, values: [a] }] }] } }`;
    expect(nodesOf(cluster(`${NODES}---${workload('DaemonSet', OWN, `, affinity: { ${affinity} }`)}`)).toSorted()).toEqual(['one', 'two']);
  });

  test('of a paste makes only the Pods that are missing', () => {
    const built = cluster(`${NODES}---${workload('DaemonSet', OWN)}${pasted('web-x2v8q', 'two')}`);
    expect(nodesOf(built).toSorted()).toEqual(['one', 'three', 'two']);
    expect(names(built)).toContain('web-x2v8q');
  });
});

test('a ReplicationController selects by a plain map, adopts what bears the labels, and makes the rest', () => {
  const built = cluster(`${workload('ReplicationController', 'replicas: 3')}${pasted('stray', 'node-1')}`);
  expect(names(built)).toHaveLength(3);
  expect(new Set(podsOf(built).map(({ metadata }) => metadata.ownerReferences[0]?.name))).toEqual(new Set(['web']));
  expect(names(built)).toContain('stray');
});

describe('a Job', () => {
  const never = ', restartPolicy: Never';

  test('has run as many Pods as it wants to their end, which hold no address and get no requests', () => {
    const built = cluster(
      `${workload('Job', 'completions: 3', never)}---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`,
    );
    const done = { phase: 'Succeeded', ready: false, podIPs: [] };
    expect(podsOf(built).map(({ status }) => status)).toMatchObject([done, done, done]);
    expect(podsOf(built).every(({ spec }) => spec.nodeName !== null)).toBe(true);
    expect(built.cluster.endpointSlices.filter(({ metadata }) => metadata.namespace === 'default').flatMap((one) => one.endpoints)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ targetRef: expect.objectContaining({ kind: 'Pod' }) })]),
    );
    const { status } = built.cluster.jobs[0] ?? {};
    expect([status?.succeeded, status?.conditions.map(({ type, status: holds }) => `${type}=${holds}`)]).toEqual([
      3,
      ['SuccessCriteriaMet=True', 'Complete=True'],
    ]);
  });

  test('with indexes numbers its Pods', () => {
    const built = cluster(workload('Job', 'completions: 2\n  completionMode: Indexed', never));
    expect(podsOf(built).map(({ metadata, spec }) => [metadata.name.slice(0, -6), spec.hostname])).toEqual([
      ['web-0', 'web-0'],
      ['web-1', 'web-1'],
    ]);
    expect(built.cluster.jobs[0]?.status.completedIndexes).toEqual([0, 1]);
  });

  test('that no node takes waits, and one that is suspended makes nothing', () => {
    const built = cluster(workload('Job', 'completions: 1', `${never}, nodeSelector: { disk: ssd }`));
    expect(podsOf(built).map(({ status }) => status.phase)).toEqual(['Pending']);
    expect(built.cluster.jobs[0]?.status).toMatchObject({ succeeded: 0, conditions: [] });
    expect(names(cluster(workload('Job', 'suspend: true', never)))).toEqual([]);
  });

  test('of a paste makes no Pod again, whether its Pods came along or were deleted since', () => {
    const ended = 'status: { succeeded: 1, conditions: [{ type: Complete, status: "True" }] }';
    expect(names(cluster(`${workload('Job', 'completions: 1', never)}${ended}`))).toEqual([]);
    const own = `${pasted('web-x2v8q', 'node-1')}status: { phase: Succeeded }`;
    expect(names(cluster(`${workload('Job', 'completions: 1', never)}${own}`))).toEqual(['web-x2v8q']);
  });

  test('asks for no more Pods than there are made, and says so', () => {
    const built = cluster(workload('Job', 'completions: 5000', never));
    expect(names(built)).toHaveLength(1000);
    expect(built.findings.map(({ finding }) => finding.code)).toContain('replicas-limited');
  });
});

test('a CronJob waits for its time, and that is a hint', () => {
  const built = cluster(`
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: '30 4 * * *'
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: busybox }] } } } }
`);
  expect(names(built)).toEqual([]);
  expect(built.findings.map(({ finding }) => [finding.severity, finding.code])).toContainEqual(['hint', 'cron-job-waits']);
});

test('a change that plays no part in the network still makes another version of a Deployment', () => {
  const versions = ['', ', env: [{ name: LEVEL, value: debug }]', ', resources: { limits: { cpu: 1 } }'].map((more) => {
    const yaml = workload('Deployment', OWN).replace('image: example/app:1', `image: example/app:1${more}`);
    return cluster(yaml).cluster.replicaSets.find(({ metadata }) => metadata.namespace === 'default')?.metadata.name;
  });
  expect(new Set(versions).size).toBe(3);
});
