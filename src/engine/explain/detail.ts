// What stands at the right edge of the timetable: an address, a device, a record. No word of any language.

import type { Route } from '../linux/route';
import { formatSocket, type SocketAddress } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { Outcome, Step } from '../trace/step';
import { shown } from './name-fact';

export function detail(step: Step): string {
  switch (step.kind) {
    case 'search-planned':
      return shown(step.candidates[0] ?? step.name);
    case 'sent':
      return asked(step) ?? destination(step);
    case 'device-entered':
    case 'device-left':
      return '';
    case 'hook-passed':
      return step.translations.map(({ to }) => formatSocket(to)).join(' ');
    case 'route-chosen':
      return nextHop(step.route);
    case 'delivered':
      return destination(step);
    case 'name-answered':
      return shown(step.records.at(-1)?.data ?? step.rcode);
    case 'received':
      return source(step);
    case 'name-settled':
      return step.ip ?? step.rcode;
    case 'dropped':
    case 'rejected':
      return destination(step);
    case 'application-answered':
      return step.status === null ? '' : String(step.status);
    case 'concluded':
      return ended(step.outcome);
    default:
      return unreachable(step);
  }
}

/** A question goes to a server without its port: 53 says nothing new. */
function asked({ at, skb }: Step): string | null {
  return at.purpose === 'dns' && at.direction === 'original' && skb !== null ? skb.packet.destination.ip : null;
}

function destination({ skb }: Step): string {
  return skb === null ? '' : text(skb.packet.destination, skb.packet.protocol);
}

function source({ skb }: Step): string {
  return skb === null ? '' : text(skb.packet.source, skb.packet.protocol);
}

function text(address: SocketAddress, protocol: string): string {
  return protocol === 'ICMP' ? address.ip : formatSocket(address);
}

function nextHop({ nextHop: way }: Route): string {
  switch (way.kind) {
    case 'gateway':
    case 'link':
    case 'local':
      return way.device;
    case 'blackhole':
    case 'unreachable':
      return way.kind;
    default:
      return unreachable(way);
  }
}

function ended(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered':
      return formatSocket(outcome.backend);
    case 'rejected':
    case 'dropped':
      return formatSocket(outcome.destination);
    case 'unresolved':
      return outcome.rcode;
    default:
      return unreachable(outcome);
  }
}
