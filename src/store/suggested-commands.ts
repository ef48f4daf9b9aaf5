// What an empty terminal offers: commands that look at this very cluster, from the Pod that the request bar sends from.

import type { ScenarioRequest } from '../engine/index';

export function suggestedCommands({ from }: ScenarioRequest): readonly string[] {
  const [, namespace] = /^pod\/([^/]+)\//.exec(from) ?? [];
  const scope = namespace === undefined || namespace === 'default' ? '' : ` -n ${namespace}`;
  return [`kubectl get pods -o wide${scope}`, `kubectl get services,endpointslices${scope}`, 'kubectl get nodes -o wide'];
}
