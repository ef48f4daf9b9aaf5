// What lasts from one kubectl command to the next: the API server as the last one left it, the namespace of the current context, and the
// files that can be named with `-f`.

import type { ApiServer } from '../engine/index';
import type { Answer } from './answer';

export interface Session {
  readonly server: ApiServer;
  /** Where objects are looked for when no `-n` is given: `config set-context --current --namespace=…` changes it. */
  readonly namespace: string;
  /** The text of a file; null where there is none of the name. */
  readonly read: (file: string) => string | null;
  /** Whether there are no files at all, so that every name of one means the manifest: in a page. */
  readonly isWithoutFiles?: boolean;
}

/** The one context of the kubeconfig, and its cluster and user. */
export const CONTEXT = 'kubehop';

export function newSession(server: ApiServer, read: Session['read'] = () => null): Session {
  return { server, namespace: 'default', read };
}

/** The session after a command. */
export function sessionAfter(session: Session, { server, namespace }: Answer): Session {
  return { ...session, server: server ?? session.server, namespace: namespace ?? session.namespace };
}
