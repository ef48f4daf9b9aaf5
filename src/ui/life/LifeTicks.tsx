// The requests of the axis for the keyboard and for screen readers: a row of buttons over their ticks, with one tab stop. The arrow keys
// go from one to the next, Enter opens its trace. The pointer goes through them, to the axis itself.

import { type FocusEvent, type KeyboardEvent, memo, useRef, useState } from 'react';
import type { SentAt } from '../../engine/index';
import { useApp } from '../../store/app';
import type { Tick } from '../../store/lanes';
import { openTick } from '../../store/live';
import type { LifeStrings } from './strings';
import { tickName } from './tick-name';
import { EDGE, ROW, yOf } from './track-geometry';

const NOTHING: readonly SentAt[] = [];

interface LifeTicksProps {
  readonly ticks: readonly Tick[];
  readonly words: LifeStrings;
}

export function LifeTicks({ ticks, words }: LifeTicksProps) {
  const row = useRef<HTMLDivElement>(null);
  const sent = useApp((state) => state.live?.sent ?? NOTHING);
  const opened = useApp((state) => state.live?.opened ?? null);
  const [focused, setFocused] = useState<number | null>(null);
  if (ticks.length === 0) return null;
  const stop = [focused, opened].find((index) => ticks.some((tick) => tick.index === index)) ?? ticks[0]?.index;
  const follow = (event: FocusEvent): void => setFocused(requestOf(event.target));
  const go = (event: KeyboardEvent): void => {
    const place = placeFor(
      event,
      ticks.findIndex(({ index }) => index === requestOf(event.target)),
      ticks.length,
    );
    if (place === null) return;
    event.preventDefault();
    row.current?.querySelector<HTMLElement>(`[data-request="${ticks[place]?.index}"]`)?.focus();
  };
  return (
    <div ref={row} className="life-ticks" role="toolbar" aria-label={words.requestsOnAxis} onKeyDown={go} onFocus={follow}>
      {ticks.map((tick) => {
        const each = sent[tick.index];
        return each === undefined ? null : (
          <TickButton
            key={tick.index}
            index={tick.index}
            x={tick.x}
            name={tickName(words, each, tick)}
            isStop={tick.index === stop}
            isOpen={tick.index === opened}
          />
        );
      })}
    </div>
  );
}

function requestOf(target: EventTarget): number {
  return target instanceof HTMLElement ? Number(target.dataset.request) : -1;
}

/** Which tick a key leads to; null for other keys. */
function placeFor({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, place: number, count: number): number | null {
  if (ctrlKey || metaKey || altKey) return null;
  const wanted = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: count - 1 }[key];
  return wanted === undefined ? null : Math.max(0, Math.min(count - 1, wanted));
}

interface TickButtonProps {
  readonly index: number;
  readonly x: number;
  readonly name: string;
  readonly isStop: boolean;
  readonly isOpen: boolean;
}

const TickButton = memo(function TickButton({ index, x, name, isStop, isOpen }: TickButtonProps) {
  return (
    <button
      type="button"
      className="life-tick-button"
      data-request={index}
      aria-label={name}
      aria-current={isOpen ? true : undefined}
      tabIndex={isStop ? 0 : -1}
      style={{ left: x + EDGE, top: yOf('requests') - ROW / 2 }}
      onClick={() => openTick(index)}
    />
  );
});
