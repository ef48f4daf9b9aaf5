// Which location of a proxy takes a path, a method, a header field: the order is the configuration's own.

import { describe, expect, test } from 'vitest';
import type { HttpLocation, HttpProxy, LocationMatch, PathRule } from '../linux/http-proxy';
import { httpRequest } from '../net/http';
import { NO_PROVENANCE } from '../net/provenance';
import { isSentToHttps, misfit, routeHttp } from './http-route';

const ANY: Omit<LocationMatch, 'path'> = { method: null, headers: [], query: [] };

function location(path: PathRule, over: Partial<HttpLocation> = {}): HttpLocation {
  return { match: { ...ANY, path }, toHttps: 'never', action: { kind: 'answer', status: 200 }, provenance: NO_PROVENANCE, ...over };
}

function get(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const [host = '', ...rest] = url.split('/');
  return httpRequest({ scheme: 'http', method, host, target: `/${rest.join('/')}`, headers });
}

function proxy(hosts: Readonly<Record<string, readonly HttpLocation[]>>, over: Partial<HttpProxy> = {}): HttpProxy {
  const servers = Object.entries(hosts).map(([host, locations]) => ({ host, locations, otherwise: null, provenance: NO_PROVENANCE }));
  return { program: 'test', servers, wildcard: 'one-label', certificates: [], tries: 1, ...over };
}

describe('a path', () => {
  test.each([
    ['exact', '/foo', '/foo', true],
    ['exact', '/foo', '/foo/', false],
    ['exact', '/foo', '/FOO', false],
    ['prefix', '/foo', '/foo', true],
    ['prefix', '/foo', '/foo/bar', true],
    ['prefix', '/foo', '/foobar', false],
    ['prefix', '/foo/', '/foo', true],
    ['prefix', '/foo', '/foo/', true],
    ['prefix', '/', '/any/thing', true],
    ['letters', '/foo', '/foobar', true],
    ['letters', '/foo', '/fo', false],
  ] as const)('%s %s for %s: %s', (kind, path, asked, fits) => {
    expect(misfit({ ...ANY, path: { kind, path } }, get(`a${asked}`)) === null).toBe(fits);
  });

  test('has nothing to do with the query', () => {
    expect(misfit({ ...ANY, path: { kind: 'exact', path: '/foo' } }, get('a/foo?page=2'))).toBeNull();
  });
});

test('a match wants all of its parts, and the first that fails is named', () => {
  const path: PathRule = { kind: 'prefix', path: '/' };
  const match: LocationMatch = { path, method: 'POST', headers: [{ name: 'Color', value: 'red' }], query: [{ name: 'v', value: '2' }] };
  expect(misfit(match, get('a/?v=2', { color: 'red' }))).toBe('method');
  expect(misfit(match, get('a/?v=2', { color: 'Red' }, 'POST'))).toBe('header');
  expect(misfit(match, get('a/?v=1', { COLOR: 'red' }, 'POST'))).toBe('query');
  expect(misfit(match, get('a/?v=2', { COLOR: 'red' }, 'post'))).toBeNull();
});

test('a host that has a server of its own is never served by the wildcard', () => {
  const cart = location({ kind: 'prefix', path: '/cart' });
  const all = location({ kind: 'prefix', path: '/' });
  const routed = (url: string) => routeHttp(proxy({ 'shop.example': [cart], '*.example': [all] }), get(url));
  expect(routed('shop.example/other')).toMatchObject({ server: { host: 'shop.example' }, location: null, passedHosts: [] });
  expect(routed('blog.example/other')).toMatchObject({ server: { host: '*.example' }, passedHosts: ['shop.example'] });
  expect(routed('example.org/')).toMatchObject({ server: null, passedHosts: ['shop.example', '*.example'] });
});

test('the first location that fits wins; one behind it that fits too is not called a misfit', () => {
  const [long, short] = [location({ kind: 'prefix', path: '/a/b' }), location({ kind: 'prefix', path: '/' })];
  const routed = routeHttp(proxy({ a: [long, short] }), get('a/a/b/c'));
  expect(routed.location).toBe(long);
  expect(routed.passedOver).toEqual([{ location: short, failed: null }]);
});

test('plain HTTP is sent to HTTPS where the host has a certificate, or always, and HTTPS never', () => {
  const certain = proxy({}, { certificates: ['*.example'] });
  const root = location({ kind: 'prefix', path: '/' }, { toHttps: 'with-certificate' });
  expect(isSentToHttps(certain, root, get('shop.example/'))).toBe(true);
  expect(isSentToHttps(certain, root, get('shop.other/'))).toBe(false);
  expect(isSentToHttps(certain, { ...root, toHttps: 'always' }, get('shop.other/'))).toBe(true);
  expect(isSentToHttps(certain, { ...root, toHttps: 'never' }, get('shop.example/'))).toBe(false);
  expect(isSentToHttps(certain, root, { ...get('shop.example/'), scheme: 'https' })).toBe(false);
});
