// One node as a district. Its drawing is made in a coordinate u that grows along the request's way and is mirrored where the
// way runs to the left:
//
//   source:  [client] PREROUTING routing FORWARD POSTROUTING | riser | Pods | eth0     (boards above the hooks)
//   target:  eth0 PREROUTING routing FORWARD POSTROUTING | riser | Pods                (Pods above the hooks, or boards)
//   folded:  eth0 riser Pods                                                           (the kernel is one capsule)
//
// The node's own programs stand under the hooks, between INPUT and OUTPUT, only where the packet meets them.

import type { NodeView, PodView } from '../engine/index';
import { at, type Box, type Point, type Polyline } from './geometry';
import type { BoardPlace, Way } from './way';

export const POD = { w: 124, h: 40, pitch: 55 } as const;
const FIRST_ROW = 54;
const HOOK_GAP = 40;
const COLUMN = 178;
/** From the spine down to the node's own programs. */
const HOST_DEPTH = 114;
/** Beyond this number a Pod is a tick. */
const STREET = 12;
const TICK = { w: 10, h: 13, pitchX: 15, pitchY: 19, perRow: 11 } as const;

export type HookName = 'PREROUTING' | 'FORWARD' | 'POSTROUTING' | 'INPUT' | 'OUTPUT';

export interface PodBox extends Box {
  readonly pod: PodView;
  /** The edge with the thick bar, where the track enters. */
  readonly bar: 'left' | 'right';
  /** It asks: its track leaves it downwards. */
  readonly client: boolean;
  readonly onWay: boolean;
  readonly device: string | null;
  /** The ring of its interface on the node's side; null for a tick. */
  readonly station: Point | null;
  /** From the Pod's edge to the spine, the last piece along the spine towards the hooks. */
  readonly strand: Polyline;
  /** The one line of all on this riser, where there is but one: it takes the middle of the track. */
  readonly sole: string | null;
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' };
}

export interface Tick extends Box {
  readonly pod: PodView;
}

export interface HookMark extends Point {
  readonly name: HookName;
}

export interface Board extends Box {
  readonly place: BoardPlace;
  /** Which way the pentagon points. */
  readonly points: 'left' | 'right';
}

export interface Post {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

export interface District extends Box {
  readonly node: NodeView;
  readonly unfolded: boolean;
  readonly onWay: boolean;
  /** +1 where the request's way runs to the right. */
  readonly flow: 1 | -1;
  readonly spine: number;
  readonly eth: { readonly point: Point; readonly name: string; readonly side: 'left' | 'right' };
  readonly pods: readonly PodBox[];
  readonly ticks: readonly Tick[];
  readonly hooks: readonly HookMark[];
  readonly routing: Point | null;
  /** The routing decision for the node's own packets. */
  readonly routingOut: Point | null;
  /** The node's own programs, where the packet meets them. */
  readonly host: (Box & { readonly pods: readonly PodView[] }) | null;
  readonly boards: readonly Board[];
  readonly posts: readonly Post[];
  readonly register: Box | null;
  /** Of a folded kernel, with the Pods that share the node's network. */
  readonly capsule: (Point & { readonly pods: readonly PodView[] }) | null;
  /** Ground that is kept free under the hooks, for the blind. */
  readonly idle: readonly Polyline[];
}

interface Plan {
  readonly node: NodeView;
  readonly kind: 'source' | 'target' | 'folded';
  readonly client: PodView | null;
  readonly street: readonly PodView[];
  readonly tickPods: readonly PodView[];
  readonly hostPods: readonly PodView[];
  readonly boards: readonly BoardPlace[];
  readonly withHost: boolean;
  readonly withIn: boolean;
  readonly withOut: boolean;
  readonly ethSide: 'left' | 'right';
  readonly way: Way;
}

/** What is known of a district before the rows of the picture are. */
export interface Measured {
  readonly plan: Plan;
  readonly w: number;
  /** How far under the top edge the spine must lie at least. */
  readonly spine: number;
  /** What lies under the spine. */
  readonly below: number;
}

/** What we added first, then by address: a new Pod gets the next free one, so that it comes last; so does one that has none yet. */
function slotOrder(pods: readonly PodView[]): readonly PodView[] {
  const key = (pod: PodView): string =>
    `${pod.added ? 0 : 1} ${pod.addresses[0] === undefined ? '~' : sortable(pod.addresses[0])} ${pod.namespace}/${pod.name}`;
  return [...pods].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** An IPv4 address with all its digits, in the order of its numbers. */
function sortable(address: string): string {
  return address
    .split('.')
    .map((part) => part.padStart(3, '0'))
    .join('.');
}

export function measure(
  node: NodeView,
  { pods, way, ethSide }: { pods: readonly PodView[]; way: Way; ethSide: 'left' | 'right' },
): Measured {
  const unfolded = way.hooks.has(node.netns);
  const boards = way.boards.filter((board) => board.netns === node.netns);
  const own = slotOrder(pods.filter((pod) => pod.node === node.name));
  const client = own.find((pod) => !pod.hostNetwork && pod.netns === way.client) ?? null;
  const inPods = own.filter((pod) => !pod.hostNetwork && pod !== client);
  const crowded = inPods.length > STREET;
  const street = crowded ? inPods.filter((pod) => way.netns.has(pod.netns)) : inPods;
  const kind = !unfolded ? 'folded' : client !== null || way.client === node.netns ? 'source' : 'target';
  const hostPods = own.filter((pod) => pod.hostNetwork);
  const withHost = unfolded && (hostPods.length > 0 || way.hosts.has(node.netns));
  const plan: Plan = {
    node,
    kind,
    client,
    street,
    tickPods: crowded ? inPods : [],
    hostPods,
    boards,
    withHost,
    withIn: withHost || way.hooks.get(node.netns)?.has('INPUT') === true,
    withOut: withHost || way.hooks.get(node.netns)?.has('OUTPUT') === true,
    ethSide,
    way,
  };
  return { plan, w: widthOf(plan), spine: spineOf(plan), below: belowOf(plan) };
}

/** The lower ground holds the blind and the register, and the node's own packets where there are any. */
function belowOf(plan: Plan): number {
  if (plan.kind === 'folded') return 22;
  if (plan.withHost) return HOST_DEPTH + 120;
  return plan.withOut || plan.withIn ? 170 : 102;
}

function rowsOf(plan: Plan): number {
  const { length } = plan.street;
  return Math.min(4, Math.max(plan.kind === 'folded' ? 2 : 1, length));
}

function columnsOf(plan: Plan): number {
  return Math.ceil(plan.street.length / rowsOf(plan));
}

function podsAboveHooks(plan: Plan): boolean {
  return plan.kind === 'target' && plan.boards.length === 0;
}

/** u of PREROUTING. */
function firstHook(plan: Plan): number {
  if (plan.kind === 'target') return plan.boards.length > 0 ? 122 : 46;
  return plan.client === null ? 52 : 182;
}

function lastHook(plan: Plan): number {
  return firstHook(plan) + 3 * HOOK_GAP;
}

/** u behind the boards; those of the node's own packets stand further on. */
function boardsEnd(plan: Plan): number {
  return Math.max(0, ...plan.boards.map((board) => (board.hook === 'OUTPUT' ? outU(plan) : firstHook(plan)) + 153));
}

/** u of a riser. */
function riserOf(plan: Plan, column: number): number {
  if (plan.kind === 'folded') return 26 + (COLUMN - 26) * column;
  if (podsAboveHooks(plan)) return lastHook(plan) + 58 + COLUMN * Math.max(0, column - 1);
  return Math.max(lastHook(plan) + 58, boardsEnd(plan) + 26) + COLUMN * column;
}

function widthOf(plan: Plan): number {
  const columns = columnsOf(plan);
  const ticks = plan.tickPods.length === 0 ? 0 : TICK.perRow * TICK.pitchX + 30;
  if (plan.kind === 'folded') return Math.max(184, ticks + 20, columns === 0 ? 0 : riserOf(plan, columns - 1) + COLUMN - 18);
  if (podsAboveHooks(plan)) return Math.max(254, riserOf(plan, columns - 1) + (columns > 1 ? COLUMN + 4 : 24)) + ticks;
  const pods = columns === 0 ? Math.max(lastHook(plan) + 64, boardsEnd(plan) + 20) : riserOf(plan, columns - 1) + COLUMN + 4;
  return pods + ticks;
}

function tickRows(plan: Plan): number {
  return Math.ceil(plan.tickPods.length / TICK.perRow);
}

function spineOf(plan: Plan): number {
  const rows = FIRST_ROW + (rowsOf(plan) - 1) * POD.pitch + POD.h;
  const ticks = plan.tickPods.length === 0 ? 0 : FIRST_ROW + tickRows(plan) * TICK.pitchY + 16;
  if (plan.kind === 'folded') return Math.max(plan.street.length === 0 ? 0 : rows + 44, ticks + 12, 110);
  if (podsAboveHooks(plan)) return Math.max(rows + 78, ticks, 200);
  return Math.max(rows + 24, boardsBottom(plan) + 66, ticks, 238);
}

function boardHeight(place: BoardPlace): number {
  return place.lane === 'D' ? 37 : 52;
}

function boardsBottom(plan: Plan): number {
  return plan.boards.reduce((y, board) => y + boardHeight(board) + 5, FIRST_ROW - 2);
}

export function draw(measured: Measured, box: Box, spineBelowTop: number): District {
  const { plan } = measured;
  const flow = (plan.kind === 'source') === (plan.ethSide === 'right') ? 1 : -1;
  const x = (u: number): number => (flow === 1 ? box.x + u : box.x + box.w - u);
  const spine = box.y + spineBelowTop;
  const sketch: Sketch = { plan, box, flow, x, spine };
  const eth = ethOf(sketch);
  const pods = podBoxes(sketch);
  const kernel = plan.kind === 'folded' ? NO_KERNEL : kernelOf(sketch);
  return {
    ...box,
    node: plan.node,
    unfolded: plan.kind !== 'folded',
    onWay: plan.way.netns.has(plan.node.netns),
    flow,
    spine,
    eth,
    pods,
    ticks: ticksOf(sketch),
    ...kernel,
    ...boardsAt(sketch, kernel.hooks),
    capsule: plan.kind === 'folded' && pods.length > 0 ? { ...at(x(riserOf(plan, 0)), spine - 26), pods: plan.hostPods } : null,
    idle: [...pods.map((pod) => pod.strand), ...spineLines(sketch, eth.point)],
  };
}

interface Sketch {
  readonly plan: Plan;
  readonly box: Box;
  readonly flow: 1 | -1;
  readonly x: (u: number) => number;
  readonly spine: number;
}

function ethOf({ plan, box, spine }: Sketch): District['eth'] {
  const { ethSide: side, node } = plan;
  const name = node.devices.find((device) => device.to === null)?.name ?? 'eth0';
  return { point: at(side === 'right' ? box.x + box.w : box.x, spine), name, side };
}

function spineLines({ plan, x, spine, box, flow }: Sketch, eth: Point): readonly Polyline[] {
  if (plan.kind === 'folded') {
    const columns = Math.max(1, columnsOf(plan));
    return plan.street.length === 0 ? [] : [[eth, at(x(riserOf(plan, columns - 1)) - flow * 16, spine)]];
  }
  const far =
    plan.kind === 'source'
      ? x(firstHook(plan))
      : x(Math.max(lastHook(plan), columnsOf(plan) > 0 ? riserOf(plan, columnsOf(plan) - 1) - 16 : 0));
  const local = localLines({ plan, box, flow, x, spine });
  return [[eth, at(far, spine)], ...local];
}

const NO_KERNEL = { hooks: [], routing: null, routingOut: null, host: null, register: null } as const;

type Kernel = Pick<District, 'hooks' | 'routing' | 'routingOut' | 'host' | 'register'>;

function kernelOf(sketch: Sketch): Kernel {
  const { plan, x, spine, flow, box } = sketch;
  const first = firstHook(plan);
  const mark = (name: HookName, u: number, y = spine): HookMark => ({ name, ...at(x(u), y) });
  const through = [mark('PREROUTING', first), mark('FORWARD', first + 2 * HOOK_GAP), mark('POSTROUTING', first + 3 * HOOK_GAP)];
  const input = plan.withIn ? [mark('INPUT', first + HOOK_GAP, spine + 44)] : [];
  const output = plan.withOut ? [mark('OUTPUT', outU(plan), spine + 36)] : [];
  const top = spine + HOST_DEPTH;
  const centre = x((first + HOOK_GAP + outU(plan)) / 2);
  const host = plan.withHost ? { x: centre - 66, y: top, w: 132, h: 44, pods: plan.hostPods } : null;
  const registerX = flow === 1 ? box.x + box.w - 106 : box.x + 12;
  return {
    hooks: [...through, ...input, ...output],
    routing: at(x(first + HOOK_GAP), spine),
    routingOut: plan.withOut ? at(x(outU(plan)), spine + 66) : null,
    host,
    register: { x: registerX, y: box.y + box.h - 66, w: 94, h: 58 },
  };
}

/** u of the node's own packets on their way out: they join the spine between FORWARD and POSTROUTING. */
function outU(plan: Plan): number {
  return firstHook(plan) + HOOK_GAP * 2.5;
}

function localLines({ plan, x, spine, flow }: Sketch): readonly Polyline[] {
  const foot = plan.withHost ? spine + HOST_DEPTH : spine + 66;
  const input = x(firstHook(plan) + HOOK_GAP);
  const output = x(outU(plan));
  return [
    ...(plan.withIn ? [[at(input, spine), at(input, plan.withHost ? foot : spine + 44)]] : []),
    ...(plan.withOut ? [[at(output, foot), at(output, spine + 12), at(output + flow * 12, spine)]] : []),
  ];
}

function deviceTo(node: NodeView, netns: string): string | null {
  return node.devices.find((device) => device.to === netns)?.name ?? null;
}

function podBoxes(sketch: Sketch): readonly PodBox[] {
  const { plan } = sketch;
  const client = plan.client === null ? [] : [clientBox(sketch, plan.client)];
  return [...client, ...plan.street.map((pod, index) => streetBox(sketch, pod, index))];
}

function clientBox({ plan, box, x, spine, flow }: Sketch, pod: PodView): PodBox {
  const left = flow === 1 ? x(18) : x(142);
  const down = x(58);
  const top = box.y + FIRST_ROW - 4;
  const bottom = top + 48;
  const station = at(down, bottom + 56);
  return {
    x: left,
    y: top,
    w: 124,
    h: 48,
    pod,
    bar: flow === 1 ? 'left' : 'right',
    client: true,
    onWay: plan.way.netns.has(pod.netns),
    device: deviceTo(plan.node, pod.netns),
    station,
    strand: [at(down, bottom), station, at(down, spine - 38), at(down + flow * 38, spine), at(x(firstHook(plan) - 12), spine)],
    sole: null,
    label: { x: down + flow * 19, y: station.y - 3, anchor: flow === 1 ? 'start' : 'end' },
  };
}

function streetBox({ plan, box, x, spine, flow }: Sketch, pod: PodView, index: number): PodBox {
  const rows = rowsOf(plan);
  const column = Math.floor(index / rows);
  const y = box.y + FIRST_ROW + (index % rows) * POD.pitch;
  const above = podsAboveHooks(plan);
  const riser = x(riserOf(plan, column));
  // Pods above the hooks stand on the near side of the riser, all others beyond it.
  const side = above && column === 0 ? -flow : flow;
  const edge = riser + side * (plan.kind === 'folded' ? 24 : 50);
  const middle = y + POD.h / 2;
  const left = side === 1 ? edge : edge - POD.w;
  return {
    x: left,
    y,
    w: POD.w,
    h: POD.h,
    pod,
    bar: side === 1 ? 'left' : 'right',
    client: false,
    onWay: plan.way.netns.has(pod.netns),
    device: deviceTo(plan.node, pod.netns),
    station: plan.kind === 'folded' ? null : at(riser + side * 20, middle),
    strand: [
      at(edge, middle),
      ...(plan.kind === 'folded' ? [] : [at(riser + side * 20, middle)]),
      at(riser + side * 10, middle),
      at(riser, middle + 10),
      at(riser, spine - 12),
      at(riser - flow * 12, spine),
      at(riser - flow * 20, spine),
    ],
    sole: soleLane(plan, column, rows),
    label: { x: side === 1 ? left : left + POD.w, y: y - 5, anchor: side === 1 ? 'start' : 'end' },
  };
}

/** Whether one line only runs on a riser. */
function soleLane(plan: Plan, column: number, rows: number): string | null {
  const above = podsAboveHooks(plan);
  const riser = (index: number): number => (above ? Math.max(0, Math.floor(index / rows) - 1) : Math.floor(index / rows));
  const mine = above ? Math.max(0, column - 1) : column;
  const lanes = new Set(plan.street.flatMap((pod, index) => (riser(index) === mine ? [...(plan.way.lanes.get(pod.netns) ?? [])] : [])));
  const [only] = lanes;
  return lanes.size === 1 ? (only ?? null) : null;
}

function ticksOf({ plan, box, flow }: Sketch): readonly Tick[] {
  const perRow = plan.kind === 'folded' ? Math.max(TICK.perRow, Math.floor((box.w - 36) / TICK.pitchX)) : TICK.perRow;
  const width = TICK.perRow * TICK.pitchX;
  const left = plan.kind === 'folded' ? box.x + 18 : flow === 1 ? box.x + box.w - width - 12 : box.x + 16;
  return plan.tickPods.map((pod, index) => ({
    pod,
    x: left + (index % perRow) * TICK.pitchX,
    y: box.y + FIRST_ROW - 4 + Math.floor(index / perRow) * TICK.pitchY,
    w: TICK.w,
    h: TICK.h,
  }));
}

function boardsAt({ plan, box, x, spine, flow }: Sketch, hooks: readonly HookMark[]): Pick<District, 'boards' | 'posts'> {
  const boards: Board[] = [];
  const posts: Post[] = [];
  const top = box.y + FIRST_ROW - 2;
  let y = top;
  for (const name of new Set(plan.boards.map((place) => place.hook))) {
    const hook = hooks.find((mark) => mark.name === name) ?? { x: x(firstHook(plan)), y: spine };
    posts.push({ x: hook.x, from: y - 6, to: hook.y - 11 });
    for (const place of plan.boards.filter((one) => one.hook === name)) {
      const h = boardHeight(place);
      boards.push({ x: flow === 1 ? hook.x + 3 : hook.x - 3 - 150, y, w: 150, h, place, points: flow === 1 ? 'right' : 'left' });
      y += h + 5;
    }
  }
  return { boards, posts };
}
