// The picture of packets on every Pod network: each stop has its place, wherever bridges and tunnels come in between.

import { expect, test } from 'vitest';
import { load, type ScenarioRequest, send } from '../engine/index';
import { layout } from './layout';
import { stationsOf } from './stations';
import { tracksOf } from './tracks';

const pod = (name: string, on: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { nodeName: ${on}, containers: [{ name: main, image: nginx, ports: [{ containerPort: 8080 }] }] }
---
`;

const TEXT = pod('client', 'node-1') + pod('near', 'node-1') + pod('far', 'node-2');
const NETWORKS = ['calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet', 'bridge', 'none'] as const;

const TUNNELLED: readonly string[] = ['calico-ipip', 'calico-vxlan', 'flannel'];

test.each(NETWORKS)('on %s every stop of the packet has a place, and a tunnel stands where the node’s card is', (network) => {
  const loaded = load(TEXT, { settings: { network } });
  const addressOf = (name: string): string => loaded.snapshot.view.pods.find((one) => one.name === name)?.addresses[0] ?? '';
  for (const to of ['near', 'far']) {
    const request: ScenarioRequest = { from: 'pod/client', to: `${addressOf(to)}:8080`, protocol: 'TCP', via: null };
    const answer = send(loaded, request, 1);
    if (answer.kind !== 'sent') throw new Error(JSON.stringify(answer.problem));
    const { steps } = answer.sent.told.trace;
    const scene = layout(loaded.snapshot.view, steps);
    expect(stationsOf(scene, steps).every((station) => station !== null)).toBe(true);
    expect(tracksOf(scene).points.every((point) => point !== null && Number.isFinite(point.x + point.y))).toBe(true);
    const cards = steps.flatMap((step, index) => (step.kind === 'encapsulated' ? [stationsOf(scene, steps)[index]?.kind] : []));
    expect(new Set(cards)).toEqual(new Set(to === 'far' && TUNNELLED.includes(network) ? ['eth'] : []));
  }
});
