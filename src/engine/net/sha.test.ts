import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base32, hex, utf8 } from './bytes';
import { sha1, sha256 } from './sha';

describe('hashes', () => {
  test.each([
    ['default/kubernetes:httpstcp', 'NPX46M4PTMTKRN6Y'],
    ['kube-system/kube-dns:dnsudp', 'TCOU7JCQXEZGVUNU'],
    ['kube-system/kube-dns:dns-tcptcp', 'ERIFXISQEP7F7OF4'],
    ['default/webtcp', 'LOLE4ISW44XBNF3G'],
    ['shop/web:httptcp10.244.1.5:8080', '34ZZ2QFGO32YYXXO'],
    ['ns1/svc1:p80tcp[fd00:10:180::1]:80', 'OGYCNMB4EMRUSJ6N'],
  ])('%s is the chain suffix %s', (text, suffix) => {
    expect(base32(sha256(text)).slice(0, 16)).toBe(suffix);
  });

  test('are those of every other implementation', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(hex(sha256(text))).toBe(createHash('sha256').update(text).digest('hex'));
        expect(hex(sha1(text))).toBe(createHash('sha1').update(text).digest('hex'));
        expect([...utf8(text)]).toEqual([...Buffer.from(text)]);
      }),
    );
  });
});
