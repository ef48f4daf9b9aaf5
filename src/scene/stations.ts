// Which place of the picture a step stands at. Every step has one: a Pod's terminus, an interface, a hook, a routing square,
// the node's own programs, a router, a host outside.

import type { Step } from '../engine/index';
import type { District, HookMark, PodBox } from './district';
import { along, at, lengthOf, type Point, type Polyline, shifted } from './geometry';
import type { Pill, RouterMark, Scene } from './layout';
import { answersItself, isProgram, type Lane } from './way';

export type Station =
  | { readonly kind: 'pod' | 'veth'; readonly key: string; readonly district: District; readonly pod: PodBox }
  | { readonly kind: 'eth'; readonly key: string; readonly district: District }
  | { readonly kind: 'hook'; readonly key: string; readonly district: District; readonly mark: HookMark }
  | { readonly kind: 'routing' | 'routing-out' | 'kernel'; readonly key: string; readonly district: District }
  /** `point`: where the track to or from the programs ends. */
  | { readonly kind: 'host'; readonly key: string; readonly district: District; readonly point: Point }
  | { readonly kind: 'router'; readonly key: string; readonly router: RouterMark }
  | { readonly kind: 'outside'; readonly key: string; readonly pill: Pill };

const LANE_GAP = 9;

/** How far a lane lies beside the middle of the track; on level track positive is below. */
export function laneOffset(lane: Lane): number {
  return { D: LANE_GAP, A: 0, R: -LANE_GAP }[lane];
}

/** The stations of a trace's steps, in order; null only where the picture knows nothing of the namespace. */
export function stationsOf(scene: Scene, steps: readonly Step[]): readonly (Station | null)[] {
  const stations: (Station | null)[] = [];
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    stations.push(answersItself(step, before) ? (stations.at(-1) ?? null) : stationOf(scene, step, before));
  }
  return stations;
}

function stationOf(scene: Scene, step: Step, before: Step | undefined): Station | null {
  const { netns } = step.at;
  const pill = scene.pills.find((one) => one.netns === netns);
  if (pill !== undefined) return { kind: 'outside', key: netns, pill };
  const router = scene.routers.find((one) => one.netns === netns);
  if (router !== undefined) return { kind: 'router', key: netns, router };
  for (const district of scene.districts) {
    if (district.node.netns === netns) return inKernel(district, step, before);
    const pod = district.pods.find((one) => one.pod.netns === netns);
    if (pod !== undefined) return { kind: 'pod', key: netns, district, pod };
  }
  return null;
}

function inKernel(district: District, step: Step, before: Step | undefined): Station {
  const { netns } = district.node;
  if (step.kind === 'device-entered' || step.kind === 'device-left') return deviceAt(district, step.device);
  if (district.unfolded && (step.kind === 'encapsulated' || step.kind === 'decapsulated')) return deviceAt(district, step.device);
  const hook = 'hook' in step ? district.hooks.find((mark) => mark.name === step.hook) : undefined;
  if (hook !== undefined) return { kind: 'hook', key: `${netns} ${hook.name}`, district, mark: hook };
  if (district.host !== null && isProgram(step)) return { kind: 'host', key: `${netns} host`, district, point: doorOf(district, step) };
  if (!district.unfolded) return { kind: 'kernel', key: netns, district };
  if (before?.at.netns === netns && (before.kind === 'sent' || before.kind === 'encapsulated') && district.routingOut !== null)
    return { kind: 'routing-out', key: `${netns} routing-out`, district };
  return { kind: 'routing', key: `${netns} routing`, district };
}

function deviceAt(district: District, device: string): Station {
  const pod = district.pods.find((one) => one.device === device && one.station !== null);
  const key = `${district.node.netns} ${device}`;
  return pod === undefined ? { kind: 'eth', key, district } : { kind: 'veth', key, district, pod };
}

/** Where a lane runs through the station. */
export function pointOf(station: Station, lane: Lane): Point {
  const by = laneOffset(lane);
  switch (station.kind) {
    case 'pod':
      return laneStrand(station.pod, lane)[0] ?? station.pod;
    case 'veth':
      return laneStrand(station.pod, lane)[1] ?? station.pod;
    case 'eth':
      return at(station.district.eth.point.x, station.district.spine + by);
    case 'hook':
      return at(station.mark.x, onSpine(station.mark) ? station.district.spine + by : station.mark.y);
    case 'routing':
      return at(station.district.routing?.x ?? station.district.x, station.district.spine + by);
    case 'routing-out':
      return station.district.routingOut ?? station.district.eth.point;
    case 'host':
      return station.point;
    case 'kernel':
      return station.district.capsule ?? station.district.eth.point;
    case 'router':
      return at(station.router.x, station.router.y + by);
    case 'outside':
      return at(station.pill.entry.x, station.pill.entry.y + by);
    default:
      return station satisfies never;
  }
}

/** How far before a Pod the packet stops, so that the name stays free. */
export const BEFORE_POD = 16;

/** Where the packet rests: on the station, or just before a Pod or the node's own programs. */
export function restingPoint(station: Station, lane: Lane): Point {
  if (station.kind === 'host') return at(station.point.x, station.point.y - BEFORE_POD);
  if (station.kind !== 'pod') return pointOf(station, lane);
  const { x, y } = along(laneStrand(station.pod, lane), BEFORE_POD / Math.max(1, lengthOf(laneStrand(station.pod, lane))));
  return at(x, y);
}

export function onSpine(mark: HookMark): boolean {
  return mark.name !== 'INPUT' && mark.name !== 'OUTPUT';
}

/** Programs send by the track of OUTPUT and receive by that of INPUT. */
function doorOf({ host, routing, routingOut, eth }: District, step: Step): Point {
  const track = step.kind === 'sent' ? routingOut : routing;
  return at(track?.x ?? eth.point.x, host?.y ?? eth.point.y);
}

/** The Pod's strand as one lane of it: at its end, on the spine, it lies where the spine has the lane. */
export function laneStrand(pod: PodBox, lane: Lane): Polyline {
  const [end, before] = [pod.strand.at(-1), pod.strand.at(-2)];
  const sign = end !== undefined && before !== undefined && end.x < before.x ? -1 : 1;
  if (pod.sole === lane)
    return pod.strand.map((point, index) => (index < pod.strand.length - 3 ? point : at(point.x, point.y + laneOffset(lane))));
  return shifted(pod.strand, laneOffset(lane) * sign);
}
