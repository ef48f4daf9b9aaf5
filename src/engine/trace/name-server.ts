// How CoreDNS finds an answer in its zones, and asks outside for the rest (plugin/kubernetes handler.go, plugin/backend_lookup.go, forward).
//   longest zone that holds the name -> the name's records -> CNAME followed -> NXDOMAIN, or passed on outside
// Left out: the SOA record of negative answers, additional records; caches (`name-cache.ts`). The order is that of the zone; whoever sends may shuffle.

import { entryOf } from '../net/buckets';
import type { DnsQuestion, Rcode, RecordType } from '../net/dns';
import { type Ip, parseIp } from '../net/ip';
import { NO_PROVENANCE } from '../net/provenance';
import type { NameServer, Zone, ZoneName, ZoneRecord } from '../net/zone';
import { answerOutside } from './outside-name-server';

export interface Answer {
  readonly rcode: Rcode;
  /** Owners are spelt as the question spelt them; a CNAME comes before what it leads to. */
  readonly answers: readonly ZoneRecord[];
}

/** plugin/backend_lookup.go gives up a chain of CNAMEs that is longer. */
const MAX_CHAIN = 11;

/** Answers one question. */
export function answer(server: NameServer, question: DnsQuestion): Answer {
  return answerAfter(server, question, []);
}

function answerAfter(server: NameServer, question: DnsQuestion, followed: readonly ZoneRecord[]): Answer {
  const zone = zoneOf(server, question.name);
  if (zone === null) return answerOutside(server.outside, question);
  const records = recordsOf(server, zone, { question, followed });
  if (records !== null) return { rcode: 'NOERROR', answers: records };
  return zone.fallthrough ? answerOutside(server.outside, question) : { rcode: 'NXDOMAIN', answers: [] };
}

/** The zone with the longest origin that the name ends in. */
export function zoneOf(server: NameServer, name: string): Zone | null {
  const key = name.toLowerCase();
  const held = server.zones.filter(({ origin }) => isBelow(key, origin));
  return held.reduce<Zone | null>((best, zone) => (best === null || zone.origin.length > best.origin.length ? zone : best), null);
}

function isBelow(name: string, origin: string): boolean {
  return origin === '.' || name === origin || name.endsWith(`.${origin}`);
}

interface Asked {
  readonly question: DnsQuestion;
  /** The CNAME records that led here. */
  readonly followed: readonly ZoneRecord[];
}

/** null: the zone knows no such name. */
function recordsOf(server: NameServer, zone: Zone, { question, followed }: Asked): readonly ZoneRecord[] | null {
  const found = nameIn(zone, question);
  if (found === null) return null;
  const alias = found.records.find(({ type }) => type === 'CNAME');
  const spelt = (record: ZoneRecord) => spellAs(question, zone, record);
  if (alias === undefined || (question.type !== 'A' && question.type !== 'AAAA'))
    return found.records.filter(({ type }) => type === question.type).map(spelt);
  return chase(server, zone, { type: question.type, alias: spelt(alias), followed });
}

function nameIn(zone: Zone, question: DnsQuestion): ZoneName | null {
  const key = question.name.toLowerCase();
  const found = entryOf(zone.names, key) ?? entryOf(zone.names, withUnderscores(key)) ?? echo(zone, key);
  return found === null || (found.existsFor !== null && !found.existsFor.includes(question.type)) ? null : found;
}

/** CoreDNS forgives the absence of the underscores in `_http._tcp.web` (parse.go, stripUnderscore). */
function withUnderscores(key: string): string {
  return key
    .split('.')
    .map((label, index) => (index < 2 && !label.startsWith('_') ? `_${label}` : label))
    .join('.');
}

/** The answer to `10-1-1-5` below a suffix that echoes addresses; labels in front of it are not looked at (findPods). */
function echo(zone: Zone, key: string): ZoneName | null {
  const suffix = zone.echoes.find((below) => key.endsWith(`.${below}`));
  if (suffix === undefined) return null;
  const labels = key.slice(0, -suffix.length - 1).split('.');
  const address = spelledAddress(labels.at(-1) ?? '');
  if (address === null || labels.length > 3) return null;
  const target = `${labels.at(-1)}.${suffix}`;
  const common = { name: target, ttl: zone.ttl, provenance: NO_PROVENANCE };
  const own: ZoneRecord = { ...common, type: address.includes(':') ? 'AAAA' : 'A', data: address };
  return { records: [own, { ...common, type: 'SRV', data: `0 100 0 ${target}` }], existsFor: null };
}

/** Three single dashes stand for dots, any others for colons. */
function spelledAddress(label: string): Ip | null {
  const octets = label.split('-').length === 4 && !label.includes('--');
  return parseIp(label.replaceAll('-', octets ? '.' : ':'));
}

/** A CNAME whose target lies in the zone is given with what it leads to, or not at all; one that leads outside is always given. */
function chase(
  server: NameServer,
  zone: Zone,
  way: { readonly type: RecordType; readonly alias: ZoneRecord; readonly followed: readonly ZoneRecord[] },
): readonly ZoneRecord[] {
  const { alias, followed } = way;
  const question = { name: alias.data, type: way.type };
  const target = alias.data.toLowerCase();
  const circular = target === alias.name.toLowerCase() || followed.some(({ name }) => name.toLowerCase() === alias.name.toLowerCase());
  if (circular || followed.length >= MAX_CHAIN) return [];
  const trail = [...followed, alias];
  if (!isBelow(target, zone.origin)) return [alias, ...answerAfter(server, question, trail).answers];
  const reached = recordsOf(server, zone, { question, followed: trail }) ?? [];
  return reached.length === 0 ? [] : [alias, ...reached];
}

/** The owner is spelt as in the question, and the end of an SRV target as the question spells the zone. */
function spellAs(question: DnsQuestion, zone: Zone, record: ZoneRecord): ZoneRecord {
  if (record.type !== 'SRV' || !record.data.endsWith(zone.origin)) return { ...record, name: question.name };
  const spelling = question.name.slice(-zone.origin.length);
  return { ...record, name: question.name, data: record.data.slice(0, -zone.origin.length) + spelling };
}
