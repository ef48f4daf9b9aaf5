// What there is to say of a proxy that reads requests: which of its servers and locations took one, whom it asks, and what it answers.

import { formatSocket } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { HttpDecision, ProxyAnswer, Step, StepOf } from '../trace/step';
import { type Address, type Around, addressOf, ownerLabel } from './around';

interface AtProxy {
  /** The owner of the proxy: a Pod, a Gateway. */
  readonly by: string;
  /** The program, as its users call it. */
  readonly program: 'ingress-nginx' | 'gateway';
  readonly method: string;
  readonly host: string;
  readonly path: string;
}

interface AtServer extends AtProxy {
  /** The host that the server is for; empty: every host. */
  readonly server: string;
  /** The rule that took the request: `/api (Prefix)`. */
  readonly rule: string;
}

interface AtUpstream extends AtServer {
  /** `shop/api:80`. */
  readonly upstream: string;
  readonly status: number;
}

/** Of how many requests the upstream gets how many. */
export interface Share {
  readonly weight: number;
  readonly of: number;
}

export type HttpFact =
  | (Omit<AtUpstream, 'status'> & {
      readonly code: 'http-forwarded' | 'http-forwarded-by-default';
      readonly address: Address;
      readonly among: number;
      readonly share: Share | null;
    })
  | (AtProxy & { readonly code: 'http-asks-next'; readonly upstream: string; readonly address: Address; readonly attempt: number })
  | (AtProxy & { readonly code: 'http-no-server' /** The hosts that it does serve. */; readonly hosts: readonly string[] })
  | (AtProxy & {
      readonly code: 'http-no-location';
      readonly server: string /** What it would take: `/api (Prefix)`. */;
      readonly rules: readonly string[];
    })
  | (AtUpstream & { readonly code: 'http-no-service' | 'http-no-port' | 'http-no-endpoint' | 'http-not-permitted' })
  | (AtServer & { readonly code: 'http-no-upstream' | 'http-fixed'; readonly status: number })
  | (AtProxy & { readonly code: 'http-to-https' })
  | (AtProxy & { readonly code: 'http-wrong-scheme'; readonly scheme: string })
  | (Answering & { readonly code: 'proxy-answers-alone' })
  | (Answering & { readonly code: 'proxy-passes-on'; readonly from: string })
  | (Answering & { readonly code: 'proxy-was-refused' | 'proxy-heard-nothing' | 'proxy-heard-no-http'; readonly address: Address });

interface Answering {
  readonly by: string;
  readonly client: string;
  readonly status: number;
  readonly phrase: string;
}

type Routed = StepOf<'http-routed'>;

export function routedFact(step: Routed, around: Around): HttpFact {
  const { request, decision, attempt } = step;
  const told: AtProxy = {
    by: ownerLabel(around, step.owner),
    program: step.program === 'gateway' ? 'gateway' : 'ingress-nginx',
    method: request.method,
    host: request.host,
    path: request.path,
  };
  if (decision.kind === 'answered') return answeredAlone(step, told, decision);
  const address = addressOf(around, decision.address);
  const upstream = decision.upstream.name;
  if (attempt > 1) return { code: 'http-asks-next', ...told, upstream, address, attempt };
  const { among, share } = decision;
  const code = step.byDefault ? 'http-forwarded-by-default' : 'http-forwarded';
  return { code, ...told, ...serverOf(step), upstream, address, among, share };
}

function serverOf(step: Routed): Pick<AtServer, 'server' | 'rule'> {
  return { server: step.server?.host ?? '', rule: step.location === null ? '' : ruleText(step.location) };
}

function answeredAlone(step: Routed, told: AtProxy, { status, why, upstream }: Extract<HttpDecision, { kind: 'answered' }>): HttpFact {
  const at = { ...told, ...serverOf(step), status };
  switch (why) {
    case 'no-server':
      return { code: 'http-no-server', ...told, hosts: step.passedHosts.filter((host) => host !== '') };
    case 'no-location':
      return { code: 'http-no-location', ...told, server: at.server, rules: step.passedOver.map(({ location }) => ruleText(location)) };
    case 'no-service':
    case 'no-port':
    case 'no-endpoint':
    case 'not-permitted':
      return { code: `http-${why}`, ...at, upstream: upstream?.name ?? '' };
    case 'no-upstream':
    case 'fixed':
      return { code: `http-${why}`, ...at };
    case 'to-https':
      return { code: 'http-to-https', ...told };
    case 'wrong-scheme':
      return { code: 'http-wrong-scheme', ...told, scheme: step.request.scheme };
    case 'upstream-refused':
    case 'upstream-silent':
    case 'upstream-no-http':
      throw new Error(`a proxy that asks nobody cannot say ${why}`);
    default:
      return unreachable(why);
  }
}

type Location = NonNullable<Routed['location']>;

const PATH_TYPES = { exact: 'Exact', prefix: 'Prefix', letters: 'ImplementationSpecific' } as const;

/** `/api (Prefix) GET version=two`, as short as it can be said. */
export function ruleText({ match: { path, method, headers, query } }: Location): string {
  const more = [
    ...(method === null ? [] : [method]),
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    ...query.map(({ name, value }) => `?${name}=${value}`),
  ];
  return [`${path.path} (${PATH_TYPES[path.kind]})`, ...more].join(' ');
}

export function proxyAnsweredFact(step: StepOf<'proxy-answered'>, around: Around): HttpFact {
  const { status, why, owner, at } = step;
  const before = around.trace.steps.slice(0, around.index);
  const told: Answering = {
    by: ownerLabel(around, owner),
    client: ownerLabel(around, clientOf(before, at.exchange) ?? at.netns),
    status,
    phrase: phraseOf(status),
  };
  const asked = before.findLast((one): one is Routed => one.kind === 'http-routed' && one.owner === owner);
  const address = asked?.decision.kind === 'forwarded' ? asked.decision.address : null;
  if (why === null) return { code: 'proxy-passes-on', ...told, from: address === null ? '' : formatSocket(address) };
  const code = GIVEN_UP[why];
  return code === undefined || address === null
    ? { code: 'proxy-answers-alone', ...told }
    : { code, ...told, address: addressOf(around, address) };
}

/** Who opened the connection. */
function clientOf(steps: readonly Step[], exchange: number): string | undefined {
  const sent = steps.find((step) => step.kind === 'sent' && step.at.exchange === exchange);
  return sent?.kind === 'sent' ? sent.by : undefined;
}

const GIVEN_UP: Partial<Readonly<Record<ProxyAnswer, 'proxy-was-refused' | 'proxy-heard-nothing' | 'proxy-heard-no-http'>>> = {
  'upstream-refused': 'proxy-was-refused',
  'upstream-silent': 'proxy-heard-nothing',
  'upstream-no-http': 'proxy-heard-no-http',
};

const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** RFC 9110, section 15. */
export function phraseOf(status: number): string {
  return PHRASES[status] ?? '';
}

/** The proxy that the request came to in the end; null where there was none. */
export function proxyOf({ trace }: Around): Routed | null {
  return trace.steps.findLast((step): step is Routed => step.kind === 'http-routed') ?? null;
}
