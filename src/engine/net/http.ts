// An HTTP request as far as a proxy looks at it to choose a back end (RFC 9110): scheme, method, host, path, query, header fields.
// Left out: bodies, repeated fields, and the decoding and merging of slashes that servers may do before they compare paths.

export type HttpScheme = 'http' | 'https';

export interface HttpRequest {
  readonly scheme: HttpScheme;
  readonly method: string;
  /** What the Host field names, in lower case and without a port. */
  readonly host: string;
  /** Begins with a slash; the query is apart. */
  readonly path: string;
  /** Parameters by name; the first of a name counts. */
  readonly query: Readonly<Record<string, string>>;
  /** Fields by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a client asks for, as it writes it. */
export interface WrittenRequest {
  readonly scheme: HttpScheme;
  readonly method: string;
  /** The host of the address line; a Host field comes before it. */
  readonly host: string;
  /** Path and query: `/api?page=2`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function httpRequest({ scheme, method, host, target, headers }: WrittenRequest): HttpRequest {
  const fields = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const [path = '/', ...rest] = target.split('?');
  return {
    scheme,
    method: method.toUpperCase(),
    host: bareHost(fields.host ?? host),
    path: path === '' ? '/' : path,
    query: parameters(rest.join('?')),
    headers: fields,
  };
}

/** A Host field may bear a port, and an address of IPv6 its brackets. */
function bareHost(written: string): string {
  const inBrackets = /^\[([^\]]*)\]/.exec(written)?.[1];
  const colons = written.split(':').length - 1;
  return (inBrackets ?? (colons === 1 ? written.replace(/:.*$/, '') : written)).toLowerCase();
}

function parameters(query: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', ...value] = pair.split('=');
    if (!Object.hasOwn(found, name)) found[name] = value.join('=');
  }
  return found;
}
