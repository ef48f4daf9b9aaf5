// What a command-line tool sees of the cluster: the API server at one moment, and what can be asked of it. Every question leaves the
// server as it was; a change gives the server after it. The moment of a settled cluster has no next one.

import type { EvictionRefusal } from './controlplane/disruption-budget';
import type { ObjectRef } from './kube/ref';
import type { Live } from './live';
import type { Loaded } from './loaded';
import type { JsonMap, StoredObject } from './objects';
import type { ServedRequest } from './served';
import type { Fault } from './timeline/fault';
import type { RequestProblem, ScenarioRequest, SentRequest } from './view';

/** What a client has the API server do. */
export type ApiChange =
  /** The manifest of the user becomes this text, and is applied: new objects are created, changed ones configured, lost ones deleted. */
  | { readonly kind: 'manifest'; readonly text: string }
  /** An object is deleted, whoever made it. Its controller may make another. */
  | { readonly kind: 'delete'; readonly object: ObjectRef; readonly gracePeriodSeconds: number | null; readonly cascade: boolean }
  /** A merge patch (RFC 7386) of an object that stands in no manifest: one that a controller made, or that we added. */
  | { readonly kind: 'patch'; readonly object: ObjectRef; readonly patch: JsonMap }
  /** Something beside the objects breaks, or is mended: where no time passes, nothing comes of it. */
  | { readonly kind: 'set-fault' | 'mend-fault'; readonly fault: Fault };

/** What became of a request, and the server after it: its kernels remember the connection. */
export type ApiSent =
  | { readonly kind: 'sent'; readonly sent: SentRequest; readonly server: ApiServer }
  | { readonly kind: 'refused'; readonly problem: RequestProblem };

export interface ApiServer {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the user wrote: the text in the editor. */
  readonly manifest: string;
  /** Every object, kind by kind, each kind by namespace and name. */
  readonly objects: readonly StoredObject[];
  /** The cluster behind it, for what a shell on a node or in a Pod shows. */
  readonly loaded: Loaded;
  /** What is broken at this moment. */
  readonly faults: readonly Fault[];
  readonly change: (change: ApiChange) => ApiServer;
  /** The next moment at which an object changes; null where none will for an hour, or within so many milliseconds. */
  readonly next: (within?: number) => ApiServer | null;
  /** The server so many milliseconds later; null where no time passes, or none is left. */
  readonly later: (milliseconds: number) => ApiServer | null;
  /** Why the Pod may not be evicted now; null where it may. */
  readonly evictionRefusal: (pod: Pick<ObjectRef, 'namespace' | 'name'>) => EvictionRefusal | null;
  /** The session behind it, where time passes; null for a cluster at rest. */
  readonly live: Live | null;
  /** A request into the cluster as it is now; the next one, sent to the server after, meets its connections. */
  readonly send: (request: ScenarioRequest, seed: number) => ApiSent;
  /** How many requests were sent: the next one's dice are numbered by it. */
  readonly sentSoFar: number;
  /** What programs in Pods have answered since the session began, in order: what they would have logged. */
  readonly served: readonly ServedRequest[];
}
