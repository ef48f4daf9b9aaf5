import { expect, test } from 'vitest';
import { type ApiObject, refOf } from '../kube/meta';
import { formatRef } from '../kube/ref';
import { BARE } from '../settings';
import { dependentsOf, releasedFrom } from './garbage';
import { settle } from './settle';
import { daemonSet, deployment, job, pod, service, statefulSet } from './specimens.test-support';
import { THREE_NODES } from './sync.test-support';

const { cluster } = settle(
  [
    ...THREE_NODES,
    deployment('web', 2),
    statefulSet('db', 1),
    daemonSet('agent'),
    job('pi'),
    service('web', { selector: { app: 'web' } }),
    pod('alone'),
  ],
  BARE,
);

function named(objects: readonly ApiObject[]): readonly string[] {
  return objects.map((object) => formatRef(refOf(object)));
}

function of(kind: string, name: string): readonly string[] {
  return named(dependentsOf({ kind, namespace: 'default', name }, cluster)).map((each) => each.replace(/-[a-z0-9]{5,10}(?=$)/, '-*'));
}

test('what an object leaves behind is what was made of it', () => {
  expect(of('Deployment', 'web')).toEqual(['ReplicaSet default/web-*']);
  const [set] = cluster.replicaSets;
  expect(of('ReplicaSet', set?.metadata.name ?? '')).toHaveLength(2);
  expect(of('StatefulSet', 'db')).toEqual(['ControllerRevision default/db-*', 'Pod default/db-0']);
  expect(of('DaemonSet', 'agent')).toHaveLength(4);
  expect(of('Job', 'pi')).toEqual(['Pod default/pi-*']);
  expect(of('Service', 'web')).toEqual(['EndpointSlice default/web-*']);
  expect(of('Pod', 'alone')).toEqual([]);
});

test('without cascade it is let go, and nobody’s', () => {
  const released = releasedFrom({ kind: 'StatefulSet', namespace: 'default', name: 'db' }, cluster);
  expect(released.map(({ kind }) => kind)).toEqual(['ControllerRevision', 'Pod']);
  expect(released.flatMap(({ metadata }) => metadata.ownerReferences)).toEqual([]);
});
