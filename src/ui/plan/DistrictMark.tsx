// A node with what stands in it, in one drawing: ground, idle tracks, Pods, boards. Stations and lines lie in the layer above.

import { memo } from 'react';
import type { District } from '../../scene/district';
import type { Box } from '../../scene/geometry';
import { BoardMark, PodMark, Readiness } from './marks';
import { pathOf } from './path';
import type { PlanStrings } from './strings';

interface DistrictMarkProps {
  readonly district: District;
  readonly text: PlanStrings;
  /** The client's namespace. */
  readonly client: string | null;
  /** The key of the hook at which the packet stands. */
  readonly here: string | null;
  readonly chosen: string | null;
  readonly onChoose: (pod: string) => void;
}

export const DistrictMark = memo(function DistrictMark({ district, text, client, here, chosen, onChoose }: DistrictMarkProps) {
  const { x, y, w, h, node } = district;
  const address = node.addresses[0] ?? '';
  const nameWidth = node.name.length * 8.1;
  const roomy = w > 330;
  return (
    <svg className="plan-drawing" width={w} height={h} viewBox={`${x} ${y} ${w} ${h}`} aria-hidden="true">
      <rect
        className={district.onWay || client === null ? 'zone' : 'zone quiet'}
        x={x + 0.75}
        y={y + 0.75}
        width={w - 1.5}
        height={h - 1.5}
        rx="16"
      />
      <text x={x + 18} y={y + 25} className="t15 w7">
        {node.name}
      </text>
      <text x={roomy ? x + 26 + nameWidth : x + w - 16} y={y + 25} className="m t12" textAnchor={roomy ? 'start' : 'end'}>
        {address}
      </text>
      {node.podCIDRs[0] === undefined ? null : (
        <text
          x={roomy ? x + 36 + nameWidth + address.length * 7.2 : x + w - 16}
          y={roomy ? y + 25 : y + h - 10}
          className="t12 i2"
          textAnchor={roomy ? 'start' : 'end'}
        >
          {roomy || district.register === null ? text.podRange(node.podCIDRs[0]) : ''}
        </text>
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
          lit={here === `${node.netns} ${board.place.hook}`}
        />
      ))}
      {district.ticks.map((tick) => (
        <rect
          key={tick.pod.netns + tick.pod.name}
          className={tick.pod.ready ? 'tick' : 'tick unready-tick'}
          data-way={district.pods.some((box) => box.pod === tick.pod) || null}
          x={tick.x}
          y={tick.y}
          width={tick.w}
          height={tick.h}
          rx="2"
        />
      ))}
      {district.pods.map((box) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the same cards are reached by keyboard from the tables
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <g key={box.pod.netns} className="pick" onClick={() => onChoose(`${box.pod.namespace}/${box.pod.name}`)}>
          <PodMark
            box={box}
            pod={box.pod}
            bar={box.bar}
            lane={box.pod.netns === client ? 'A' : null}
            chosen={chosen === `${box.pod.namespace}/${box.pod.name}`}
          />
        </g>
      ))}
      {district.host === null ? null : (
        <HostMark box={district.host} names={district.host.pods.map((pod) => pod.name)} node={node.name} text={text} />
      )}
    </svg>
  );
});

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
