// Small marks of the drawing that stand in several places: chevron, cross, laptop, the ring of readiness, a Pod, a Service's board.

import type { PodView, ServiceView } from '../../engine/index';
import type { PodBox } from '../../scene/district';
import type { Box } from '../../scene/geometry';
import { fitted, narrowWidth } from '../../scene/text-width';
import { type Lane, nameParts } from '../../scene/way';
import type { PlanStrings } from './strings';

export function Chevron({ x, y, angle }: { readonly x: number; readonly y: number; readonly angle: number }) {
  return <path className="chevron" d="M-3 -3.2L1.6 0L-3 3.2" transform={`translate(${x} ${y}) rotate(${angle})`} />;
}

/** Filled where ready, a slashed ring where not. */
export function Readiness({ x, y, ready }: { readonly x: number; readonly y: number; readonly ready: boolean }) {
  if (ready) return <circle className="ready" cx={x} cy={y} r="4" />;
  return (
    <g className="unready" transform={`translate(${x} ${y})`}>
      <circle r="5.5" />
      <path d="M-4 4L4 -4" />
    </g>
  );
}

interface PodMarkProps {
  readonly box: Box;
  readonly pod: PodView;
  readonly bar: PodBox['bar'] | null;
  readonly lane?: Lane | null;
  readonly chosen?: boolean;
}

export function PodMark({ box, pod, bar, lane = null, chosen = false }: PodMarkProps) {
  const { owner, suffix } = nameParts(pod);
  const text = bar === 'right' ? box.x + 10 : box.x + 14;
  const room = box.w - 24 - (pod.nameServer ? 20 : 0);
  const shown = fitted(owner, Math.max(30, room - narrowWidth(suffix, 12)), (part) => narrowWidth(part, 12.4));
  const middle = box.y + box.h / 2;
  const right = bar === 'right' ? box.x + box.w - 15 : box.x + box.w - 10;
  return (
    <g className={pod.ready ? 'pod' : 'pod waits'} data-condition={pod.condition} data-lane={lane} data-chosen={chosen || null}>
      <rect className="pod-box" x={box.x} y={box.y} width={box.w} height={box.h} rx="4" />
      {bar === null ? null : <PodBar box={box} bar={bar} ready={pod.ready} />}
      <text x={text} y={middle - 3} className="t12 w6">
        {shown}
        <tspan className="i3 w5">{suffix}</tspan>
      </text>
      {isTold(pod) ? (
        <text x={text} y={middle + 13} className="t11 w6 condition">
          {fitted(pod.status, box.w - 34, (part) => narrowWidth(part, 11.4))}
        </text>
      ) : (
        <text x={text} y={middle + 13} className="m t11 i2">
          {pod.addresses[0] ?? pod.status}
        </text>
      )}
      <ConditionMark pod={pod} x={right} y={middle + 9} />
      {pod.nameServer ? <Information x={right - 10} y={box.y + 5} /> : null}
    </g>
  );
}

/** Where its state is worth more than its address. */
function isTold({ condition }: PodView): boolean {
  return condition !== 'ready' && condition !== 'not-ready';
}

/** Ready, and not: as everywhere. On its way: a ring with a hand, as of a clock. It ends: a bar. Failed: a cross. */
function ConditionMark({ pod, x, y }: { readonly pod: PodView; readonly x: number; readonly y: number }) {
  switch (pod.condition) {
    case 'ready':
    case 'not-ready':
      return <Readiness x={x} y={y} ready={pod.ready} />;
    case 'waiting':
    case 'starting':
      return <path className="underway" d="M0 -5.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0 -11M0 -3V0h2.5" transform={`translate(${x} ${y})`} />;
    case 'terminating':
      return <path className="leaving" d="M-5 0H5" transform={`translate(${x} ${y})`} />;
    case 'failing':
      return <Cross x={x} y={y} size={11} />;
    case 'ended':
      return <path className="done" d="M-4.5 0.5L-1.5 3.5L4.5 -3" transform={`translate(${x} ${y})`} />;
    default:
      return pod.condition satisfies never;
  }
}

function PodBar({ box, bar, ready }: { readonly box: Box; readonly bar: PodBox['bar']; readonly ready: boolean }) {
  const x = bar === 'right' ? box.x + box.w - 3 : box.x + 3;
  if (!ready) return <path className="pod-bar broken" d={`M${x} ${box.y + 2}v${box.h - 4}`} />;
  return <path className="pod-bar" d={`M${x} ${box.y}v${box.h}`} />;
}

/** The information desk: a Pod that answers questions about names. */
function Information({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g className="information">
      <rect x={x} y={y} width="15" height="15" rx="2" />
      <text x={x + 7.5} y={y + 12} textAnchor="middle">
        i
      </text>
    </g>
  );
}

interface BoardMarkProps {
  readonly box: Box;
  readonly service: ServiceView;
  readonly points: 'left' | 'right';
  readonly lane: Lane | null;
  readonly text: PlanStrings;
  /** Whether the packet is at the board's hook now. */
  readonly lit?: boolean;
}

export function BoardMark({ box, service, points, lane, text, lit = false }: BoardMarkProps) {
  const { x, y, w, h } = box;
  const right = points === 'right';
  const body = right
    ? `M${x} ${y}H${x + w - 12}L${x + w} ${y + h / 2}L${x + w - 12} ${y + h}H${x}Z`
    : `M${x + w} ${y}H${x + 12}L${x} ${y + h / 2}L${x + 12} ${y + h}H${x + w}Z`;
  const ready = service.endpoints.filter((one) => one.ready);
  const pods = new Set(ready.map((one) => one.pod ?? one.address)).size;
  const outside = ready.length > 0 && ready.every((one) => one.pod === null);
  const [port] = service.ports;
  const empty = pods === 0 && service.selector !== null && lane !== 'D';
  const left = right ? x + 12 : x + 18;
  const address = service.clusterIPs[0] === undefined || service.clusterIPs[0] === 'None' ? service.type : service.clusterIPs[0];
  return (
    <g className="board" data-lane={lane} data-empty={empty || null} data-lit={lit || null}>
      <path className="board-body" d={body} />
      {lane === null ? null : <rect className="board-edge" x={right ? x : x + w - 5} y={y} width="5" height={h} />}
      <text x={left} y={y + 16} className="t13 w6">
        {fitted(`Service ${service.name}`, w - 30, (part) => narrowWidth(part, 13.2))}
      </text>
      <text x={left} y={y + 31} className="m t11 i2">
        {port === undefined || address === service.type ? address : `${address}:${port.port}`}
      </text>
      {h < 50 ? null : (
        <text x={left} y={y + 46} className={empty ? 't12 w6 empty-words' : 't12 i2'}>
          {empty ? emptyWords(service, text) : (outside ? text.boardOutside : text.board)(pods, port?.targetPort ?? '')}
        </text>
      )}
    </g>
  );
}

/** The label that nobody carries says more than that there is nobody. */
function emptyWords(service: ServiceView, text: PlanStrings): string {
  const [label] = Object.entries(service.selector ?? {});
  return label === undefined ? text.noPod : fitted(text.emptySelector(`${label[0]}=${label[1]}`), 122, (part) => narrowWidth(part, 12.4));
}

/** Refused or lost. */
export function Cross({ x, y, size }: { readonly x: number; readonly y: number; readonly size: number }) {
  const arm = size * 0.21;
  return (
    <g className="cross" data-small={size < 16 || null} transform={`translate(${x} ${y})`}>
      <rect x={-size / 2} y={-size / 2} width={size} height={size} />
      <path d={`M${-arm} ${-arm}L${arm} ${arm}M${arm} ${-arm}L${-arm} ${arm}`} />
    </g>
  );
}

/** A computer outside, in two strokes. */
export function Laptop({ x, y }: { readonly x: number; readonly y: number }) {
  return <path className="stroke" d={`M${x + 4} ${y}h16v11h-16zM${x} ${y + 15}h24`} />;
}
