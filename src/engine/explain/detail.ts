// What stands at the right edge of the timetable: an address, a device, a record. No word of any language.

import type { Route } from '../linux/route';
import { formatSocket, type IpProtocol, type SocketAddress } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { HttpDecision, Outcome, Step } from '../trace/step';
import { shown } from './name-fact';

/** `protocol` is that of the request: a conclusion has no packet of its own. */
export function detail(step: Step, protocol: IpProtocol = 'TCP'): string {
  switch (step.kind) {
    case 'search-planned':
      return shown(step.candidates[0] ?? step.name);
    case 'name-in-hosts':
      return step.entry.ip;
    case 'sent':
      return asked(step) ?? destination(step);
    case 'device-entered':
    case 'device-left':
      return '';
    case 'hook-passed':
      return step.translations.map(({ to }) => text(to, step.skb?.packet.protocol)).join(' ');
    case 'route-chosen':
      return nextHop(step.route);
    case 'bridged':
      return step.port;
    case 'encapsulated':
    case 'decapsulated':
      return step.skb?.packet.destination.ip ?? '';
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
    case 'http-routed':
      return routed(step.decision);
    case 'proxy-answered':
      return String(step.status);
    case 'application-answered':
      return step.status === null ? '' : String(step.status);
    case 'concluded':
      return ended(step.outcome, protocol);
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

/** ICMP has no ports, though a number stands in their place. */
function text(address: SocketAddress, protocol: IpProtocol = 'TCP'): string {
  return protocol === 'ICMP' || address.port === 0 ? address.ip : formatSocket(address);
}

function nextHop({ nextHop: way }: Route): string {
  switch (way.kind) {
    case 'gateway':
    case 'link':
    case 'local':
      return way.device;
    case 'multipath':
      return way.taken?.device ?? '';
    case 'blackhole':
    case 'unreachable':
      return way.kind;
    default:
      return unreachable(way);
  }
}

function routed(decision: HttpDecision): string {
  return decision.kind === 'forwarded' ? formatSocket(decision.address) : String(decision.status);
}

function ended(outcome: Outcome, protocol: IpProtocol): string {
  switch (outcome.kind) {
    case 'delivered':
      return text(outcome.backend, protocol);
    case 'rejected':
      return outcome.reason === 'http-status' ? String(outcome.status) : text(outcome.destination, protocol);
    case 'dropped':
      return text(outcome.destination, protocol);
    case 'unresolved':
      return outcome.rcode;
    default:
      return unreachable(outcome);
  }
}
