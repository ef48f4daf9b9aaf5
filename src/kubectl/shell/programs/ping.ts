// ping: BusyBox' and iputils', each with its own words. Without a count it goes on until somebody presses Ctrl-C, which the terminal does
// after four. Left out: sizes other than the usual one, flooding, the names of addresses that answer.

import type { Trace } from '../../../engine/index';
import type { Answer } from '../../answer';
import { readOptions } from '../getopt';
import { addressAsked, errorHeard, heard, packetHeard, roundTrip } from '../heard';
import { toolboxOf } from '../images';
import { Conversation, lines, type Run } from '../program';

const TABLE = { switches: '46qnbRvA', values: 'cWwistIp', long: {} };

/** As many as a person waits for. */
const PATIENCE = 4;

export function ping(run: Run): Answer {
  const options = readOptions(run.words, TABLE);
  const isBusybox = run.place.kind === 'container' && toolboxOf(run.place.image).make !== 'gnu';
  if ('problem' in options) return { status: 1, out: '', err: `ping: invalid option -- '${options.option}'\n` };
  const [host] = options.words;
  if (host === undefined)
    return {
      status: isBusybox ? 1 : 2,
      out: '',
      err: isBusybox ? 'Usage: ping [OPTIONS] HOST\n' : 'ping: usage error: Destination address required\n',
    };
  const asked = options.last('c');
  const count = asked === undefined ? PATIENCE : Math.max(1, Math.min(100, Number(asked) || 1));
  const ttl = options.last('t');
  const talk = new Conversation(run);
  const first = talk.send({ to: `ping:${bracketed(host)}`, protocol: 'ICMP', ...(ttl === undefined ? {} : { ttl: Number(ttl) }) });
  if ('code' in first) return { status: isBusybox ? 1 : 2, out: '', err: badName(host, isBusybox) };
  const address = addressAsked(first);
  if (address === null) return talk.over(isBusybox ? 1 : 2, '', badName(host, isBusybox, first));
  const echoes = [first];
  for (let number = 1; number < count; number += 1) {
    const next = talk.send({ to: `ping:${bracketed(address)}`, protocol: 'ICMP', ...(ttl === undefined ? {} : { ttl: Number(ttl) }) });
    if (!('code' in next)) echoes.push(next);
  }
  const pinged = { host, address, echoes, isQuiet: options.has('q'), isStopped: asked === undefined };
  return isBusybox ? busybox(talk, pinged) : iputils(talk, pinged);
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function badName(host: string, isBusybox: boolean, trace: Trace | null = null): string {
  if (isBusybox) return `ping: bad address '${host}'\n`;
  const failure = trace === null ? null : heard(trace);
  const isTemporary = failure?.kind === 'failed' && failure.failure === 'name-failed';
  return `ping: ${host}: ${isTemporary ? 'Temporary failure in name resolution' : 'Name or service not known'}\n`;
}

interface Pinged {
  readonly host: string;
  readonly address: string;
  readonly echoes: readonly Trace[];
  readonly isQuiet: boolean;
  readonly isStopped: boolean;
}

/** The sender's own kernel knows no way. */
function isWayless(trace: Trace): boolean {
  const what = heard(trace);
  return what.kind === 'failed' && what.failure === 'unreachable' && packetHeard(trace) === null;
}

function busybox(talk: Conversation, { host, address, echoes, isQuiet, isStopped }: Pinged): Answer {
  const head = `PING ${host} (${address}): 56 data bytes\n`;
  const [first] = echoes;
  if (first !== undefined && isWayless(first)) return talk.over(1, head, 'ping: sendto: Network is unreachable\n');
  const answered = echoes.filter(isAnswered);
  const replies = echoes.flatMap((echo, index) =>
    isAnswered(echo)
      ? [`64 bytes from ${address}: seq=${index} ttl=${packetHeard(echo)?.ttl ?? 0} time=${roundTrip(echo).toFixed(3)} ms`]
      : [],
  );
  const lost = Math.floor(((echoes.length - answered.length) * 100) / echoes.length);
  const statistics = [
    isStopped ? '^C' : '',
    `--- ${host} ping statistics ---`,
    `${echoes.length} packets transmitted, ${answered.length} packets received, ${lost}% packet loss`,
    ...(answered.length === 0
      ? []
      : [`round-trip min/avg/max = ${[least, mean, most].map((of) => of(answered.map(roundTrip)).toFixed(3)).join('/')} ms`]),
  ];
  return talk.over(answered.length === 0 ? 1 : 0, head + lines(...(isQuiet ? [] : replies), ...statistics));
}

function iputils(talk: Conversation, { host, address, echoes, isQuiet, isStopped }: Pinged): Answer {
  const [first] = echoes;
  if (first !== undefined && isWayless(first)) return talk.over(2, '', 'ping: connect: Network is unreachable\n');
  const answered = echoes.filter(isAnswered);
  const errors = echoes.filter((echo) => !isAnswered(echo) && errorHeard(echo.steps) !== null);
  const replies = echoes.flatMap((echo, index) => iputilsLine(echo, address, index + 1));
  const lost = Math.floor(((echoes.length - answered.length) * 100) / echoes.length);
  const times = answered.map(roundTrip);
  const statistics = [
    isStopped ? '^C' : '',
    `--- ${host} ping statistics ---`,
    `${echoes.length} packets transmitted, ${answered.length} received, ${errors.length === 0 ? '' : `+${errors.length} errors, `}${lost}% packet loss, time ${(echoes.length - 1) * 1000}ms`,
    answered.length === 0 ? '' : `rtt min/avg/max/mdev = ${[least, mean, most, () => 0].map((of) => of(times).toFixed(3)).join('/')} ms`,
  ];
  const head = `PING ${host} (${address}) 56(84) bytes of data.\n`;
  return talk.over(answered.length === 0 ? 1 : 0, head + lines(...(isQuiet ? [] : replies), ...statistics));
}

function iputilsLine(echo: Trace, address: string, sequence: number): readonly string[] {
  if (isAnswered(echo))
    return [`64 bytes from ${address}: icmp_seq=${sequence} ttl=${packetHeard(echo)?.ttl ?? 0} time=${roundTrip(echo).toFixed(3)} ms`];
  const error = errorHeard(echo.steps);
  const from = packetHeard(echo)?.source.ip;
  return error === null || from === undefined ? [] : [`From ${from} icmp_seq=${sequence} ${ERRORS[error]}`];
}

const ERRORS = {
  'port-unreachable': 'Destination Port Unreachable',
  'host-unreachable': 'Destination Host Unreachable',
  'net-unreachable': 'Destination Net Unreachable',
  'time-exceeded': 'Time to live exceeded',
  'tcp-reset': '',
} as const;

function isAnswered(echo: Trace): boolean {
  return heard(echo).kind === 'answered';
}

function least(times: readonly number[]): number {
  return Math.min(...times);
}

function mean(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

function most(times: readonly number[]): number {
  return Math.max(...times);
}
