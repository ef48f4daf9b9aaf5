// The stations on the lines: rings and capsules of interfaces, the kernel's hooks with their names at 45 degrees, routing squares,
// switches and routers. A capsule reaches over every line that stops there.

import type { District } from '../../scene/district';
import type { Scene } from '../../scene/layout';
import { laneOffset, type Station } from '../../scene/stations';
import { fitted, narrowWidth } from '../../scene/text-width';
import type { Tracks } from '../../scene/tracks';
import type { Lane } from '../../scene/way';
import type { PlanStrings } from './strings';

/** How far the lanes that stop here reach above and below the middle. */
function reach(tracks: Tracks, matches: (station: Station) => boolean, steps: readonly Lane[]): readonly [number, number] {
  const used = steps.filter((_lane, index) => {
    const station = tracks.stations[index];
    return station !== null && station !== undefined && matches(station);
  });
  const offsets = used.map(laneOffset);
  return offsets.length === 0 ? [0, 0] : [Math.min(...offsets), Math.max(...offsets)];
}

interface StationsProps {
  readonly district: District;
  readonly here: Station | null;
  readonly tracks: Tracks;
  readonly text: PlanStrings;
}

export function Stations({ district, here, tracks, text }: StationsProps) {
  const lanes = tracks.lanes;
  const { node, flow } = district;
  const spread = (key: string): readonly [number, number] => reach(tracks, (station) => station.key === key, lanes);
  return (
    <g>
      {district.pods.map((box) => {
        if (box.station === null) return null;
        const [low, high] = box.device === null || box.sole !== null ? [0, 0] : spread(`${node.netns} ${box.device}`);
        const vertical = box.strand[0]?.x === box.strand[1]?.x;
        const used = low !== high || box.onWay;
        return (
          <g key={box.pod.netns}>
            <Capsule
              x={box.station.x}
              y={box.station.y}
              low={low * (vertical ? -flow : flow)}
              high={high * (vertical ? -flow : flow)}
              level={vertical}
              small={!used}
            />
            {used && box.device !== null ? (
              <text x={box.label.x} y={box.label.y} textAnchor={box.label.anchor} className="m t11 i2 halo">
                {box.device}
                {vertical ? (
                  <tspan className="side" x={box.label.x} dy="13">
                    {text.hostSide}
                  </tspan>
                ) : null}
              </text>
            ) : null}
          </g>
        );
      })}
      <EthMark district={district} spread={spread(`${node.netns} ${district.eth.name}`)} />
      {district.hooks.map((mark) => (
        <HookCapsule
          key={mark.name}
          district={district}
          mark={mark}
          spread={spread(`${node.netns} ${mark.name}`)}
          current={here?.key === `${node.netns} ${mark.name}`}
        />
      ))}
      {district.routing === null ? null : (
        <Fork
          district={district}
          at={district.routing}
          spread={spread(`${node.netns} routing`)}
          current={here?.key === `${node.netns} routing`}
          name={text.routing}
        />
      )}
      {district.routingOut === null ? null : (
        <Fork
          district={district}
          at={district.routingOut}
          spread={[0, 0]}
          current={here?.key === `${node.netns} routing-out`}
          name={null}
        />
      )}
      {district.capsule === null ? null : (
        <g>
          <rect className="stn" x={district.capsule.x - 13} y={district.capsule.y - 7.5} width="26" height="15" rx="7.5" />
          <text x={district.capsule.x + flow * 20} y={district.capsule.y + 4} textAnchor={flow === 1 ? 'start' : 'end'} className="t11 i2">
            {district.capsule.pods.length === 0
              ? text.folded
              : fitted(district.capsule.pods.map((pod) => pod.name).join(', '), 110, (part) => narrowWidth(part, 11))}
          </text>
        </g>
      )}
    </g>
  );
}

interface CapsuleProps {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** Whether it lies level, across an upright track. */
  readonly level: boolean;
  readonly small?: boolean;
}

function Capsule({ x, y, low, high, level, small = false }: CapsuleProps) {
  if (small) return <circle className="stn" cx={x} cy={y} r="4.5" />;
  const [from, to] = [Math.min(low, high) - 7, Math.max(low, high) + 7];
  const size = { low: from, span: to - from };
  if (level) return <rect className="stn" x={x + size.low} y={y - 6} width={size.span} height="12" rx="6" />;
  return <rect className="stn" x={x - 6} y={y + size.low} width="12" height={size.span} rx="6" />;
}

function EthMark({ district, spread }: { readonly district: District; readonly spread: readonly [number, number] }) {
  const { eth } = district;
  const [low, high] = spread;
  // In a folded district the track turns up beside it: the name stands behind the turn.
  const inside = (eth.side === 'right' ? -1 : 1) * (district.unfolded ? 10 : 36);
  return (
    <g>
      <rect className="stn" x={eth.point.x - 6} y={eth.point.y + low - 11} width="12" height={high - low + 22} rx="6" />
      <text
        x={eth.point.x + inside}
        y={district.unfolded ? eth.point.y + low - 14 : eth.point.y + 12}
        textAnchor={eth.side === 'right' ? 'end' : 'start'}
        className="m t11 i2 halo"
      >
        {eth.name}
      </text>
    </g>
  );
}

interface HookCapsuleProps {
  readonly district: District;
  readonly mark: District['hooks'][number];
  readonly spread: readonly [number, number];
  readonly current: boolean;
}

function HookCapsule({ district, mark, spread, current }: HookCapsuleProps) {
  const [low, high] = spread;
  const local = mark.name === 'INPUT' || mark.name === 'OUTPUT';
  const posted = district.posts.some((post) => post.x === mark.x);
  const half = posted ? 9 : 6;
  const label = current ? 't12 w7 halo' : 't11 w5 i2 halo';
  const { flow } = district;
  if (local) {
    const outward = mark.name === 'INPUT' ? -flow : flow;
    return (
      <g>
        <Capsule x={mark.x} y={mark.y} low={0} high={0} level />
        <text x={mark.x + outward * 16} y={mark.y + 4} textAnchor={outward === 1 ? 'start' : 'end'} className={label}>
          {mark.name}
        </text>
      </g>
    );
  }
  return (
    <g>
      <rect className="hook" x={mark.x - half} y={mark.y + low - 12} width={half * 2} height={high - low + 24} rx={half} />
      {posted ? (
        <text x={mark.x - flow * 13} y={mark.y + low - (current ? 21 : 13)} textAnchor={flow === 1 ? 'end' : 'start'} className={label}>
          {mark.name}
        </text>
      ) : (
        <SlantedName x={mark.x} y={mark.y + low} flow={flow} current={current} name={mark.name} />
      )}
    </g>
  );
}

interface SlantedNameProps {
  readonly x: number;
  readonly y: number;
  readonly flow: 1 | -1;
  readonly current: boolean;
  readonly name: string;
}

/** A name at 45 degrees, leaning with the way; clear of the packet's disc where that stands beneath. */
function SlantedName({ x, y, flow, current, name }: SlantedNameProps) {
  const lift = current ? 25 : 16;
  return (
    <text
      transform={`translate(${x + flow * (lift - 14)} ${y - lift}) rotate(${-45 * flow})`}
      textAnchor={flow === 1 ? 'start' : 'end'}
      className={current ? 't12 w7 halo' : 't11 w5 i2 halo'}
    >
      {name}
    </text>
  );
}

interface ForkProps {
  readonly district: District;
  readonly at: { readonly x: number; readonly y: number };
  readonly spread: readonly [number, number];
  readonly current: boolean;
  readonly name: string | null;
}

/** The routing decision: a square with a fork. */
function Fork({ district, at: { x, y }, spread, current, name }: ForkProps) {
  const [low, high] = spread;
  return (
    <g>
      <rect className="hook" x={x - 8} y={y + low - 9} width="16" height={high - low + 18} />
      <path className="fork" d="M-5 0h3.5l4-4m-4 4l4 4" transform={`translate(${x} ${y + (low + high) / 2}) scale(${district.flow} 1)`} />
      {name === null ? null : <SlantedName x={x} y={y + low} flow={district.flow} current={current} name={name} />}
    </g>
  );
}

/** Square switches of the physical network, routers, and the mouths of the hosts outside. */
export function Switches({ scene, here, text }: { readonly scene: Scene; readonly here: Station | null; readonly text: PlanStrings }) {
  return (
    <g>
      {scene.switches.map((point) => (
        <rect key={`${point.x} ${point.y}`} className="hook" x={point.x - 7} y={point.y - 11} width="14" height="22" />
      ))}
      {scene.routers.map((router) => (
        <g key={router.netns}>
          <rect className="hook" x={router.x - 11} y={router.y - 15} width="22" height="30" />
          <path className="fork" d="M-5 0h3.5l4-4m-4 4l4 4" transform={`translate(${router.x} ${router.y})`} />
          <text x={router.x} y={router.y + 31} textAnchor="middle" className={here?.key === router.netns ? 't12 w7' : 't11 i2 w5'}>
            {text.router}
          </text>
          <text x={router.x} y={router.y + 44} textAnchor="middle" className="m t11 i2">
            {router.address}
          </text>
        </g>
      ))}
    </g>
  );
}
