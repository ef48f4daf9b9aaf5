// Fit, natural size, nearer, further: they stand at the right end of the tabs above the plan.
// The plan fits itself whenever the picture or the page changes its size.

import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Box } from '../../scene/geometry';
import type { Scene } from '../../scene/layout';
import type { PlanStrings } from './strings';

interface ViewButtonsProps {
  readonly scene: Scene;
  readonly text: PlanStrings;
}

export function ViewButtons({ scene, text }: ViewButtonsProps) {
  const { setViewport, zoomIn, zoomOut, zoomTo } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const zoom = useStore((state) => state.transform[2]);
  const { width: across, height: down } = scene;
  const bottom = scene.legend.y;
  const fit = useCallback(() => {
    if (width > 0 && height > 0) void setViewport(fitting({ width: across, height: down, bottom }, { width, height }));
  }, [setViewport, width, height, across, down, bottom]);
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

/** Under this scale the margin and the legend make way for the plan itself. */
const SMALL = 0.8;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** `bottom` is where the legend begins. */
function fitting(picture: Size & { readonly bottom: number }, room: Size): Viewport {
  const whole = { x: 0, y: 0, w: picture.width, h: picture.height };
  const box = scaleOf(whole, room) < SMALL ? { x: 26, y: 24, w: picture.width - 40, h: picture.bottom - 40 } : whole;
  const zoom = scaleOf(box, room);
  return { x: (room.width - box.w * zoom) / 2 - box.x * zoom, y: (room.height - box.h * zoom) / 2 - box.y * zoom, zoom };
}

function scaleOf(box: Box, room: Size): number {
  return Math.min(1.6, room.width / box.w, room.height / box.h);
}

/** The bar of tabs above the plan; null until it is there. */
function useTabBar(): Element | null {
  const [bar, setBar] = useState<Element | null>(null);
  useEffect(() => setBar(document.querySelector('.centre > .tabs')), []);
  return bar;
}
