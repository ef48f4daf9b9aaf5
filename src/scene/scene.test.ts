// The picture of real traces: the gallery's samples and a few clusters that are larger or stranger than a course would have.

import { describe, expect, test } from 'vitest';
import { load, type ScenarioRequest, type SentRequest, send } from '../engine/index';
import { GALLERY } from '../gallery/gallery';
import { blindAt } from './blind';
import { type Box, grown, overlap, type Polyline } from './geometry';
import { layout, type Scene } from './layout';
import { packetAt } from './packet';
import { pointOf } from './stations';
import { type Tracks, tracksOf } from './tracks';
import { laneOf } from './way';

interface Picture {
  readonly name: string;
  readonly scene: Scene;
  readonly tracks: Tracks;
}

function picture(name: string, text: string, request: ScenarioRequest, seed = 7): Picture {
  const loaded = load(text);
  const answer = send(loaded, request, seed);
  if (answer.kind !== 'sent') throw new Error(`${name}: ${JSON.stringify(answer.problem)}`);
  const scene = layout(loaded.snapshot.view, stepsOf(answer.sent));
  return { name, scene, tracks: tracksOf(scene) };
}

function stepsOf(sent: SentRequest): SentRequest['told']['trace']['steps'] {
  return sent.told.trace.steps;
}

function tcp(from: string, to: string): ScenarioRequest {
  return { from, to, protocol: 'TCP', via: null };
}

function pod(name: string, node: string): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name.replace(/-\d+$/, '')} } }
spec: { nodeName: ${node}, containers: [{ name: a, image: nginx, ports: [{ containerPort: 8080 }] }] }
`;
}

function node(number: number): string {
  return `apiVersion: v1
kind: Node
metadata: { name: node-${number} }
status: { addresses: [{ type: InternalIP, address: 192.168.1.${9 + number} }] }
`;
}

const WEB = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, clusterIP: 10.152.183.25, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
`;

const yaml = (...documents: readonly string[]): string => documents.join('---\n');
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

const LARGE = yaml(...range(20).map(node), WEB, pod('client', 'node-3'), ...range(60).map((number) => pod(`web-${number}`, 'node-18')));

const PICTURES: readonly Picture[] = [
  ...GALLERY.map((entry) => picture(entry.id, entry.text, entry.request, entry.seed)),
  picture('node port from outside', yaml(WEB, pod('web-1', 'node-2')), tcp('external/203.0.113.9', 'http://192.168.1.10:30080/')),
  picture('node as client', yaml(WEB, pod('web-1', 'node-2')), tcp('node/node-1', 'http://10.152.183.25/')),
  picture('API server', pod('client', 'node-2'), tcp('pod/default/client', 'https://kubernetes.default/')),
  picture('address of no Pod', pod('client', 'node-1'), tcp('pod/default/client', '10.1.1.77:80')),
  picture(
    'three nodes',
    yaml(...range(3).map(node), WEB, pod('client', 'node-1'), pod('web-1', 'node-3')),
    tcp('pod/default/client', 'http://web/'),
  ),
  picture('twenty nodes', LARGE, tcp('pod/default/client', 'http://web/')),
];

function turns(line: Polyline): readonly number[] {
  return line.slice(1).map((to, index) => {
    const from = line[index]!;
    return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI / 45;
  });
}

describe.each(PICTURES)('$name', ({ scene, tracks }) => {
  const frame: Box = { x: 18, y: 18, w: scene.width - 28, h: scene.height - 28 };

  test('every step stands at a station inside the margin', () => {
    expect(tracks.points.filter((point) => point === null)).toEqual([]);
    for (const point of tracks.points) expect(overlap({ ...point!, w: 1, h: 1 }, frame)).toBe(1);
  });

  test('the packet rests where its line runs through the station', () => {
    for (const [index, leg] of tracks.legs.entries()) {
      if (leg === null) continue;
      const lane = laneOf(scene.way.steps[index]!);
      expect(leg.line.at(-1)).toEqual(pointOf(tracks.stations[index]!, lane));
      expect(leg.line[0]).toEqual(pointOf(tracks.stations[index - 1]!, lane));
      expect(packetAt(tracks, index, 1)).toMatchObject(tracks.points[index]!);
    }
  });

  test('every piece of every track lies at 0, 45 or 90 degrees', () => {
    const lines = [
      ...tracks.legs.flatMap((leg) => (leg === null ? [] : [leg.line])),
      ...scene.districts.flatMap((one) => one.idle),
      ...scene.rails,
    ];
    for (const turn of lines.flatMap(turns)) expect(turn).toBeCloseTo(Math.round(turn), 6);
  });

  test('no line runs through a Pod', () => {
    const pods = scene.districts.flatMap((district) => district.pods.map((box) => grown(box, -1)));
    const crossed = tracks.legs.flatMap((leg) =>
      leg === null ? [] : pods.filter((box) => samples(leg.line).some((point) => overlap({ ...point, w: 0.1, h: 0.1 }, box) > 0)),
    );
    expect(crossed).toEqual([]);
  });

  test('a line enters no district at which it does not stop', () => {
    for (const [index, leg] of tracks.legs.entries()) {
      if (leg === null) continue;
      const ends = [tracks.stations[index - 1], tracks.stations[index]].flatMap((station) =>
        station != null && 'district' in station ? [station.district] : [],
      );
      const others = scene.districts.filter((district) => !ends.includes(district)).map((district) => grown(district, -1));
      expect(others.filter((box) => samples(leg.line).some((point) => overlap({ ...point, w: 0.1, h: 0.1 }, box) > 0))).toEqual([]);
    }
  });

  test('the blind covers neither the packet nor leaves the picture', () => {
    for (const point of tracks.points) {
      const place = blindAt(scene, tracks, { point: point!, w: 300, h: 54 });
      expect(overlap(place, grown({ ...point!, w: 0, h: 0 }, 19))).toBe(0);
      expect(overlap(place, frame)).toBeCloseTo(300 * 54, 0);
    }
  });

  test('districts, hosts outside and lanes do not cover each other', () => {
    const boxes: readonly Box[] = [...scene.districts, ...scene.pills, ...[scene.waiting, scene.quiet].filter((row) => row !== null)];
    for (const [index, box] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(0);
  });

  test('Pods and boards stand inside their district and beside each other', () => {
    for (const district of scene.districts) {
      const boxes: readonly Box[] = [...district.pods, ...district.boards];
      for (const [index, box] of boxes.entries()) {
        expect(overlap(box, district)).toBeCloseTo(box.w * box.h, 3);
        for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(0);
      }
    }
  });
});

function samples(line: Polyline): Polyline {
  return line.slice(1).flatMap((to, index) => {
    const from = line[index]!;
    const count = Math.max(2, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 3));
    return range(count - 1).map((step) => ({ x: from.x + ((to.x - from.x) * step) / count, y: from.y + ((to.y - from.y) * step) / count }));
  });
}

test('the same cluster and trace make the same picture', () => {
  const once = (): unknown =>
    picture('', yaml(WEB, pod('client', 'node-1'), pod('web-1', 'node-2')), tcp('pod/default/client', 'http://web/'));
  expect(once()).toEqual(once());
});

test('a Pod that comes moves no other and no district', () => {
  const base = [WEB, pod('client', 'node-1'), pod('web-1', 'node-2'), pod('web-2', 'node-1')];
  const request = tcp('pod/default/client', 'http://10.1.2.2:8080/');
  const before = picture('', yaml(...base), request);
  const after = picture('', yaml(...base, pod('zebra', 'node-1')), request);
  const places = ({ scene }: Picture): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      scene.districts.flatMap((one) => [[one.node.name, one.x], ...one.pods.map((box) => [box.pod.netns, [box.x, box.y]])]),
    );
  expect(places(after)).toMatchObject(places(before));
  expect(Object.keys(places(after))).toHaveLength(Object.keys(places(before)).length + 1);
});

test('beyond twelve Pods a node shows ticks, and names only on the way', () => {
  const { scene } = PICTURES.find((one) => one.name === 'twenty nodes')!;
  const crowded = scene.districts.find((one) => one.node.name === 'node-18')!;
  expect(crowded.ticks).toHaveLength(60);
  expect(crowded.pods.filter((box) => !box.onWay)).toEqual([]);
});

test('an empty cluster is a picture without districts', () => {
  const scene = layout({ ...load('').snapshot.view, nodes: [], pods: [], services: [], externals: [] }, []);
  expect(scene.districts).toEqual([]);
  expect(Number.isFinite(scene.width + scene.height)).toBe(true);
});
