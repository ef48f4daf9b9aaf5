// Above the plan: what is broken, marked where it is, and the names of nodes as buttons that open their cards.

import type { Fault } from '../../engine/index';
import type { District } from '../../scene/district';
import type { Scene } from '../../scene/layout';
import { narrowWidth } from '../../scene/text-width';
import { select, useApp } from '../../store/app';
import { type FaultWords, faultWords } from '../life/fault-words';
import { pressing } from '../press';
import { useLanguage } from '../text';
import { Cross } from './marks';

const NONE: readonly Fault[] = [];

export function FaultLayer({ scene }: { readonly scene: Scene }) {
  const words = faultWords(useLanguage());
  const faults = useApp((state) => state.live?.view?.faults ?? NONE);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg
      className="plan-lines"
      width={scene.width}
      height={scene.height}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
      role="group"
      aria-label={words.broken}
    >
      {scene.districts.map((district) => (
        <g key={district.node.netns}>
          <Troubles district={district} faults={faults} words={words} />
          <NodeButton district={district} words={words} />
        </g>
      ))}
    </svg>
  );
}

interface TroublesProps {
  readonly district: District;
  readonly faults: readonly Fault[];
  readonly words: FaultWords;
}

/** On a node: crosses with words under its name, on its Pods, and at the cable that is cut. */
function Troubles({ district, faults, words }: TroublesProps) {
  const { x, y, w, h, node, pods, ticks, eth } = district;
  const own = faults.filter((fault) => 'node' in fault && fault.node === node.name);
  const cut = faults.some((fault) => fault.kind === 'link-cut' && fault.nodes.includes(node.name));
  const ill = faults.flatMap((fault) => (fault.kind === 'ill' ? [fault.pod] : []));
  const marked = [...pods, ...ticks].filter(({ pod }) => ill.includes(`${pod.namespace}/${pod.name}`));
  const said = [...own.map((fault) => words.wrong(fault)), ...(node.schedulable ? [] : [words.cordoned])].join(', ');
  return (
    <g>
      {own.some(({ kind }) => kind === 'node-lost') ? <rect className="zone-lost" x={x} y={y} width={w} height={h} rx="16" /> : null}
      {said === '' ? null : (
        <g>
          {own.length === 0 ? null : <Cross x={x + 25} y={y + 39} size={12} />}
          <text
            className={own.length === 0 ? 't11 w6 closed-words' : 't11 w6 broken-words'}
            x={x + (own.length === 0 ? 18 : 36)}
            y={y + 43}
          >
            {said}
          </text>
        </g>
      )}
      {cut ? <Cross x={eth.point.x + (eth.side === 'right' ? 17 : -17)} y={eth.point.y} size={18} /> : null}
      {marked.map((box) => (
        <Cross key={box.pod.name} x={box.x + box.w - 3} y={box.y + 3} size={14} />
      ))}
    </g>
  );
}

function NodeButton({ district: { x, y, w, node }, words }: { readonly district: District; readonly words: FaultWords }) {
  const choose = (): void => select({ kind: 'node', name: node.name });
  return (
    // biome-ignore lint/a11y/useSemanticElements: HTML has no button inside a drawing
    <g
      className="pick node-pick"
      role="button"
      tabIndex={0}
      aria-label={words.nodeButton(node.name)}
      onClick={choose}
      onKeyDown={pressing(choose)}
    >
      <rect x={x + 10} y={y + 8} width={Math.min(w - 20, narrowWidth(node.name, 18) + 20)} height="25" rx="5" />
    </g>
  );
}
