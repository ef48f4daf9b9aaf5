// The API server of a cluster that has settled: time stands still, and a changed manifest settles at once.

import type { ApiServer } from './api-server';
import { BEGINNING } from './axis';
import { type Loaded, load } from './loaded';
import { storedObjects } from './objects';
import { send } from './send';

export function settledServer(loaded: Loaded, manifest: string): ApiServer {
  const server: ApiServer = {
    now: BEGINNING,
    manifest,
    objects: storedObjects(loaded.built),
    loaded,
    live: null,
    // Deleting and patching what controllers made needs time: they make it anew.
    change: (change) => (change.kind === 'manifest' ? settledServer(load(change.text, { previous: loaded }), change.text) : server),
    next: () => null,
    send: (request, seed) => send(loaded, request, seed),
  };
  return server;
}
