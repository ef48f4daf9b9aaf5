// The two or three commands that would prove the cause on a real cluster, each with what to look for. Made from the end that the trace
// came to and from the objects on its way; nothing here is run.

import type { ObjectRef } from '../kube/ref';
import { formatSocket } from '../net/packet';
import type { Outcome, RuleRead, Step } from '../trace/step';
import { type Around, matched, objectBehind, serviceBehind } from './around';
import { proxyOf } from './http-fact';
import { httpProofs } from './http-proof';
import type { Told } from './language';
import { type PlaceName, placeNamed } from './names';
import { SHOWS } from './proof-words';
import { type StepFact, stepFact } from './step-fact';

/** A command that would prove the cause, and what to look for. */
export interface Proof {
  /** Typed where kubectl works; on the node itself where it begins with none. */
  readonly command: string;
  /** The node on which to type it; null: anywhere with kubectl. */
  readonly node: string | null;
  readonly shows: Told;
}

/** What every command may name. */
interface Case {
  readonly around: Around;
  readonly client: PlaceName;
  /** The last stop of the packet that mattered, and the place where it was. */
  readonly end: Step | null;
  readonly place: PlaceName;
  readonly service: ObjectRef | null;
  /** The address that the client called, and the one that the packet had in the end. */
  readonly asked: string;
  /** The same without its port. */
  readonly called: string;
  readonly address: string;
}

/** `around` stands at the conclusion. */
export function proofs(around: Around, outcome: Outcome): readonly Proof[] {
  const given = caseOf(around);
  if (outcome.kind === 'unresolved') return unresolved(given, outcome);
  const routed = proxyOf(around);
  if (routed !== null && (outcome.kind === 'delivered' || isStatus(outcome)))
    return httpProofs(routed, isStatus(outcome) ? outcome.why : null).map((proof) => ({ ...proof, node: null }));
  if (outcome.kind === 'delivered') return delivered(given);
  const code = endCode(around, given.end);
  return (code === null ? undefined : BY_END[code])?.(given) ?? lost(given);
}

function isStatus(outcome: Outcome): outcome is Extract<Outcome, { reason: 'http-status' }> {
  return outcome.kind === 'rejected' && outcome.reason === 'http-status';
}

function caseOf(around: Around): Case {
  const { steps } = around.trace;
  const conversation = steps.filter((step) => step.at.purpose === 'request');
  const end = conversation.findLast((step) => step.kind === 'dropped' || step.kind === 'rejected') ?? null;
  const sent = conversation.find((step) => step.kind === 'sent' && step.at.direction === 'original')?.skb?.packet.destination;
  const last = end?.skb?.packet.destination ?? conversation.findLast((step) => step.kind === 'delivered')?.skb?.packet.destination ?? sent;
  const client = placeNamed(around.names, steps[0]?.at.netns ?? '');
  return {
    around,
    client,
    end,
    place: placeNamed(
      around.names,
      (end ?? conversation.findLast((step) => step.kind === 'delivered'))?.at.netns ?? steps[0]?.at.netns ?? '',
    ),
    service: serviceOf(around, conversation, sent?.ip ?? ''),
    called: sent?.ip ?? '',
    asked: sent === undefined ? '' : formatSocket(sent),
    address: last?.ip ?? '',
  };
}

function serviceOf({ names }: Around, steps: readonly Step[], asked: string): ObjectRef | null {
  for (const step of steps) {
    const ref = 'reads' in step ? serviceBehind(matched(step.reads)) : null;
    if (ref !== null) return ref;
  }
  const owner = names.addresses[asked];
  return owner?.kind === 'Service' ? { kind: 'Service', namespace: owner.namespace, name: owner.name } : null;
}

function endCode(around: Around, end: Step | null): StepFact['code'] | null {
  return end === null ? null : stepFact(end, { ...around, index: around.trace.steps.indexOf(end) }).code;
}

// Commands, by the end that the packet came to.

type Prove = (given: Case) => readonly Proof[];

const BY_END: Partial<Readonly<Record<StepFact['code'], Prove>>> = {
  'rejected-no-endpoint': (given) => [...endpoints(given, SHOWS.noEndpoint), ...selected(given)],
  'rejected-no-real-server': (given) => [...endpoints(given, SHOWS.noEndpoint), ...virtualServer(given)],
  'rejected-closed-port': (given) => listening(given),
  'rejected-wrong-target-port': (given) => [...listening(given), ...ports(given)],
  'dropped-no-local-endpoint': (given) => [...policies(given), ...selected(given)],
  'dropped-by-source-range': (given) => [...ranges(given)],
  'dropped-by-network-policy': (given) => networkPolicies(given),
  'dropped-blackhole': (given) => [...route(given), ...owner(given)],
  'dropped-service-port': (given) => [...ports(given), ...owner(given)],
  'dropped-service-ping': (given) => [...ports(given), ...owner(given)],
  'rejected-virtual-address-ping': (given) => ports(given),
  'rejected-service-port': (given) => [...ports(given), ...nftables(given, ['map', 'service-ips'], SHOWS.entries)],
  'rejected-service-ping': (given) => [...ports(given), ...nftables(given, ['chain', 'cluster-ips-check'], SHOWS.check)],
  'dropped-unowned-service-address': (given) => [...owner(given), ...nftables(given, ['chain', 'cluster-ips-check'], SHOWS.check)],
  'dropped-unknown-host': (given) => [...route(given), ...owner(given)],
  'rejected-no-neighbour': (given) => [...neighbour(given), ...owner(given)],
  'rejected-no-route': (given) => route(given),
  'rejected-by-route': (given) => route(given),
  'dropped-invalid': (given) => [...entries(given), ...route(given)],
};

function delivered(given: Case): readonly Proof[] {
  return given.service === null ? entries(given) : [...endpoints(given, SHOWS.backEnds), ...entries(given)];
}

function lost(given: Case): readonly Proof[] {
  return [...capture(given), ...entries(given)];
}

function unresolved({ client, around }: Case, { name, rcode }: Extract<Outcome, { kind: 'unresolved' }>): readonly Proof[] {
  const server = around.trace.steps.find((step) => step.kind === 'sent' && step.at.purpose === 'dns')?.skb?.packet.destination.ip;
  const inside = inPod(client);
  return [
    ...(inside === null ? [] : [kubectl(`${inside} cat /etc/resolv.conf`, SHOWS.search)]),
    ...(inside === null
      ? []
      : [
          kubectl(
            `${inside} nslookup ${name}${server === undefined ? '' : ` ${server}`}`,
            rcode === 'SERVFAIL' ? SHOWS.failed : SHOWS.unknown,
          ),
        ]),
    rcode === 'SERVFAIL'
      ? kubectl('get pods -n kube-system -l k8s-app=kube-dns -o wide', SHOWS.dnsPods)
      : kubectl(`get services -A --field-selector metadata.name=${name.split('.')[0] ?? name}`, SHOWS.services),
  ];
}

function endpoints({ service }: Case, shows: Told): readonly Proof[] {
  if (service === null) return [];
  return [kubectl(`get endpointslices -n ${service.namespace ?? 'default'} -l kubernetes.io/service-name=${service.name}`, shows)];
}

function selected({ service, around }: Case): readonly Proof[] {
  const selector = service === null ? undefined : around.names.selectors[`${service.namespace}/${service.name}`];
  return service === null || selector === undefined
    ? []
    : [kubectl(`get pods -n ${service.namespace ?? 'default'} -l ${selector} -o wide`, SHOWS.selected)];
}

function ofService({ service }: Case, output: string, shows: Told): readonly Proof[] {
  return service === null ? [] : [kubectl(`get service -n ${service.namespace ?? 'default'} ${service.name} -o ${output}`, shows)];
}

function ports(given: Case): readonly Proof[] {
  return ofService(given, 'yaml', SHOWS.ports);
}

function policies(given: Case): readonly Proof[] {
  return ofService(given, "jsonpath='{.spec.internalTrafficPolicy} {.spec.externalTrafficPolicy}'", SHOWS.policies);
}

function ranges(given: Case): readonly Proof[] {
  const asked = ofService(given, "jsonpath='{.spec.loadBalancerSourceRanges}'", SHOWS.ranges);
  const walls = nftables(given, ['map', 'firewall-ips'], SHOWS.entries);
  return [...asked, ...(walls.length > 0 ? walls : counters(given))];
}

/** A part of the table in which the packet ended; none where that is no table of nftables. */
function nftables({ end, place }: Case, [kind, name]: readonly ['map' | 'chain', string], shows: Told): readonly Proof[] {
  const last = lastRule(end);
  if (last?.tool !== 'nft') return [];
  return onNode(place, `nft list ${kind} ${last.family === 6 ? 'ip6' : 'ip'} ${last.table} ${name}`, shows);
}

/** The policies of the isolated Pod's namespace, the one that the rule was written for, and that rule's counter. */
function networkPolicies(given: Case): readonly Proof[] {
  const read = lastRule(given.end);
  const policy = read === undefined ? null : objectBehind(read.rule.provenance);
  if (read === undefined || policy === null) return [];
  const namespace = policy.namespace ?? 'default';
  return [
    kubectl(`get networkpolicies -n ${namespace}`, SHOWS.isolating),
    kubectl(`describe networkpolicy -n ${namespace} ${policy.name}`, SHOWS.allowed),
    ...counters(given),
  ];
}

/** The chain in which the packet ended; none where that is one of nftables, which counts nothing unasked. */
function counters({ end, place }: Case): readonly Proof[] {
  const read = lastRule(end);
  if (read?.tool !== 'iptables') return [];
  return onNode(place, `${read.family === 6 ? 'ip6tables' : 'iptables'} -t ${read.table} -vnL ${read.chain}`, SHOWS.counters);
}

function lastRule(end: Step | null): RuleRead | undefined {
  return end !== null && 'reads' in end ? matched(end.reads).at(-1) : undefined;
}

function listening({ place }: Case): readonly Proof[] {
  const inside = inPod(place);
  return inside === null ? onNode(place, 'ss -lntu', SHOWS.listening) : [kubectl(`${inside} ss -lntu`, SHOWS.listening)];
}

/** ipvsadm asks for a virtual server by a letter for its protocol; for SCTP the option has none. */
function virtualServer({ place, asked, end }: Case): readonly Proof[] {
  const protocol = end?.skb?.packet.protocol;
  const option = protocol === 'UDP' ? '-u' : protocol === 'SCTP' ? '--sctp-service' : '-t';
  return onNode(place, `ipvsadm -Ln ${option} ${asked}`, SHOWS.servers);
}

function route({ place, address }: Case): readonly Proof[] {
  return onNode(place, `ip route get ${address}`, SHOWS.route);
}

function neighbour({ place, address }: Case): readonly Proof[] {
  return onNode(place, `ip neigh show ${address}`, SHOWS.neighbour);
}

function owner({ address }: Case): readonly Proof[] {
  return [kubectl(`get pods,services -A -o wide | grep -w ${address}`, SHOWS.owner)];
}

/** The entry is listed by the address that the client called: that of its original tuple. */
function entries({ place, called, around }: Case): readonly Proof[] {
  const node = place.kind === 'node' ? place : nodeOnTheWay(around);
  return node === null ? [] : onNode(node, `conntrack -L${called.includes(':') ? ' -f ipv6' : ''} -d ${called}`, SHOWS.entry);
}

function capture({ place, address }: Case): readonly Proof[] {
  return onNode(place, `tcpdump -ni any host ${address}`, SHOWS.capture);
}

function nodeOnTheWay({ names, trace }: Around): PlaceName | null {
  const request = trace.steps.filter(({ at }) => at.purpose === 'request');
  return request.map(({ at }) => placeNamed(names, at.netns)).find(({ kind }) => kind === 'node') ?? null;
}

function kubectl(command: string, shows: Told): Proof {
  return { command: `kubectl ${command}`, node: null, shows };
}

function onNode({ kind, name }: PlaceName, command: string, shows: Told): readonly Proof[] {
  return kind === 'node' ? [{ command, node: name, shows }] : [];
}

/** `exec -n production frontend --`; null where the place is no Pod. */
function inPod({ kind, namespace, name }: PlaceName): string | null {
  return kind === 'pod' ? `exec -n ${namespace ?? 'default'} ${name} --` : null;
}
