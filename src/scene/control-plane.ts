// The parts of a cluster as stations of one line: the API server with etcd behind it, a trunk that leads away from it, controllers above the
// trunk, and the parts of each node below. Nobody talks to anybody but the API server, so every message runs along the trunk.

import { PARTS, type PartName } from '../engine/index';
import { at, type Box, type Point, type Polyline } from './geometry';

export interface Station extends Point {
  readonly part: PartName;
  /** null for a part of the control plane. */
  readonly node: string | null;
  /** Names of controllers stand aslant above their station, others beneath it. */
  readonly slanted: boolean;
}

export interface ControlPlane {
  readonly width: number;
  readonly height: number;
  readonly district: Box;
  /** The one program that all controllers are. */
  readonly controllers: Box;
  readonly etcd: Box;
  readonly server: Box;
  readonly user: Box;
  readonly trunk: Polyline;
  readonly stations: readonly Station[];
  readonly nodes: readonly (Box & { readonly name: string })[];
}

/** Whoever acts from outside stands to the left of it all: no track of a node leads there. */
const LEFT = 116;
const TRUNK = 206;
const ABOVE = 150;
const NODES = 258;
const BELOW = NODES + 52;
const SERVER = 196;
const FIRST = 268;
/** From the scheduler to the first controller. */
const APART = 40;
/** Controllers never stand closer than this: their slanted names, and a fingertip, need it. */
const CLOSEST = 24;
/** Room at the right for the slanted name of the last controller. */
const ASLANT = 88;
const NODE = { w: 186, h: 116, gap: 12 } as const;

/** Those of kube-controller-manager, in the order in which an application passes through them. */
export const CONTROLLERS: readonly PartName[] = PARTS.filter((part) => part.endsWith('-controller') || part === 'garbage-collector');

export interface Cast {
  readonly nodes: readonly string[];
  /** Nodes on which a Pod of CoreDNS runs. */
  readonly dns: readonly string[];
}

export function controlPlane({ nodes, dns }: Cast, room: number): ControlPlane {
  const width = Math.max(room, FIRST + APART + (CONTROLLERS.length - 1) * CLOSEST + ASLANT, LEFT + nodes.length * (NODE.w + NODE.gap));
  const step = (width - FIRST - APART - ASLANT) / (CONTROLLERS.length - 1);
  const controllers = CONTROLLERS.map(
    (part, index): Station => ({ ...at(FIRST + APART + index * step, ABOVE), part, node: null, slanted: true }),
  );
  const boxes = nodes.map((name, index) => ({ name, x: LEFT + index * (NODE.w + NODE.gap), y: NODES, w: NODE.w, h: NODE.h }));
  const lowest = boxes.length === 0 ? NODES : NODES + NODE.h;
  return {
    width,
    height: lowest + 12,
    district: { x: LEFT, y: 10, w: width - LEFT - 12, h: TRUNK + 24 },
    controllers: { x: FIRST + APART - 14, y: ABOVE - 14, w: step * (CONTROLLERS.length - 1) + 28, h: 28 },
    etcd: { x: SERVER - 34, y: 62, w: 68, h: 40 },
    server: { x: SERVER - 46, y: TRUNK - 19, w: 92, h: 38 },
    user: { x: 12, y: TRUNK - 20, w: 78, h: 40 },
    trunk: [at(90, TRUNK), at(width - 24, TRUNK)],
    stations: [
      { ...at(SERVER, TRUNK), part: 'api-server', node: null, slanted: false },
      { ...at(51, TRUNK), part: 'user', node: null, slanted: false },
      { ...at(FIRST, ABOVE), part: 'scheduler', node: null, slanted: true },
      ...controllers,
      ...boxes.flatMap((box) => stationsOn(box, dns.includes(box.name))),
    ],
    nodes: boxes,
  };
}

function stationsOn({ name, x }: Box & { readonly name: string }, hasDns: boolean): readonly Station[] {
  const parts: readonly PartName[] = hasDns ? ['kubelet', 'kube-proxy', 'coredns'] : ['kubelet', 'kube-proxy'];
  return parts.map((part, index) => ({ ...at(x + 32 + index * 60, BELOW), part, node: name, slanted: false }));
}

/** Who acts, as a happening says it. */
export interface Actor {
  readonly part: PartName;
  readonly node: string | null;
}

/** CoreDNS is one part on several nodes: it is shown where it stands first. */
export function stationOf({ stations }: ControlPlane, { part, node }: Actor): Station | null {
  return stations.find((each) => each.part === part && (node === null || each.node === node)) ?? null;
}

/** The way of a message: from who caused it, by the API server, to who acts on it. What nobody caused is reported to the API server. */
export function messageWay(plane: ControlPlane, cause: Actor | null, actor: Actor): Polyline | null {
  const end = stationOf(plane, actor);
  const server = stationOf(plane, { part: 'api-server', node: null });
  if (end === null || server === null) return null;
  const start = cause === null ? null : stationOf(plane, cause);
  if (start === null || start === end) return toServer(end, server);
  return [...toServer(start, server), ...[...toServer(end, server)].reverse().slice(1)];
}

function toServer(from: Point, server: Point): Polyline {
  return from.y === TRUNK ? [at(from.x, TRUNK), at(server.x, TRUNK)] : [at(from.x, from.y), at(from.x, TRUNK), at(server.x, TRUNK)];
}
