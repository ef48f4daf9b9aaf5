// What an API server keeps of the requests that were sent into its cluster: at rest and while time passes.

import { describe, expect, it } from 'vitest';
import type { ApiServer } from './api-server';
import { beginLive, seek } from './live';
import { liveServer } from './live-server';
import { load } from './loaded';
import { settledServer } from './settled-server';

const TEXT = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { nodeName: node-1, containers: [{ name: web, image: nginx }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: client, image: busybox, command: [sleep, '36000'] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

const asked = { from: 'pod/client', to: 'http://web/shop?page=2', protocol: 'TCP', via: null, headers: { 'User-Agent': 'Wget' } } as const;

function having(server: ApiServer, seed: number): ApiServer {
  const answer = server.send(asked, seed);
  if (answer.kind === 'refused') throw new Error('the request was refused');
  return answer.server;
}

function connections({ loaded }: ApiServer): number {
  return loaded.built.world.states['node/node-1']?.connections.filter(({ protocol }) => protocol === 'TCP').length ?? 0;
}

const rest = load(TEXT);

describe('an API server after requests', () => {
  it.each([
    ['at rest', settledServer(rest, TEXT)],
    ['in time', liveServer(seek(beginLive(rest, TEXT), 5000))],
  ])('remembers their connections %s, one after the other, and leaves the server before as it was', (_, server) => {
    const one = having(server, 1);
    const two = having(one, 2);
    expect([server, one, two].map(connections)).toEqual([0, 1, 2]);
    expect(two.served).toEqual([expect.anything(), expect.anything()]);
    expect(two.served[1]).toMatchObject({
      at: server.now,
      by: 'default/web',
      client: rest.built.cluster.pods.find(({ metadata }) => metadata.name === 'client')?.status.podIPs[0],
      method: 'GET',
      target: '/shop?page=2',
      status: 200,
      fields: { 'user-agent': 'Wget' },
    });
  });

  it('forgets, of what comes later on the axis, nothing that comes before', () => {
    const live = seek(beginLive(rest, TEXT), 5000);
    const one = having(liveServer(live), 1);
    expect(one.live?.sent.map(({ at, outcome, pod }) => [at, outcome, pod])).toEqual([[5000, 'delivered', 'default/web']]);
    expect(one.live === null ? null : liveServer(seek(one.live, 1000)).served).toEqual([]);
  });
});
