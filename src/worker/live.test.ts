import { expect, test } from 'vitest';
import { liveLoaded, load } from '../engine/index';
import { openText, runCommand, type Session, withoutCluster } from './command';
import { begun, type KeptLive, told } from './live';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

const BEGIN = { kind: 'begin', text: TEXT, origin: 'rest', deeds: [], undone: [], at: 0, change: null, trace: null } as const;

/** Commands that are typed at rest, one after the other. */
function typed(...lines: readonly string[]): Session | null {
  const opened = openText(null, TEXT, { revision: 1 });
  return lines.reduce<Session | null>((session, line) => runCommand(session, { line, text: TEXT }, opened).session, null);
}

const pods = ({ live }: KeptLive): readonly string[] => liveLoaded(live).snapshot.view.pods.map(({ name }) => name);
const first = pods(begun(BEGIN, null)).find((name) => name.startsWith('web-')) ?? '';

test('time begins with the cluster that the commands at rest have left', () => {
  const session = typed(`kubectl delete pod ${first}`, 'kubectl cordon node-2');
  const kept = begun(BEGIN, session);
  expect(pods(kept)).not.toContain(first);
  expect(pods(kept)).toEqual(openText(session, TEXT, {}).loaded.snapshot.view.pods.map(({ name }) => name));
  expect(liveLoaded(kept.live).snapshot.view.nodes.find(({ name }) => name === 'node-2')?.schedulable).toBe(false);
  expect(told(kept)[0]).toMatchObject({ began: TEXT, deeds: [{}, {}], view: { now: kept.live.at, undoable: 2 } });
});

test('what kernels remember of a command at rest they remember when time begins', () => {
  const kept = begun(BEGIN, typed('kubectl get pods', `kubectl exec ${first} -- curl -s web`));
  const { states } = liveLoaded(kept.live).built.world;
  expect(Object.values(states).some(({ connections }) => connections.length > 0)).toBe(true);
});

test('where commands only looked, the clock begins at nought, as it does with another text or with nothing', () => {
  expect(begun(BEGIN, typed('kubectl get pods')).live).toMatchObject({ at: 0, deeds: [] });
  const session = typed(`kubectl delete pod ${first}`);
  expect(begun({ ...BEGIN, text: `${TEXT}---\n` }, session).live).toMatchObject({ at: 0, deeds: [] });
  expect(begun({ ...BEGIN, origin: 'nothing' }, session).live).toMatchObject({ at: 0, deeds: [] });
});

test('what time begins with is done behind what the commands at rest have done', () => {
  const change = { kind: 'set-fault', fault: { kind: 'proxy-stopped', node: 'node-1' } } as const;
  const { live } = begun({ ...BEGIN, change }, typed(`kubectl delete pod ${first}`));
  expect(live.deeds.at(-1)).toEqual({ at: live.at, change });
  expect(live.at).toBeGreaterThan(1000);
});

test('the life is made again from the text that it began with and from its deeds', () => {
  const kept = begun(BEGIN, typed(`kubectl delete pod ${first}`));
  const { deeds, at } = kept.live;
  expect(pods(begun({ ...BEGIN, deeds: JSON.parse(JSON.stringify(deeds)), at }, null))).toEqual(pods(kept));
});

test('a text that is opened without the cluster of the commands settles anew', () => {
  const session = typed(`kubectl delete pod ${first}`);
  expect(openText(withoutCluster(session), TEXT, {}).loaded.snapshot.view).toEqual(load(TEXT).snapshot.view);
});
