import { expect, test } from 'vitest';
import type { Journey } from '../../store/journey';
import { nearestStop, stripGeometry } from './strip-geometry';

const journey: Journey = {
  lines: [
    { letter: 'D', first: 0, last: 3 },
    { letter: 'A', first: 4, last: 9 },
  ],
  stops: Array.from({ length: 10 }, (_, step) => ({
    step,
    line: step < 4 ? ('D' as const) : ('A' as const),
    shape: 'station' as const,
    duration: 500,
  })),
};

const NAMES = { D: 120, A: 120, R: 120 };

test('stops stand at equal distances, and further apart where a new line begins', () => {
  const { stops } = stripGeometry(journey, 400, NAMES);
  const distances = stops.slice(1).map((stop, index) => Math.round((stop.x - (stops[index]?.x ?? 0)) * 10) / 10);
  const [usual] = distances;
  expect(distances.filter((distance) => distance === usual)).toHaveLength(8);
  expect(distances[3]).toBeCloseTo((usual ?? 0) * 1.6, 0);
});

test('every stop stays on the strip, however narrow', () => {
  for (const width of [200, 640, 2000]) {
    const { stops } = stripGeometry(journey, width, NAMES);
    expect(stops.every((stop) => stop.x >= 0 && stop.x <= width)).toBe(true);
  }
});

test('a drag snaps to the stop that is nearest', () => {
  const { stops } = stripGeometry(journey, 400, NAMES);
  expect(nearestStop(stops, (stops[6]?.x ?? 0) + 3)?.step).toBe(6);
  expect(nearestStop([], 10)).toBeNull();
});

test('the last name moves left rather than leave the strip, and a name without room is left out', () => {
  const { lines } = stripGeometry(journey, 400, { D: 60, A: 260, R: 0 });
  expect(lines[1]).toMatchObject({ named: true, label: 400 - 8 - 260 });
  expect(stripGeometry(journey, 200, NAMES).lines.map((line) => line.named)).toEqual([false, true]);
});
