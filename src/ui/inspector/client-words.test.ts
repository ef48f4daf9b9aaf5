import { expect, test } from 'vitest';
import { ip } from '../../engine/net/ip';
import type { Step } from '../../engine/trace/step';
import { clientWords } from './client-words';

const request = { from: 'pod/production/frontend', to: 'http://backend:80/api', protocol: 'TCP', via: null } as const;
const destination = { ip: ip('10.152.183.25'), port: 80 };

const sent: Step = {
  at: { exchange: 1, purpose: 'request', direction: 'original', netns: 'pod/production/frontend' },
  kind: 'sent',
  by: 'production/frontend',
  route: null,
  passedOver: [],
  effects: [],
  skb: {
    packet: {
      protocol: 'TCP',
      source: { ip: ip('10.1.1.5'), port: 41874 },
      destination,
      ttl: 64,
      payload: { kind: 'segment', flags: 'SYN' },
    },
    mark: 0,
    state: null,
    connection: null,
    direction: 'original',
    input: null,
    output: null,
  },
};

test('a refused request reads as wget prints it, with the address that the client asked', () => {
  expect(
    clientWords(request, { kind: 'rejected', reason: 'rule', netns: 'node-1', destination: { ip: ip('10.1.1.10'), port: 8080 } }, [sent]),
  ).toEqual(['$ wget -qO- http://backend:80/api', "wget: can't connect to remote host (10.152.183.25): Connection refused"]);
});

test('silence ends in a time-out', () => {
  expect(clientWords(request, { kind: 'dropped', reason: 'rule', netns: 'node-1', destination, replyLost: false }, []).at(-1)).toBe(
    'wget: download timed out',
  );
});

test('a bare connection is tried with nc', () => {
  expect(clientWords({ ...request, to: 'database:5432' }, { kind: 'unresolved', name: 'database', rcode: 'NXDOMAIN' }, [])).toEqual([
    '$ nc -v database 5432',
    "nc: bad address 'database'",
  ]);
});
