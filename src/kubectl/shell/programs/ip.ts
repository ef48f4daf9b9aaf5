// ip: addresses, links, routes, neighbours and rules of the namespace, as iproute2 or BusyBox prints them. It shows, and changes nothing.

import { type Inside, insideOf } from '../../../engine/index';
import type { Answer } from '../../answer';
import { toolboxOf } from '../images';
import { linked } from '../machine';
import { senderOf } from '../place';
import { lines, type Run } from '../program';

const OBJECTS: readonly (readonly [string, string])[] = [
  ['address', 'address'],
  ['link', 'link'],
  ['route', 'route'],
  ['neighbour', 'neighbour'],
  ['neighbor', 'neighbour'],
  ['rule', 'rule'],
];

export function ip(run: Run): Answer {
  const inside = insideOf(run.server.loaded, senderOf(run.place));
  if (inside === null) return { status: 1, out: '', err: 'ip: the network of this machine is not simulated\n' };
  const flags = run.words.filter((word) => word.startsWith('-'));
  const [object = 'help', ...rest] = run.words.filter((word) => !word.startsWith('-'));
  const of = flags.includes('-6') ? 6 : flags.includes('-4') ? 4 : null;
  const meant = OBJECTS.find(([name]) => name.startsWith(object))?.[1];
  if (meant === undefined) return { status: 255, out: '', err: `Object "${object}" is unknown, try "ip help".\n` };
  const wanted = rest.filter((word) => !['show', 'list', 'ls', 'sh', 's', 'dev'].includes(word));
  if (meant === 'link' && rest[0] === 'set') return setLink(run, inside, rest.slice(1));
  if (['add', 'del', 'set', 'replace', 'flush', 'change'].includes(wanted[0] ?? ''))
    return { status: 2, out: '', err: 'RTNETLINK answers: Operation not permitted\n' };
  switch (meant) {
    case 'address':
    case 'link':
      return devices(run, inside, {
        of,
        device: wanted[0] ?? null,
        linksOnly: meant === 'link',
        isBrief: flags.includes('-br') || flags.includes('-brief'),
      });
    case 'route':
      return wanted[0] === 'get' ? routeGet(inside, wanted[1] ?? '') : shown(inside.routes(of ?? 4));
    case 'neighbour':
      return shown(inside.neighbours);
    default:
      return shown(['0:\tfrom all lookup local', '32766:\tfrom all lookup main', ...(of === 6 ? [] : ['32767:\tfrom all lookup default'])]);
  }
}

/** `ip link set [dev] eth0 down`: of a node's own link, which takes the connection along by which one came. */
function setLink({ place, server }: Run, inside: Inside, words: readonly string[]): Answer {
  const [device = '', state] = words.filter((word) => word !== 'dev');
  const found = inside.devices.find(({ name }) => name === device);
  if (found === undefined) return { status: 1, out: '', err: `Cannot find device "${device}"\n` };
  if (place.kind !== 'node' || (state !== 'up' && state !== 'down'))
    return { status: 2, out: '', err: 'RTNETLINK answers: Operation not permitted\n' };
  const addresses = server.loaded.snapshot.view.nodes.find(({ name }) => name === place.node)?.addresses ?? [];
  const isUplink = found.addresses.some(({ address }) => addresses.includes(address));
  const after = isUplink ? linked(server, place.node, state === 'up') : null;
  if (after === null) return { status: 1, out: '', err: `a link ${device} that is ${state} is not simulated\n` };
  return { status: 0, out: '', err: '', server: after };
}

interface Devices {
  readonly of: 4 | 6 | null;
  readonly device: string | null;
  readonly linksOnly: boolean;
  readonly isBrief: boolean;
}

function devices(run: Run, inside: Inside, { of, device, linksOnly, isBrief }: Devices): Answer {
  if (device !== null && !inside.devices.some(({ name }) => name === device))
    return { status: 1, out: '', err: `Device "${device}" does not exist.\n` };
  if (isBrief) return shown(brief(inside, of));
  const isBusybox = run.place.kind === 'container' && toolboxOf(run.place.image).make !== 'gnu';
  return shown(inside.deviceLines({ family: of, device, flavour: isBusybox ? 'busybox' : 'iproute2', linksOnly }));
}

function brief(inside: Inside, of: 4 | 6 | null): readonly string[] {
  return inside.devices.map(({ name, loopback, addresses }) => {
    const texts = addresses.filter(({ family }) => of === null || family === of).map(({ address, length }) => `${address}/${length}`);
    const all = loopback ? ['127.0.0.1/8', '::1/128'] : texts;
    return `${name.padEnd(16)} ${(loopback ? 'UNKNOWN' : 'UP').padEnd(14)} ${all.join(' ')} `;
  });
}

function routeGet(inside: Inside, address: string): Answer {
  const route = inside.routeTo(address);
  return route === null ? { status: 2, out: '', err: 'RTNETLINK answers: Network is unreachable\n' } : shown([route]);
}

function shown(texts: readonly string[]): Answer {
  return { status: 0, out: lines(...texts), err: '' };
}
