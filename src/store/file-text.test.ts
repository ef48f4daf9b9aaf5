import { expect, test } from 'vitest';
import { fileText, joined } from './file-text';

const bytes = (...numbers: number[]): Uint8Array => new Uint8Array(numbers);

test('a file is read as UTF-8, with or without a byte order mark, and with any line breaks', () => {
  expect(fileText(new TextEncoder().encode('a: é\r\nb: c\n'))).toBe('a: é\nb: c\n');
  expect(fileText(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
});

test('a file that PowerShell wrote is read as UTF-16', () => {
  expect(fileText(bytes(0xff, 0xfe, 0x61, 0x00, 0x0d, 0x00, 0x0a, 0x00, 0x62, 0x00))).toBe('a\nb');
  expect(fileText(bytes(0xfe, 0xff, 0x00, 0x61))).toBe('a');
});

test('a picture or a program is no text', () => {
  expect(fileText(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBeNull();
  expect(fileText(bytes(0x7f, 0x45, 0x4c, 0x46, 0x00, 0x00))).toBeNull();
});

test('files become documents, one after the other', () => {
  expect(joined(['a: 1', 'b: 2\n'])).toBe('a: 1\n---\nb: 2\n');
});
