// The evidence of a step: the very rule, route, record, socket, entry or device, as the real tools print it, and what became of it.

import type { RuleRead } from '../linux/chain-walk';
import type { Connection } from '../linux/conntrack';
import { formatConnection } from '../linux/conntrack-list';
import type { Effect } from '../linux/effect';
import { formatRoute } from '../linux/ip-route';
import type { Scheduled } from '../linux/ipvs';
import type { Route } from '../linux/route';
import type { Socket } from '../linux/socket';
import { formatListening } from '../linux/ss';
import { formatForwarding, formatNeighbour } from '../linux/tunnel';
import { NO_PROVENANCE } from '../net/provenance';
import { unreachable } from '../net/unreachable';
import type { ResolvConf, ZoneRecord } from '../net/zone';
import type { Step } from '../trace/step';
import { httpEvidence } from './http-evidence';
import { ruleEvidence } from './rule-evidence';
import { serverEvidence } from './server-evidence';
import type { Evidence } from './told';

export function evidence(step: Step): readonly Evidence[] {
  switch (step.kind) {
    case 'search-planned':
      return resolvConf(step.resolv);
    case 'name-in-hosts':
      return [
        line({
          kind: 'resolv-conf',
          text: [step.entry.ip, ...step.entry.names].join(' '),
          group: '/etc/hosts',
          provenance: step.entry.provenance,
        }),
      ];
    case 'sent':
      return step.route === null ? [] : routes(step.route, step.passedOver);
    case 'device-entered':
    case 'device-left':
      return [device(step.device, step.mtu)];
    case 'hook-passed':
      return [...rules(step.reads), ...servers(step.scheduled), ...entries(step)];
    case 'route-chosen':
      return routes(step.route, step.passedOver);
    case 'bridged':
      return [device(step.port), device(step.bridge)];
    case 'encapsulated':
      return tunnelEntries(step);
    case 'decapsulated':
      return [device(step.device, step.mtu)];
    case 'delivered':
      return step.socket === null ? [] : [socket(step.socket)];
    case 'name-answered':
      return step.records.map(dnsRecord);
    case 'dropped':
    case 'rejected':
      return [
        ...rules(step.reads),
        ...servers('scheduled' in step ? step.scheduled : null),
        ...(step.route === null ? [] : routes(step.route, [])),
      ];
    case 'http-routed':
      return httpEvidence(step);
    case 'received':
    case 'name-settled':
    case 'proxy-answered':
    case 'application-answered':
    case 'concluded':
      return [];
    default:
      return unreachable(step);
  }
}

function servers(scheduled: Scheduled | null | undefined): readonly Evidence[] {
  return scheduled === null || scheduled === undefined ? [] : serverEvidence(scheduled);
}

/** Rules that were not read stand behind the others of their chain. */
function rules(reads: readonly RuleRead[]): readonly Evidence[] {
  const ordered = reads.filter(({ result }) => result.kind !== 'unread');
  for (const unread of reads.filter(({ result }) => result.kind === 'unread').reverse()) {
    const last = ordered.findLastIndex(
      ({ table, chain, index }) => table === unread.table && chain === unread.chain && index < unread.index,
    );
    ordered.splice(last + 1, 0, unread);
  }
  return ordered.flatMap(ruleEvidence);
}

type Line = Pick<Evidence, 'kind' | 'text' | 'group'> & Partial<Evidence>;

function line(facts: Line): Evidence {
  return { matched: true, failed: null, note: null, provenance: NO_PROVENANCE, ...facts };
}

/** The file that the kubelet wrote, line by line. */
function resolvConf({ nameservers, search, options }: ResolvConf): readonly Evidence[] {
  const lines = [
    ...(search.length === 0 ? [] : [`search ${search.join(' ')}`]),
    ...nameservers.map((server) => `nameserver ${server}`),
    ...(options.length === 0 ? [] : [`options ${options.join(' ')}`]),
  ];
  return lines.map((text) => line({ kind: 'resolv-conf', text, group: '/etc/resolv.conf' }));
}

function routes(chosen: Route, passedOver: readonly Route[]): readonly Evidence[] {
  const one = (route: Route, matched: boolean): Evidence =>
    line({ kind: 'route', text: formatRoute(route), group: 'ip route', matched, provenance: route.provenance });
  const losers = passedOver.map((route) => ({ ...one(route, false), note: why(chosen, route) }));
  return [one(chosen, true), ...losers];
}

function why(chosen: Route, loser: Route): Evidence['note'] {
  if (loser.destination.length < chosen.destination.length) return { en: 'shorter prefix', fr: 'préfixe plus court' };
  return loser.metric > chosen.metric ? { en: 'larger metric', fr: 'métrique plus grande' } : { en: 'read later', fr: 'lue après' };
}

function device(name: string, mtu: number | null = null): Evidence {
  const size = mtu === null || mtu === 0 ? '' : ` mtu ${mtu}`;
  return line({ kind: 'device', text: `dev ${name}${size}`, group: 'ip link' });
}

/** The tables of a tunnel: which MAC address the gateway has, and behind which machine that lives. */
function tunnelEntries({ device: name, mtu, neighbour, forwarding }: Step & { readonly kind: 'encapsulated' }): readonly Evidence[] {
  return [
    device(name, mtu),
    ...(neighbour === null
      ? []
      : [line({ kind: 'device', text: formatNeighbour(neighbour, name), group: 'ip neigh', provenance: neighbour.provenance })]),
    ...(forwarding === null
      ? []
      : [line({ kind: 'device', text: formatForwarding(forwarding, name), group: 'bridge fdb', provenance: forwarding.provenance })]),
  ];
}

function socket(listening: Socket): Evidence {
  return line({ kind: 'socket', text: formatListening(listening), group: 'ss -l', provenance: listening.provenance });
}

/** As dig prints the answer section. */
function dnsRecord({ name, ttl, type, data, provenance }: ZoneRecord): Evidence {
  const text = type === 'TXT' ? JSON.stringify(data) : data;
  return line({ kind: 'dns-record', text: [name, ttl, 'IN', type, text].join('\t'), group: 'dig', provenance });
}

/** The connection that entered the table here, or that decided here. */
function entries(step: Step & { readonly kind: 'hook-passed' }): readonly Evidence[] {
  const added = step.effects.flatMap(addedConnection);
  const used = step.translations.some(({ by }) => by === 'connection') || step.effects.some(({ kind }) => kind === 'connection-replied');
  const current = used && step.skb?.connection != null ? [step.skb.connection] : [];
  const notes = { added: { en: 'new entry', fr: 'nouvelle entrée' }, used: { en: 'remembered', fr: 'déjà connue' } };
  return [...added.map((connection) => entry(connection, notes.added)), ...current.map((connection) => entry(connection, notes.used))];
}

function addedConnection(effect: Effect): readonly Connection[] {
  return effect.kind === 'connection-added' ? [effect.connection] : [];
}

function entry(connection: Connection, note: Evidence['note']): Evidence {
  return line({ kind: 'conntrack', text: formatConnection(connection), group: 'conntrack -L', note });
}
