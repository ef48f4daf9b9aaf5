// The two or three commands that would prove the cause on a real cluster, each with what to look for. Made from the end that the trace
// came to and from the objects on its way; nothing here is run.

import type { ObjectRef } from '../kube/ref';
import { formatSocket } from '../net/packet';
import type { Outcome, Step } from '../trace/step';
import { type Around, matched, objectBehind, serviceBehind } from './around';
import type { EndFact } from './end-fact';
import { proxyOf } from './http-fact';
import { httpProofs } from './http-proof';
import type { Told } from './language';
import { type PlaceName, placeNamed } from './names';
import { stepFact } from './step-fact';

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

function endCode(around: Around, end: Step | null): EndFact['code'] | null {
  if (end === null) return null;
  return stepFact(end, { ...around, index: around.trace.steps.indexOf(end) }).code as EndFact['code'];
}

// Commands, by the end that the packet came to.

type Prove = (given: Case) => readonly Proof[];

const BY_END: Partial<Readonly<Record<EndFact['code'], Prove>>> = {
  'rejected-no-endpoint': (given) => [...endpoints(given, NO_ENDPOINT), ...selected(given)],
  'rejected-no-real-server': (given) => [...endpoints(given, NO_ENDPOINT), ...virtualServer(given)],
  'rejected-closed-port': (given) => listening(given),
  'rejected-wrong-target-port': (given) => [...listening(given), ...ports(given)],
  'dropped-no-local-endpoint': (given) => [...policies(given), ...selected(given)],
  'dropped-by-source-range': (given) => [...ranges(given)],
  'dropped-by-network-policy': (given) => networkPolicies(given),
  'dropped-blackhole': (given) => [...route(given), ...owner(given)],
  'dropped-service-port': (given) => [...ports(given), ...owner(given)],
  'dropped-service-ping': (given) => [...ports(given), ...owner(given)],
  'rejected-virtual-address-ping': (given) => ports(given),
  'rejected-service-port': (given) => [...ports(given), ...nftables(given, 'map', 'service-ips', ENTRIES)],
  'rejected-service-ping': (given) => [...ports(given), ...nftables(given, 'chain', 'cluster-ips-check', CHECK)],
  'dropped-unowned-service-address': (given) => [...owner(given), ...nftables(given, 'chain', 'cluster-ips-check', CHECK)],
  'dropped-unknown-host': (given) => [...route(given), ...owner(given)],
  'rejected-no-neighbour': (given) => [...neighbour(given), ...owner(given)],
  'rejected-no-route': (given) => route(given),
  'rejected-by-route': (given) => route(given),
  'dropped-invalid': (given) => [...entries(given), ...route(given)],
};

function delivered(given: Case): readonly Proof[] {
  return given.service === null ? entries(given) : [...endpoints(given, BACK_ENDS), ...entries(given)];
}

function lost(given: Case): readonly Proof[] {
  return [...capture(given), ...entries(given)];
}

function unresolved({ client, around }: Case, { name, rcode }: Extract<Outcome, { kind: 'unresolved' }>): readonly Proof[] {
  const server = around.trace.steps.find((step) => step.kind === 'sent' && step.at.purpose === 'dns')?.skb?.packet.destination.ip;
  const inside = inPod(client);
  return [
    ...(inside === null ? [] : [kubectl(`${inside} cat /etc/resolv.conf`, SEARCH)]),
    ...(inside === null
      ? []
      : [kubectl(`${inside} nslookup ${name}${server === undefined ? '' : ` ${server}`}`, rcode === 'SERVFAIL' ? FAILED : UNKNOWN)]),
    rcode === 'SERVFAIL'
      ? kubectl('get pods -n kube-system -l k8s-app=kube-dns -o wide', DNS_PODS)
      : kubectl(`get services -A --field-selector metadata.name=${name.split('.')[0] ?? name}`, SERVICES),
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
    : [kubectl(`get pods -n ${service.namespace ?? 'default'} -l ${selector} -o wide`, SELECTED)];
}

function ports({ service }: Case): readonly Proof[] {
  return service === null ? [] : [kubectl(`get service -n ${service.namespace ?? 'default'} ${service.name} -o yaml`, PORTS)];
}

function policies({ service }: Case): readonly Proof[] {
  if (service === null) return [];
  const fields = '{.spec.internalTrafficPolicy} {.spec.externalTrafficPolicy}';
  return [kubectl(`get service -n ${service.namespace ?? 'default'} ${service.name} -o jsonpath='${fields}'`, POLICIES)];
}

function ranges(given: Case): readonly Proof[] {
  const { service, place } = given;
  const asked =
    service === null
      ? []
      : [
          kubectl(
            `get service -n ${service.namespace ?? 'default'} ${service.name} -o jsonpath='{.spec.loadBalancerSourceRanges}'`,
            RANGES,
          ),
        ];
  const walls = nftables(given, 'map', 'firewall-ips', ENTRIES);
  return [...asked, ...(walls.length > 0 ? walls : onNode(place, 'iptables -t filter -vnL KUBE-PROXY-FIREWALL', COUNTERS))];
}

/** A part of the table in which the packet ended; none where that is no table of nftables. */
function nftables({ end, place }: Case, kind: 'map' | 'chain', name: string, shows: Told): readonly Proof[] {
  const last = end !== null && 'reads' in end ? matched(end.reads).at(-1) : undefined;
  if (last?.tool !== 'nft') return [];
  return onNode(place, `nft list ${kind} ${last.family === 6 ? 'ip6' : 'ip'} ${last.table} ${name}`, shows);
}

/** The policies of the isolated Pod's namespace, the one that the rule was written for, and that rule's counter. */
function networkPolicies({ end, place }: Case): readonly Proof[] {
  const read = end !== null && 'reads' in end ? matched(end.reads).at(-1) : undefined;
  const policy = read === undefined ? null : objectBehind(read.rule.provenance);
  if (read === undefined || policy === null) return [];
  const namespace = policy.namespace ?? 'default';
  const counters = read.tool === 'nft' ? [] : onNode(place, `iptables -t filter -vnL ${read.chain}`, COUNTERS);
  return [
    kubectl(`get networkpolicies -n ${namespace}`, ISOLATING),
    kubectl(`describe networkpolicy -n ${namespace} ${policy.name}`, ALLOWED),
    ...counters,
  ];
}

function listening({ place }: Case): readonly Proof[] {
  const inside = inPod(place);
  return inside === null ? onNode(place, 'ss -lntu', LISTENING) : [kubectl(`${inside} ss -lntu`, LISTENING)];
}

function virtualServer({ place, asked }: Case): readonly Proof[] {
  return onNode(place, `ipvsadm -Ln -t ${asked}`, SERVERS);
}

function route({ place, address }: Case): readonly Proof[] {
  return onNode(place, `ip route get ${address}`, ROUTE);
}

function neighbour({ place, address }: Case): readonly Proof[] {
  return onNode(place, `ip neigh show ${address}`, NEIGHBOUR);
}

function owner({ address }: Case): readonly Proof[] {
  return [kubectl(`get pods,services -A -o wide | grep -w ${address}`, OWNER)];
}

/** The entry is listed by the address that the client called: that of its original tuple. */
function entries({ place, called, around }: Case): readonly Proof[] {
  const node = place.kind === 'node' ? place : nodeOnTheWay(around);
  return node === null ? [] : onNode(node, `conntrack -L -d ${called}`, ENTRY);
}

function capture({ place, address }: Case): readonly Proof[] {
  return onNode(place, `tcpdump -ni any host ${address}`, CAPTURE);
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

const NO_ENDPOINT: Told = { en: 'no address under ENDPOINTS', fr: 'aucune adresse sous ENDPOINTS' };
const BACK_ENDS: Told = { en: 'the addresses among which the rules choose', fr: 'les adresses entre lesquelles les règles choisissent' };
const SELECTED: Told = {
  en: 'which Pods bear the labels, on which node, and whether they are READY',
  fr: 'quels Pods portent ces étiquettes, sur quel nœud, et s’ils sont READY',
};
const PORTS: Told = {
  en: 'port, targetPort and protocol, beside what the client called',
  fr: 'port, targetPort et protocole, à comparer avec l’appel du client',
};
const POLICIES: Told = {
  en: '“Local” keeps to the endpoints of one node',
  fr: '«\u00a0Local\u00a0» s’en tient aux endpoints d’un seul nœud',
};
const ISOLATING: Told = {
  en: 'under POD-SELECTOR, which of them select the Pod',
  fr: 'sous POD-SELECTOR, celles qui choisissent le Pod',
};
const ALLOWED: Told = {
  en: 'who may come in and go out, on which ports; everybody else may not',
  fr: 'qui peut entrer et sortir, et par quels ports\u202f; personne d’autre',
};
const RANGES: Told = { en: 'the clients that may come in', fr: 'les clients admis' };
const ENTRIES: Told = {
  en: 'whether the map has an entry for this address, protocol and port',
  fr: 'si la table d’association a une entrée pour cette adresse, ce protocole et ce port',
};
const CHECK: Told = {
  en: 'the rules for Service addresses and ports that do not exist',
  fr: 'les règles pour les adresses et les ports de Service qui n’existent pas',
};
const COUNTERS: Told = {
  en: 'the counter of the DROP rule grows with every try',
  fr: 'le compteur de la règle DROP augmente à chaque essai',
};
const LISTENING: Told = { en: 'the ports on which a program listens', fr: 'les ports sur lesquels un programme écoute' };
const SERVERS: Told = {
  en: 'a virtual server without any real server below it',
  fr: 'un serveur virtuel, et aucun serveur réel au-dessous',
};
const ROUTE: Told = { en: 'the way that the kernel would take', fr: 'le chemin que prendrait le noyau' };
const NEIGHBOUR: Told = { en: 'FAILED: nobody has answered', fr: 'FAILED\u00a0: personne n’a répondu' };
const OWNER: Told = { en: 'whose address it is, if it is anybody’s', fr: 'à qui appartient l’adresse, si elle est à quelqu’un' };
const ENTRY: Told = {
  en: 'both tuples of the connection, as the node remembers it',
  fr: 'les deux tuples de la connexion, tels que le nœud les retient',
};
const CAPTURE: Told = { en: 'how far the packet comes', fr: 'jusqu’où le paquet arrive' };
const SEARCH: Told = { en: 'the name server and the search path', fr: 'le serveur de noms et les domaines de recherche' };
const UNKNOWN: Told = { en: 'NXDOMAIN: the name does not exist', fr: 'NXDOMAIN\u00a0: le nom n’existe pas' };
const FAILED: Told = { en: 'no answer, or SERVFAIL', fr: 'aucune réponse, ou SERVFAIL' };
const DNS_PODS: Told = { en: 'whether the name servers run and are READY', fr: 'si les serveurs de noms tournent et sont READY' };
const SERVICES: Told = { en: 'the namespace in which a Service of this name lives', fr: 'le namespace où vit un Service de ce nom' };
