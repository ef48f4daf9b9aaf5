// The target as it is written in the request, and what becomes of it when another kind of request is chosen: the host stays.

import type { ScenarioRequest } from '../engine/index';

export const VERBS = ['GET', 'TCP', 'UDP', 'SCTP', 'ping'] as const;

/** What the reader chooses between: an HTTP request, a bare connection or datagram, or an echo request. */
export type Verb = (typeof VERBS)[number];

type Target = Pick<ScenarioRequest, 'to' | 'protocol'>;

export function verbOf({ to, protocol }: Target): Verb {
  if (/^https?:\/\//i.test(to.trim())) return 'GET';
  if (/^ping:/i.test(to.trim()) || protocol === 'ICMP') return 'ping';
  return protocol;
}

/** The same host, asked otherwise. A port that was never written is the scheme's, or 80. */
export function retargeted(target: Target, verb: Verb): Target {
  return targetOf(partsOf(target.to), verb);
}

export interface TargetParts {
  /** An IPv6 address stands in brackets. */
  readonly host: string;
  readonly port: number | null;
  readonly path: string;
}

export function targetOf({ host, port, path }: TargetParts, verb: Verb): Target {
  if (verb === 'ping') return { to: `ping:${host.replace(/^\[|\]$/g, '')}`, protocol: 'ICMP' };
  if (verb === 'GET') return { to: `${port === 443 ? 'https' : 'http'}://${host}${portText(port)}${path}`, protocol: 'TCP' };
  return { to: `${host}:${port ?? 80}`, protocol: verb };
}

/** The schemes' own ports go without saying. */
function portText(port: number | null): string {
  return port === null || port === 80 || port === 443 ? '' : `:${port}`;
}

function partsOf(to: string): TargetParts {
  const [, scheme = '', authority = '', rest = ''] = /^(https?:\/\/|ping:)?([^/?#]*)(.*)$/i.exec(to.trim()) ?? [];
  const path = rest.startsWith('/') ? rest : '/';
  const usual = /^https:/i.test(scheme) ? 443 : null;
  const bare = /^\[?[0-9a-f]*:[0-9a-f:.]*\]?$/i.test(authority) ? /^\[?([^\]]*)\]?$/.exec(authority)?.[1] : undefined;
  if (bare !== undefined && bare.split(':').length > 2) return { host: `[${bare}]`, port: usual, path };
  const [, host = authority, port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  return { host, port: port === undefined ? usual : Number(port), path };
}
