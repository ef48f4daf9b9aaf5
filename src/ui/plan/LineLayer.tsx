// The lines of the journey and the stations on them. What is done is drawn in full, the rest of the current line thin.
// The newest leg grows behind the packet: `useMotion` moves the dash offset of the elements marked with `data-grows`.

import { memo } from 'react';
import type { Scene } from '../../scene/layout';
import type { Leg, Tracks } from '../../scene/tracks';
import { laneOf } from '../../scene/way';
import { Chevron } from './marks';
import { chevronsOf, dotsOf, pathOf } from './path';
import { Stations, Switches } from './StationMarks';
import type { PlanStrings } from './strings';

interface LineLayerProps {
  readonly scene: Scene;
  readonly tracks: Tracks;
  readonly step: number;
  readonly text: PlanStrings;
}

export const LineLayer = memo(function LineLayer({ scene, tracks, step, text }: LineLayerProps) {
  const current = scene.way.steps[step];
  const lane = current === undefined ? null : laneOf(current);
  const legs = tracks.legs.filter((leg) => leg !== null);
  const done = legs.filter((leg) => leg.to <= step);
  const ahead = legs.filter((leg) => leg.to > step && leg.lane === lane);
  return (
    <g>
      {done.map((leg) => (
        <path key={leg.to} className="casing" d={pathOf(leg.line)} />
      ))}
      {ahead.map((leg) => (
        <path key={leg.to} className={leg.refusal ? 'ahead refusal' : 'ahead'} data-lane={leg.lane} d={pathOf(leg.line)} />
      ))}
      {done.map((leg) => (
        <DoneLeg key={leg.to} leg={leg} newest={leg.to === step} />
      ))}
      {scene.districts.map((district) => (
        <Stations key={district.node.netns} district={district} here={tracks.stations[step] ?? null} tracks={tracks} text={text} />
      ))}
      <Switches scene={scene} here={tracks.stations[step] ?? null} text={text} />
    </g>
  );
});

function DoneLeg({ leg, newest }: { readonly leg: Leg; readonly newest: boolean }) {
  const d = pathOf(leg.line);
  const grows = newest ? { 'data-grows': '', pathLength: 1 } : {};
  const after = newest ? { 'data-follows': '' } : {};
  if (leg.refusal) return <path className="line-refusal" d={d} {...after} />;
  if (leg.lane === 'D')
    return (
      <g>
        <path className="line-D" d={d} {...grows} />
        <path className="dots" d={dotsOf(leg.line)} {...after} />
      </g>
    );
  if (leg.lane === 'R')
    return (
      <g>
        <path className="line-R" d={d} {...grows} />
        <path className="line-R-core" d={d} {...grows} />
      </g>
    );
  return (
    <g>
      <path className="line-A" d={d} {...grows} />
      <g {...after}>
        {chevronsOf(leg.line).map((mark) => (
          <Chevron key={`${mark.x} ${mark.y}`} {...mark} />
        ))}
      </g>
    </g>
  );
}
