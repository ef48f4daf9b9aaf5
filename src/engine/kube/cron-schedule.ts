// The schedule of a CronJob: minute, hour, day of the month, month, day of the week, or a word such as `@hourly`, as the parser of the
// controller reads them (robfig/cron, ParseStandard). All in UTC.

import { civilDate } from './timestamp';

/** What a field lets through; `isStar`: it lets everything through because nobody restricted it. */
interface Field {
  readonly values: ReadonlySet<number>;
  readonly isStar: boolean;
}

export type Schedule =
  | {
      readonly kind: 'fields';
      readonly minute: Field;
      readonly hour: Field;
      readonly day: Field;
      readonly month: Field;
      readonly weekday: Field;
    }
  /** `@every 90s`: so long after the last time. */
  | { readonly kind: 'every'; readonly milliseconds: number };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const WORDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** null for a text that is no schedule. */
export function parseSchedule(text: string): Schedule | null {
  const every = /^@every\s+(\S+)$/.exec(text.trim());
  if (every !== null) return everySo(every[1] ?? '');
  const fields = (WORDS[text.trim()] ?? text).split(/\s+/).filter((field) => field !== '');
  if (fields.length !== 5) return null;
  const [minute, hour, day, month, weekday] = [
    parseField(fields[0] ?? '', { least: 0, most: 59, names: [] }),
    parseField(fields[1] ?? '', { least: 0, most: 23, names: [] }),
    parseField(fields[2] ?? '', { least: 1, most: 31, names: [] }),
    parseField(fields[3] ?? '', { least: 1, most: 12, names: MONTHS }),
    parseField(fields[4] ?? '', { least: 0, most: 6, names: WEEKDAYS }),
  ];
  if (minute == null || hour == null || day == null || month == null || weekday == null) return null;
  return { kind: 'fields', minute, hour, day, month, weekday };
}

/** Go's durations; less than a second counts as one. */
function everySo(text: string): Schedule | null {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/.test(text)) return null;
  const unit = { h: HOUR, m: MINUTE, s: SECOND, ms: 1 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].map(([, count, of]) => Number(count) * unit[of as keyof typeof unit]);
  const milliseconds = parts.reduce((sum, part) => sum + part, 0);
  return { kind: 'every', milliseconds: Math.max(SECOND, Math.floor(milliseconds / SECOND) * SECOND) };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

function parseField(text: string, bounds: Bounds): Field | null {
  const parts = text.split(',').map((part) => parseRange(part, bounds));
  if (parts.some((part) => part === null)) return null;
  const known = parts.flatMap((part) => part ?? []);
  return { values: new Set(known.flatMap(({ values }) => values)), isStar: known.some(({ isStar }) => isStar) };
}

/** `*`, `?`, `5`, `1-5`, each with `/step`; `5/10` goes on to the end. */
function parseRange(text: string, { least, most, names }: Bounds): { readonly values: readonly number[]; readonly isStar: boolean } | null {
  const match = /^(\*|\?|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', low, high, step] = match;
  const number = (word: string): number => {
    const named = names.indexOf(word.toLowerCase());
    return named >= 0 ? named + least : /^\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  const isAll = whole === '*' || whole === '?';
  const from = isAll ? least : number(low ?? '');
  const to = isAll ? most : high !== undefined ? number(high) : step === undefined ? from : most;
  const by = step === undefined ? 1 : Number(step);
  if (!(from >= least && to <= most && from <= to && by >= 1)) return null;
  const values = Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
  return { values, isStar: isAll && by === 1 };
}

/** Nobody looks further ahead: `0 0 30 2 *` never comes. */
const YEARS_AHEAD = 5;

/** The first time behind the instant, in milliseconds since 1970; null where none comes. */
export function nextTime(schedule: Schedule, after: number): number | null {
  if (schedule.kind === 'every') return Math.floor(after / SECOND) * SECOND + schedule.milliseconds;
  const start = (Math.floor(after / MINUTE) + 1) * MINUTE;
  for (let day = Math.floor(start / DAY); day * DAY < start + YEARS_AHEAD * 366 * DAY; day += 1) {
    if (!isDayOf(schedule, day)) continue;
    const found = timesOf(schedule).find((time) => day * DAY + time >= start);
    if (found !== undefined) return day * DAY + found;
  }
  return null;
}

/** The last time behind the one instant that is not behind the other; null where there is none. */
export function lastTime(schedule: Schedule, { after, until }: { readonly after: number; readonly until: number }): number | null {
  // Of a long while that nobody looked at, only the end counts: it is looked for in ever longer stretches before `until`.
  for (let stretch = HOUR; ; stretch *= 24) {
    const from = schedule.kind === 'every' ? after : Math.max(after, until - stretch);
    const found = lastOf(schedule, from, until);
    if (found !== null || from === after) return found;
  }
}

function lastOf(schedule: Schedule, from: number, until: number): number | null {
  const first = nextTime(schedule, from);
  if (first === null || first > until) return null;
  if (schedule.kind === 'every') return first + Math.floor((until - first) / schedule.milliseconds) * schedule.milliseconds;
  let last = first;
  for (let time: number | null = first; time !== null && time <= until; time = nextTime(schedule, time)) last = time;
  return last;
}

type Fields = Extract<Schedule, { kind: 'fields' }>;

/** Of two days that are both restricted, one is enough (dayMatches). */
function isDayOf({ day, month, weekday }: Fields, days: number): boolean {
  const date = civilDate(days);
  if (!month.values.has(date.month)) return false;
  // 1 January 1970 was a Thursday.
  const [isDay, isWeekday] = [day.values.has(date.day), weekday.values.has((((days + 4) % 7) + 7) % 7)];
  return day.isStar || weekday.isStar ? isDay && isWeekday : isDay || isWeekday;
}

const times = new WeakMap<Fields, readonly number[]>();

/** The times of a day at which it comes, in order. */
function timesOf(schedule: Fields): readonly number[] {
  const known = times.get(schedule);
  if (known !== undefined) return known;
  const all = [...schedule.hour.values].flatMap((hour) => [...schedule.minute.values].map((minute) => hour * HOUR + minute * MINUTE));
  const sorted = all.sort((a, b) => a - b);
  times.set(schedule, sorted);
  return sorted;
}
