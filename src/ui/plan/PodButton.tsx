// A Pod on the plan that opens its card, by pointer or by key.

import type { ReactNode } from 'react';
import type { PodView } from '../../engine/index';
import { pressing } from '../press';
import type { PlanStrings } from './strings';

interface PodButtonProps {
  readonly pod: PodView;
  readonly text: PlanStrings;
  readonly onChoose: (pod: string) => void;
  readonly children: ReactNode;
}

export function PodButton({ pod, text, onChoose, children }: PodButtonProps) {
  const choose = (): void => onChoose(`${pod.namespace}/${pod.name}`);
  return (
    // biome-ignore lint/a11y/useSemanticElements: HTML has no button inside a drawing
    <g
      className="pick"
      role="button"
      tabIndex={0}
      aria-label={`${pod.name}, ${pod.ready ? text.ready : text.notReady}`}
      onClick={choose}
      onKeyDown={pressing(choose)}
    >
      {children}
    </g>
  );
}
