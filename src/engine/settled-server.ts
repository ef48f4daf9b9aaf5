// The API server of a cluster that has settled: time stands still, and a changed manifest settles at once.

import type { ApiServer } from './api-server';
import { BEGINNING } from './axis';
import { refusalIn } from './evictions';
import { formatTimestamp } from './kube/timestamp';
import { uidOf } from './kube/uid';
import type { World } from './linux/kernel';
import { type Loaded, load } from './loaded';
import { type StoredObject, storedObjects } from './objects';
import { sendInto } from './send';
import { servedIn } from './served';

export function settledServer(loaded: Loaded, manifest: string): ApiServer {
  return serverAfter({ loaded, manifest, objects: storedObjects(loaded.built).map(dated) }, { served: [], sentSoFar: 0 });
}

type Settled = Pick<ApiServer, 'loaded' | 'manifest' | 'objects'>;

/** What was sent into it. */
type Past = Pick<ApiServer, 'served' | 'sentSoFar'>;

function serverAfter(settled: Settled, past: Past): ApiServer {
  const { loaded } = settled;
  const server: ApiServer = {
    ...settled,
    ...past,
    now: BEGINNING,
    live: null,
    faults: [],
    // Deleting and patching what controllers made needs time: they make it anew.
    change: (change) => (change.kind === 'manifest' ? withManifest(change.text, loaded, past) : server),
    next: () => null,
    later: () => null,
    evictionRefusal: (pod) => refusalIn(loaded.built.cluster, pod),
    send: (request, seed) => {
      const answer = sendInto(loaded, { world: loaded.built.world, request, seed });
      if (answer.kind === 'refused') return answer;
      const { sent, world } = answer;
      const served = [...past.served, ...servedIn(sent.told.trace.steps, request, BEGINNING)];
      const after = { ...settled, loaded: remembering(loaded, world) };
      return { kind: 'sent', sent, server: serverAfter(after, { served, sentSoFar: past.sentSoFar + 1 }) };
    },
  };
  return server;
}

/** Where no time passes, what nobody dated was made this instant: no object of an API server is without the time of its making, and its uid. */
function dated(object: StoredObject): StoredObject {
  const { metadata } = object.json;
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return object;
  const given = { creationTimestamp: formatTimestamp(BEGINNING), uid: uidOf(object) };
  return { ...object, json: { ...object.json, metadata: { ...given, ...metadata } } };
}

function withManifest(manifest: string, previous: Loaded, past: Past): ApiServer {
  const loaded = load(manifest, { previous });
  return serverAfter({ loaded, manifest, objects: storedObjects(loaded.built).map(dated) }, past);
}

/** The cluster with what its kernels remember of a request; the hosts outside that were added for it are not part of it. */
function remembering(loaded: Loaded, { states }: World): Loaded {
  const { built } = loaded;
  return { ...loaded, built: { ...built, world: { ...built.world, states } } };
}
