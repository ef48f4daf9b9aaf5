// The checks behind those of the Service: do its programs listen, do its traffic policies and source ranges let the call in, has the node
// its rules, do NetworkPolicies agree, does the packet arrive and its answer return, and what does the program say.

import { listening } from '../controlplane/listening';
import { allContainers } from '../controlplane/target-port';
import { refOf } from '../kube/meta';
import { contains, parseCidr } from '../net/cidr';
import { type EndpointBehind, slicesOfService } from './behind';
import { type Call, finalDestination, firstNode } from './call';
import type { Cause } from './diagnosis';
import { labelOf, portsOf, socketsOf, takes } from './given';
import { firstLines, sliceLine } from './output';
import { remedyAt } from './pod-fault';
import { policyStages } from './policy-stage';
import { ruled } from './rules-stage';
import type { Behind } from './service-stages';
import { cause, kubectl, type Look, type Stage } from './stage';
import { wayStage } from './way-stage';

export function nodeStages(behind: Behind, call: Call): readonly Stage[] {
  const { given, about, called } = behind;
  const node = firstNode(call, given.world);
  const field = localField(behind, call);
  const isProxied = called.entrance !== 'headless' && called.entrance !== 'behind-proxy';
  const isWalled = called.entrance === 'load-balancer' && called.service.spec.loadBalancerSourceRanges.length > 0;
  return [
    { code: 'program-listens', about, look: () => heard(behind, call) },
    ...(field === null ? [] : [{ code: 'traffic-policy', about, look: () => localOnly(behind, call, field) } as const]),
    ...(isWalled ? [{ code: 'source-ranges', about, look: () => fromRanges(behind, call) } as const] : []),
    ...(isProxied && node !== null ? [{ code: 'node-rules', about, look: () => ruled(behind, call, node) } as const] : []),
    ...policyStages(given, call, { about, servers: behind.endpoints.flatMap(({ pod }) => pod ?? []) }),
    wayStage(given, call, { about, reached: { service: behind.label, endpoints: behind.endpoints } }),
  ];
}

// Who listens

interface Heard {
  readonly endpoint: EndpointBehind;
  readonly listens: boolean;
}

/** Endpoints without a running namespace are the way's concern. */
function heardBy({ given, endpoints, called, call }: Behind): readonly Heard[] {
  const protocol = called.port?.protocol ?? 'TCP';
  return endpoints
    .filter(({ usable }) => usable)
    .flatMap((endpoint) => {
      const { pod, address } = endpoint;
      if (pod === null || !isUp(given.world.kernels, pod.metadata)) return [];
      const port = called.entrance === 'headless' && call !== null ? call.asked.port : address.port;
      return [{ endpoint, listens: socketsOf(given, pod).some((socket) => takes(socket, { protocol, port })) }];
    });
}

function isUp(kernels: Behind['given']['world']['kernels'], { namespace, name }: { namespace: string | null; name: string }): boolean {
  return kernels[`pod/${namespace}/${name}`] !== undefined;
}

function heard(behind: Behind, call: Call): Look {
  const { given, called } = behind;
  const all = heardBy(behind);
  const deaf = all.filter(({ listens }) => !listens);
  const to = finalDestination(call);
  const here =
    call.end?.kind === 'rejected' && call.end.reason === 'no-socket'
      ? deaf.find(({ endpoint }) => endpoint.address.ip === to.ip)
      : undefined;
  const [shown = all[0]] = here === undefined ? deaf : [here];
  const pod = shown?.endpoint.pod ?? null;
  const port = called.entrance === 'headless' ? call.asked.port : (shown?.endpoint.address.port ?? called.port?.port ?? call.asked.port);
  const isCertain = all.length > 0 && deaf.length === all.length;
  return {
    fact: {
      code: 'program-listens',
      port: `${port}/${called.port?.protocol ?? call.protocol}`,
      listening: all.length - deaf.length,
      of: all.length,
      where: pod === null ? '' : labelOf(given, pod.metadata),
    },
    command: pod === null ? null : kubectl(`exec -n ${pod.metadata.namespace} ${pod.metadata.name} -- ss -lntu`),
    output: pod === null ? [] : listeningLines(portsOf(socketsOf(given, pod))),
    complaint: shown !== undefined && (here !== undefined || isCertain) ? unheard(behind, call, { shown, all, deaf }) : null,
  };
}

/** `tcp LISTEN *:8080`. */
function listeningLines(ports: readonly string[]): readonly string[] {
  if (ports.length === 0) return ['Netid State Local Address:Port'];
  return ports.map((text) => {
    const [port, protocol = ''] = text.split('/');
    return `${protocol.toLowerCase()}   ${protocol === 'UDP' ? 'UNCONN' : 'LISTEN'}   *:${port}`;
  });
}

function unheard(
  behind: Behind,
  call: Call,
  { shown, all, deaf }: { readonly shown: Heard; readonly all: readonly Heard[]; readonly deaf: readonly Heard[] },
): Cause | null {
  const { given, called, label } = behind;
  const { pod, address, slice } = shown.endpoint;
  if (pod === null) return null;
  const { service, ref, index, entrance } = called;
  const protocol = called.port?.protocol ?? 'TCP';
  const has = portsOf(socketsOf(given, pod));
  const podLabel = labelOf(given, pod.metadata);
  const probed = allContainers(pod).some(({ readinessProbe }) => readinessProbe !== null);
  const port = entrance === 'headless' ? call.asked.port : address.port;
  const text = `${port}/${protocol}`;
  const place = given.origin(pod);
  const object = place?.object ?? refOf(pod);
  if (entrance === 'headless' && called.port?.port === port && has.includes(`${address.port}/${protocol}`))
    return cause(
      { code: 'headless-port', service: label, port, target: String(address.port) },
      { object: ref, path: ['spec', 'clusterIP'] },
    );
  if (listening(pod, given.cluster).some((program) => program.port === port && program.protocol === protocol))
    return cause(
      { code: 'program-not-up', pod: podLabel, port: text, probed },
      { object, path: [...(place?.prefix ?? []), 'spec', 'containers'] },
    );
  if (deaf.length < all.length) {
    const found = { service: label, pod: podLabel, port: text, listening: has, of: all.length, probability: call.failing, probed };
    return cause({ code: 'one-bad-pod', ...found }, { object, path: [...(place?.prefix ?? []), 'spec', 'containers', 0] });
  }
  const byHand = service.spec.selector === null;
  const at = byHand ? { object: refOf(slice), path: ['ports', 0, 'port'] } : { object: ref, path: ['spec', 'ports', index, 'targetPort'] };
  const fitting = has.filter((one) => one.endsWith(`/${protocol}`)).map((one) => Number.parseInt(one, 10));
  const pods = deaf.map(({ endpoint }) => endpoint.pod?.metadata.name ?? '');
  return cause(
    { code: 'nobody-listens', service: label, port: text, pods, listening: has },
    { ...at, remedy: fitting.length === 1 && !byHand ? remedyAt(given, at, fitting[0] ?? null) : null },
  );
}

// Traffic policies and source ranges

type LocalField = 'internalTrafficPolicy' | 'externalTrafficPolicy';

/** The policy that keeps the call to one node; null where none does. Clients inside are spared the external one. */
function localField({ given, called }: Behind, call: Call): LocalField | null {
  const { spec } = called.service;
  if (called.entrance === 'cluster-ip') return spec.internalTrafficPolicy === 'Local' ? 'internalTrafficPolicy' : null;
  if (called.entrance === 'headless' || called.entrance === 'behind-proxy') return null;
  const isInside = call.about !== 'service' || given.sender.kind !== 'outside';
  return !isInside && spec.externalTrafficPolicy === 'Local' ? 'externalTrafficPolicy' : null;
}

function localOnly({ given, called, label, endpoints }: Behind, call: Call, field: LocalField): Look {
  const node = firstNode(call, given.world) ?? '';
  const usable = endpoints.filter((endpoint) => endpoint.usable);
  const local = usable.filter((endpoint) => endpoint.node === node).length;
  const nodes = [...new Set(usable.flatMap((endpoint) => endpoint.node ?? []))].sort();
  const at = { object: called.ref, path: ['spec', field] };
  const { namespace, name } = called.service.metadata;
  return {
    fact: { code: 'traffic-policy', service: label, field, node, local },
    command: kubectl(`get service -n ${namespace} ${name} -o jsonpath='{.spec.${field}}'`),
    output: ['Local', ...firstLines(slicesOfService(given, called.service).map(sliceLine))],
    complaint:
      local > 0
        ? null
        : cause({ code: 'no-local-endpoint', service: label, field, node, nodes }, { ...at, remedy: remedyAt(given, at, 'Cluster') }),
  };
}

function fromRanges({ called, label }: Behind, { source }: Call): Look {
  const ranges = called.service.spec.loadBalancerSourceRanges;
  const client = source ?? '';
  const isAllowed =
    source !== null &&
    ranges.some((text) => {
      const range = parseCidr(text);
      return range !== null && contains(range, source);
    });
  const { namespace, name } = called.service.metadata;
  return {
    fact: { code: 'source-ranges', service: label, client, ranges },
    command: kubectl(`get service -n ${namespace} ${name} -o jsonpath='{.spec.loadBalancerSourceRanges}'`),
    output: [JSON.stringify(ranges)],
    complaint: isAllowed
      ? null
      : cause(
          { code: 'source-not-allowed', service: label, client, ranges },
          { object: called.ref, path: ['spec', 'loadBalancerSourceRanges'] },
        ),
  };
}
