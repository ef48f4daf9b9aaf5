// A node's connection tracking as a ring-bound register: its last entries, the newest on yellow.

import { memo } from 'react';
import type { Box } from '../../scene/geometry';
import type { RegisterLine } from '../../scene/register';
import type { PlanStrings } from './strings';

interface RegisterMarkProps {
  readonly box: Box;
  readonly lines: readonly RegisterLine[];
  readonly text: PlanStrings;
}

export const RegisterMark = memo(function RegisterMark({ box, lines, text }: RegisterMarkProps) {
  if (lines.length === 0) return null;
  const h = 20 + lines.length * 18;
  const y = box.y + box.h - h;
  const rings = Array.from(
    { length: Math.max(2, Math.floor(h / 14)) },
    (_, index, all = Math.max(2, Math.floor(h / 14))) => y + (h * (index + 0.5)) / all,
  );
  return (
    <g className="register">
      <rect className="pod-box" x={box.x} y={y} width={box.w} height={h} rx="2" />
      {rings.map((ring) => (
        <path key={ring} className="ring" d={`M${box.x - 4} ${ring}h8`} />
      ))}
      <text x={box.x + 11} y={y + 14} className="t11 w6">
        {text.register}
      </text>
      {lines.map((line, index) => (
        <g key={line.id} className={line.fresh ? 'entry fresh' : 'entry'}>
          {line.fresh ? (
            <rect x={box.x + 7} y={y + 21 + index * 18} width={box.w - 10} height="15" rx="2" />
          ) : (
            <path className="hairline" d={`M${box.x} ${y + 19 + index * 18}h${box.w}`} />
          )}
          <text x={box.x + 11} y={y + 33 + index * 18} className="m t11">
            {line.port}
          </text>
          <text x={box.x + box.w - 7} y={y + 33 + index * 18} textAnchor="end" className="t11">
            {line.fresh ? text.fresh : line.purpose === 'dns' ? 'DNS' : line.protocol}
          </text>
        </g>
      ))}
    </g>
  );
});
