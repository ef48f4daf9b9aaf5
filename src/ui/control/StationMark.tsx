// A part of the cluster as a station of the line. It is a button: the history then tells of this part alone.

import type { Station } from '../../scene/control-plane';
import { useApp } from '../../store/app';
import { filterHistory } from '../../store/live';
import { partName } from '../life/part-names';
import { pressing } from '../press';

interface StationMarkProps {
  readonly station: Station;
  /** It acts now. */
  readonly here: boolean;
  /** What it did is the cause. */
  readonly cause: boolean;
  readonly broken: boolean;
}

export function StationMark({ station, here, cause, broken }: StationMarkProps) {
  const { part, node, x, y, slanted } = station;
  const filtered = useApp((state) => state.live?.filter.part === part);
  const choose = (): void => filterHistory({ part: filtered ? null : part });
  const name = slanted ? partName(part).replace(/-controller$/, '') : partName(part);
  return (
    // biome-ignore lint/a11y/useSemanticElements: HTML has no button inside a drawing
    <g
      className={`control-station${here ? ' here' : ''}${cause ? ' cause' : ''}${broken ? ' broken' : ''}`}
      role="button"
      tabIndex={0}
      aria-label={node === null ? partName(part) : `${partName(part)}, ${node}`}
      aria-pressed={filtered}
      onClick={choose}
      onKeyDown={pressing(choose)}
    >
      <Mark part={part} x={x} y={y} />
      {broken ? <path className="control-cross" d={`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`} /> : null}
      <text {...placed(station)}>{name}</text>
    </g>
  );
}

/** The API server is an interchange, who acts from outside stands in a pill of its own, the others are rings. */
function Mark({ part, x, y }: { readonly part: Station['part']; readonly x: number; readonly y: number }) {
  if (part === 'api-server') return <rect x={x - 46} y={y - 17} width="92" height="34" rx="17" />;
  if (part === 'user') return <rect x={x - 39} y={y - 18} width="78" height="36" rx="18" />;
  return <circle cx={x} cy={y} r="6.5" />;
}

function placed({ x, y, part, slanted }: Station) {
  if (slanted) return { transform: `translate(${x + 5} ${y - 18}) rotate(-45)` };
  if (part === 'api-server' || part === 'user') return { x, y: y + 4.5, textAnchor: 'middle' as const };
  return { x, y: y + 22, textAnchor: 'middle' as const };
}
