// Letting a cluster come to rest. The page has no clock of its own: it shows what has become of a command, and the next command finds it so.

import { type ApiServer, beginLive, known, LONGEST, liveServer, liveView, seek } from '../engine/index';

/** A cluster that finds no rest, because something crashes again and again, is looked at after a minute. */
const PATIENCE = 60_000;

/** The server when nothing but probes is left to come; the same one where that is now. */
export function rested(server: ApiServer): ApiServer {
  const { live } = server;
  if (live === null) return server;
  if (live.at + PATIENCE > LONGEST) return begunAnew(server);
  const until = live.at + PATIENCE;
  const ahead = known(live, until);
  const restsAt = liveView(ahead, until).restsAt ?? until;
  return restsAt <= live.at ? server : liveServer(seek(ahead, restsAt));
}

/** An axis ends after an hour: a new one begins with the cluster as it is. */
function begunAnew({ loaded, manifest }: ApiServer): ApiServer {
  return liveServer(beginLive(loaded, manifest));
}
