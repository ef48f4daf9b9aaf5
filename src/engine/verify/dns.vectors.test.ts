import { expect, test } from 'vitest';
import cases from '../vectors/dns.json' with { type: 'json' };
import { type DnsCase, judgeDns } from './dns';

test.each(cases as unknown as DnsCase[])('$id: $about', (dns) => {
  const judged = judgeDns(dns);
  expect(judged).toHaveLength(dns.requests.length);
  const wrong = judged.flatMap((result, index) => (result.ok === true ? [] : [{ request: dns.requests[index], actual: result.actual }]));
  expect(wrong).toEqual([]);
});
