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
  expect(new Set(events.map(({ name }) => name)).size).toBe(5);
  for (const { name } of events) expect(name).toMatch(/^web\.[0-9a-f]{16}$/);
});
