// What there is to say of a packet that enters or leaves a namespace, or is given a route.

import { deviceOf, type Route } from '../linux/route';
import { formatCidr } from '../net/cidr';
import type { Ip } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import { unreachable } from '../net/unreachable';
import type { StepOf } from '../trace/step';
import { type Address, type Around, addressOf, bareAddress, objectBehind, type Spot, spotOf, stepBefore } from './around';

interface OnTheWay {
  readonly here: Spot;
  /** The packet is an answer on its way back. */
  readonly reply: boolean;
  readonly device: string;
}

interface Chosen {
  readonly here: Spot;
  readonly reply: boolean;
  readonly destination: Address;
  readonly prefix: string;
  readonly device: string;
  /** OUTPUT, or IPVS at INPUT, has just rewritten the destination, so the table is read once more. */
  readonly again: boolean;
  /** The next best route that holds the address; `default` for the one that holds all. */
  readonly beaten: string | null;
}

export type WayFact =
  | (OnTheWay & { readonly code: 'enters-from-pod'; readonly from: Spot })
  | (OnTheWay & { readonly code: 'enters-from-network'; readonly from: Spot })
  | (OnTheWay & { readonly code: 'enters-by-loopback' })
  | (OnTheWay & { readonly code: 'leaves-to-pod' | 'leaves-to-network'; readonly to: Spot })
  | (Chosen & { readonly code: 'route-local' | 'route-to-one-address' | 'route-on-link' | 'route-to-nobody' })
  | (Chosen & { readonly code: 'route-to-node'; readonly gateway: Address; readonly byBgp: boolean })
  | (Chosen & { readonly code: 'route-to-one-of-nodes'; readonly gateway: Address; readonly nodes: number })
  | (Chosen & { readonly code: 'route-to-only-node' | 'route-to-entry-node'; readonly gateway: Address })
  | (Chosen & { readonly code: 'route-by-gateway' | 'route-default'; readonly gateway: Address });

export function enteredFact(step: StepOf<'device-entered'>, around: Around): WayFact {
  const { device, at } = step;
  const told = { here: spotOf(around, at.netns), reply: at.direction === 'reply', device };
  const before = stepBefore(around);
  const from = before === null || before.at.netns === at.netns ? null : spotOf(around, before.at.netns);
  if (from === null) return { code: 'enters-by-loopback', ...told };
  return { code: from.kind === 'pod' ? 'enters-from-pod' : 'enters-from-network', ...told, from };
}

export function leftFact(step: StepOf<'device-left'>, around: Around): WayFact {
  const { device, at } = step;
  const to = spotOf(around, step.to);
  return {
    code: to.kind === 'pod' ? 'leaves-to-pod' : 'leaves-to-network',
    here: spotOf(around, at.netns),
    reply: at.direction === 'reply',
    device,
    to,
  };
}

export function routeFact(step: StepOf<'route-chosen'>, around: Around): WayFact {
  const { route, passedOver, skb, at } = step;
  const before = stepBefore(around);
  const destination = skb === null ? bareAddress(around, '') : addressOf(around, skb.packet.destination, skb.packet.protocol);
  const [second] = passedOver.filter((other) => other.nextHop.kind !== 'local');
  const told: Chosen = {
    here: spotOf(around, at.netns),
    reply: at.direction === 'reply',
    destination,
    prefix: prefixText(route),
    device: deviceOf(route) ?? '',
    again: before?.kind === 'hook-passed' && (before.hook === 'OUTPUT' || before.hook === 'INPUT'),
    beaten: second === undefined ? null : prefixText(second),
  };
  return chosen(route, told, (ip) => bareAddress(around, ip));
}

function chosen(route: Route, told: Chosen, name: (ip: Ip) => Address): WayFact {
  const { nextHop, destination, protocol } = route;
  switch (nextHop.kind) {
    case 'local':
      return { code: 'route-local', ...told };
    case 'link':
      return { code: isOneAddress(route) ? 'route-to-one-address' : 'route-on-link', ...told };
    case 'gateway': {
      const gateway = name(nextHop.ip);
      if (destination.length === 0) return { code: 'route-default', ...told, gateway };
      if (objectBehind(route.provenance)?.kind === 'Service') return { code: 'route-to-only-node', ...told, gateway };
      if (isDetour(route) && gateway.owner?.kind === 'Node') return { code: 'route-to-entry-node', ...told, gateway };
      return gateway.owner?.kind === 'Node'
        ? { code: 'route-to-node', ...told, gateway, byBgp: protocol === 'bird' }
        : { code: 'route-by-gateway', ...told, gateway };
    }
    case 'multipath': {
      const gateway = name(nextHop.taken?.ip ?? nextHop.gateways[0]?.ip ?? destination.network);
      return { code: 'route-to-one-of-nodes', ...told, gateway, nodes: nextHop.gateways.length };
    }
    case 'blackhole':
    case 'unreachable':
      return { code: 'route-to-nobody', ...told };
    default:
      return unreachable(nextHop);
  }
}

/** Nobody wrote it and no protocol learnt it: a way to one address that the request itself asks for. */
function isDetour(route: Route): boolean {
  return isOneAddress(route) && route.protocol === '' && route.provenance === NO_PROVENANCE;
}

function isOneAddress({ destination }: Route): boolean {
  return destination.length === (destination.network.includes(':') ? 128 : 32);
}

/** As `ip route` writes a destination: one address without its length, the whole world as `default`. */
export function prefixText(route: Route): string {
  if (route.destination.length === 0) return 'default';
  return isOneAddress(route) ? route.destination.network : formatCidr(route.destination);
}
