// curl 7.88: one request for each URL, in the words of that version. Left out: uploads, cookies, proxies, everything but HTTP.

import type { Trace } from '../../../engine/index';
import type { Answer } from '../../answer';
import { type Body, bodyOf, phraseOf } from '../answers';
import { type Options, readOptions } from '../getopt';
import { addressAsked, type Failure, heard, ownAddress, roundTrip } from '../heard';
import { Conversation, lines, type Run } from '../program';
import { progress } from './curl-progress';
import { limitOf } from './limits';

const TABLE = {
  switches: 'sSvikILfNg46OJ#',
  values: 'owmXHdAueT',
  long: {
    silent: 's',
    'show-error': 'S',
    verbose: 'v',
    include: 'i',
    insecure: 'k',
    head: 'I',
    location: 'L',
    fail: 'f',
    'no-buffer': 'N',
    globoff: 'g',
    ipv4: '4',
    ipv6: '6',
    'remote-name': 'O',
    output: 'o',
    'write-out': 'w',
    'max-time': 'm',
    request: 'X',
    header: 'H',
    data: 'd',
    'data-raw': 'd',
    'user-agent': 'A',
    user: 'u',
    'connect-timeout': 'connect-timeout:',
    retry: 'retry:',
    'retry-delay': 'retry:',
    'max-redirs': 'max-redirs:',
    'http1.1': 'http1.1',
    url: 'url:',
  },
};

const AGENT = 'curl/7.88.1';
const MORE = "curl: try 'curl --help' or 'curl --manual' for more information";

export function curl(run: Run): Answer {
  const options = readOptions(run.words, TABLE);
  const talk = new Conversation(run);
  if ('problem' in options) {
    const option = options.option.startsWith('--') ? options.option : `-${options.option}`;
    const why = options.problem === 'unknown' ? 'is unknown' : 'requires parameter';
    return talk.over(2, '', lines(`curl: option ${option}: ${why}`, MORE));
  }
  const urls = [...options.all('url'), ...options.words];
  if (urls.length === 0) return talk.over(2, '', lines('curl: no URL specified!', MORE));
  let [status, out, err, screen] = [0, '', '', ''];
  for (const url of urls) {
    const one = fetched({ run, talk, options }, url, 0);
    status = one.status;
    out += one.out;
    err += one.err;
    // What it says of itself comes before what it brings, but for the end of a line that -w writes.
    screen += one.status === 0 ? one.err + one.out : one.out + one.err;
  }
  return talk.over(status, out, err, screen);
}

interface Curl {
  readonly run: Run;
  readonly talk: Conversation;
  readonly options: Options;
}

interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly target: string;
  /** As curl asks for it. */
  readonly text: string;
}

function urlOf(written: string): Url | null {
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]+)(?::(\d+))?([^#]*)/i.exec(written);
  if (parts === null) return null;
  const scheme = (parts[1] ?? 'http').toLowerCase();
  const host = parts[2] ?? '';
  const rest = parts[4] ?? '';
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  const port = parts[3] === undefined ? (scheme === 'https' ? 443 : 80) : Number(parts[3]);
  return { scheme, host, port, target, text: `${scheme}://${host}${parts[3] === undefined ? '' : `:${port}`}${target}` };
}

type Fetched = Pick<Answer, 'status' | 'out' | 'err'>;

function fetched(curling: Curl, written: string, redirections: number): Fetched {
  const { talk, options } = curling;
  const url = urlOf(written);
  if (url === null || url.port > 65535) return failed(curling, 3, 'URL using bad/illegal format or missing URL');
  if (url.scheme !== 'http' && url.scheme !== 'https')
    return failed(curling, 1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
  const method = options.last('X') ?? (options.has('I') ? 'HEAD' : options.has('d') ? 'POST' : 'GET');
  const trace = talk.send({ to: url.text, protocol: 'TCP', method, headers: headersOf(options) });
  if ('code' in trace) return failed(curling, 3, 'URL using bad/illegal format or missing URL');
  const what = heard(trace);
  if (what.kind === 'failed') return unheard(curling, { url, trace, failure: what.failure });
  if (what.status === null) return failed(curling, 52, 'Empty reply from server', { url, trace });
  if (url.scheme === 'https' && !options.has('k')) return failed(curling, 60, UNTRUSTED, { url, trace });
  const { status } = what;
  if (status >= 400 && options.has('f')) return failed(curling, 22, `The requested URL returned error: ${status}`, { url, trace, status });
  const location = redirection(trace, url);
  if (location !== null && options.has('L') && redirections < 50) return fetched(curling, location, redirections + 1);
  const body = bodyOf(curling.run.server, { status, by: what.by, port: what.port, method, target: url.target });
  return answered(curling, { url, trace, status, body, method, location });
}

const UNTRUSTED = `SSL certificate problem: unable to get local issuer certificate
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

function headersOf(options: Options): Readonly<Record<string, string>> {
  const given = options.all('H').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
  });
  return { 'User-Agent': options.last('A') ?? AGENT, ...Object.fromEntries(given) };
}

/** A proxy that wants HTTPS names the same address there. */
function redirection(trace: Trace, { host, target }: Url): string | null {
  const step = trace.steps.findLast((each) => each.kind === 'proxy-answered');
  return step?.kind === 'proxy-answered' && step.why === 'to-https' ? `https://${host}${target}` : null;
}

interface Ended {
  readonly url: Url;
  readonly trace: Trace;
  readonly status?: number;
}

function unheard(curling: Curl, { url, trace, failure }: Ended & { readonly failure: Failure }): Fetched {
  const { options } = curling;
  const [whole, connecting] = [limitOf(options.last('m')), limitOf(options.last('connect-timeout'))];
  const limit = whole === null ? connecting : connecting === null ? whole : Math.min(whole, connecting);
  const host = url.host.replace(/^\[|\]$/g, '');
  const connect = (after: number, why: string) => `Failed to connect to ${host} port ${url.port} after ${after} ms: ${why}`;
  const ended = { url, trace };
  switch (failure) {
    case 'unknown-name':
    case 'no-address':
      return failed(curling, 6, `Could not resolve host: ${host}`, ended);
    case 'name-failed':
      if (limit !== null && limit < RESOLVER_GIVES_UP && isDnsSilent(trace))
        return failed(curling, 28, `Resolving timed out after ${limit * 1000 + 1} milliseconds`, ended);
      return failed(curling, 6, `Could not resolve host: ${host}`, ended);
    case 'refused':
    case 'unreachable':
      return failed(curling, 7, connect(0, "Couldn't connect to server"), ended);
    case 'no-route':
      return failed(curling, 7, connect(NEIGHBOUR_GIVES_UP, "Couldn't connect to server"), ended);
    case 'timed-out':
      if (limit === null) return failed(curling, 28, connect(KERNEL_GIVES_UP, "Couldn't connect to server"), ended);
      if (limit === connecting) return failed(curling, 28, connect(limit * 1000 + 1, 'Timeout was reached'), ended);
      return failed(curling, 28, `Connection timed out after ${limit * 1000 + 1} milliseconds`, ended);
    case 'silent':
      if (whole !== null)
        return failed(curling, 28, `Operation timed out after ${whole * 1000 + 1} milliseconds with 0 bytes received`, ended);
      // It would wait for ever: the terminal does what a person does then.
      return { status: 130, out: '', err: '^C\n' };
    default:
      return failure satisfies never;
  }
}

/** Milliseconds: three tries for a neighbour, six repeats of a SYN (net.ipv4.tcp_syn_retries); seconds of glibc's resolver, five and five. */
const NEIGHBOUR_GIVES_UP = 3000;
const KERNEL_GIVES_UP = 130_000;
const RESOLVER_GIVES_UP = 10;

function isDnsSilent({ steps }: Trace): boolean {
  return steps.some((step) => step.kind === 'dropped' && step.at.purpose === 'dns');
}

function failed(curling: Curl, code: number, text: string, ended: Ended | null = null): Fetched {
  const { options, run } = curling;
  const isQuiet = options.has('s') && !options.has('S');
  const said = isQuiet ? '' : `curl: (${code}) ${text}\n`;
  const told = ended !== null && options.has('v') ? verboseFailure(ended, text) : '';
  const meter = options.has('s') || options.has('S') || run.terminal || code === 1 || code === 3 ? '' : progress(null);
  return { status: code, out: ended === null ? '' : written(options, ended, 0), err: told + meter + said };
}

interface HttpEnded extends Ended {
  readonly status: number;
  readonly body: Body;
  readonly method: string;
  readonly location: string | null;
}

function answered(curling: Curl, ended: HttpEnded): Fetched {
  const { options, run } = curling;
  const { body, method } = ended;
  const fields = responseFields(run, ended);
  const head = options.has('i') || options.has('I') ? `${fields.map((line) => `${line}\r\n`).join('')}\r\n` : '';
  const text = method === 'HEAD' ? '' : body.text;
  const target = options.last('o');
  const isKept = target !== undefined || options.has('O');
  const shown = isKept && target !== '-' ? '' : head + text;
  const isMetered = !options.has('s') && (isKept || !run.terminal) && text !== '';
  const meter = isMetered ? progress(text.length) : '';
  const told = options.has('v') ? verbose(ended, headersOf(options), fields) : '';
  return { status: 0, out: shown + written(options, ended, text.length), err: told + meter };
}

function responseFields({ server }: Run, { status, body, location }: HttpEnded): readonly string[] {
  return [
    `HTTP/1.1 ${status} ${phraseOf(status)}`.trimEnd(),
    ...(body.server === null ? [] : [`Server: ${body.server}`]),
    `Date: ${new Date(server.now).toUTCString()}`,
    `Content-Type: ${body.type}`,
    `Content-Length: ${body.text.length}`,
    ...(location === null ? [] : [`Location: ${location}`]),
  ];
}

function verbose({ url, trace, method }: HttpEnded, headers: Readonly<Record<string, string>>, fields: readonly string[]): string {
  const address = addressAsked(trace) ?? '';
  const host = url.host.replace(/^\[|\]$/g, '');
  const { 'User-Agent': agent = AGENT, Host: named, ...more } = headers;
  const port = url.port === (url.scheme === 'https' ? 443 : 80) ? '' : `:${url.port}`;
  const extra = Object.entries(more).map(([name, value]) => `> ${name}: ${value}`);
  return lines(
    `*   Trying ${address.includes(':') ? `[${address}]` : address}:${url.port}...`,
    `* Connected to ${host} (${address}) port ${url.port} (#0)`,
    `> ${method} ${url.target} HTTP/1.1`,
    `> Host: ${named ?? `${url.host}${port}`}`,
    `> User-Agent: ${agent}`,
    '> Accept: */*',
    ...extra,
    '> ',
    ...fields.map((line) => `< ${line}`),
    '< ',
    `* Connection #0 to host ${host} left intact`,
  );
}

function verboseFailure({ url, trace }: Ended, text: string): string {
  const address = addressAsked(trace);
  if (address === null) return lines(`* ${text}`, '* Closing connection 0');
  return lines(`*   Trying ${address}:${url.port}...`, `* ${text.split('\n')[0] ?? ''}`, '* Closing connection 0');
}

/** `-w`: the variables that courses ask for. */
function written(options: Options, { url, trace, status = 0 }: Ended, size: number): string {
  const format = options.last('w');
  if (format === undefined) return '';
  const own = ownAddress(trace);
  const values: Readonly<Record<string, string>> = {
    http_code: String(status).padStart(3, '0'),
    response_code: String(status).padStart(3, '0'),
    remote_ip: addressAsked(trace) ?? '',
    remote_port: String(url.port),
    local_ip: own?.ip ?? '',
    local_port: String(own?.port ?? 0),
    url_effective: url.text,
    url: url.text,
    size_download: String(size),
    scheme: url.scheme.toUpperCase(),
    time_total: (roundTrip(trace) / 1000).toFixed(6),
    time_connect: (roundTrip(trace) / 2000).toFixed(6),
  };
  return format
    .replace(/%\{([a-z_]+)\}/g, (_, name: string) => values[name] ?? '')
    .replace(/\\([nrt])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? '');
}
