// `kubectl version`: the versions of the client and of the API server, which are of one release here.

import type { JsonMap } from '../../engine/index';
import { type Answer, printed, refused } from '../answer';
import type { Call } from '../call';
import { KUSTOMIZE_VERSION, SERVER_VERSION, VERSION } from '../version';
import { yamlText } from '../yaml';

export function version({ flags, words }: Call): Answer {
  const [output, isClient] = [flags.one('output') ?? '', flags.isOn('client')];
  if (words.length > 0 && !isClient) return refused(`extra arguments: [${words.join(' ')}]`);
  if (!['', 'yaml', 'json'].includes(output)) return refused("--output must be 'yaml' or 'json'");
  const all: JsonMap = {
    clientVersion: SERVER_VERSION,
    kustomizeVersion: KUSTOMIZE_VERSION,
    ...(isClient ? {} : { serverVersion: SERVER_VERSION }),
  };
  if (output === 'json') return printed(`${JSON.stringify(all, null, 2)}\n`);
  if (output === 'yaml') return printed(`${yamlText(all)}\n`);
  const server = isClient ? '' : `Server Version: ${VERSION}\n`;
  return printed(`Client Version: ${VERSION}\nKustomize Version: ${KUSTOMIZE_VERSION}\n${server}`);
}
