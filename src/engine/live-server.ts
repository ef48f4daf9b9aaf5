// The API server of a cluster in which time passes: a change takes effect at the instant, and what comes of it comes later.

import type { ApiServer } from './api-server';
import { LONGEST, lifeAt, manifestAt, nextChange, storedAt } from './axis';
import { eventObjects } from './events';
import { refusalIn } from './evictions';
import { change, known, type Live, liveLoaded, seek, sendNow, withSent } from './live';

/** The server at the instant at which the session's clock stands. */
export function liveServer(live: Live): ApiServer {
  const life = lifeAt(live.axis, live.at);
  const loaded = once(() => liveLoaded(live));
  const objects = once(() => [...storedAt(live.axis, live.at), ...eventObjects(life)]);
  return {
    now: life.epoch + live.at,
    manifest: manifestAt(live.axis, live.at).text,
    get objects() {
      return objects();
    },
    get loaded() {
      return loaded();
    },
    live,
    faults: life.faults,
    change: (wanted) => liveServer(change(live, wanted)),
    next: (within = LONGEST) => {
      const at = nextChange(live.axis, live.at, live.at + within);
      return at === null || at > LONGEST ? null : liveServer(known(seek(live, at), at));
    },
    later: (milliseconds) => {
      const at = live.at + milliseconds;
      return at > LONGEST ? null : liveServer(known(seek(live, at), at));
    },
    evictionRefusal: (pod) => refusalIn(life.cluster, pod),
    send: (request, seed) => {
      const answer = sendNow(live, request, seed);
      return answer.kind === 'refused' ? answer : { kind: 'sent', sent: answer.sent, server: liveServer(withSent(live, request, seed)) };
    },
    sentSoFar: live.sent.length,
    get served() {
      return live.sent.filter(({ at }) => at <= live.at).flatMap(({ served }) => served);
    },
  };
}

/** A value that is made when it is first asked for, and kept: a command asks for the objects again and again. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
