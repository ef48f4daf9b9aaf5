// The Ingress that `create ingress` makes of its rules, `host/path=service:port[,tls[=secret]]` (createIngress of kubectl's
// cmd/create/create_ingress.go).

import type { JsonMap } from '../../engine/index';
import { type Labels, metadata, type Named, present } from './generators';

export interface IngressWish extends Named {
  readonly className: string | undefined;
  readonly rules: readonly string[];
  readonly defaultBackend: string | undefined;
  readonly annotations: Labels;
}

const RULE = /^(?<host>[\w*\-.]*)\/(?<path>.*)=(?<service>[\w-]+:[\w-]+)(?:,(?<tls>tls)(?:=(?<secret>[\w-]+))?)?$/;
const BACKEND = /^[^:]+:[^:]+$/;

/** Why the wish cannot be granted; null where it can. */
export function ingressProblem({ rules, defaultBackend, annotations: _ }: IngressWish): string | null {
  if (rules.length === 0 && defaultBackend === undefined)
    return 'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)';
  const wrong = rules.find((rule) => !RULE.test(rule));
  if (wrong !== undefined) return `rule ${wrong} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`;
  return defaultBackend === undefined || BACKEND.test(defaultBackend)
    ? null
    : 'default-backend should be in format servicename:serviceport';
}

export function ingress({ className, rules, defaultBackend, annotations, ...named }: IngressWish): JsonMap {
  const parsed = rules.map((rule) => RULE.exec(rule)?.groups ?? {});
  const hosts = [...new Set(parsed.map(({ host = '' }) => host))];
  const tls = tlsOf(parsed);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata(named), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: present({
      ingressClassName: className,
      defaultBackend: defaultBackend === undefined ? undefined : backend(defaultBackend),
      tls: tls.length === 0 ? undefined : tls,
      rules:
        rules.length === 0
          ? undefined
          : hosts.map((host) =>
              present({
                host: host === '' ? undefined : host,
                http: {
                  paths: parsed.filter((rule) => (rule.host ?? '') === host).map(({ path = '', service = '' }) => pathOf(path, service)),
                },
              }),
            ),
    }),
    status: { loadBalancer: {} },
  };
}

function pathOf(path: string, service: string): JsonMap {
  const isPrefix = path.endsWith('*');
  return {
    path: `/${isPrefix ? path.slice(0, -1) : path}`,
    pathType: isPrefix ? 'Prefix' : 'Exact',
    backend: backend(service),
  };
}

function backend(text: string): JsonMap {
  const [name = '', port = ''] = text.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

type Parsed = Readonly<Record<string, string | undefined>>;

/** Each host once; those of one secret together. */
function tlsOf(rules: readonly Parsed[]): readonly JsonMap[] {
  const bySecret = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { host = '', tls, secret = '' } of rules) {
    if (tls === undefined || seen.has(host)) continue;
    seen.add(host);
    bySecret.set(secret, [...(bySecret.get(secret) ?? []), ...(host === '' ? [] : [host])]);
  }
  return [...bySecret]
    .filter(([secret, hosts]) => secret !== '' || hosts.length > 0)
    .map(([secret, hosts]) => present({ hosts: hosts.length === 0 ? undefined : hosts, secretName: secret === '' ? undefined : secret }));
}
