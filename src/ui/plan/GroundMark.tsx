// Everything between the districts: margin with grid references, the physical network, hosts outside, quiet lanes, legend.

import { memo } from 'react';
import type { PodView, ServiceView } from '../../engine/index';
import type { Row, Scene } from '../../scene/layout';
import { BoardMark, Chevron, Cross, Laptop, PodMark, Readiness } from './marks';
import { PodButton } from './PodButton';
import { pathOf } from './path';
import type { PlanStrings } from './strings';

interface GroundMarkProps {
  readonly scene: Scene;
  readonly text: PlanStrings;
  readonly onChoose: (pod: string) => void;
}

export const GroundMark = memo(function GroundMark({ scene, text, onChoose }: GroundMarkProps) {
  const { width, height } = scene;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg className="plan-drawing" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={text.ground}>
      <Margin scene={scene} />
      {scene.rails.map((rail) => (
        <g key={pathOf(rail)}>
          <path className="rail" d={pathOf(rail)} />
          <path className="rail-dashes" d={pathOf(rail)} />
        </g>
      ))}
      {scene.networkLabel === null ? null : (
        <text x={scene.networkLabel.x} y={scene.networkLabel.y} textAnchor="middle" className="t11 i2 w5">
          {text.physical}
        </text>
      )}
      {scene.pills.map((pill) => (
        <g key={pill.netns}>
          <path className="trk" d={pathOf(pill.strand)} />
          <rect className={pill.onWay ? 'pill' : 'pill quiet'} x={pill.x} y={pill.y} width={pill.w} height={pill.h} rx="22" />
          <Laptop x={pill.x + 15} y={pill.y + 15} />
          <text x={pill.x + 46} y={pill.y + 19} className="t12 w6">
            {pill.netns === scene.way.client ? text.client : pill.netns.startsWith('gateway/') ? text.gateway : text.outside}
          </text>
          <text x={pill.x + 46} y={pill.y + 34} className="m t11 i2">
            {pill.address}
          </text>
        </g>
      ))}
      {scene.routers.map((router) => (
        <path key={router.netns} className="trk" d={`M${scene.mainCorridor} ${router.y}H${router.x}`} />
      ))}
      {scene.waiting === null ? null : <Waiting row={scene.waiting} text={text} onChoose={onChoose} />}
      {scene.quiet === null ? null : <Quiet row={scene.quiet} text={text} />}
      <Legend scene={scene} text={text} />
    </svg>
  );
});

/** References as on a street map: letters across, numbers down. */
function Margin({ scene }: { readonly scene: Scene }) {
  const { width, height, grid } = scene;
  return (
    <g>
      <rect className="margin" x="18" y="18" width={width - 28} height={height - 28} />
      {grid.columns.slice(1).map((x, index) => (
        <g key={x}>
          <text x={(x + (grid.columns[index] ?? x)) / 2} y="13" className="t11 i3 w5" textAnchor="middle">
            {String.fromCharCode(65 + index)}
          </text>
          {index === grid.columns.length - 2 ? null : <path className="tie" d={`M${x} 13v10M${x} ${height - 15}v10`} />}
        </g>
      ))}
      {grid.rows.slice(1).map((y, index) => (
        <g key={y}>
          <text x="9" y={(y + (grid.rows[index] ?? y)) / 2 + 4} className="t11 i3 w5" textAnchor="middle">
            {index + 1}
          </text>
          {index === grid.rows.length - 2 ? null : <path className="tie" d={`M13 ${y}h10M${width - 15} ${y}h10`} />}
        </g>
      ))}
    </g>
  );
}

interface WaitingProps {
  readonly row: Row<PodView>;
  readonly text: PlanStrings;
  readonly onChoose: (pod: string) => void;
}

function Waiting({ row, text, onChoose }: WaitingProps) {
  return (
    <g>
      <rect className="waiting" x={row.x} y={row.y} width={row.w} height={row.h} rx="16" />
      <RowName row={row} name={text.waiting} />
      {row.items.map((box) => (
        <PodButton key={box.item.netns} pod={box.item} text={text} onChoose={onChoose}>
          <PodMark box={box} pod={box.item} bar={null} />
        </PodButton>
      ))}
      <RowRest row={row} text={text} />
    </g>
  );
}

function Quiet({ row, text }: { readonly row: Row<ServiceView>; readonly text: PlanStrings }) {
  return (
    <g className="quiet-services">
      <RowName row={row} name={text.otherServices} />
      {row.items.map((box) => (
        <BoardMark key={`${box.item.namespace}/${box.item.name}`} box={box} service={box.item} points="right" lane={null} text={text} />
      ))}
      <RowRest row={row} text={text} />
    </g>
  );
}

function RowName({ row, name }: { readonly row: Row<PodView | ServiceView>; readonly name: string }) {
  const words = name.split(' ');
  const half = Math.ceil(words.length / 2);
  const lines = words.length > 1 && name.length > 14 ? [words.slice(0, half).join(' '), words.slice(half).join(' ')] : [name];
  return (
    <text className="t12 i2 w5">
      {lines.map((line, index) => (
        <tspan key={line} x={row.x + 14} y={row.y + row.h / 2 + 4 + (index - (lines.length - 1) / 2) * 15}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function RowRest({ row, text }: { readonly row: Row<PodView | ServiceView>; readonly text: PlanStrings }) {
  const last = row.items.at(-1);
  if (row.more === 0 || last === undefined) return null;
  return (
    <text x={last.x + last.w + 12} y={row.y + row.h / 2 + 4} className="t12 i2">
      {text.more(row.more)}
    </text>
  );
}

function Legend({ scene, text }: { readonly scene: Scene; readonly text: PlanStrings }) {
  const { x, y } = scene.legend;
  const words = text.legend;
  return (
    <g className="legend" transform={`translate(${x} ${y})`}>
      <path className="line-A" d="M0 0h34" />
      <Chevron x={10} y={0} angle={0} />
      <Chevron x={24} y={0} angle={0} />
      <LegendText x={41} words={words.request} />
      <path className="line-R" d="M95 0h34" />
      <path className="line-R-core" d="M95 0h34" />
      <LegendText x={136} words={words.reply} />
      <path className="line-D" d="M192 0h34" />
      <path className="dots" d="M195.5 0h0M202.5 0h0M209.5 0h0M216.5 0h0M223.5 0h0" />
      <LegendText x={233} words={words.dns} />
      <path className="diamond" d="M275 -6L281 0L275 6L269 0Z" />
      <LegendText x={287} words={words.rewritten} />
      <Cross x={416} y={0} size={14} />
      <LegendText x={429} words={words.lost} />
      <Readiness x={518} y={0} ready />
      <LegendText x={528} words={words.ready} />
      <Readiness x={572} y={0} ready={false} />
      <LegendText x={582} words={words.notReady} />
      <path className="legend-board" d="M642 -8h14l6 8l-6 8h-14z" />
      <LegendText x={668} words={words.service} />
    </g>
  );
}

function LegendText({ x, words }: { readonly x: number; readonly words: string }) {
  return (
    <text x={x} y="4" className="t12">
      {words}
    </text>
  );
}
