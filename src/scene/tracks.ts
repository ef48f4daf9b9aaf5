// The packet's way as polylines: one leg from each step's station to the next, in the lane of its line (D, A or R).
// Legs follow the strands, the spine of a district and the corridors between districts; they never cut across.

import type { Step } from '../engine/index';
import type { District } from './district';
import { at, type Point, type Polyline, reversedLine, simplified } from './geometry';
import type { Scene } from './layout';
import { laneOffset, laneStrand, pointOf, restingPoint, type Station, stationsOf } from './stations';
import { type Lane, laneOf } from './way';

export interface Leg {
  /** The step that this leg leads to. */
  readonly to: number;
  readonly lane: Lane;
  readonly line: Polyline;
  /** An answer that says no. */
  readonly refusal: boolean;
}

export interface Tracks {
  readonly stations: readonly (Station | null)[];
  /** By step. */
  readonly lanes: readonly Lane[];
  /** Where the packet stands at each step. */
  readonly points: readonly (Point | null)[];
  /** By the step that each leg leads to; null where the packet does not travel. */
  readonly legs: readonly (Leg | null)[];
}

export function tracksOf(scene: Scene): Tracks {
  const { steps } = scene.way;
  const stations = stationsOf(scene, steps);
  const points = steps.map((step, index) => {
    const station = stations[index] ?? null;
    return station === null ? null : restingPoint(station, laneOf(step));
  });
  const legs = steps.map((step, index) => legTo(scene, { steps, stations, step, index }));
  return { stations, lanes: steps.map(laneOf), points, legs };
}

interface Move {
  readonly steps: readonly Step[];
  readonly stations: readonly (Station | null)[];
  readonly step: Step;
  readonly index: number;
}

function legTo(scene: Scene, { steps, stations, step, index }: Move): Leg | null {
  const [before, from, to] = [steps[index - 1], stations[index - 1] ?? null, stations[index] ?? null];
  if (before === undefined || from === null || to === null || from.key === to.key) return null;
  if (step.skb === null || before.skb === null) return null;
  if (before.at.exchange !== step.at.exchange || before.at.direction !== step.at.direction) return null;
  const lane = laneOf(step);
  const line = simplified(route(scene, { from, to, lane }));
  return line.length < 2 ? null : { to: index, lane, line, refusal: isRefusal(step) };
}

/** An ICMP error, or a RST. */
export function isRefusal({ skb, at: place }: Step): boolean {
  if (skb === null || place.direction !== 'reply') return false;
  const { payload } = skb.packet;
  return payload.kind === 'icmp-error' || (payload.kind === 'segment' && payload.flags === 'RST');
}

interface Ends {
  readonly from: Station;
  readonly to: Station;
  readonly lane: Lane;
}

function route(scene: Scene, { from, to, lane }: Ends): Polyline {
  const [a, b] = [pointOf(from, lane), pointOf(to, lane)];
  if (from.kind === 'pod' && to.kind === 'veth') return laneStrand(from.pod, lane).slice(0, 2);
  if (from.kind === 'veth' && to.kind === 'pod') return reversedLine(laneStrand(to.pod, lane).slice(0, 2));
  const [home, there] = [districtOf(from), districtOf(to)];
  if (home !== null && there === home) return inside(home, { from, to, lane });
  if (from.kind === 'router' && to.kind === 'outside') return behind(to, lane, a);
  if (from.kind === 'outside' && to.kind === 'router') return reversedLine(behind(from, lane, b));
  return [a, ...abroad(scene, { from, to, lane }), b];
}

function districtOf(station: Station): District | null {
  return station.kind === 'router' || station.kind === 'outside' ? null : station.district;
}

/** Between two stations of one district: to the spine, along it, and away from it again. */
function inside(district: District, { from, to, lane }: Ends): Polyline {
  const [a, b] = [pointOf(from, lane), pointOf(to, lane)];
  if (from.kind === 'hook' && to.kind === 'routing-out') return [a, at(a.x, b.y - Math.abs(b.x - a.x)), b];
  if (isLocal(from) && isLocal(to)) return [a, b];
  return [...toSpine(district, from, lane), ...reversedLine(toSpine(district, to, lane))];
}

/** On the short lines to the node's own programs. */
function isLocal(station: Station): boolean {
  if (station.kind === 'hook') return station.mark.name === 'INPUT' || station.mark.name === 'OUTPUT';
  return station.kind === 'routing-out' || station.kind === 'host';
}

/** From the station to the spine of its district, the point where it meets the spine included. */
function toSpine(district: District, station: Station, lane: Lane): Polyline {
  const point = pointOf(station, lane);
  const level = district.spine + laneOffset(lane);
  if (station.kind === 'pod') return laneStrand(station.pod, lane);
  if (station.kind === 'veth') return laneStrand(station.pod, lane).slice(1);
  if (station.kind === 'hook' && station.mark.name === 'INPUT') return [point, at(point.x, level)];
  if (station.kind === 'routing-out' || (station.kind === 'hook' && station.mark.name === 'OUTPUT')) {
    return [point, at(point.x, level + 12), at(point.x + district.flow * 12, level)];
  }
  return [point];
}

/** Over the physical network: to the corridor, along it, by the trunk where the other end has another corridor. */
function abroad(scene: Scene, { from, to, lane }: Ends): Polyline {
  const by = laneOffset(lane);
  const [a, b] = [pointOf(from, lane), pointOf(to, lane)];
  const [x1, x2] = [corridorOf(scene, from), corridorOf(scene, to)];
  // Lanes swap sides where the way climbs, so that they stay beside each other round both corners.
  const side = a.x <= b.x === a.y <= b.y ? -by : by;
  if (x1 === x2) return a.y === b.y ? [] : [at(x1 + side, a.y), at(x1 + side, b.y)];
  const level = scene.trunk + by;
  return [at(x1 - by, a.y), at(x1 - by, level), at(x2 - by, level), at(x2 - by, b.y)];
}

function corridorOf(scene: Scene, station: Station): number {
  const district = districtOf(station);
  return district === null ? scene.mainCorridor : (scene.corridors.get(district.node.netns) ?? scene.mainCorridor);
}

/** From the router to a host behind it. */
function behind({ pill }: Station & { readonly kind: 'outside' }, lane: Lane, start: Point): Polyline {
  const end = at(pill.entry.x, pill.entry.y + laneOffset(lane));
  return start.y === end.y ? [start, end] : [start, at(start.x, end.y), end];
}
