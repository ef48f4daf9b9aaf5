// The names that a program of the network may be given: Services as the search list of the place reaches them, with their namespace where
// it is another one; outside of the cluster the addresses of its nodes.

import type { ApiServer } from '../../engine/index';
import type { Place } from '../shell/place';

const ASKS = ['curl', 'wget', 'ping', 'ping6', 'nslookup', 'dig', 'host', 'getent', 'nc', 'netcat', 'traceroute', 'tracepath'];

interface Asking {
  readonly server: ApiServer;
  readonly place: Place;
  readonly program: string;
  readonly word: string;
}

export function hostsFor({ server, place, program, word }: Asking): readonly string[] {
  if (!ASKS.includes(program)) return [];
  const scheme = /^https?:\/\//.exec(word)?.[0] ?? '';
  return names(server, place).map((name) => scheme + name);
}

function names({ objects, loaded }: ApiServer, place: Place): readonly string[] {
  if (place.kind !== 'container') return loaded.snapshot.view.nodes.flatMap(({ addresses }) => addresses);
  const services = objects.filter(({ kind }) => kind === 'Service');
  return services.map(({ name, namespace }) => (namespace === place.namespace ? name : `${name}.${namespace}`));
}
