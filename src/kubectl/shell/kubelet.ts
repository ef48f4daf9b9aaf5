// What the API server asks of a kubelet (exec, logs) it asks over the network: of a node that is switched off no answer comes.

import type { ApiServer, StoredObject } from '../../engine/index';
import type { Answer } from '../answer';
import { listAt, textAt } from '../fields';

interface Dial {
  /** `192.168.1.10:10250` */
  readonly to: string;
  /** What the dial to it came to. */
  readonly error: string;
}

/** The dial to the kubelet of the Pod's node that fails; null where it answers. */
export function failedDial(server: ApiServer, pod: StoredObject): Dial | null {
  const name = textAt(pod.json, 'spec', 'nodeName');
  if (name === '' || !server.loaded.built.world.dark.includes(`node/${name}`)) return null;
  const node = server.objects.find((one) => one.kind === 'Node' && one.name === name);
  const internal = listAt(node?.json ?? {}, 'status', 'addresses').find((one) => textAt(one, 'type') === 'InternalIP');
  const to = `${textAt(internal ?? {}, 'address')}:10250`;
  return { to, error: `dial tcp ${to}: connect: no route to host` };
}

export function fromServer(error: string): Answer {
  return { status: 1, out: '', err: `Error from server: ${error}\n` };
}
