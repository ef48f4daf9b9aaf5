import { expect, test } from 'vitest';
import { httpRequest } from './http';

const written = {
  scheme: 'http',
  method: 'get',
  host: 'Shop.Example',
  target: '/foo/Bar?page=2&page=3&x',
  headers: { 'X-Kind': 'A' },
} as const;

test('a request has its path apart from its query, its host in lower case, and its fields by lower-case name', () => {
  expect(httpRequest(written)).toEqual({
    scheme: 'http',
    method: 'GET',
    host: 'shop.example',
    path: '/foo/Bar',
    query: { page: '2', x: '' },
    headers: { 'x-kind': 'A' },
  });
});

test.each([
  ['other.example:8080', 'other.example'],
  ['[fd00::5]:80', 'fd00::5'],
  ['fd00::5', 'fd00::5'],
])('a Host field %s names %s, whatever the address says', (host, named) => {
  expect(httpRequest({ ...written, headers: { Host: host } }).host).toBe(named);
});
