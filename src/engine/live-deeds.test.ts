// A session over time: done, undone, done again, lived again from the list of what was done, and looked at ahead.

import { expect, test } from 'vitest';
import { beginLive, change, known, type Live, liveLoaded, liveView, redo, relived, seek, undo, withSent } from './live';
import { nextHappening, pendingOf } from './live-ahead';
import { load } from './loaded';
import { undoneOf, withUndone } from './undone';
import type { ScenarioRequest } from './view';

const text = (names: readonly string[], port = 80): string =>
  `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: ${port}, targetPort: 80 }] }
---
${names
  .map(
    (name) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web } }
spec: { containers: [{ name: main, image: nginx, ports: [{ containerPort: 80 }] }] }
---
`,
  )
  .join('')}`;

const REQUEST: ScenarioRequest = { from: 'pod/web-1', to: 'http://web/', protocol: 'TCP', via: null };
const START = text(['web-1']);
const begun = (): Live => beginLive(load(START), START);
const told = (live: Live) => liveView(known(live, live.at + 10_000), live.at + 10_000);
const pods = (live: Live): readonly string[] =>
  liveLoaded(live)
    .snapshot.view.pods.filter(({ added }) => !added)
    .map(({ name, condition }) => `${name} ${condition}`);

test('what is applied comes over time, and is gone when it is undone', () => {
  const live = change(seek(begun(), 2000), { kind: 'manifest', text: text(['web-1', 'web-2']) });
  expect(pods(live)).toEqual(['web-1 ready', 'web-2 waiting']);
  expect(pods(seek(live, 3000))).toEqual(['web-1 ready', 'web-2 starting']);
  expect(pods(seek(live, 9000))).toEqual(['web-1 ready', 'web-2 ready']);
  expect(pods(seek(undo(live), 9000))).toEqual(['web-1 ready']);
  expect(told(redo(undo(live)))).toEqual(told(live));
});

test('the same deeds give the same life again, with requests along it and by hand', () => {
  const stream = { kind: 'stream', stream: { request: REQUEST, every: 500 }, length: 4000 } as const;
  const first = change(seek(begun(), 1000), stream);
  const second = change(seek(known(first, 3000), 2500), { kind: 'set-fault', fault: { kind: 'ill', pod: 'default/web-1', answers: 500 } });
  const lived = withSent(seek(known(second, 4000), 3200), REQUEST, 7);
  const again = seek(relived(begun(), JSON.parse(JSON.stringify(told(lived).deeds))), lived.at);
  expect(told(again)).toEqual(told(lived));
  expect(told(lived).sent.filter(({ well }) => !well).length).toBeGreaterThan(2);
});

test('an undone deed is not in the list', () => {
  const live = change(begun(), { kind: 'set-fault', fault: { kind: 'proxy-stopped', node: 'node-1' } });
  expect(told(undo(live)).deeds).toEqual([]);
});

test('what applying a text would change is told before it is applied, and nothing is done', () => {
  const live = begun();
  const pending = pendingOf(live, text(['web-2'], 81));
  const names = (objects: typeof pending.created): readonly string[] => objects.map(({ kind, name }) => `${kind} ${name}`);
  expect([names(pending.created), names(pending.configured), names(pending.deleted)]).toEqual([
    ['Pod web-2'],
    ['Service web'],
    ['Pod web-1'],
  ]);
  expect(pods(live)).toEqual(['web-1 ready']);
  expect(pendingOf(live, START)).toEqual({ created: [], configured: [], deleted: [] });
});

test('the next happening is found however far it is, and none where all is done', () => {
  const another = text(['web-1', 'web-2']).replace(
    'name: web-2, labels:',
    "name: web-2, annotations: { kubehop.dev/exit: '1@200s' }, labels:",
  );
  const live = change(begun(), { kind: 'manifest', text: another });
  const at = nextHappening(seek(live, 60_000));
  expect(at).toBeGreaterThan(200_000);
  expect(told(seek(live, at ?? 0)).happenings.find((each) => each.at === at)?.code).toBe('container-exited');
  expect(nextHappening(begun())).toBeNull();
});

test('the picture stays the same value while no object changes', () => {
  const live = begun();
  const picture = (at: number) => liveLoaded(seek(live, at)).snapshot;
  expect(picture(2200)).toBe(picture(3900));
});

test('what was undone can be done again in a session that was made again from plain data', () => {
  const applied = change(seek(begun(), 1000), { kind: 'manifest', text: text(['web-1', 'web-2']) });
  const asked = withSent(seek(known(applied, 9000), 9000), REQUEST, 3);
  const broken = change(asked, { kind: 'set-fault', fault: { kind: 'proxy-stopped', node: 'node-1' } });
  const lived = undo(undo(seek(broken, 12_000)));
  const undone: ReturnType<typeof undoneOf> = JSON.parse(JSON.stringify(undoneOf(lived)));
  expect(undone.map(({ stands, done }) => [stands, done.length])).toEqual([
    [0, 2],
    [2, 1],
  ]);
  const again = withUndone(relived(begun(), []), begun(), undone);
  expect(told(redo(again))).toEqual(told(redo(lived)));
  expect(told(redo(redo(again)))).toEqual(told(redo(redo(lived))));
  expect(redo(redo(again)).at).toBe(12_000);
  expect(told(undo(redo(redo(again))))).toEqual(told(undo(redo(redo(lived)))));
});

test('a request by hand after an undo stands in nothing that is done again', () => {
  const applied = change(seek(begun(), 1000), { kind: 'manifest', text: text(['web-1', 'web-2']) });
  const lived = withSent(undo(applied), REQUEST, 3);
  const undone = undoneOf(lived);
  expect(undone.map(({ stands, done }) => [stands, done.length])).toEqual([[0, 1]]);
  const again = withUndone(relived(begun(), lived.deeds), begun(), undone);
  expect(told(redo(again))).toEqual(told(redo(lived)));
});
