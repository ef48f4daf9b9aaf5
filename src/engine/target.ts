// What a user writes as a target: `http://backend:80/api`, `10.1.1.5:8080`, `[fd00::5]:80`, `ping:10.1.1.5`, and a question for a name server
// as RFC 4501 writes it: `dns:web.shop?type=SRV`, `dns://10.96.0.10/web.shop`. Parsed by hand: the engine has no URL.

import type { AskedTarget } from './explain/client-view';
import { absoluteName, type DnsQuestion, recordType } from './net/dns';
import type { HttpScheme } from './net/http';
import type { Protocol } from './net/packet';
import type { RequestProblem, ScenarioRequest } from './view';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** The path of an HTTP request, with its query; null for a bare connection. */
  readonly path: string | null;
  readonly scheme: HttpScheme | null;
  /** What a name server is asked, about the name as it is written; then the host is that server, or empty for the client's own. */
  readonly question: DnsQuestion | null;
}

const SCHEMES: Readonly<Record<HttpScheme, number>> = { http: 80, https: 443 };

function isScheme(text: string): text is HttpScheme {
  return Object.hasOwn(SCHEMES, text);
}

/** The target, or what is wrong with it. `ping:HOST` is ICMP whatever protocol is asked for. */
export function parseTarget(to: string, protocol: Protocol): Target | { readonly problem: RequestProblem } {
  const text = to.trim();
  const ping = /^ping:(.+)$/i.exec(text);
  if (ping?.[1] !== undefined) return withHost({ authority: ping[1], port: 0, path: null, scheme: null, protocol: 'ICMP' }, to);
  const question = /^dns:(?:\/\/([^/?#]*)\/)?([^/?#]+)(?:\?(?:type=([a-z]+))?(?:;class=IN)?)?$/i.exec(text);
  if (question !== null) return withQuestion({ server: question[1] ?? '', name: question[2] ?? '', type: question[3] ?? 'A' }, to);
  const url = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(text);
  if (url === null) return withHost({ authority: text, port: null, path: null, scheme: null, protocol }, to);
  const scheme = (url[1] ?? '').toLowerCase();
  if (!isScheme(scheme)) return { problem: { code: 'bad-target', to } };
  const rest = url[3] ?? '';
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return withHost({ authority: url[2] ?? '', port: SCHEMES[scheme], path, scheme, protocol: 'TCP' }, to);
}

const DNS_PORT = 53;

function withQuestion(
  { server, name, type: written }: { readonly server: string; readonly name: string; readonly type: string },
  to: string,
): Target | { readonly problem: RequestProblem } {
  const type = recordType(written);
  if (type === null) return { problem: { code: 'bad-target', to } };
  const question = { name: absoluteName(name.toLowerCase()), type };
  const common = { port: DNS_PORT, path: null, scheme: null, protocol: 'UDP' } as const;
  if (server === '') return { ...common, host: '', question };
  const asked = withHost({ ...common, authority: server }, to);
  return 'problem' in asked ? asked : { ...asked, question };
}

interface Written {
  readonly authority: string;
  /** The port where none is written; null where one has to be. */
  readonly port: number | null;
  readonly path: string | null;
  readonly scheme: HttpScheme | null;
  readonly protocol: Protocol;
}

const AUTHORITY = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,7}))?$/;

function withHost(written: Written, to: string): Target | { readonly problem: RequestProblem } {
  const parts = AUTHORITY.exec(written.authority);
  const host = parts?.[1] ?? parts?.[2];
  if (host === undefined) return { problem: { code: 'bad-target', to } };
  const port = parts?.[3] === undefined ? written.port : Number(parts[3]);
  if (port === null) return { problem: { code: 'bad-port', to } };
  if (written.protocol !== 'ICMP' && (port < 1 || port > 65535)) return { problem: { code: 'bad-port', to } };
  return { host, port, protocol: written.protocol, path: written.path, scheme: written.scheme, question: null };
}

/** The target in the user's own words, for what the client's program prints; null where it makes no sense. */
export function askedTarget(asked: Pick<ScenarioRequest, 'to' | 'protocol' | 'method' | 'headers'>): AskedTarget | null {
  const { to, protocol } = asked;
  const target = parseTarget(to, protocol);
  if ('problem' in target) return null;
  const { host, port, path } = target;
  const url = path === null ? null : to.trim();
  return { host, port, protocol: target.protocol, url, options: curlOptions(asked), question: target.question };
}

/** `-X POST -H 'Version: two' `; empty where nothing is said beside the address. */
function curlOptions({ to, method = 'GET', headers = {} }: Pick<ScenarioRequest, 'to' | 'method' | 'headers'>): string {
  const options = [
    ...(/^https:/i.test(to.trim()) ? ['-k'] : []),
    ...(method.toUpperCase() === 'GET' ? [] : [`-X ${method.toUpperCase()}`]),
    ...Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`),
  ];
  return options.map((option) => `${option} `).join('');
}
