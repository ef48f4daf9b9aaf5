// Whatever words a program is given, it answers: with an exit status, and with something to read or nothing at all.

import { expect, it } from 'vitest';
import { SHOP, typing } from './typed.test-support';

const PROGRAMS =
  'curl wget ping nslookup dig host getent nc traceroute ip ifconfig route netstat ss bridge sysctl iptables iptables-save nft ipvsadm ipset conntrack crictl cat ls echo printf sleep seq env printenv hostname date id test [ ps head tail sort uniq cut wc tr grep awk sed sh minikube microk8s ssh docker kubectl watch alias history export which cd exit';
const WORDS = [
  '',
  '-',
  '--',
  '--help',
  '-x',
  '-c',
  'web 80',
  'http://[',
  '-c 0 web',
  '( [',
  "'s/(/x/'",
  '-t nat -L',
  'a b c d',
  '-6 route',
  '=',
  '-f9999999999',
];

it.each([
  ['in a Pod', 'kubectl exec tools -- '],
  ['on a node', 'ssh node-1 '],
  ['at home', ''],
])(
  '%s',
  (_, before) => {
    const { type, now } = typing(SHOP);
    for (const program of PROGRAMS.split(' '))
      for (const words of WORDS) {
        const { status, screen } = type(`${before}${program} ${words}`);
        expect([program, words, Number.isInteger(status) && status >= 0 && status <= 255, typeof screen]).toEqual([
          program,
          words,
          true,
          'string',
        ]);
        while (now().shells.length > 0) type('exit');
      }
  },
  60_000,
);
