// `get --raw`: what the API server answers to a path.

import { type Answer, printed, refused } from './answer';
import type { Call } from './call';
import { jsonText } from './json-text';
import { isOf, resourcesWith } from './kinds';
import { SERVER_VERSION } from './version';

/** The checks of a healthy API server. */
const CHECKS = ['ping', 'log', 'etcd', 'informer-sync'];

export function getRaw({ flags, server }: Call): Answer {
  const path = flags.one('raw') ?? '';
  if (!path.startsWith('/')) return refused(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`);
  const [place = '', query = ''] = path.split('?');
  const [, check] = /^\/(healthz|readyz|livez)(?:\/(.*))?$/.exec(place) ?? [];
  if (check !== undefined) return printed(/(?:^|&)verbose(?:=|&|$)/.test(query) ? verbose(check) : 'ok');
  if (place === '/version') return printed(JSON.stringify(SERVER_VERSION, null, 2));
  return (
    listed(place, server.objects) ?? {
      status: 1,
      out: '',
      err: 'Error from server (NotFound): the server could not find the requested resource\n',
    }
  );
}

function verbose(check: string): string {
  return `${CHECKS.map((name) => `[+]${name} ok\n`).join('')}${check} check passed\n`;
}

/** `/api/v1/namespaces/NAMESPACE/pods/NAME`, `/apis/apps/v1/deployments`: an object, or a list. */
function listed(path: string, objects: Call['server']['objects']): Answer | null {
  const [, core, group = '', version, rest = ''] = /^\/(?:(api)|apis\/([^/]+))\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  if (version === undefined) return null;
  const words = rest.split('/').filter((word) => word !== '');
  const namespace = words[0] === 'namespaces' && words.length > 2 ? (words[1] ?? null) : null;
  const [plural, name] = namespace === null ? words : words.slice(2);
  const resource = resourcesWith(objects).find(
    (one) => one.plural === plural && one.group === (core === undefined ? group : '') && one.version === version,
  );
  if (resource === undefined) return null;
  const found = objects.filter((object) => isOf(resource, object) && (namespace === null || object.namespace === namespace));
  if (name === undefined) {
    const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
    return printed(
      `${jsonText({ apiVersion, items: found.map(({ json }) => json), kind: `${resource.kind}List`, metadata: { resourceVersion: '' } })}\n`,
    );
  }
  const one = found.find((object) => object.name === name);
  return one === undefined ? null : printed(`${jsonText(one.json)}\n`);
}
