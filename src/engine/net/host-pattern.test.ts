import { describe, expect, test } from 'vitest';
import { commonHosts, compareHosts, fitsHost } from './host-pattern';

describe('a host pattern', () => {
  test.each([
    ['shop.example', 'shop.example', true, true],
    ['shop.example', 'www.shop.example', false, false],
    ['*.example', 'shop.example', true, true],
    ['*.example', 'a.b.example', false, true],
    ['*.example', 'example', false, false],
    ['*.example', 'shopexample', false, false],
    ['', '203.0.113.80', true, true],
  ])('%s for %s: %s where the wildcard is one label, %s where it is several', (pattern, host, one, several) => {
    expect(fitsHost(pattern, host, 'one-label')).toBe(one);
    expect(fitsHost(pattern, host, 'labels')).toBe(several);
  });

  test('precise names come before wildcards, longer wildcards before shorter ones, the one for all last', () => {
    expect(['', '*.example', 'b.example', '*.shop.example', 'a.example'].sort(compareHosts)).toEqual([
      'a.example',
      'b.example',
      '*.shop.example',
      '*.example',
      '',
    ]);
  });

  test.each([
    ['*.example', 'shop.example', 'shop.example'],
    ['shop.example', '*.example', 'shop.example'],
    ['*.example', '*.shop.example', '*.shop.example'],
    ['*.example', 'example', null],
    ['', '*.example', '*.example'],
    ['a.example', 'b.example', null],
  ])('%s and %s share %s', (a, b, common) => {
    expect(commonHosts(a, b)).toBe(common);
    expect(commonHosts(b, a)).toBe(common);
  });
});
