// The checks of a Service, in the order of a course: does it exist, has it the port, has it endpoints, do Pods bear its labels, are they
// ready. What lies behind these, on the nodes and on the way, is in `node-stages.ts`.

import type { RunningPod } from '../controlplane/cluster';
import { type NearPair, nearestLabels } from '../controlplane/service-advice';
import { allContainers, numberOf } from '../controlplane/target-port';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import { type Labels, refOf, selects } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import { formatRef } from '../kube/ref';
import type { Service } from '../kube/service';
import { family } from '../net/ip';
import { type EndpointBehind, endpointsBehind, podsBehind, selectorText, slicesOfService } from './behind';
import type { Call } from './call';
import type { CalledService } from './called';
import type { About, Cause } from './diagnosis';
import { type Given, labelOf } from './given';
import { firstLines, NOTHING, podLine, portLines, serviceLine, sliceLine } from './output';
import { podFault, remedyAt } from './pod-fault';
import { refusedBehind } from './refused';
import { cause, kubectl, type Look, type Stage } from './stage';

/** A Service that is called, and everything that its checks look at. */
export interface Behind {
  readonly given: Given;
  readonly about: About;
  readonly called: CalledService;
  /** null where no packet left: the name did not resolve. */
  readonly call: Call | null;
  readonly label: string;
  readonly endpoints: readonly EndpointBehind[];
  readonly pods: readonly RunningPod[];
}

export function behindService(given: Given, called: CalledService, { about, call }: { about: About; call: Call | null }): Behind {
  const { service, port } = called;
  return {
    given,
    about,
    called,
    call,
    label: labelOf(given, service.metadata),
    endpoints: endpointsBehind(given, service, { port, family: call === null ? null : family(call.asked.ip) }),
    pods: podsBehind(given, service),
  };
}

export function serviceStages(behind: Behind): readonly Stage[] {
  const { about, called } = behind;
  const { selector } = called.service.spec;
  return [
    { code: 'service-exists', about, look: () => existing(behind) },
    { code: 'service-port', about, look: () => ported(behind) },
    { code: 'endpoints', about, look: () => listed(behind) },
    ...(selector === null
      ? []
      : ([
          { code: 'pods-selected', about, look: () => selected(behind) },
          { code: 'pods-ready', about, look: () => ready(behind) },
        ] as const)),
  ];
}

function inNamespace({ metadata }: Service): string {
  return `-n ${metadata.namespace ?? 'default'}`;
}

function existing({ called: { service }, label }: Behind): Look {
  const { spec, metadata } = service;
  const address = spec.clusterIPs === 'None' ? 'None' : (spec.clusterIPs[0] ?? '');
  return {
    fact: { code: 'service-exists', service: label, type: spec.type, address },
    command: kubectl(`get service ${inNamespace(service)} ${metadata.name}`),
    output: [serviceLine(service)],
    complaint: null,
  };
}

function ported(behind: Behind): Look {
  const { called, label, call } = behind;
  const { service, port, entrance } = called;
  const asked = call === null ? '' : `${call.asked.port}/${call.protocol}`;
  const shown = entrance === 'node-port' ? port?.nodePort : port?.port;
  return {
    fact: {
      code: 'service-port',
      service: label,
      port: port === null ? asked : `${shown ?? port.port}/${port.protocol}`,
      target: String(port?.targetPort ?? ''),
      headless: entrance === 'headless',
    },
    command: kubectl(`describe service ${inNamespace(service)} ${service.metadata.name} | grep -i port`),
    output: firstLines(service.spec.ports.flatMap(portLines), 9),
    complaint: port === null && call !== null ? portMissing(behind, call) : null,
  };
}

function portMissing({ given, called: { service, ref }, label }: Behind, { asked, protocol }: Call): Cause {
  const { ports } = service.spec;
  if (protocol === 'ICMP') return cause({ code: 'service-not-pingable', service: label, address: asked.ip }, { object: ref });
  const index = ports.findIndex(({ port }) => port === asked.port);
  const other = ports[index];
  if (other !== undefined) {
    const at = { object: ref, path: ['spec', 'ports', index, 'protocol'] };
    const fact = { code: 'service-protocol-differs', service: label, port: asked.port, asked: protocol, has: other.protocol } as const;
    return cause(fact, { ...at, remedy: remedyAt(given, at, protocol) });
  }
  const [only] = ports;
  const at = { object: ref, path: ['spec', 'ports', 0, 'port'] };
  return cause(
    {
      code: 'service-port-missing',
      service: label,
      port: `${asked.port}/${protocol}`,
      ports: ports.map(({ port, protocol: of }) => `${port}/${of}`),
      isTarget: ports.some(({ targetPort }) => targetPort === asked.port),
    },
    { ...at, remedy: ports.length === 1 && only?.protocol === protocol ? remedyAt(given, at, asked.port) : null },
  );
}

function listed(behind: Behind): Look {
  const { given, called, label, endpoints } = behind;
  const { service } = called;
  const slices = slicesOfService(given, service);
  const ready = endpoints.filter(({ usable }) => usable).length;
  return {
    fact: { code: 'endpoints', service: label, ready },
    command: kubectl(`get endpointslices ${inNamespace(service)} -l kubernetes.io/service-name=${service.metadata.name}`),
    output: slices.length === 0 ? NOTHING : firstLines(slices.map(sliceLine)),
    complaint: ready > 0 ? null : emptiness(behind),
  };
}

/** Why there is no endpoint, as far as the Service and the slices tell; a symptom where the Pods have to be looked at. */
function emptiness(behind: Behind): Cause | 'symptom' {
  const { given, called, label, endpoints, pods, call } = behind;
  const { service, ref, port, index } = called;
  const others = endpointsBehind(given, service, { port, family: null }).filter(({ usable }) => usable);
  if (call !== null && others.length > 0) {
    const addresses = others.map(({ address }) => address.ip);
    return cause(
      { code: 'endpoints-other-family', service: label, asked: call.asked.ip, addresses },
      { object: ref, path: ['spec', 'ipFamilies'] },
    );
  }
  if (service.spec.selector === null) return unwritten(behind);
  const serving = pods.filter(({ status, metadata }) => status.ready && metadata.deletionTimestamp === null);
  if (serving.length === 0) return 'symptom';
  const nameless = port === null ? [] : serving.filter((pod) => numberOf(port, pod) === null);
  const [first] = nameless;
  if (port !== null && typeof port.targetPort === 'string' && first !== undefined) {
    const names = allContainers(first).flatMap((container) => container.ports.flatMap(({ name }) => name ?? []));
    const at = { object: ref, path: ['spec', 'ports', index, 'targetPort'] };
    const right = names.length === 1 ? (names[0] ?? null) : null;
    return cause(
      {
        code: 'target-port-name-missing',
        service: label,
        name: port.targetPort,
        pods: nameless.map(({ metadata }) => metadata.name),
        names,
      },
      { ...at, remedy: remedyAt(given, at, right) },
    );
  }
  return endpoints.length > 0
    ? 'symptom'
    : cause({ code: 'endpoints-behind', service: label, pods: serving.map(({ metadata }) => metadata.name) }, { object: ref });
}

function unwritten({ given, called, label, endpoints }: Behind): Cause {
  const { service, ref, port } = called;
  const [listed] = endpoints;
  if (listed !== undefined) {
    const addresses = endpoints.map(({ address }) => address.ip);
    return cause({ code: 'endpoints-not-ready', service: label, addresses }, { object: refOf(listed.slice) });
  }
  const slices = slicesOfService(given, service).filter((slice) => slice.endpoints.length > 0);
  const [first] = slices;
  if (first === undefined)
    return cause(
      { code: 'endpoints-not-written', service: label, nearest: strayEndpoints(given, service) },
      { object: ref, path: ['spec', 'selector'] },
    );
  const has = slices.flatMap(({ ports }) =>
    ports.map((one) => `${one.name === '' ? '' : `${one.name} `}${one.port ?? '*'}/${one.protocol}`),
  );
  const wanted = `${port?.name === null || port === null ? '' : `${port.name} `}${port?.protocol ?? ''}`.trim();
  return cause({ code: 'endpoint-port-differs', service: label, wanted, has }, { object: refOf(first), path: ['ports'] });
}

/** Endpoints written for a Service that does not exist, and whose name is much like this one's. */
function strayEndpoints({ cluster }: Given, { metadata }: Service): string | null {
  const here = cluster.services.filter((other) => other.metadata.namespace === metadata.namespace).map((other) => other.metadata.name);
  const written = [
    ...cluster.endpoints.map((one) => ({ space: one.metadata.namespace, name: one.metadata.name })),
    ...cluster.endpointSlices.map((one) => ({ space: one.metadata.namespace, name: one.metadata.labels[SERVICE_NAME_LABEL] ?? '' })),
  ].filter(({ space, name }) => space === metadata.namespace && !here.includes(name));
  return mostSimilar(
    metadata.name,
    written.map(({ name }) => name),
  );
}

function podCommand({ called: { service } }: Behind): string {
  return `get pods ${inNamespace(service)} -l ${selectorText(service.spec.selector ?? {})} -o wide`;
}

function selected(behind: Behind): Look {
  const { called, label, pods } = behind;
  const selector = called.service.spec.selector ?? {};
  return {
    fact: { code: 'pods-selected', service: label, selector: selectorText(selector), count: pods.length },
    command: kubectl(podCommand(behind)),
    output: pods.length === 0 ? NOTHING : firstLines(pods.map(podLine)),
    complaint: pods.length > 0 ? null : unmatched(behind),
  };
}

function unmatched({ given, called: { service, ref }, label }: Behind): Cause {
  const { cluster } = given;
  const selector = service.spec.selector ?? {};
  const makers = [...cluster.deployments, ...cluster.statefulSets, ...cluster.replicaSets, ...cluster.replicationControllers];
  const empty = makers.find(
    ({ metadata, spec }) => metadata.namespace === service.metadata.namespace && selects(selector, spec.template.metadata.labels),
  );
  if (empty !== undefined) {
    const at = { object: refOf(empty), path: ['spec', 'replicas'] };
    const fact = {
      code: 'workload-has-no-pods',
      service: label,
      workload: formatRef(refOf(empty)),
      replicas: empty.spec.replicas,
    } as const;
    return cause(fact, { ...at, remedy: empty.spec.replicas === 0 ? remedyAt(given, at, 1) : null });
  }
  const refused = refusedBehind(given, service);
  if (refused !== null) return refused;
  const neighbours = cluster.pods.filter(({ metadata }) => metadata.namespace === service.metadata.namespace);
  const nearest = nearestLabels(selector, neighbours)[0] ?? onlyOther(selector, neighbours);
  const elsewhere = cluster.pods.find(
    ({ metadata }) => metadata.namespace !== service.metadata.namespace && selects(selector, metadata.labels),
  );
  const key = (nearest?.wanted ?? '').split('=')[0] ?? '';
  const found = nearest?.found.startsWith(`${key}=`) === true ? nearest.found.slice(key.length + 1) : null;
  const at = { object: ref, path: nearest === null ? ['spec', 'selector'] : ['spec', 'selector', key] };
  return cause(
    {
      code: 'selector-matches-nothing',
      service: label,
      selector: selectorText(selector),
      nearest,
      elsewhere: elsewhere?.metadata.namespace ?? null,
    },
    { ...at, remedy: remedyAt(given, at, found) },
  );
}

/** The pair that all Pods with the selector's keys bear in place of the one that it says; null where that is not one and the same. */
function onlyOther(selector: Labels, pods: readonly RunningPod[]): NearPair | null {
  const near = pods.flatMap(({ metadata: { labels, name } }): readonly NearPair[] => {
    const missing = Object.entries(selector).filter(([key, value]) => labels[key] !== value);
    const [[key, value] = ['', '']] = missing;
    return missing.length === 1 && labels[key] !== undefined
      ? [{ wanted: `${key}=${value}`, found: `${key}=${labels[key]}`, pod: name }]
      : [];
  });
  const [first = null] = near;
  return first !== null && near.every(({ found }) => found === first.found) ? first : null;
}

function ready(behind: Behind): Look {
  const { given, called, label, pods, endpoints, about } = behind;
  const serving = pods.filter(({ status }) => status.ready).length;
  const part = about === 'name-server' ? 'name-server' : 'back-end';
  // Endpoints that are left are enough: who is not ready gets no requests.
  const faults = endpoints.some(({ usable }) => usable) ? [] : pods.flatMap((pod) => podFault(given, pod, { part, service: label }) ?? []);
  return {
    fact: { code: 'pods-ready', service: label, ready: serving, of: pods.length },
    command: kubectl(podCommand(behind)),
    output: pods.length === 0 ? NOTHING : firstLines(pods.map(podLine)),
    complaint: faults[0] ?? (endpoints.some(({ usable }) => usable) || serving === 0 ? null : behindSlices(behind, called)),
  };
}

/** The Pods are ready, the slices do not say so yet. */
function behindSlices({ pods, label }: Behind, { ref }: CalledService): Cause {
  return cause(
    { code: 'endpoints-behind', service: label, pods: pods.filter(({ status }) => status.ready).map(({ metadata }) => metadata.name) },
    { object: ref },
  );
}
