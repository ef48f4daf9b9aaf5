import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamp';

test('times are written as the API server writes them', () => {
  expect(formatTimestamp(0)).toBe('1970-01-01T00:00:00Z');
  expect(formatTimestamp(1_767_603_600_999)).toBe('2026-01-05T09:00:00Z');
  expect(formatTimestamp(951_782_400_000)).toBe('2000-02-29T00:00:00Z');
});

test('what was written is read back, at any second', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
      const text = formatTimestamp(seconds * 1000);
      expect(parseTimestamp(text)).toBe(seconds * 1000);
      expect(text).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
    }),
  );
});

test('offsets and parts of a second count', () => {
  expect(parseTimestamp('2026-01-05T10:30:00.25+01:30')).toBe(1_767_603_600_250);
  expect(parseTimestamp('yesterday')).toBeNull();
});
