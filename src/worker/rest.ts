// Letting time pass. The page has no clock of its own: it shows what has become of a command, and the next command finds it so.

import { type ApiServer, beginLive, known, LONGEST, liveServer, liveView, seek } from '../engine/index';

/** Longer than a Pod is given to stop. A cluster that finds no rest, because something crashes again and again, is looked at after this. */
const PATIENCE = 60_000;

/** As long as it takes to type the next command, if one is quick. */
const QUICK = 1000;

/** The server when everything has come that comes of what was done; the same one where nothing does. */
export function rested(server: ApiServer): ApiServer {
  const { live } = server;
  if (live === null) return server;
  if (live.at + PATIENCE > LONGEST) return begunAnew(server);
  const until = live.at + PATIENCE;
  const ahead = known(live, until);
  const last = liveView(ahead, until).happenings.findLast(({ at }) => at <= until)?.at ?? 0;
  return last <= live.at ? server : liveServer(seek(ahead, last));
}

/** The server for somebody who looks at once. */
export function aMomentLater(server: ApiServer): ApiServer {
  const { live } = server;
  return live === null ? server : liveServer(seek(known(live, live.at + QUICK), live.at + QUICK));
}

/** An axis ends after an hour: a new one begins with the cluster as it is. */
function begunAnew({ loaded, manifest }: ApiServer): ApiServer {
  return liveServer(beginLive(loaded, manifest));
}
