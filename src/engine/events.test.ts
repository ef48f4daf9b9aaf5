// The Events that the parts of a cluster write about what they do.

import { expect, it } from 'vitest';
import { beginLive, change, known, liveServer, load, seek } from './index';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: nginx:1.27 }] }
`;

it('have names in the order of time: a Pod is scheduled, its image pulled, its container made and started', () => {
  const applied = change(beginLive(load(''), ''), { kind: 'manifest', text: POD });
  const { objects } = liveServer(seek(known(applied, 30_000), 30_000));
  const events = objects.filter(({ kind, name }) => kind === 'Event' && name.startsWith('web.'));
  expect(events.map(({ json }) => json.reason)).toEqual(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
  expect(events.map(({ name }) => name)).toEqual(events.map(({ name }) => name).sort());
  expect(events.map(({ json }) => json.message)).toEqual([
    expect.stringMatching(/^Successfully assigned default\/web to node-\d$/),
    'Pulling image "nginx:1.27"',
    'Successfully pulled image "nginx:1.27" in 1.5s (1.5s including waiting).',
    'Container created',
    'Container started',
  ]);
  expect(events.slice(1).map(({ json }) => json.involvedObject)).toEqual(
    Array.from({ length: 4 }, () => ({ kind: 'Pod', name: 'web', namespace: 'default', fieldPath: 'spec.containers{web}' })),
  );
  expect(new Set(events.map(({ name }) => name)).size).toBe(5);
  for (const { name } of events) expect(name).toMatch(/^web\.[0-9a-f]{16}$/);
});

const SET = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { nodeSelector: { disk: ssd }, containers: [{ name: web, image: nginx:1.27 }] }
---
apiVersion: v1
kind: Node
metadata: { name: node-1, labels: { disk: ssd } }
---
apiVersion: v1
kind: Pod
metadata: { name: homeless }
spec: { nodeSelector: { disk: tape }, containers: [{ name: main, image: nginx:1.27 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: pasted }
spec: { nodeName: node-1, containers: [{ name: main, image: nginx:1.27 }] }
status: { phase: Running, podIP: 10.1.1.99, podIPs: [{ ip: 10.1.1.99 }] }
`;

it('tell of a cluster at rest what must have happened to it, and nothing of a Pod that was pasted', () => {
  const { objects } = liveServer(beginLive(load(SET), SET));
  const events = objects.filter(({ kind, namespace }) => kind === 'Event' && namespace === 'default');
  const about = (start: string) => events.filter(({ name }) => name.startsWith(start)).map(({ json }) => json.reason);
  expect(events.filter(({ json }) => json.reason === 'ScalingReplicaSet').map(({ json }) => json.message)).toEqual([
    expect.stringMatching(/^Scaled up replica set web-\w+ from 0 to 2$/),
  ]);
  const reasons = about('web-');
  expect(reasons.filter((reason) => reason === 'SuccessfulCreate')).toHaveLength(2);
  expect(reasons.filter((reason) => reason === 'Pulled')).toHaveLength(2);
  // The second Pod on the node finds the image there.
  expect(reasons.filter((reason) => reason === 'Pulling')).toHaveLength(1);
  expect(about('homeless')).toEqual(['FailedScheduling']);
  expect(about('pasted')).toEqual([]);
});

it.each([
  ['nginx:1.27', 'IfNotPresent', ['Pulled: Container image "nginx:1.27" already present on machine and can be accessed by the pod']],
  ['nginx', 'Always', ['Pulling: Pulling image "nginx"', 'Pulled: Successfully pulled image "nginx" in 400ms (400ms including waiting).']],
])('tell of %s, pulled %s, on a node that has it', (image, imagePullPolicy, told) => {
  const first = POD.replace('nginx:1.27', image);
  const both = `${first}---${first.replaceAll('web', 'again').replace(image, `${image}, imagePullPolicy: ${imagePullPolicy}`)}`.replaceAll(
    'spec: {',
    'spec: { nodeName: node-1,',
  );
  const begun = change(beginLive(load(first.replace('spec: {', 'spec: { nodeName: node-1,')), first), { kind: 'manifest', text: both });
  const { objects } = liveServer(seek(known(begun, 30_000), 30_000));
  const events = objects.filter(({ kind, name }) => kind === 'Event' && name.startsWith('again.'));
  const said = events.map(({ json }) => `${json.reason}: ${json.message}`);
  expect(said.filter((text) => text.startsWith('Pull'))).toEqual(told);
});

it('tell that an image which nobody may pull is missing', () => {
  const text = POD.replace('name: web }', 'name: web, annotations: { kubehop.dev/pull: error } }').replace(
    'image: nginx:1.27',
    'image: nginx:1.27, imagePullPolicy: Never',
  );
  const applied = change(beginLive(load(''), ''), { kind: 'manifest', text });
  const { objects } = liveServer(seek(known(applied, 30_000), 30_000));
  const pod = objects.find(({ kind, name }) => kind === 'Pod' && name === 'web');
  expect(JSON.stringify(pod?.json.status)).toContain('"reason":"ErrImageNeverPull"');
  const reasons = objects.filter(({ kind, name }) => kind === 'Event' && name.startsWith('web.')).map(({ json }) => json.reason);
  expect(reasons).toEqual(['Scheduled', 'ErrImageNeverPull', 'Failed']);
});
