// Runs a packet case of the conformance files: a manifest, and requests with what a real cluster does with them.
// What comes out is never derived from what is expected; a key that the case does not state is not compared.

import { type Built, build } from '../built';
import type { ClusterSettings, ProxyModeName } from '../controlplane/cluster';
import { ingressAddresses } from '../controlplane/ingress';
import { dispatch } from '../dispatch';
import { compareText } from '../kube/ref';
import type { World } from '../linux/kernel';
import { parseCidr } from '../net/cidr';
import { absoluteName } from '../net/dns';
import { family, parseIp } from '../net/ip';
import { formatSocket, type Protocol } from '../net/packet';
import { NO_PROVENANCE } from '../net/provenance';
import type { ZoneRecord } from '../net/zone';
import { BARE } from '../settings';
import { parseTarget } from '../target';
import type { Step, Trace } from '../trace/step';
import { trace } from '../trace/trace';

/** Settings of kube-proxy that a case may state. */
export interface CaseFlags {
  /** null: kube-proxy does not know the Pod range. */
  readonly clusterCIDR?: string | null;
  readonly serviceCIDR?: string;
  readonly masqueradeAll?: boolean;
  readonly localhostNodePorts?: boolean;
  readonly nodePortAddresses?: readonly string[];
}

export interface PacketRequest {
  readonly from: string;
  readonly to: string;
  readonly via?: string;
  readonly protocol: Protocol;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly repeat?: number;
  readonly sticky?: boolean | string;
  readonly lenient?: readonly string[];
  readonly expect: PacketExpectation;
}

export interface PacketExpectation {
  readonly outcome?: string;
  readonly backends?: readonly string[];
  readonly masquerade?: boolean | null;
  readonly snat?: boolean | null;
  readonly status?: number | null;
  readonly reachesBackend?: string;
  readonly http?: HttpAnswer;
}

/** What kube-proxy answers to a health check. */
export interface HttpAnswer {
  readonly status: number;
  readonly localEndpoints?: number;
}

export interface PacketActual {
  readonly outcome: string;
  readonly backends: readonly string[];
  readonly masquerade: boolean | null;
  readonly snat: boolean | null;
  readonly status: number | null;
  readonly reachesBackend: string | null;
  /** Where the program at the other end says more than a status. */
  readonly http?: HttpAnswer;
  /** The back ends of a repeated request, in order. */
  readonly picked?: readonly (string | null)[];
}

export interface PacketCase {
  readonly id: string;
  readonly manifest: string;
  readonly flags?: CaseFlags;
  readonly requests: readonly PacketRequest[];
}

export interface JudgedRequest {
  readonly expect: PacketExpectation;
  readonly actual: PacketActual;
  /** null where the case expects nothing. */
  readonly ok: boolean | null;
}

/** Where a case states no ranges. */
const DEFAULT_CLUSTER_CIDR = '10.244.0.0/16';
const DEFAULT_SERVICE_CIDR = '10.96.0.0/12';

export function judgePackets(packets: PacketCase, proxyMode: ProxyModeName): readonly JudgedRequest[] {
  const settings: ClusterSettings = { ...settingsOf(packets.flags), proxyMode };
  const built = build(packets.manifest, settings, { chosen: settings });
  const shared = new Map<string, World>();
  return packets.requests.map((request) => judge(request, run(built, request, shared)));
}

function settingsOf(flags: CaseFlags | undefined): ClusterSettings {
  const clusterCIDR = flags?.clusterCIDR;
  return {
    ...BARE,
    clusterCIDR: clusterCIDR === null ? null : parseCidr(clusterCIDR ?? DEFAULT_CLUSTER_CIDR),
    detectLocal: clusterCIDR !== null,
    serviceCIDR: parseCidr(flags?.serviceCIDR ?? DEFAULT_SERVICE_CIDR),
    masqueradeAll: flags?.masqueradeAll ?? false,
    localhostNodePorts: flags?.localhostNodePorts ?? true,
    nodePortAddresses: (flags?.nodePortAddresses ?? []).flatMap((text) => parseCidr(text) ?? []),
  };
}

/** Each request starts on fresh kernels; those that stick together, and the repetitions of one, share a world. */
function run(built: Built, request: PacketRequest, shared: Map<string, World>): PacketActual {
  const fresh = traceIn(built, built.world, request);
  if (request.repeat === undefined) return actualOf(fresh.trace);
  const key = typeof request.sticky === 'string' ? request.sticky : JSON.stringify(request);
  let world = shared.get(key) ?? built.world;
  const picked: (string | null)[] = [];
  for (let count = 0; count < request.repeat; count += 1) {
    const one = traceIn(built, world, request);
    world = one.world;
    picked.push(one.trace.outcome.kind === 'delivered' ? formatSocket(one.trace.outcome.backend) : null);
  }
  shared.set(key, world);
  return { ...actualOf(fresh.trace), picked };
}

function traceIn(built: Built, world: World, request: PacketRequest): { readonly trace: Trace; readonly world: World } {
  const { from, to, via, protocol, method, headers } = request;
  const http = { ...(method === undefined ? {} : { method }), ...(headers === undefined ? {} : { headers }) };
  const ready = dispatch(built, withName(built, world, to), { from, to, protocol, via: via ?? null, ...http });
  if ('problem' in ready) throw new Error(`the request makes no sense: ${JSON.stringify(ready.problem)}`);
  return trace(ready.world, ready.request);
}

/** In a case a name that nobody knows leads to its load balancer: the Gateway's, else that of the Ingress controller. */
function withName({ cluster }: Built, world: World, to: string): World {
  const [entry] = [...cluster.gateways.flatMap(({ status }) => status.addresses), ...ingressAddresses(cluster)];
  const target = parseTarget(to, 'TCP');
  if (entry === undefined || 'problem' in target || parseIp(target.host) !== null) return world;
  const name = absoluteName(target.host.toLowerCase());
  const record: ZoneRecord = { name, type: family(entry) === 4 ? 'A' : 'AAAA', ttl: 300, data: entry, provenance: NO_PROVENANCE };
  const servers = Object.entries(world.nameServers).map(([key, server]) => {
    const isInside = server.zones.length > 0 || server.outside === null;
    return [key, isInside ? server : { ...server, outside: withRecord(server.outside ?? [], record) }] as const;
  });
  return { ...world, nameServers: Object.fromEntries(servers) };
}

function withRecord(known: readonly ZoneRecord[], record: ZoneRecord): readonly ZoneRecord[] {
  return known.some(({ name }) => name.toLowerCase() === record.name) ? known : [...known, record];
}

/** The status that a program or a proxy gave; null where there is none. */
function statusOf(outcome: Trace['outcome']): number | null {
  if (outcome.kind === 'rejected') return outcome.reason === 'http-status' ? outcome.status : null;
  return outcome.kind === 'delivered' ? outcome.status : null;
}

function actualOf({ outcome, backends, steps }: Trace): PacketActual {
  const delivered = outcome.kind === 'delivered';
  const http = delivered ? httpAnswer(steps) : null;
  return {
    outcome: outcome.kind,
    backends: delivered ? backends.map(({ address }) => formatSocket(address)).sort(compareText) : [],
    masquerade: delivered ? outcome.masqueraded : null,
    snat: delivered ? hitsMasquerade(steps) : null,
    status: statusOf(outcome),
    reachesBackend: outcome.kind === 'dropped' && outcome.replyLost ? reached(steps) : null,
    ...(http === null ? {} : { http }),
  };
}

/** Whether a node on the way put the packet through a MASQUERADE rule of kube-proxy. */
function hitsMasquerade(steps: readonly Step[]): boolean {
  const out = steps.filter((step) => step.at.purpose === 'request' && step.at.direction === 'original');
  return out.some(
    (step) =>
      step.kind === 'hook-passed' &&
      step.reads.some(
        ({ chain, table, rule, result }) =>
          (chain === 'KUBE-POSTROUTING' || table === 'kube-proxy') && result.kind === 'matched' && rule.target.kind === 'masquerade',
      ),
  );
}

/** Status and body of the program that the request reached; null where it has nothing of its own to say. */
function httpAnswer(steps: readonly Step[]): HttpAnswer | null {
  const last = steps.findLast((step) => step.kind === 'delivered' && step.at.purpose === 'request' && step.at.direction === 'original');
  const application = last?.kind === 'delivered' ? last.socket?.application : undefined;
  if (application?.kind !== 'http' || application.body === undefined) return null;
  const { localEndpoints } = JSON.parse(application.body) as { readonly localEndpoints?: number };
  return { status: application.status, ...(localEndpoints === undefined ? {} : { localEndpoints }) };
}

function reached(steps: readonly Step[]): string | null {
  const delivered = steps.findLast((step) => step.kind === 'delivered');
  return delivered?.skb == null ? null : formatSocket(delivered.skb.packet.destination);
}

function judge(request: PacketRequest, actual: PacketActual): JudgedRequest {
  const { expect } = request;
  if (Object.keys(expect).length === 0) return { expect, actual, ok: null };
  return { expect, actual, ok: holds(request, actual) };
}

function holds({ expect, lenient, sticky }: PacketRequest, actual: PacketActual): boolean {
  if (expect.outcome !== undefined && ![expect.outcome, ...(lenient ?? [])].includes(actual.outcome)) return false;
  if (expect.backends !== undefined && JSON.stringify([...expect.backends].sort(compareText)) !== JSON.stringify(actual.backends))
    return false;
  if (!agrees(expect.masquerade, actual.masquerade) || !agrees(expect.snat, actual.snat) || !agrees(expect.status, actual.status))
    return false;
  if (!agrees(expect.reachesBackend, actual.reachesBackend) || !agreesOnHttp(expect.http, actual.http)) return false;
  return sticky === undefined || new Set(actual.picked).size <= 1;
}

function agreesOnHttp(expected: HttpAnswer | undefined, actual: HttpAnswer | undefined): boolean {
  if (expected === undefined) return true;
  return expected.status === actual?.status && agrees(expected.localEndpoints, actual.localEndpoints ?? null);
}

function agrees<Value>(expected: Value | null | undefined, actual: Value | null): boolean {
  return expected === undefined || expected === null || expected === actual;
}
