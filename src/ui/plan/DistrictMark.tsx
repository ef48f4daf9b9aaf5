// A node with what stands in it, in one drawing: ground, idle tracks, Pods, boards. Stations and lines lie in the layer above.

import { memo } from 'react';
import type { District } from '../../scene/district';
import type { Box } from '../../scene/geometry';
import { fitted, monoWidth, narrowWidth } from '../../scene/text-width';
import { BoardMark, PodMark, Readiness } from './marks';
import { PodButton } from './PodButton';
import { pathOf } from './path';
import type { PlanStrings } from './strings';

interface DistrictMarkProps {
  readonly district: District;
  readonly text: PlanStrings;
  /** The client's namespace. */
  readonly client: string | null;
  /** Pods behind the Service that is asked for. */
  readonly behind: ReadonlySet<string>;
  /** The hook at which the packet stands, and on which line. */
  readonly here: string | null;
  readonly chosen: string | null;
  readonly onChoose: (pod: string) => void;
}

export const DistrictMark = memo(function DistrictMark({ district, text, client, behind, here, chosen, onChoose }: DistrictMarkProps) {
  const { x, y, w, h, node } = district;
  const address = node.addresses[0] ?? '';
  const gap = node.ready ? 0 : 14;
  // Machines of clouds have long names: then the address goes beneath, and the whole name is told to who listens or hovers.
  const widthOf = (part: string): number => narrowWidth(part, 16);
  const isCrowded = widthOf(node.name) + monoWidth(address, 12) > w - 46 - gap;
  const name = fitted(node.name, w - 34 - gap, widthOf);
  const nameWidth = name.length * 8.1;
  const roomy = w > 330;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg className="plan-drawing" width={w} height={h} viewBox={`${x} ${y} ${w} ${h}`} role="group" aria-label={node.name}>
      <rect
        className={district.onWay || client === null ? 'zone' : 'zone quiet'}
        data-unready={!node.ready || null}
        x={x + 0.75}
        y={y + 0.75}
        width={w - 1.5}
        height={h - 1.5}
        rx="16"
      />
      {node.ready ? null : <Readiness x={x + 28 + nameWidth} y={y + 20} ready={false} />}
      <text x={x + 18} y={y + 25} className="t15 w7">
        {name}
        {name === node.name ? null : <title>{node.name}</title>}
      </text>
      {isCrowded ? (
        <text x={x + 18} y={y + 40} className="m t12">
          {address}
        </text>
      ) : (
        <text x={roomy ? x + 26 + gap + nameWidth : x + w - 16} y={y + 25} className="m t12" textAnchor={roomy ? 'start' : 'end'}>
          {address}
        </text>
      )}
      {node.podCIDRs[0] === undefined ? null : (
        <PodRange
          district={district}
          words={text.podRange(node.podCIDRs[0])}
          after={roomy ? gap + nameWidth + address.length * 7.2 : null}
        />
      )}
      {district.idle.map((line) => (
        <path key={pathOf(line)} className="trk" d={pathOf(line)} />
      ))}
      {district.posts.map((post) => (
        <g key={post.x} className="post">
          <path d={`M${post.x} ${post.from}V${post.to}`} />
          <circle cx={post.x} cy={post.from} r="3.4" />
        </g>
      ))}
      {district.boards.map((board) => (
        <BoardMark
          key={`${board.place.service.namespace}/${board.place.service.name}`}
          box={board}
          service={board.place.service}
          points={board.points}
          lane={board.place.lane}
          text={text}
          lit={here === `${node.netns} ${board.place.hook} ${board.place.lane}`}
        />
      ))}
      {district.ticks.map((tick) => (
        <rect
          key={tick.pod.netns + tick.pod.name}
          className={tick.pod.ready ? 'tick' : 'tick unready-tick'}
          data-way={behind.has(`${tick.pod.namespace}/${tick.pod.name}`) || district.pods.some((box) => box.pod === tick.pod) || null}
          x={tick.x}
          y={tick.y}
          width={tick.w}
          height={tick.h}
          rx="2"
        />
      ))}
      {district.pods.map((box) => (
        <PodButton key={box.pod.netns} pod={box.pod} text={text} onChoose={onChoose}>
          <PodMark
            box={box}
            pod={box.pod}
            bar={box.bar}
            lane={box.pod.netns === client ? 'A' : null}
            chosen={chosen === `${box.pod.namespace}/${box.pod.name}`}
          />
        </PodButton>
      ))}
      {district.host === null ? null : (
        <HostMark box={district.host} names={district.host.pods.map((pod) => pod.name)} node={node.name} text={text} />
      )}
    </svg>
  );
});

interface PodRangeProps {
  readonly district: District;
  readonly words: string;
  /** The width of what stands before it in the same row; null where there is no room left. */
  readonly after: number | null;
}

function PodRange({ district: { x, y, w, h, flow, register, eth }, words, after }: PodRangeProps) {
  const left = register === null ? eth.side === 'right' : flow === 1;
  const place = after === null ? { x: left ? x + 18 : x + w - 16, y: y + h - 12 } : { x: x + 38 + after, y: y + 25 };
  return (
    <text {...place} className="t12 i2" textAnchor={after === null && !left ? 'end' : 'start'}>
      {words}
    </text>
  );
}

interface HostMarkProps {
  readonly box: Box;
  readonly names: readonly string[];
  readonly node: string;
  readonly text: PlanStrings;
}

/** The node's own programs, and Pods that share its network. */
function HostMark({ box, names, node, text }: HostMarkProps) {
  return (
    <g className="pod">
      <rect className="pod-box" x={box.x} y={box.y} width={box.w} height={box.h} rx="4" />
      <path className="pod-bar" d={`M${box.x} ${box.y + 3}h${box.w}`} />
      <text x={box.x + 12} y={box.y + 22} className="t12 w6">
        {node}
      </text>
      <text x={box.x + 12} y={box.y + 36} className="t11 i2">
        {names.length === 0 ? text.programs : names.join(', ')}
      </text>
      <Readiness x={box.x + box.w - 12} y={box.y + 30} ready />
    </g>
  );
}
