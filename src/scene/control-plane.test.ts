// The stations of the control plane, and the ways of messages between them.

import { expect, test } from 'vitest';
import { PARTS } from '../engine/index';
import { controlPlane, messageWay, stationOf } from './control-plane';

const plane = controlPlane({ nodes: ['node-1', 'node-2'], dns: ['node-2'] }, 800);

test('every part of a cluster has its station, those of nodes on each node', () => {
  expect(PARTS.filter((part) => stationOf(plane, { part, node: null }) === null)).toEqual([]);
  expect(plane.stations.filter(({ part }) => part === 'kubelet').map(({ node }) => node)).toEqual(['node-1', 'node-2']);
  expect(plane.stations.filter(({ part }) => part === 'coredns').map(({ node }) => node)).toEqual(['node-2']);
});

test('no two stations share a place, and all lie within the picture', () => {
  const places = new Set(plane.stations.map(({ x, y }) => `${x} ${y}`));
  expect(places.size).toBe(plane.stations.length);
  expect(plane.stations.every(({ x, y }) => x > 0 && x < plane.width && y > 0 && y < plane.height)).toBe(true);
});

test('a message passes the API server, whoever sends it to whomever', () => {
  const server = stationOf(plane, { part: 'api-server', node: null });
  const way = messageWay(plane, { part: 'scheduler', node: null }, { part: 'kubelet', node: 'node-2' }) ?? [];
  const [start, end] = [way[0], way.at(-1)];
  expect(start).toMatchObject({ x: stationOf(plane, { part: 'scheduler', node: null })?.x });
  expect(end).toMatchObject({ x: stationOf(plane, { part: 'kubelet', node: 'node-2' })?.x });
  expect(way).toContainEqual({ x: server?.x, y: server?.y });
});

test('every piece of a way is upright or level', () => {
  const way = messageWay(plane, { part: 'kubelet', node: 'node-1' }, { part: 'endpointslice-controller', node: null }) ?? [];
  const pieces = way.slice(1).map((point, index) => [point.x - (way[index]?.x ?? 0), point.y - (way[index]?.y ?? 0)]);
  expect(pieces.every(([dx, dy]) => dx === 0 || dy === 0)).toBe(true);
});

test('what nobody caused, or one caused oneself, is a report to the API server', () => {
  const kubelet = { part: 'kubelet', node: 'node-1' } as const;
  expect(messageWay(plane, null, kubelet)).toEqual(messageWay(plane, kubelet, kubelet));
  expect(messageWay(plane, null, kubelet)?.at(-1)).toMatchObject(
    stationOf(plane, { part: 'api-server', node: null }) === null ? {} : { y: 206 },
  );
});

test('a part on a node that is gone has no way', () => {
  expect(messageWay(plane, null, { part: 'kubelet', node: 'node-9' })).toBeNull();
});

test('no node’s track meets the one who acts from outside', () => {
  const right = plane.user.x + plane.user.w;
  expect(plane.stations.filter(({ node, x }) => node !== null && x <= right)).toEqual([]);
});

test('many nodes make the picture wider, never the stations closer', () => {
  const wide = controlPlane({ nodes: Array.from({ length: 12 }, (_, index) => `node-${index}`), dns: [] }, 800);
  expect(wide.width).toBeGreaterThan(2000);
});

test('the centre of a page 1280 pixels wide has room for the whole control plane', () => {
  const narrow = controlPlane({ nodes: ['node-1', 'node-2'], dns: [] }, 636);
  expect(narrow.width).toBe(636);
  const places = narrow.stations.filter(({ slanted }) => slanted).map(({ x }) => x);
  expect(Math.min(...places.slice(1).map((x, index) => x - (places[index] ?? 0)))).toBeGreaterThanOrEqual(24);
});
