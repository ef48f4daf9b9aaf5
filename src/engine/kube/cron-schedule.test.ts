// Schedules as the controller of CronJobs reads them.

import { describe, expect, test } from 'vitest';
import { nextTime, parseSchedule } from './cron-schedule';
import { formatTimestamp, parseTimestamp } from './timestamp';

/** The next three times behind a moment. */
function next(text: string, after: string): readonly string[] {
  const schedule = parseSchedule(text);
  if (schedule === null) throw new Error(`no schedule: ${text}`);
  const found: string[] = [];
  for (let at = parseTimestamp(after); at !== null && found.length < 3; ) {
    at = nextTime(schedule, at);
    if (at !== null) found.push(formatTimestamp(at));
  }
  return found;
}

test.each([
  ['* * * * *', '2026-01-05T09:00:00Z', ['2026-01-05T09:01:00Z', '2026-01-05T09:02:00Z', '2026-01-05T09:03:00Z']],
  ['*/15 * * * *', '2026-01-05T09:50:30Z', ['2026-01-05T10:00:00Z', '2026-01-05T10:15:00Z', '2026-01-05T10:30:00Z']],
  ['30 4 * * 1', '2026-01-05T09:00:00Z', ['2026-01-12T04:30:00Z', '2026-01-19T04:30:00Z', '2026-01-26T04:30:00Z']],
  ['0 0 1,15 * *', '2026-02-20T00:00:00Z', ['2026-03-01T00:00:00Z', '2026-03-15T00:00:00Z', '2026-04-01T00:00:00Z']],
  ['0 12 29 feb ?', '2026-01-01T00:00:00Z', ['2028-02-29T12:00:00Z', '2032-02-29T12:00:00Z', '2036-02-29T12:00:00Z']],
  ['5/20 8-9 * * mon-fri', '2026-01-09T09:30:00Z', ['2026-01-09T09:45:00Z', '2026-01-12T08:05:00Z', '2026-01-12T08:25:00Z']],
  ['@hourly', '2026-12-31T23:59:59Z', ['2027-01-01T00:00:00Z', '2027-01-01T01:00:00Z', '2027-01-01T02:00:00Z']],
  ['@every 1m30s', '2026-01-05T09:00:00Z', ['2026-01-05T09:01:30Z', '2026-01-05T09:03:00Z', '2026-01-05T09:04:30Z']],
])('%s behind %s', (text, after, expected) => {
  expect(next(text, after)).toEqual(expected);
});

test('a day of the month and one of the week, both restricted, come each by itself', () => {
  expect(next('0 0 13 * 5', '2026-02-01T00:00:00Z')).toEqual(['2026-02-06T00:00:00Z', '2026-02-13T00:00:00Z', '2026-02-20T00:00:00Z']);
});

test('a day that no month has never comes', () => {
  expect(next('0 0 30 2 *', '2026-01-01T00:00:00Z')).toEqual([]);
});

describe('no schedule is', () => {
  test.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 7',
    '5-1 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '@noon',
    '@every soon',
    'TZ=UTC * * * * *',
  ])('%j', (text) => {
    expect(parseSchedule(text)).toBeNull();
  });
});
