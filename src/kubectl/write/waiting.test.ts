// Commands that wait: a cluster whose moments follow each other as they are listed here.

import { describe, expect, it } from 'vitest';
import {
  type ApiServer,
  beginLive,
  type JsonMap,
  liveServer,
  load,
  type StoredObject,
  settledServer,
  writtenObjects,
} from '../../engine/index';
import { type Call, callOf } from '../call';
import { KUBECTL } from '../command';
import { readFlags } from '../flags';
import { kubectl } from '../kubectl';
import { newSession } from '../session';
import { commands } from './commands.test-support';
import { runWith } from './run';

interface Moment {
  /** Seconds after the first one. */
  readonly at: number;
  readonly objects: readonly StoredObject[];
}

const REST = settledServer(load(''), '');

/** Changes are taken down and alter nothing: what comes is in the list already. */
function film(moments: readonly Moment[], orders: unknown[] = []): ApiServer {
  const [first, ...rest] = moments;
  const server: ApiServer = {
    ...REST,
    now: REST.now + (first?.at ?? 0) * 1000,
    objects: first?.objects ?? [],
    change: (change) => {
      orders.push(change);
      return server;
    },
    next: () => (rest.length === 0 ? null : film(rest, orders)),
  };
  return server;
}

function stored(kind: string, name: string, json: JsonMap): StoredObject {
  const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
  const metadata = { name, namespace: 'default', ...(json.metadata as JsonMap | undefined) };
  return { kind, namespace: 'default', name, labels: {}, json: { apiVersion, kind, ...json, metadata } };
}

const counts = (replicas: number, updatedReplicas: number, availableReplicas: number, more: JsonMap = {}) =>
  stored('Deployment', 'web', {
    metadata: { generation: 2 },
    spec: { replicas: 3 },
    status: { observedGeneration: 2, replicas, updatedReplicas, availableReplicas, ...more },
  });

const run = (server: ApiServer, line: string) => kubectl(newSession(server), line.split(' '));

describe('rollout status', () => {
  const unseen = stored('Deployment', 'web', { metadata: { generation: 2 }, spec: { replicas: 3 }, status: { observedGeneration: 1 } });
  const moments = [unseen, counts(3, 0, 3), counts(4, 1, 3), counts(4, 1, 3), counts(4, 3, 3), counts(3, 3, 2), counts(3, 3, 3)];
  const server = film(moments.map((one, at) => ({ at, objects: [one] })));

  it('follows the rollout to its end, a line for each change', () => {
    const answer = run(server, 'rollout status deployment/web');
    expect(answer).toMatchObject({ status: 0, err: '' });
    expect(answer.out).toBe(`Waiting for deployment spec update to be observed...
Waiting for deployment "web" rollout to finish: 0 out of 3 new replicas have been updated...
Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...
Waiting for deployment "web" rollout to finish: 1 old replicas are pending termination...
Waiting for deployment "web" rollout to finish: 2 of 3 updated replicas are available...
deployment "web" successfully rolled out
`);
    expect(answer.server?.now).toBe(server.now + 6000);
  });

  it('gives up when its time is over, and looks once without --watch', () => {
    const answer = run(server, 'rollout status deployment/web --timeout=2s');
    expect(answer).toMatchObject({ status: 1, err: 'error: timed out waiting for the condition\n' });
    expect(answer.server?.now).toBe(server.now + 2000);
    expect(run(server, 'rollout status deployment/web --watch=false')).toMatchObject({
      status: 0,
      out: 'Waiting for deployment spec update to be observed...\n',
    });
  });

  it('ends where the deadline is over', () => {
    const late = counts(4, 1, 3, { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] });
    const answer = run(
      film([
        { at: 0, objects: [counts(4, 1, 3)] },
        { at: 600, objects: [late] },
      ]),
      'rollout status deployment/web',
    );
    expect(answer).toMatchObject({ status: 1, err: 'error: deployment "web" exceeded its progress deadline\n' });
  });

  it.each([
    [
      'DaemonSet',
      [
        [1, 0],
        [2, 1],
        [2, 2],
      ],
      (updated: number, available: number): JsonMap => ({
        desiredNumberScheduled: 2,
        updatedNumberScheduled: updated,
        numberAvailable: available,
      }),
      `Waiting for daemon set "x" rollout to finish: 1 out of 2 new pods have been updated...
Waiting for daemon set "x" rollout to finish: 1 of 2 updated pods are available...
daemon set "x" successfully rolled out
`,
    ],
    [
      'StatefulSet',
      [
        [1, 1],
        [2, 2],
      ],
      (updated: number, ready: number): JsonMap => ({ updatedReplicas: updated, readyReplicas: ready }),
      'Waiting for 1 pods to be ready...\npartitioned roll out complete: 2 new pods have been updated...\n',
    ],
  ])('of a %s has its own words', (kind, steps, status, out) => {
    const server = film(
      steps.map(([a = 0, b = 0], at) => ({ at, objects: [stored(kind, 'x', { spec: { replicas: 2 }, status: status(a, b) })] })),
    );
    expect(run(server, `rollout status ${kind}/x`)).toMatchObject({ status: 0, out, err: '' });
  });
});

describe('history and undo', () => {
  const template = (image: string): JsonMap => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } });
  const revision = (number: number, image: string, cause?: string) =>
    stored('ReplicaSet', `web-${number}`, {
      metadata: {
        annotations: {
          'deployment.kubernetes.io/revision': String(number),
          ...(cause === undefined ? {} : { 'kubernetes.io/change-cause': cause }),
        },
        ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true }],
      },
      spec: { template: { ...template(image), metadata: { labels: { app: 'web', 'pod-template-hash': String(number) } } } },
    });
  const deployment = (image: string) => stored('Deployment', 'web', { spec: { replicas: 1, template: template(image) } });
  const server = film([{ at: 0, objects: [deployment('nginx:2'), revision(2, 'nginx:2', 'image 1.0'), revision(1, 'nginx:1')] }]);

  it('lists the revisions from the oldest, and one of them in detail', () => {
    expect(run(server, 'rollout history deployment/web').out).toBe(
      'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         image 1.0\n\n',
    );
    expect(run(server, 'rollout history deployment/web --revision=2').out).toBe(
      'deployment.apps/web with revision #2\nPod Template:\n  Labels:\tapp=web\n\tpod-template-hash=2\n  Annotations:\tkubernetes.io/change-cause: image 1.0\n  Containers:\n   web:\n    Image:\tnginx:2\n    Port:\t<none>\n    Host Port:\t<none>\n    Environment:\t<none>\n    Mounts:\t<none>\n  Volumes:\t<none>\n  Node-Selectors:\t<none>\n  Tolerations:\t<none>\n\n',
    );
  });

  it('goes back to the template before', () => {
    const orders: unknown[] = [];
    const cluster = film([{ at: 0, objects: server.objects }], orders);
    expect(run(cluster, 'rollout undo deployment/web').out).toBe('deployment.apps/web rolled back\n');
    expect(orders).toEqual([
      expect.objectContaining({
        kind: 'patch',
        patch: { spec: { template: { spec: { containers: [{ name: 'web', image: 'nginx:1' }] } } } },
      }),
    ]);
    expect(run(cluster, 'rollout undo deployment/web --to-revision=2').out).toBe(
      'deployment.apps/web skipped rollback (current template already matches revision 2)\n',
    );
  });
});

describe('delete', () => {
  const pod = (made: string) => stored('Pod', 'x', { metadata: { creationTimestamp: made } });
  const going = film([0, 10, 30].map((at) => ({ at, objects: at < 30 ? [pod('2026-01-05T09:00:00Z')] : [] })));

  it('waits until the object is gone, or until another one has its name', () => {
    expect(run(going, 'delete pod x').server?.now).toBe(going.now + 30_000);
    const reborn = film([
      { at: 0, objects: [pod('2026-01-05T09:00:00Z')] },
      { at: 5, objects: [pod('2026-01-05T09:00:05Z')] },
    ]);
    expect(run(reborn, 'delete pod x').server?.now).toBe(reborn.now + 5000);
  });

  it('does not wait where it is told not to, and gives up in time', () => {
    expect(run(going, 'delete pod x --wait=false').server).toBeUndefined();
    expect(run(going, 'delete pod x --timeout=15s')).toMatchObject({
      status: 1,
      out: 'pod "x" deleted from default namespace\n',
      err: 'error: timed out waiting for the condition on pods/x\n',
    });
  });

  it.each([
    ['delete pod x', { gracePeriodSeconds: null, cascade: true }],
    ['delete pod x --grace-period=5', { gracePeriodSeconds: 5, cascade: true }],
    ['delete pod x --now', { gracePeriodSeconds: 1, cascade: true }],
    ['delete pod x --grace-period=0', { gracePeriodSeconds: 1, cascade: true }],
    ['delete pod x --force', { gracePeriodSeconds: 0, cascade: true }],
    ['delete pod x --cascade=orphan', { gracePeriodSeconds: null, cascade: false }],
  ])('%s orders %j', (line, order) => {
    const orders: unknown[] = [];
    run(film([{ at: 0, objects: [pod('2026-01-05T09:00:00Z')] }], orders), line);
    expect(orders).toEqual([{ kind: 'delete', object: { kind: 'Pod', namespace: 'default', name: 'x' }, ...order }]);
  });
});

describe('wait', () => {
  const ready = (status: string, phase = 'Running') => stored('Pod', 'x', { status: { phase, conditions: [{ type: 'Ready', status }] } });
  const starting = film([
    { at: 0, objects: [] },
    { at: 3, objects: [ready('False', 'Pending')] },
    { at: 20, objects: [ready('True')] },
    { at: 90, objects: [] },
  ]);
  const pending = film([
    { at: 3, objects: [ready('False', 'Pending')] },
    { at: 20, objects: [ready('True')] },
    { at: 90, objects: [] },
  ]);

  it.each([
    ['wait --for=condition=Ready pod/x', 17],
    ['wait --for=jsonpath={.status.phase}=Running pod/x', 17],
    ['wait --for=delete pod/x --timeout=2m', 87],
  ])('%s takes %i seconds', (line, seconds) => {
    const answer = run(pending, line);
    expect(answer).toMatchObject({ status: 0, out: 'pod/x condition met\n', err: '' });
    expect(answer.server?.now).toBe(pending.now + seconds * 1000);
  });

  it('waits for the object itself', () => {
    const answer = run(starting, 'wait --for=create pod/x');
    expect(answer).toMatchObject({ status: 0, out: 'pod/x condition met\n' });
    expect(answer.server?.now).toBe(starting.now + 3000);
  });

  it('is over after thirty seconds where nobody says otherwise, and at once with none', () => {
    expect(run(pending, 'wait --for=delete pod/x')).toMatchObject({
      status: 1,
      err: 'error: timed out waiting for the condition on pods/x\n',
    });
    expect(run(pending, 'wait --for=condition=Ready pod/x --timeout=0s')).toMatchObject({
      status: 1,
      err: 'error: condition not met for pod/x\n',
    });
  });
});

describe('run -it', () => {
  const TEXT = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
  const begun = liveServer(beginLive(load(TEXT), TEXT));

  function attachedTo(line: string) {
    const seen: StoredObject[] = [];
    const attach = (_: Call, pod: StoredObject) => {
      seen.push(pod);
      return { status: 3, out: 'hi\n', err: 'command terminated with exit code 3\n' };
    };
    const [command, flags] = [KUBECTL.children.find(({ path }) => path[0] === 'run') ?? KUBECTL, line.split(' ')];
    const read = readFlags(command, flags);
    if ('status' in read) throw new Error(read.err);
    return { answer: runWith(attach)(callOf(newSession(begun), { command, flags: read, input: '' })), seen };
  }

  it('goes on in the Pod as soon as it is ready, and takes it away with --rm', () => {
    const { answer, seen } = attachedTo('t --rm -it --image=busybox --restart=Never -- echo hi');
    expect(seen.map(({ name, json }) => [name, json.status])).toEqual([['t', expect.objectContaining({ phase: 'Running' })]]);
    expect(answer).toMatchObject({ status: 3, out: 'hi\npod "t" deleted from default namespace\n' });
    expect(answer.err).toMatch(
      /^All commands and output .*\nIf you don't see a command prompt, try pressing enter\.\ncommand terminated with exit code 3\n$/,
    );
    expect(answer.server?.manifest).toBe(TEXT);
    expect(answer.server?.now).toBeGreaterThan(begun.now);
  });

  it('leaves the Pod without --rm', () => {
    const { answer } = attachedTo('t -i --quiet --image=busybox');
    expect(answer).toMatchObject({ out: 'hi\n', err: 'command terminated with exit code 3\n' });
    expect(answer.server?.manifest).toMatch(/kind: Pod\n.*name: t\n(?:.*\n)*.*stdin: true/s);
  });
});

describe('in a cluster in which time passes', () => {
  const TEXT =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec: { terminationGracePeriodSeconds: 7, containers: [{ name: x, image: busybox }] }\n';
  const live = () => liveServer(beginLive(load(TEXT), TEXT));

  it('a Pod is ready some time after it was run, and gone some time after it was deleted', () => {
    const begun = live();
    const { answer, after } = commands(begun, 'run y --image=nginx\nwait --for=condition=Ready pod/y');
    expect(answer.out).toBe('pod/y condition met\n');
    expect(after.now).toBeGreaterThan(begun.now);
    const deleted = commands(after, 'delete pod y').after;
    expect(deleted.objects.some(({ kind, name }) => kind === 'Pod' && name === 'y')).toBe(false);
    expect(deleted.now).toBeGreaterThan(after.now);
    expect(deleted.manifest).toBe(TEXT);
  });

  it('a Deployment rolls out and back, and its template is again what was written', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: # of the Pods
      containers:
      - { name: web, image: "nginx:1", env: [{ name: A, value: "1" }] }
`;
    const begun = liveServer(beginLive(load(text), text));
    const changed = commands(begun, 'set image deploy/web web=nginx:2\nset env deploy/web A-\nrollout status deploy/web');
    expect(changed.answer.out).toMatch(
      /^Waiting for deployment spec update to be observed\.\.\.\n(?:Waiting for .*\n)+deployment "web" successfully rolled out\n$/,
    );
    expect(commands(changed.after, 'rollout history deploy/web').answer.out).toMatch(
      /\nREVISION {2}CHANGE-CAUSE\n1 +<none>\n2 +<none>\n\n$/,
    );
    const back = commands(changed.after, 'rollout undo deploy/web\nrollout status deploy/web').after;
    expect(writtenObjects(back.manifest).objects[0]?.json).toEqual(writtenObjects(text).objects[0]?.json);
    expect(back.manifest).toContain('spec: # of the Pods');
    expect(commands(back, 'rollout history deploy/web').answer.out).toMatch(/\n2 +<none>\n3 +<none>\n\n$/);
  });

  it('what stands in no manifest is changed in the cluster', () => {
    const { after } = commands(live(), 'cordon node-1\nlabel node node-1 disk=ssd');
    expect(after.manifest).toBe(TEXT);
    expect(after.objects.find(({ kind }) => kind === 'Node')).toMatchObject({
      labels: { disk: 'ssd' },
      json: { spec: { unschedulable: true } },
    });
  });
});
