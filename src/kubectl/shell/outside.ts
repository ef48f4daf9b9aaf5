// The student's own machine: a host outside of the cluster, with an address that nobody else has. The page's default client outside is the same.

import type { ApiServer } from '../../engine/index';
import type { Place } from './place';

/** Addresses of documentation (RFC 5737): the first that the cluster does not claim. */
const ADDRESSES = ['203.0.113.9', '198.51.100.9', '192.0.2.9'];

export function outside(server: ApiServer): Place {
  const isFree = (address: string) => {
    const answer = server.send({ from: `external/${address}`, to: 'ping:127.0.0.1', protocol: 'ICMP', via: null }, 1);
    return answer.kind === 'sent' || answer.problem.code !== 'unknown-source';
  };
  return { kind: 'outside', address: ADDRESSES.find(isFree) ?? '203.0.113.9' };
}
