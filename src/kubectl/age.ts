// How old things are, as the API server's printers and kubectl write it (apimachinery's duration.HumanDuration), and times in full.

import type { Json } from '../engine/index';
import { parseTimestamp } from '../engine/index';
import { textAt } from './fields';

/** The time since an instant written as a timestamp: `<unknown>` where there is none. */
export function since(timestamp: string, now: number): string {
  const then = parseTimestamp(timestamp);
  return then === null ? '<unknown>' : humanDuration(now - then);
}

/** The cell AGE. */
export function ageOf(object: Json, now: number): string {
  return since(textAt(object, 'metadata', 'creationTimestamp'), now);
}

const [MINUTE, HOUR, DAY, YEAR] = [60, 3600, 86_400, 365 * 86_400];

/** Two units at most, and the small one only while it matters. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * MINUTE) return `${seconds}s`;
  if (seconds < 10 * MINUTE) return two(seconds, [MINUTE, 'm'], [1, 's']);
  if (seconds < 3 * HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < 8 * HOUR) return two(seconds, [HOUR, 'h'], [MINUTE, 'm']);
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)}h`;
  if (seconds < 8 * DAY) return two(seconds, [DAY, 'd'], [HOUR, 'h']);
  if (seconds < 2 * YEAR) return `${Math.floor(seconds / DAY)}d`;
  if (seconds < 8 * YEAR) return two(seconds, [YEAR, 'y'], [DAY, 'd']);
  return `${Math.floor(seconds / YEAR)}y`;
}

function two(seconds: number, [large, name]: readonly [number, string], [small, other]: readonly [number, string]): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)}${name}${rest === 0 ? '' : `${rest}${other}`}`;
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sat, 21 Nov 2026 03:47:14 +0000` (time.RFC1123Z). */
export function longTime(timestamp: string): string {
  const then = parseTimestamp(timestamp);
  const [, year = '', month = '', day = '', clock = ''] = /^(\d{4})-(\d{2})-(\d{2})[Tt]([\d:]{8})/.exec(timestamp) ?? [];
  if (then === null) return '<unset>';
  const weekday = DAYS[((Math.floor(then / (DAY * 1000)) % 7) + 7) % 7] ?? '';
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1] ?? ''} ${year} ${clock} +0000`;
}
