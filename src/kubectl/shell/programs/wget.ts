// wget: BusyBox 1.36's and GNU's 1.21, each with its own words and exit codes. Left out: recursion, several tries after a silence.

import type { Trace } from '../../../engine/index';
import { insideOf } from '../../../engine/index';
import type { Answer } from '../../answer';
import { bodyOf, phraseOf } from '../answers';
import { type Options, readOptions } from '../getopt';
import { addressAsked, type Failure, heard } from '../heard';
import { toolboxOf } from '../images';
import { senderOf } from '../place';
import { Conversation, lines, type Run } from '../program';
import { limitOf } from './limits';

const TABLE = {
  switches: 'qScNdvi46',
  values: 'OTUotYP',
  long: {
    quiet: 'q',
    'output-document': 'O',
    timeout: 'T',
    'connect-timeout': 'T',
    'server-response': 'S',
    spider: 'spider',
    header: 'header:',
    'user-agent': 'U',
    tries: 't',
    'post-data': 'post-data:',
    'no-check-certificate': 'k',
    'no-verbose': 'q',
    method: 'method:',
  },
};

export function wget(run: Run): Answer {
  const options = readOptions(run.words, TABLE);
  if ('problem' in options) return { status: 1, out: '', err: `wget: unrecognized option: ${options.option.replace(/^--/, '')}\n` };
  const [written] = options.words;
  const isBusybox = run.place.kind === 'container' && toolboxOf(run.place.image).make !== 'gnu';
  if (written === undefined)
    return { status: 1, out: '', err: isBusybox ? 'BusyBox v1.36.1 multi-call binary.\n\nUsage: wget URL...\n' : 'wget: missing URL\n' };
  const url = urlOf(written);
  if (url === null) return { status: 1, out: '', err: `wget: not an http or ftp url: ${written}\n` };
  const talk = new Conversation(run);
  const agent = options.last('U') ?? (isBusybox ? 'Wget' : 'Wget/1.21.3');
  const method = options.last('method') ?? (options.has('post-data') ? 'POST' : options.has('spider') && !isBusybox ? 'HEAD' : 'GET');
  const trace = talk.send({ to: url.text, protocol: 'TCP', method, headers: { 'User-Agent': agent, ...headersOf(options) } });
  if ('code' in trace) return { status: 1, out: '', err: `wget: bad address '${url.host}'\n` };
  const got = { run, talk, options, url, trace, method };
  return isBusybox ? busybox(got) : gnu(got);
}

interface Url {
  readonly text: string;
  readonly host: string;
  readonly port: number;
  readonly target: string;
}

function urlOf(written: string): Url | null {
  const parts = /^(?:(https?):\/\/)?(\[[^\]]*\]|[^:/?#]+)(?::(\d+))?([^#]*)/i.exec(written);
  if (parts === null || /^[a-z]+:\/\//i.test(parts[2] ?? '') || (parts[1] === undefined && written.includes('://'))) return null;
  const [, scheme = 'http', host = '', port, rest = ''] = parts;
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  const number = port === undefined ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(port);
  return {
    text: `${scheme}://${host}${port === undefined ? '' : `:${port}`}${target}`,
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    target,
  };
}

function headersOf(options: Options): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.all('header').map((line) => [line.slice(0, Math.max(0, line.indexOf(':'))).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

interface Got {
  readonly run: Run;
  readonly talk: Conversation;
  readonly options: Options;
  readonly url: Url;
  readonly trace: Trace;
  readonly method: string;
}

function busybox(got: Got): Answer {
  const { talk, options, url, trace } = got;
  const address = addressAsked(trace);
  const socket = address === null ? '' : `${address.includes(':') ? `[${address}]` : address}:${url.port}`;
  const connecting = options.has('q') || address === null ? '' : `Connecting to ${url.host} (${socket})\n`;
  const what = heard(trace);
  if (what.kind === 'failed') return talk.over(1, '', connecting + busyboxFailure(got, what.failure, address ?? ''));
  const { status } = what;
  if (status === null) return talk.over(1, '', `${connecting}wget: error getting response\n`);
  if (status >= 300)
    return talk.over(1, '', `${connecting}wget: server returned error: HTTP/1.1 ${status} ${phraseOf(status)}`.trimEnd().concat('\n'));
  const response = options.has('S') ? `  HTTP/1.1 ${status} ${phraseOf(status)}\n` : '';
  if (options.has('spider')) return talk.over(0, '', connecting + response + (options.has('q') ? '' : 'remote file exists\n'));
  const body = bodyOf(got.run.server, { status, by: what.by, port: what.port, method: got.method, target: url.target }).text;
  const file = options.last('O') ?? (url.target.replace(/\?.*$/, '').split('/').at(-1) || 'index.html');
  if (options.has('q')) return talk.over(0, file === '-' ? body : '', response);
  const name = file === '-' ? 'stdout' : `'${file}'`;
  const [begin, end] = file === '-' ? ['writing to stdout', 'written to stdout'] : [`saving to ${name}`, `${name} saved`];
  const bar = `${file.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${String(body.length).padStart(5)}  0:00:00 ETA`;
  const [before, after] = [connecting + response + lines(begin), lines(bar, end)];
  const out = file === '-' ? body : '';
  return talk.over(0, out, before + after, before + out + after);
}

function busyboxFailure(got: Got, failure: Failure, address: string): string {
  const cannot = (why: string) => `wget: can't connect to remote host (${address}): ${why}\n`;
  const limit = limitOf(got.options.last('T'));
  switch (failure) {
    case 'unknown-name':
    case 'no-address':
    case 'name-failed':
      return `wget: bad address '${got.url.host}'\n`;
    case 'refused':
      return cannot('Connection refused');
    case 'no-route':
      return cannot(isMusl(got.run) ? 'Host is unreachable' : 'No route to host');
    case 'unreachable':
      return cannot(isMusl(got.run) ? 'Network unreachable' : 'Network is unreachable');
    case 'timed-out':
      return limit === null ? cannot(isMusl(got.run) ? 'Operation timed out' : 'Connection timed out') : 'wget: download timed out\n';
    case 'silent':
      return 'wget: download timed out\n';
    default:
      return failure satisfies never;
  }
}

function isMusl({ server, place }: Run): boolean {
  return insideOf(server.loaded, senderOf(place))?.libc === 'musl';
}

// GNU: all that it says goes to standard error, and the exit status tells the sort of failure (4 network, 8 the server's error).

function gnu(got: Got): Answer {
  const { run, talk, options, url, trace } = got;
  const address = addressAsked(trace);
  const what = heard(trace);
  const said = gnuBeginning(got, address);
  const tell = (text: string) => (options.has('q') ? '' : said + text);
  if (what.kind === 'failed') return talk.over(4, '', tell(gnuFailure(url.host, what.failure)));
  const { status } = what;
  if (status === null) return talk.over(4, '', tell('connected.\nHTTP request sent, awaiting response... No data received.\n'));
  const phrase = `${status} ${phraseOf(status)}`.trimEnd();
  const connected = `connected.\nHTTP request sent, awaiting response... ${phrase}\n`;
  if (status >= 400) return talk.over(8, '', tell(`${connected}${stamp(run)} ERROR ${status}: ${phraseOf(status)}.\n\n`));
  if (options.has('spider')) return talk.over(0, '', tell(`${connected}Remote file exists.\n\n`));
  const body = bodyOf(run.server, { status, by: what.by, port: what.port, method: got.method, target: url.target });
  const file = options.last('O') ?? (url.target.replace(/\?.*$/, '').split('/').at(-1) || 'index.html');
  const name = file === '-' ? 'STDOUT' : file;
  const length = `Length: ${body.text.length} [${body.type}]\nSaving to: ‘${name}’\n\n`;
  const end = file === '-' ? 'written to stdout' : `‘${name}’ saved`;
  return talk.over(
    0,
    file === '-' ? body.text : '',
    tell(`${connected}${length}${stamp(run)} - ${end} [${body.text.length}/${body.text.length}]\n\n`),
  );
}

function gnuBeginning({ run, url }: Got, address: string | null): string {
  const head = `--${stamp(run)}--  ${url.text}\n`;
  if (address === url.host) return `${head}Connecting to ${url.host}:${url.port}... `;
  const resolving = `${head}Resolving ${url.host} (${url.host})... `;
  return address === null ? resolving : `${resolving}${address}\nConnecting to ${url.host} (${url.host})|${address}|:${url.port}... `;
}

function gnuFailure(host: string, failure: Failure): string {
  switch (failure) {
    case 'unknown-name':
    case 'no-address':
    case 'name-failed':
      return `failed: ${failure === 'name-failed' ? 'Temporary failure in name resolution' : 'Name or service not known'}.\nwget: unable to resolve host address ‘${host}’\n`;
    case 'refused':
      return 'failed: Connection refused.\n';
    case 'no-route':
      return 'failed: No route to host.\n';
    case 'unreachable':
      return 'failed: Network is unreachable.\n';
    case 'timed-out':
      return 'failed: Connection timed out.\n';
    case 'silent':
      return 'connected.\nHTTP request sent, awaiting response... Read error (Connection timed out) in headers.\nGiving up.\n\n';
    default:
      return failure satisfies never;
  }
}

/** `2026-01-05 09:00:00`. */
function stamp({ server }: Run): string {
  return new Date(server.now).toISOString().slice(0, 19).replace('T', ' ');
}
