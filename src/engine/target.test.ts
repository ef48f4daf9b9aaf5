import { describe, expect, test } from 'vitest';
import { parseTarget } from './target';

describe('a target', () => {
  test('is a URL with host, port and path', () => {
    expect(parseTarget('http://backend:80/api', 'TCP')).toMatchObject({
      host: 'backend',
      port: 80,
      protocol: 'TCP',
      path: '/api',
      scheme: 'http',
    });
  });

  test('takes the port of its scheme where none is written', () => {
    expect(parseTarget('http://backend', 'TCP')).toMatchObject({ host: 'backend', port: 80, protocol: 'TCP', path: '/', scheme: 'http' });
    expect(parseTarget('https://backend?x=1', 'TCP')).toMatchObject({ port: 443, path: '/?x=1', scheme: 'https' });
  });

  test('is a bare address and port, of the protocol asked for', () => {
    expect(parseTarget('10.1.1.5:53', 'UDP')).toMatchObject({ host: '10.1.1.5', port: 53, protocol: 'UDP', path: null, scheme: null });
    expect(parseTarget('[fd00:10:1::5]:80', 'TCP')).toMatchObject({ host: 'fd00:10:1::5', port: 80 });
  });

  test('is an echo request', () => {
    expect(parseTarget('ping:10.1.1.5', 'TCP')).toMatchObject({ host: '10.1.1.5', protocol: 'ICMP' });
  });

  test.each(['', 'http://', 'ftp://backend/', 'a b:80', 'http://user@host/', '[::1:80'])('%j is none', (to) => {
    expect(parseTarget(to, 'TCP')).toMatchObject({ problem: { code: 'bad-target', to } });
  });

  test.each(['backend', 'backend:0', 'backend:65536', 'http://backend:99999/'])('%j has no port to go to', (to) => {
    expect(parseTarget(to, 'TCP')).toMatchObject({ problem: { code: 'bad-port', to } });
  });
});
