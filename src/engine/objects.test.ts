// What the API server shows: enough that whoever reads it back has the objects of the cluster, and the numbers that kubectl prints.

import { describe, expect, test } from 'vitest';
import { type Built, build } from './built';
import { generationOf } from './controlplane/generation';
import { objectsIn } from './controlplane/store';
import { cluster } from './course.test-support';
import { decode } from './kube/decode';
import { refOf } from './kube/meta';
import { formatRef } from './kube/ref';
import { parseTimestamp } from './kube/timestamp';
import { type JsonMap, storedObjects } from './objects';
import { PLAYGROUND } from './settings';

const TEMPLATE = `
    metadata: { labels: { app: web }, annotations: { kubehop.dev/listen: "80" } }
    spec:
      serviceAccountName: robot
      tolerations: [{ key: gpu, operator: Exists, effect: NoExecute, tolerationSeconds: 60 }]
      initContainers:
        - { name: log, image: "log:1", restartPolicy: Always, resources: { requests: { cpu: 10m } } }
      containers:
        - name: web
          image: nginx:1.27
          env: [{ name: LEVEL, value: debug }]
          ports: [{ containerPort: 80, name: http }]
          resources: { limits: { cpu: 500m, memory: 64Mi } }
          readinessProbe: { httpGet: { path: /ready, port: http, httpHeaders: [{ name: X, value: y }] }, periodSeconds: 3 }
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
      volumes: [{ name: cache, emptyDir: {} }]
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - { weight: 1, podAffinityTerm: { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: web } } } }
      topologySpreadConstraints:
        - { maxSkew: 2, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }`;

function workload(kind: string, name: string, spec: string, template = TEMPLATE): string {
  const apiVersion = kind === 'ReplicationController' ? 'v1' : kind === 'Job' ? 'batch/v1' : 'apps/v1';
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n  ${spec}\n  template:${template}\n`;
}

const SELECTOR = 'selector: { matchLabels: { app: web } }';

const EVERYTHING = [
  workload('Deployment', 'web', `replicas: 2\n  ${SELECTOR}\n  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 10% } }`),
  workload('ReplicaSet', 'old', `replicas: 1\n  ${SELECTOR.replace('web', 'old')}`, TEMPLATE.replaceAll('app: web', 'app: old')),
  workload('ReplicationController', 'rc', 'replicas: 1', TEMPLATE.replaceAll('app: web', 'app: rc')),
  workload(
    'StatefulSet',
    'db',
    `replicas: 2\n  serviceName: db\n  ${SELECTOR.replace('web', 'db')}`,
    TEMPLATE.replaceAll('app: web', 'app: db'),
  ),
  workload(
    'DaemonSet',
    'agent',
    SELECTOR.replace('web', 'agent'),
    TEMPLATE.replaceAll('app: web', 'app: agent').replace('spec:', 'spec:\n      hostNetwork: true'),
  ),
  workload('Job', 'pi', 'completions: 3', TEMPLATE.replace('spec:', 'spec:\n      restartPolicy: Never')),
  `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "30 4 * * *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: busybox }] } } } }
`,
  `apiVersion: v1
kind: Pod
metadata: { name: alone }
spec: { containers: [{ name: c, image: busybox, command: [sleep, '9'] }] }
`,
].join('---\n');

function jsonOf(built: Built, kind: string, name: string, now: number | null = null): JsonMap {
  const found = storedObjects(built, now).find((one) => one.kind === kind && one.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found.json;
}

/** Without the text of a template, which grows by what was filled in. */
function readable(object: object): unknown {
  return JSON.parse(JSON.stringify(object, (key, value: unknown) => (key === 'written' || key === 'raw' ? undefined : value)));
}

describe('whoever reads an object back', () => {
  const built = cluster(EVERYTHING);
  const kinds = [
    'Node',
    'Pod',
    'Deployment',
    'ReplicaSet',
    'ReplicationController',
    'StatefulSet',
    'DaemonSet',
    'ControllerRevision',
    'Job',
    'CronJob',
  ];

  test.each(kinds)('has the same %s', (kind) => {
    const stored = new Map(storedObjects(built).map((one) => [formatRef(one), one.json]));
    const objects = objectsIn(built.cluster).filter((object) => object.kind === kind);
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) {
      const again = decode(stored.get(formatRef(refOf(object))) ?? {});
      // What nobody has written again is at its first generation.
      const first = { ...object, metadata: { ...object.metadata, generation: generationOf(object) } };
      const { status: _, ...rest } = { status: null, ...first };
      const { status: __, ...same } = { status: null, ...again };
      expect(readable(same), formatRef(refOf(object))).toEqual(readable(rest));
    }
  });

  test('finds in a Pod what its template says beyond what the cluster reads', () => {
    const pods = storedObjects(built).filter(({ kind, namespace, name }) => kind === 'Pod' && namespace === 'default' && name !== 'alone');
    expect(pods).toHaveLength(11);
    for (const { json } of pods)
      expect(json).toMatchObject({
        spec: {
          serviceAccountName: 'robot',
          volumes: [{ name: 'cache' }],
          containers: [{ env: [{ name: 'LEVEL', value: 'debug' }], readinessProbe: { httpGet: { httpHeaders: [{ name: 'X' }] } } }],
        },
        status: { qosClass: 'Burstable' },
      });
  });
});

describe('the status', () => {
  const built = cluster(EVERYTHING);
  const statusOf = (kind: string, name: string) => jsonOf(built, kind, name).status;

  test('of a Deployment counts its Pods and says how it fares', () => {
    expect(statusOf('Deployment', 'web')).toMatchObject({
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      conditions: [
        { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
        { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
      ],
    });
    expect(statusOf('Deployment', 'web')).not.toHaveProperty('unavailableReplicas');
  });

  test('of the others is counted as their controllers count', () => {
    const revision = built.cluster.statefulSets[0]?.status.currentRevision;
    expect(statusOf('StatefulSet', 'db')).toEqual({
      availableReplicas: 2,
      collisionCount: 0,
      currentReplicas: 2,
      currentRevision: revision,
      observedGeneration: 1,
      readyReplicas: 2,
      replicas: 2,
      updateRevision: revision,
      updatedReplicas: 2,
    });
    expect(statusOf('DaemonSet', 'agent')).toEqual({
      currentNumberScheduled: 2,
      desiredNumberScheduled: 2,
      numberAvailable: 2,
      numberMisscheduled: 0,
      numberReady: 2,
      observedGeneration: 1,
      updatedNumberScheduled: 2,
    });
    expect(statusOf('ReplicationController', 'rc')).toMatchObject({ replicas: 1, readyReplicas: 1, availableReplicas: 1 });
    expect(statusOf('Job', 'pi')).toMatchObject({
      succeeded: 3,
      conditions: [{ type: 'SuccessCriteriaMet' }, { type: 'Complete', status: 'True', reason: 'CompletionsReached' }],
    });
  });

  test('of a Pod that ended says so', () => {
    const pod = storedObjects(built).find(({ kind, name }) => kind === 'Pod' && name.startsWith('pi-'))?.json.status;
    expect(pod).toMatchObject({
      phase: 'Succeeded',
      containerStatuses: [{ name: 'web', ready: false, state: { terminated: { reason: 'Completed', exitCode: 0 } } }],
    });
    expect(pod).not.toHaveProperty('podIP');
  });

  test('of a workload whose Pods are not ready counts what is missing', () => {
    const broken = cluster(workload('Deployment', 'web', `replicas: 3\n  ${SELECTOR}`, TEMPLATE.replace('port: http,', 'port: 81,')));
    expect(jsonOf(broken, 'Deployment', 'web').status).toMatchObject({ replicas: 3, unavailableReplicas: 3, updatedReplicas: 3 });
    expect(jsonOf(broken, 'Deployment', 'web').status).not.toHaveProperty('readyReplicas');
  });
});

test('a Pod keeps what its kubelet reported, container by container', () => {
  const built = build(
    `
apiVersion: v1
kind: Pod
metadata: { name: sick, creationTimestamp: "2026-01-05T08:00:00Z", uid: 1-2-3 }
spec: { nodeName: node-1, containers: [{ name: a, image: a }, { name: b, image: b }] }
status:
  phase: Running
  podIP: 10.1.1.7
  conditions: [{ type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-01-05T08:01:00Z" }]
  containerStatuses:
    - { name: a, image: "docker.io/a", imageID: sha256:1, ready: true, started: true, restartCount: 0, state: { running: { startedAt: "2026-01-05T08:00:10Z" } } }
    - name: b
      ready: false
      restartCount: 4
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: "2026-01-05T08:05:00Z" } }
`,
    PLAYGROUND,
  );
  expect(jsonOf(built, 'Pod', 'sick')).toMatchObject({
    metadata: { creationTimestamp: '2026-01-05T08:00:00Z', uid: '1-2-3' },
    status: {
      conditions: [
        { type: 'Initialized', status: 'True' },
        { type: 'Ready', status: 'False', lastTransitionTime: '2026-01-05T08:01:00Z' },
        { type: 'ContainersReady', status: 'False', message: 'containers with unready status: [b]' },
        { type: 'PodScheduled', status: 'True' },
      ],
      containerStatuses: [
        { name: 'a', imageID: 'sha256:1', ready: true, state: { running: { startedAt: '2026-01-05T08:00:10Z' } } },
        {
          name: 'b',
          restartCount: 4,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-05T08:05:00Z' } },
        },
      ],
    },
  });
});

test('what was made says by whom', () => {
  const built = cluster(EVERYTHING);
  const set = storedObjects(built).find(({ kind, name }) => kind === 'ReplicaSet' && name.startsWith('web-'));
  expect(set?.json.metadata).toMatchObject({
    ownerReferences: [{ apiVersion: 'apps/v1', blockOwnerDeletion: true, controller: true, kind: 'Deployment', name: 'web' }],
    annotations: { 'deployment.kubernetes.io/revision': '1', 'deployment.kubernetes.io/desired-replicas': '2' },
  });
});

test('time counts where Pods have to be ready for a while', () => {
  const built = cluster(workload('ReplicaSet', 'web', `replicas: 1\n  minReadySeconds: 30\n  ${SELECTOR}`));
  const [pod] = built.cluster.pods.filter(({ metadata }) => metadata.namespace === 'default');
  if (pod === undefined) throw new Error('no Pod');
  const since = { ...pod, status: { ...pod.status, readySince: '2026-01-05T09:00:00Z' } };
  const later = { ...built, cluster: { ...built.cluster, pods: [since] } };
  const at = (time: string) => jsonOf(later, 'ReplicaSet', 'web', parseTimestamp(time)).status;
  expect(at('2026-01-05T09:00:29Z')).toMatchObject({ readyReplicas: 1 });
  expect(at('2026-01-05T09:00:29Z')).not.toHaveProperty('availableReplicas');
  expect(at('2026-01-05T09:00:30Z')).toMatchObject({ availableReplicas: 1 });
});
