// The whole picture: districts in columns on both sides of the network's corridors, outside hosts under the right-hand column,
// what waits and what is not asked for in lanes beneath, the legend last. A pure function of the cluster and the trace.
//
//   [node 1] | [node 2]   [node 5] | [node 6]
//   [node 3] | [node 4]   [node 7] | [node 8]        | corridor of the physical network, joined by a trunk below
//   ---------+-----------------------+-------

import type { ClusterView, PodView, ServiceView, Step } from '../engine/index';
import { type District, draw, type Measured, measure } from './district';
import { at, type Box, type Point, type Polyline } from './geometry';
import { type Way, wayOf } from './way';

const LEFT = 34;
const TOP = 32;
const CORRIDOR = 84;
const GAP = 28;
const ROW_GAP = 26;

export interface Pill extends Box {
  readonly netns: string;
  readonly address: string;
  readonly onWay: boolean;
  /** Where its track ends. */
  readonly entry: Point;
  readonly strand: Polyline;
  readonly behindRouter: boolean;
}

export interface RouterMark extends Point {
  readonly netns: string;
  readonly address: string;
}

/** Things in a row, and how many more there are. */
export interface Row<Item> extends Box {
  readonly items: readonly (Box & { readonly item: Item })[];
  readonly more: number;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly way: Way;
  readonly districts: readonly District[];
  readonly pills: readonly Pill[];
  readonly routers: readonly RouterMark[];
  /** The physical network. */
  readonly rails: readonly Polyline[];
  readonly switches: readonly Point[];
  /** Where the network is named. */
  readonly networkLabel: Point | null;
  readonly waiting: Row<PodView> | null;
  readonly quiet: Row<ServiceView> | null;
  readonly legend: Point;
  readonly grid: { readonly columns: readonly number[]; readonly rows: readonly number[] };
  /** The corridor beside each district, by node's namespace. */
  readonly corridors: ReadonlyMap<string, number>;
  /** The corridor that leads to the hosts outside. */
  readonly mainCorridor: number;
  /** The level at which corridors meet. */
  readonly trunk: number;
}

export function layout(view: ClusterView, steps: readonly Step[]): Scene {
  const way = wayOf(view, steps);
  const yard = districtsOf(view, way);
  const network = networkOf(view, way, yard);
  const width = Math.max(796, network.right + 20);
  const lanes = lanesOf(view, way, { right: width - 20, bottom: network.bottom });
  const legend = at(LEFT, lanes.bottom + 30);
  const height = legend.y + 34;
  return {
    width,
    height,
    way,
    districts: yard.districts,
    ...network.parts,
    waiting: lanes.waiting,
    quiet: lanes.quiet,
    legend,
    grid: { columns: cuts(18, width - 10), rows: cuts(18, height - 10) },
    corridors: yard.corridors,
    mainCorridor: yard.corridorXs[0] ?? LEFT,
    trunk: yard.trunk,
  };
}

/** Fields of about 130 px, ten at most. */
function cuts(from: number, to: number): readonly number[] {
  const count = Math.min(10, Math.max(2, Math.round((to - from) / 132)));
  return Array.from({ length: count + 1 }, (_, index) => from + ((to - from) * index) / count);
}

interface Yard {
  readonly districts: readonly District[];
  readonly corridors: ReadonlyMap<string, number>;
  readonly corridorXs: readonly number[];
  readonly right: number;
  readonly bottom: number;
  readonly trunk: number;
  /** Where free ground begins to the right of the first corridor. */
  readonly under: number;
}

function columnCount(nodes: number): number {
  if (nodes <= 2) return nodes;
  if (nodes <= 4) return 2;
  return nodes <= 12 ? 4 : 6;
}

function districtsOf(view: ClusterView, way: Way): Yard {
  const count = columnCount(view.nodes.length);
  const measured = view.nodes.map((node, index) =>
    measure(node, { pods: view.pods, way, ethSide: (index % count) % 2 === 0 ? 'right' : 'left' }),
  );
  const columns = columnsOf(measured, count);
  const districts: District[] = [];
  const corridors = new Map<string, number>();
  let y = TOP;
  let under = TOP;
  for (let first = 0; first < measured.length; first += count) {
    const row = measured.slice(first, first + count);
    const spine = Math.max(...row.map((one) => one.spine));
    for (const [column, one] of row.entries()) {
      const box = { x: columns.lefts[column] ?? LEFT, y, w: columns.widths[column] ?? one.w, h: spine + one.below };
      districts.push(draw(one, box, spine));
      corridors.set(one.plan.node.netns, columns.corridors[Math.floor(column / 2)] ?? LEFT);
      if (column === 1) under = box.y + box.h;
    }
    y += spine + Math.max(...row.map((one) => one.below)) + ROW_GAP;
  }
  const bottom = Math.max(TOP, y - ROW_GAP);
  return { districts, corridors, corridorXs: columns.corridors, right: columns.right, bottom, trunk: bottom + 16, under };
}

interface Columns {
  readonly lefts: readonly number[];
  readonly widths: readonly number[];
  readonly corridors: readonly number[];
  readonly right: number;
}

function columnsOf(measured: readonly Measured[], count: number): Columns {
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...measured.filter((_one, index) => index % count === column).map(({ w }) => w)),
  );
  const lefts: number[] = [];
  const corridors: number[] = [];
  let x = LEFT;
  let right = LEFT;
  for (const [column, width] of widths.entries()) {
    lefts.push(x);
    right = x + width;
    if (column % 2 === 0) corridors.push(right + CORRIDOR / 2);
    x = right + (column % 2 === 0 ? CORRIDOR : GAP);
  }
  return { lefts, widths, corridors, right };
}

interface Network {
  readonly parts: Pick<Scene, 'pills' | 'routers' | 'rails' | 'switches' | 'networkLabel'>;
  readonly right: number;
  readonly bottom: number;
}

/** Hosts outside: those that the cluster's endpoints name, and those that the trace meets. A Gateway stands among them: it is no node's. */
function outsideHosts(view: ClusterView, way: Way): readonly string[] {
  const met = [...way.netns].filter((netns) => netns.startsWith('external/') || netns.startsWith('gateway/'));
  return [...new Set([...met, ...view.externals.map((one) => one.netns)])].slice(0, 6);
}

/** Whether the trace comes to this host by a router. */
function behindRouter(way: Way, netns: string): boolean {
  return way.steps.some((step, index) => {
    const beside = [way.steps[index - 1], way.steps[index + 1]];
    return step.at.netns === netns && beside.some((one) => one?.at.netns.startsWith('router/') === true);
  });
}

function networkOf(view: ClusterView, way: Way, yard: Yard): Network {
  const corridor = yard.corridorXs[0] ?? LEFT;
  const ground = yard.corridorXs.length > 1 ? yard.bottom + 24 : yard.districts.length === 1 ? TOP + 40 : yard.under;
  const level = ground + 54;
  const routers = [...way.netns]
    .filter((netns) => netns.startsWith('router/'))
    .map((netns, index): RouterMark => ({ x: corridor + 62, y: level + index * 56, netns, address: netns.slice('router/'.length) }));
  const pills = outsideHosts(view, way).map((netns, index) => pillOf({ way, netns, corridor, router: routers[0], y: level + index * 56 }));
  const lowest = Math.max(0, ...routers.map((one) => one.y), ...pills.map((one) => one.entry.y));
  const bottom = Math.max(yard.bottom, ...pills.map((one) => one.y + one.h), ...routers.map((one) => one.y + 34));
  const right = Math.max(yard.right, ...pills.map((one) => one.x + one.w), ...routers.map((one) => one.x + 60));
  const [first] = yard.districts;
  const rails = railsOf(yard, lowest);
  const networkLabel = rails.length === 0 || first === undefined ? null : at(corridor, first.spine - 22);
  return { parts: { pills, routers, rails, switches: switchesOf(yard, rails), networkLabel }, right, bottom };
}

interface PillPlace {
  readonly way: Way;
  readonly netns: string;
  readonly corridor: number;
  readonly router: RouterMark | undefined;
  readonly y: number;
}

function pillOf({ way, netns, corridor, router, y }: PillPlace): Pill {
  const behind = router !== undefined && behindRouter(way, netns);
  const entry = at(corridor + (router === undefined ? 62 : 112), y);
  const start = behind ? at(router.x, router.y) : at(corridor, y);
  const strand = start.y === y ? [start, entry] : [start, at(start.x, y), entry];
  const box = { x: entry.x, y: y - 22, w: 142, h: 44 };
  return { ...box, netns, address: netns.slice(netns.indexOf('/') + 1), onWay: way.netns.has(netns), entry, strand, behindRouter: behind };
}

/** From every eth0 to its corridor, along the corridors, and along the trunk where there are several. `lowest` is that of the hosts outside. */
function railsOf(yard: Yard, lowest: number): readonly Polyline[] {
  const rails: Polyline[] = [];
  const several = yard.corridorXs.length > 1;
  for (const [index, x] of yard.corridorXs.entries()) {
    const beside = besideCorridor(yard, x);
    const levels = beside.map((district) => district.spine);
    if (several) levels.push(yard.trunk);
    if (index === 0 && lowest > 0) levels.push(lowest);
    if (beside.length > 1 || levels.length > 1) for (const district of beside) rails.push([district.eth.point, at(x, district.spine)]);
    if (Math.max(...levels) > Math.min(...levels)) rails.push([at(x, Math.min(...levels)), at(x, Math.max(...levels))]);
  }
  if (several) rails.push([at(Math.min(...yard.corridorXs), yard.trunk), at(Math.max(...yard.corridorXs), yard.trunk)]);
  return rails;
}

function besideCorridor(yard: Yard, x: number): readonly District[] {
  return yard.districts.filter((district) => yard.corridors.get(district.node.netns) === x);
}

/** One switch where each corridor's first districts meet. */
function switchesOf(yard: Yard, rails: readonly Polyline[]): readonly Point[] {
  if (rails.length === 0) return [];
  return yard.corridorXs.flatMap((x) =>
    besideCorridor(yard, x)
      .slice(0, 1)
      .map((district) => at(x, district.spine)),
  );
}

interface Ground {
  readonly right: number;
  readonly bottom: number;
}

function lanesOf(
  view: ClusterView,
  way: Way,
  { right, bottom }: Ground,
): { waiting: Row<PodView> | null; quiet: Row<ServiceView> | null; bottom: number } {
  const pending = view.pods.filter((pod) => pod.node === null);
  const asked = way.boards.map((board) => board.service);
  const others = view.services.filter((service) => !service.added && !asked.includes(service));
  const waiting = rowOf(pending, { x: LEFT, y: bottom + 16, w: right - LEFT, h: 58 }, { w: 118, h: 42 });
  const top = (waiting === null ? bottom : waiting.y + waiting.h) + 14;
  const quiet = rowOf(others, { x: LEFT, y: top, w: right - LEFT, h: 37 }, { w: 150, h: 37 });
  return { waiting, quiet, bottom: quiet !== null ? quiet.y + quiet.h : waiting !== null ? waiting.y + waiting.h : bottom };
}

/** As many of the things as fit beside the row's name. */
function rowOf<Item>(things: readonly Item[], box: Box, size: { readonly w: number; readonly h: number }): Row<Item> | null {
  if (things.length === 0) return null;
  const name = 96;
  const places = Math.max(1, Math.floor((box.w - name - 70) / (size.w + 12)));
  const items = things
    .slice(0, places)
    .map((item, index) => ({ item, x: box.x + name + index * (size.w + 12), y: box.y + (box.h - size.h) / 2, ...size }));
  return { ...box, items, more: things.length - items.length };
}
