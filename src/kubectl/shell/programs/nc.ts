// nc: whether a port takes connections, in the words of BusyBox' or OpenBSD's. Left out: listening, and what is said on the connection.

import type { Answer } from '../../answer';
import { readOptions } from '../getopt';
import { addressAsked, type Failure, heard } from '../heard';
import { toolboxOf } from '../images';
import { Conversation, type Run } from '../program';
import { limitOf } from './limits';

const TABLE = { switches: 'zvuln46k', values: 'wpsq', long: {} };

export function nc(run: Run): Answer {
  const isBusybox = run.place.kind === 'container' && toolboxOf(run.place.image).make !== 'gnu';
  const options = readOptions(run.words, TABLE);
  if ('problem' in options) return { status: 1, out: '', err: `nc: invalid option -- '${options.option}'\n` };
  if (options.has('l'))
    return { status: 1, out: '', err: 'nc: listening is not simulated: a Pod listens as its image and its ports say\n' };
  const [host, port] = options.words;
  if (host === undefined || port === undefined || !/^\d+$/.test(port))
    return { status: 1, out: '', err: 'usage: nc [-zvu] [-w seconds] host port\n' };
  const talk = new Conversation(run);
  const protocol = options.has('u') ? ('UDP' as const) : ('TCP' as const);
  const trace = talk.send({ to: `${host.includes(':') ? `[${host}]` : host}:${port}`, protocol });
  if ('code' in trace) return { status: 1, out: '', err: `nc: bad address '${host}'\n` };
  const asked = { host, port, address: addressAsked(trace) ?? host, protocol };
  const what = heard(trace);
  const isVerbose = options.has('v');
  if (what.kind === 'failed' && what.failure !== 'silent') {
    const why = (isBusybox ? busyboxFailure : openbsdFailure)(asked, what.failure, limitOf(options.last('w')) !== null);
    return talk.over(1, '', isBusybox || isVerbose ? why : '');
  }
  if (!isVerbose) return talk.over(0, '');
  return talk.over(
    0,
    '',
    isBusybox
      ? `${host} (${asked.address}:${port}) open\n`
      : `Connection to ${named(asked)} ${port} port [${protocol.toLowerCase()}/${SERVICES[port] ?? '*'}] succeeded!\n`,
  );
}

interface Asked {
  readonly host: string;
  readonly port: string;
  readonly address: string;
  readonly protocol: 'TCP' | 'UDP';
}

/** /etc/services, as far as courses go. */
const SERVICES: Readonly<Record<string, string>> = {
  '22': 'ssh',
  '53': 'domain',
  '80': 'http',
  '443': 'https',
  '3306': 'mysql',
  '5432': 'postgresql',
  '6379': 'redis',
  '8080': 'http-alt',
};

function named({ host, address }: Asked): string {
  return host === address ? host : `${host} (${address})`;
}

const ERRORS: Readonly<Record<'refused' | 'timed-out' | 'no-route' | 'unreachable', string>> = {
  refused: 'Connection refused',
  'timed-out': 'Connection timed out',
  'no-route': 'No route to host',
  unreachable: 'Network is unreachable',
};

type Unheard = Exclude<Failure, 'silent'>;

function busyboxFailure({ host, port, address }: Asked, failure: Unheard, isLimited: boolean): string {
  if (failure === 'unknown-name' || failure === 'no-address' || failure === 'name-failed') return `nc: bad address '${host}'\n`;
  if (failure === 'timed-out' && isLimited) return 'nc: timed out\n';
  return `nc: ${host} (${address}:${port}): ${ERRORS[failure]}\n`;
}

function openbsdFailure(asked: Asked, failure: Unheard, isLimited: boolean): string {
  const { host, port, address, protocol } = asked;
  if (failure === 'unknown-name' || failure === 'no-address' || failure === 'name-failed')
    return `nc: getaddrinfo for host "${host}" port ${port}: ${failure === 'name-failed' ? 'Temporary failure in name resolution' : 'Name or service not known'}\n`;
  const to = `nc: connect to ${host}${host === address ? '' : ` (${address})`} port ${port} (${protocol.toLowerCase()})`;
  return failure === 'timed-out' && isLimited ? `${to} timed out: Operation now in progress\n` : `${to} failed: ${ERRORS[failure]}\n`;
}
