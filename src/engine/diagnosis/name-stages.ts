// The checks of a name. One that resolves is checked in a word; of one that does not, the order is that of a course: what does resolv.conf
// say, does a name server answer, and if it does, what should the name have been.

import { clusterDnsAddress } from '../dataplane/resolv-conf';
import { refOf } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import type { Service } from '../kube/service';
import { absoluteName } from '../net/dns';
import { type Ip, parseIp } from '../net/ip';
import { answer } from '../trace/name-server';
import type { StepOf } from '../trace/step';
import { explore, type SingleWalk } from '../trace/trace';
import { addressStages } from './address-stages';
import { endpointsBehind } from './behind';
import { type Call, clientCall, type Ways, waysOf } from './call';
import { behindProxy, calledBy, serviceFound } from './called';
import type { Cause } from './diagnosis';
import { type Given, labelOf, senderName, serviceNamed } from './given';
import { ingressOfName } from './ingress-name';
import { type MeantService, meantService, namespacesOf } from './meant-name';
import { nodeStages } from './node-stages';
import { remedyAt } from './pod-fault';
import { refusedObject } from './refused';
import { behindService, serviceStages } from './service-stages';
import { beyond, cause, kubectl, type Look, onNode, type Stage } from './stage';

/** Questions to the name server that the client asks first; null where it asks none. */
export function askNameServer(given: Given, { steps }: SingleWalk): (Ways & { readonly call: Call }) | null {
  const sent = steps.find((step): step is StepOf<'sent'> => step.kind === 'sent' && step.at.purpose === 'dns');
  if (sent === undefined || sent.skb === null) return null;
  const { netns, owner } = given.request;
  const asked = sent.skb.packet.destination;
  const ways = waysOf(
    explore(given.world, { netns, owner, host: asked.ip, port: asked.port, protocol: 'UDP', http: null, source: null }).ways,
  );
  return ways === null ? null : { ...ways, call: clientCall(ways, { about: 'name-server', netns, by: owner, asked, protocol: 'UDP' }) };
}

/** The checks of the request's name, in order; none where an address was written. */
export function nameStages(given: Given, walk: SingleWalk, suspicious: boolean): readonly Stage[] {
  const { host } = given.request;
  if (parseIp(host) !== null) return [];
  const server = askNameServer(given, walk);
  if (walk.target !== null && (server?.failing ?? 0) === 0)
    return [{ code: 'name-resolves', about: 'name', look: () => resolved(given, walk, suspicious) }];
  const about = 'name' as const;
  return [
    { code: 'name-resolves', about, look: () => unresolved(given, walk) },
    { code: 'resolv-conf', about, look: () => resolver(given, walk) },
    ...(server === null || server.failing === 0 ? [] : serverStages(given, server)),
    ...(walk.target === null ? behindName(given, walk, server) : []),
  ];
}

/** What there is to look at behind a name that does not resolve. */
function behindName(given: Given, walk: SingleWalk, server: (Ways & { readonly call: Call }) | null): readonly Stage[] {
  if (isAnswered(walk)) return recordStages(given, walk);
  const next = beyond('service', ['service-exists', 'service-port', 'endpoints', 'pods-selected', 'pods-ready', 'program-listens']);
  if (server === null || server.failing > 0) return next;
  const address = server.call.asked.ip;
  const deaf = cause({ code: 'name-server-deaf', address });
  return [{ code: 'name-record', about: 'name-server', look: () => recorded(given, given.request.host, deaf) }, ...next];
}

function isAnswered({ steps }: SingleWalk): boolean {
  return steps.some(({ kind }) => kind === 'name-answered');
}

function lookUpCommand(given: Given, name: string): Look['command'] {
  const { sender } = given;
  if (sender.kind === 'pod') return kubectl(`exec -n ${sender.pod.metadata.namespace} ${sender.pod.metadata.name} -- nslookup ${name}`);
  return sender.kind === 'node' ? onNode(sender.node.metadata.name, `getent hosts ${name}`) : null;
}

function resolved(given: Given, { target, steps }: SingleWalk, suspicious: boolean): Look {
  const { host } = given.request;
  const address = target?.ip ?? '';
  const settled = steps.findLast((step): step is StepOf<'name-settled'> => step.kind === 'name-settled');
  const found = settled?.lookups.at(-1)?.replace(/\.$/, '') ?? host;
  const service = serviceFound(given, steps);
  return {
    fact: { code: 'name-resolves', name: host, address },
    command: lookUpCommand(given, host),
    output: [`Name:     ${found}`, `Address:  ${address}`],
    complaint:
      suspicious && service !== null && target !== null && !isOwn(given, service, target.ip)
        ? outdatedRecord(given, found, target.ip)
        : null,
  };
}

/** Whether the address is one that the Service has now: its own, or those of its endpoints where it is headless. */
function isOwn(given: Given, service: Service, ip: Ip): boolean {
  const { clusterIPs } = service.spec;
  if (clusterIPs !== 'None') return clusterIPs.includes(ip);
  return endpointsBehind(given, service, { port: null, family: null }).some(({ address }) => address.ip === ip);
}

/** The name server gives an address that the objects do not. */
function outdatedRecord(given: Given, name: string, has: Ip): Cause | null {
  const question = { name: absoluteName(name), type: has.includes(':') ? 'AAAA' : 'A' } as const;
  const servers = Object.entries(given.wanted().nameServers).filter(([key]) => key !== 'outside');
  const [first] = servers;
  if (first === undefined || servers.some(([, server]) => answer(server, question).answers.some(({ data }) => data === has))) return null;
  return cause({ code: 'coredns-behind', server: first[0], name }, podRef(first[0]));
}

function podRef(owner: string): { readonly object: { kind: string; namespace: string | null; name: string } } {
  const [namespace = null, name = owner] = owner.split('/');
  return { object: { kind: 'Pod', namespace, name } };
}

function unresolved(given: Given, walk: SingleWalk): Look {
  const { outcome, target } = walk;
  const { host } = given.request;
  const rcode = outcome.kind === 'unresolved' ? outcome.rcode : 'NOERROR';
  const silence = ';; connection timed out; no servers could be reached';
  return {
    fact: { code: 'name-resolves', name: host, address: target?.ip ?? '' },
    command: lookUpCommand(given, host),
    output: [isAnswered(walk) && target === null ? `** server can't find ${host}: ${rcode === 'NOERROR' ? 'No answer' : rcode}` : silence],
    complaint: 'symptom',
  };
}

// resolv.conf

function resolver(given: Given, walk: SingleWalk): Look {
  const { sender, request } = given;
  const conf = given.world.resolvConfs[request.owner] ?? { nameservers: [], search: [], options: [] };
  const lines = [
    ...(conf.search.length === 0 ? [] : [`search ${conf.search.join(' ')}`]),
    ...conf.nameservers.map((server) => `nameserver ${server}`),
    ...(conf.options.length === 0 ? [] : [`options ${conf.options.join(' ')}`]),
  ];
  const cat = 'cat /etc/resolv.conf';
  const command =
    sender.kind === 'pod'
      ? kubectl(`exec -n ${sender.pod.metadata.namespace} ${sender.pod.metadata.name} -- ${cat}`)
      : sender.kind === 'node'
        ? onNode(sender.node.metadata.name, cat)
        : null;
  return {
    fact: { code: 'resolv-conf', client: senderName(given), servers: conf.nameservers, search: conf.search },
    command,
    output: lines.length === 0 ? ['(empty)'] : lines,
    complaint: wrongResolver(given, walk, conf),
  };
}

function wrongResolver(
  given: Given,
  walk: SingleWalk,
  { nameservers, search }: { nameservers: readonly string[]; search: readonly string[] },
): Cause | null {
  const { host } = given.request;
  const meant = meantService(given, host);
  if (meant === null) return null;
  const service = serviceNamed(given, meant.namespace, meant.name);
  if (given.sender.kind === 'node')
    return service === null
      ? null
      : cause({ code: 'node-asks-outside', node: given.sender.node.metadata.name, name: host, servers: nameservers });
  if (given.sender.kind === 'outside')
    return service === null ? null : cause({ code: 'name-known-inside-only', name: host, service: labelOf(given, service.metadata) });
  const { pod } = given.sender;
  const right = clusterDnsAddress(given.cluster);
  const place = given.origin(pod);
  if (right === null || !nameservers.includes(right)) {
    const at = { object: place?.object ?? refOf(pod), path: [...(place?.prefix ?? []), 'spec', 'dnsPolicy'] };
    const fact = {
      code: 'name-server-not-cluster',
      client: senderName(given),
      policy: pod.spec.dnsPolicy,
      servers: nameservers,
      right,
    } as const;
    return cause(fact, {
      ...at,
      remedy: right === null ? null : remedyAt(given, at, pod.spec.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst'),
    });
  }
  const isAsked = lookupsOf(walk).includes(`${meant.full}.`);
  if (service === null || meant.wrongDomain || isAsked || !isAnswered(walk) || walk.target !== null) return null;
  const at = { object: place?.object ?? refOf(pod), path: [...(place?.prefix ?? []), 'spec', 'dnsConfig'] };
  return cause({ code: 'name-not-searched', name: host, full: meant.full, search }, at);
}

function lookupsOf({ steps }: SingleWalk): readonly string[] {
  const settled = steps.findLast((step): step is StepOf<'name-settled'> => step.kind === 'name-settled');
  return (settled?.lookups ?? []).map((name) => name.toLowerCase());
}

// The name server

function serverStages(given: Given, { call }: Ways & { readonly call: Call }): readonly Stage[] {
  const called = calledBy(given, call);
  if (called.kind !== 'service') return addressStages(given, { call, called, about: 'name-server' });
  const behind = behindService(given, called, { about: 'name-server', call });
  return [...serviceStages(behind), ...nodeStages(behind, call)];
}

// What the name should have been

function recordStages(given: Given, walk: SingleWalk): readonly Stage[] {
  const { host } = given.request;
  const meant = meantService(given, host);
  const about = 'name' as const;
  if (meant === null) {
    const ingress = ingressOfName(given, host);
    return ingress ?? [{ code: 'name-record', about, look: () => recorded(given, host, unknownOutside(given, walk)) }];
  }
  const service = serviceNamed(given, meant.namespace, meant.name);
  if (service === null || meant.wrongDomain)
    return [
      { code: 'service-exists', about: 'service', look: () => missing(given, meant) },
      ...beyond('service', ['service-port', 'endpoints', 'pods-selected', 'pods-ready', 'program-listens']),
    ];
  const behind = behindService(given, behindProxy(service, null), { about: 'service', call: null });
  const isHeadless = service.spec.clusterIPs === 'None';
  const record: Stage = { code: 'name-record', about, look: () => recorded(given, meant.full, withoutRecord(given, service, meant)) };
  const stages = serviceStages(behind);
  return isHeadless ? [...stages, record] : [...stages.slice(0, 1), record];
}

function recorded(given: Given, name: string, complaint: Cause): Look {
  return {
    fact: { code: 'name-record', name, service: name },
    command: lookUpCommand(given, `${name}.`),
    output: [`** server can't find ${name}`],
    complaint,
  };
}

function unknownOutside(given: Given, { outcome }: SingleWalk): Cause {
  const { host } = given.request;
  if (outcome.kind === 'unresolved' && outcome.rcode === 'SERVFAIL') return cause({ code: 'outside-unreachable', name: host });
  if (outcome.kind === 'unresolved' && outcome.rcode === 'NOERROR') return cause({ code: 'name-without-address', name: host });
  const hosts = given.cluster.ingresses.flatMap(({ spec }) => spec.rules.flatMap((rule) => rule.host ?? []));
  return cause({ code: 'name-unknown-outside', name: host, nearest: mostSimilar(host, hosts) });
}

/** The Service is there, and its name leads nowhere. */
function withoutRecord(given: Given, service: Service, { full }: MeantService): Cause {
  const label = labelOf(given, service.metadata);
  const at = { object: refOf(service), path: ['spec', 'externalName'] };
  if (service.spec.type === 'ExternalName')
    return cause({ code: 'external-name-unknown', service: label, target: service.spec.externalName ?? '' }, at);
  const question = { name: absoluteName(full), type: 'A' } as const;
  const known = Object.entries(given.wanted().nameServers).find(([, server]) => answer(server, question).answers.length > 0);
  if (known !== undefined) return cause({ code: 'coredns-behind', server: known[0], name: full }, podRef(known[0]));
  return cause({ code: 'name-without-address', name: full }, { object: refOf(service) });
}

function missing(given: Given, meant: MeantService): Look {
  const { name, namespace } = meant;
  return {
    fact: { code: 'service-exists', service: name, type: '', address: '' },
    command: kubectl(`get service -n ${namespace} ${name}`),
    output: [`Error from server (NotFound): services "${name}" not found`],
    complaint: missingService(given, meant),
  };
}

function missingService(given: Given, { name, namespace, full, wrongDomain }: MeantService): Cause {
  const { services } = given.cluster;
  const object = { kind: 'Service', namespace, name };
  if (wrongDomain) return cause({ code: 'name-wrong-domain', name: given.request.host, right: full });
  const refused = refusedObject(given, object);
  if (refused !== null) return refused;
  const elsewhere = services.flatMap(({ metadata }) => (metadata.name === name ? (metadata.namespace ?? []) : []));
  const known = namespacesOf(given);
  if (!known.includes(namespace)) {
    const nearest = mostSimilar(namespace, elsewhere.length > 0 ? elsewhere : known) ?? elsewhere[0] ?? null;
    return cause(
      { code: 'namespace-missing', name, namespace, nearest },
      { object: { kind: 'Namespace', namespace: null, name: namespace } },
    );
  }
  if (elsewhere.length > 0) {
    const there = full.replace(`${name}.${namespace}.`, `${name}.${elsewhere[0]}.`);
    return cause(
      { code: 'service-in-other-namespace', name, asked: namespace, namespaces: elsewhere, full: there },
      { object: { ...object, namespace: elsewhere[0] ?? null } },
    );
  }
  const here = services.flatMap(({ metadata }) => (metadata.namespace === namespace ? [metadata.name] : []));
  return cause({ code: 'service-missing', name, namespace, nearest: mostSimilar(name, here) }, { object });
}
