// What the body of an HTTP answer says. Kubernetes does not know what a program answers: the annotation kubehop.dev/body says it, else what
// the image is known to say unless it is told otherwise, else a line that names who answered. A proxy's own pages are its program's.

import type { ApiServer, StoredObject } from '../../engine/index';
import { listAt, textAt } from '../fields';
import { imageName } from './images';

export interface HttpAnswered {
  readonly status: number;
  /** `namespace/pod`, or a program that is in no Pod; null: a proxy in its own name. */
  readonly by: string | null;
  readonly port: number;
  readonly method: string;
  readonly target: string;
}

export interface Body {
  readonly type: string;
  readonly text: string;
  /** The Server field; null where the program sends none. */
  readonly server: string | null;
}

const BODY_ANNOTATION = 'kubehop.dev/body';

export function bodyOf({ objects }: ApiServer, answered: HttpAnswered): Body {
  const { by, status } = answered;
  if (by === null) return { type: 'text/html', text: errorPage(status), server: 'nginx' };
  const [namespace, name] = by.split('/');
  const pod = objects.find((one) => one.kind === 'Pod' && one.namespace === namespace && one.name === name);
  if (pod === undefined) return plain(`${by} answered ${answered.method} ${answered.target} with ${status}\n`);
  const said = textAt(pod.json, 'metadata', 'annotations', BODY_ANNOTATION);
  return said === '' ? ofImage(pod, answered) : plain(`${said}\n`);
}

function plain(text: string): Body {
  return { type: 'text/plain', text, server: null };
}

/** What the image of the container behind the port says by itself. */
function ofImage(pod: StoredObject, { status, port, method, target }: HttpAnswered): Body {
  const containers = listAt(pod.json, 'spec', 'containers');
  const declares = containers.find((one) => listAt(one, 'ports').some((each) => textAt(each, 'containerPort') === String(port)));
  const container = declares ?? containers[0];
  const image = imageName(textAt(container, 'image'));
  if (image === 'nginx' && status >= 300) return { type: 'text/html', text: errorPage(status), server: 'nginx' };
  const isPlain = listAt(container, 'volumeMounts').length === 0 && listAt(container, 'command').length === 0;
  if (status === 200 && isPlain && target === '/') {
    if (image === 'nginx') return { type: 'text/html', text: NGINX, server: 'nginx' };
    if (image === 'httpd') return { type: 'text/html', text: '<html><body><h1>It works!</h1></body></html>\n', server: 'Apache' };
  }
  const words = listAt(container, 'args').map((word) => (typeof word === 'string' ? word : ''));
  const echoed = words.find((word) => /^--?text=/.test(word));
  if (image === 'http-echo' && echoed !== undefined) return plain(`${echoed.replace(/^--?text=/, '')}\n`);
  if (image === 'whoami') return plain(whoami(pod, method, target));
  if (image === 'hello-app')
    return plain(`Hello, world!\nVersion: ${textAt(container, 'image').split(':')[1] ?? '1.0'}.0\nHostname: ${pod.name}\n`);
  return plain(`${pod.name} answered ${method} ${target} with ${status}\n`);
}

function whoami({ name, json }: StoredObject, method: string, target: string): string {
  const ips = listAt(json, 'status', 'podIPs').map((one) => `IP: ${textAt(one, 'ip')}`);
  return [`Hostname: ${name}`, 'IP: 127.0.0.1', 'IP: ::1', ...ips, `${method} ${target} HTTP/1.1`, ''].join('\n');
}

const NGINX = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>
</body>
</html>
`;

/** ngx_http_special_response.c. */
function errorPage(status: number): string {
  const title = `${status} ${phraseOf(status)}`.trimEnd();
  const page = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
  ];
  return [...page, '</body>', '</html>', ''].join('\r\n');
}

/** RFC 9110, section 15; nginx names two of them in its own way. */
export function phraseOf(status: number): string {
  return PHRASES[status] ?? '';
}

const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};
