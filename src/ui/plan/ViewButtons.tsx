// Fit, natural size, nearer, further: they stand at the right end of the tabs above the plan.
// The plan fits itself whenever the picture or the page changes its size.

import { useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { PlanStrings } from './strings';

interface ViewButtonsProps {
  /** Of the picture. */
  readonly width: number;
  readonly height: number;
  readonly text: PlanStrings;
}

export function ViewButtons({ width, height, text }: ViewButtonsProps) {
  const { setViewport, zoomIn, zoomOut, zoomTo } = useReactFlow();
  const room = { width: useStore((state) => state.width), height: useStore((state) => state.height) };
  const zoom = useStore((state) => state.transform[2]);
  const fit = useCallback(() => {
    if (room.width === 0 || room.height === 0) return;
    const scale = Math.min(1.6, room.width / width, room.height / height);
    void setViewport({ x: (room.width - width * scale) / 2, y: (room.height - height * scale) / 2, zoom: scale });
  }, [setViewport, room.width, room.height, width, height]);
  useLayoutEffect(fit, [fit]);
  const bar = useTabBar();
  const buttons = (
    <div className="view-buttons">
      <button type="button" onClick={fit}>
        {text.fit}
      </button>
      <button type="button" aria-label={text.zoomOut} onClick={() => void zoomOut({ duration: 200 })}>
        −
      </button>
      <button type="button" title={text.natural} onClick={() => void zoomTo(1, { duration: 200 })}>
        {`${Math.round(zoom * 100)} %`}
      </button>
      <button type="button" aria-label={text.zoomIn} onClick={() => void zoomIn({ duration: 200 })}>
        +
      </button>
    </div>
  );
  return bar === null ? buttons : createPortal(buttons, bar);
}

/** The bar of tabs above the plan; null until it is there. */
function useTabBar(): Element | null {
  const [bar, setBar] = useState<Element | null>(null);
  useEffect(() => setBar(document.querySelector('.centre > .tabs')), []);
  return bar;
}
