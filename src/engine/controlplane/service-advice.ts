// Services that lead nowhere: no Pod matches, none is ready, nobody listens on the target port, nobody writes endpoints.
// One Service is told of the first of these that holds, since the later ones follow from it; each port is told for itself.

import type { PortText } from '../kube/advice';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Finding } from '../kube/finding';
import { type Labels, refOf, selects } from '../kube/meta';
import { editDistance } from '../kube/nearest';
import type { Service, ServicePort } from '../kube/service';
import { lacksEndpoints } from './absent';
import type { RunningPod } from './cluster';
import { isSelected } from './endpoint-slices';
import type { Listening } from './listening';
import type { Waiting } from './load-balancer';
import type { Reviewed } from './reviewed';
import { allContainers, numberOf } from './target-port';

export function adviseOnServices(reviewed: Reviewed): readonly Finding[] {
  return [...reviewed.text.services.flatMap((service) => adviseOnService(service, reviewed)), ...reviewed.waiting.map(pending)];
}

function pending({ service, reason, detail }: Waiting): Finding {
  const path = reason === 'class-unserved' ? ['spec', 'loadBalancerClass'] : ['spec', 'type'];
  return { object: refOf(service), path, severity: 'hint', code: 'load-balancer-pending', reason, detail };
}

function adviseOnService(service: Service, reviewed: Reviewed): readonly Finding[] {
  const { selector, type } = service.spec;
  if (type === 'ExternalName' || service.metadata.deletionTimestamp !== null || lacksEndpoints(service, reviewed.text)) return [];
  if (selector === null) return unwritten(service, reviewed);
  const pods = reviewed.cluster.pods.filter(
    (pod) => isSelected(pod, service) && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed',
  );
  if (pods.length === 0) return [unmatched(service, selector, reviewed.cluster.pods)];
  const names = pods.map(({ metadata }) => metadata.name);
  const about = { object: refOf(service), path: ['spec', 'selector'] };
  const unready: readonly Finding[] = pods.some(({ status }) => status.ready)
    ? []
    : [{ ...about, severity: 'warning', code: 'no-pod-ready', selector, pods: names }];
  return [...unready, ...service.spec.ports.flatMap((port, index) => adviseOnPort({ service, port, index }, pods, reviewed))];
}

function unwritten(service: Service, { cluster }: Reviewed): readonly Finding[] {
  const { namespace, name } = service.metadata;
  const isSliced = cluster.endpointSlices.some(
    ({ metadata }) => metadata.namespace === namespace && metadata.labels[SERVICE_NAME_LABEL] === name,
  );
  return isSliced ? [] : [{ object: refOf(service), path: ['spec'], severity: 'warning', code: 'nobody-writes-endpoints' }];
}

function unmatched(service: Service, selector: Labels, pods: readonly RunningPod[]): Finding {
  const { namespace } = service.metadata;
  const neighbours = pods.filter((pod) => pod.metadata.namespace === namespace);
  const elsewhere =
    pods.find((pod) => pod.metadata.namespace !== namespace && selects(selector, pod.metadata.labels))?.metadata.namespace ?? null;
  const about = { object: refOf(service), path: ['spec', 'selector'] };
  return {
    ...about,
    severity: 'warning',
    code: 'selector-matches-nothing',
    selector,
    nearest: nearestLabels(selector, neighbours),
    elsewhere,
  };
}

/** A pair of a selector that a Pod lacks, and the most similar one that it bears. */
export interface NearPair {
  readonly wanted: string;
  readonly found: string;
  readonly pod: string;
}

/** For the Pod that comes closest: each pair that it lacks, beside the most similar one that it has. */
export function nearestLabels(selector: Labels, pods: readonly RunningPod[]): readonly NearPair[] {
  const attempts = pods.map((pod) =>
    Object.entries(selector)
      .filter(([key, value]) => pod.metadata.labels[key] !== value)
      .map(([key, value]) => nearPair(`${key}=${value}`, pod)),
  );
  const complete = attempts
    .map((pairs) => pairs.filter((pair) => pair !== null))
    .filter((pairs, index) => pairs.length === attempts[index]?.length);
  const distance = (pairs: readonly NearPair[]): number => pairs.reduce((sum, { wanted, found }) => sum + editDistance(wanted, found), 0);
  return [...complete].sort((a, b) => distance(a) - distance(b))[0] ?? [];
}

/** A pair is near where fewer than half of the letters of its value, or of its key, would have to change. */
function nearPair(wanted: string, pod: RunningPod): NearPair | null {
  const [key = '', value = ''] = wanted.split('=');
  const near = Object.entries(pod.metadata.labels)
    .filter(([otherKey, otherValue]) => isNear(key, otherKey) && isNear(value, otherValue))
    .map(([otherKey, otherValue]) => `${otherKey}=${otherValue}`)
    .sort((a, b) => editDistance(wanted, a) - editDistance(wanted, b));
  return near[0] === undefined ? null : { wanted, found: near[0], pod: pod.metadata.name };
}

function isNear(a: string, b: string): boolean {
  return a === b || editDistance(a, b) * 2 < Math.max(a.length, b.length);
}

function adviseOnPort(
  at: { service: Service; port: ServicePort; index: number },
  pods: readonly RunningPod[],
  { programs }: Reviewed,
): readonly Finding[] {
  const { service, port, index } = at;
  const about = { object: refOf(service), path: ['spec', 'ports', index, 'targetPort'] };
  const nameless = pods.filter((pod) => numberOf(port, pod) === null);
  const [first] = nameless;
  if (first !== undefined && typeof port.targetPort === 'string') {
    const names = allContainers(first).flatMap((container) => container.ports.flatMap(({ name }) => name ?? []));
    return [
      {
        ...about,
        severity: 'warning',
        code: 'port-name-missing',
        name: port.targetPort,
        protocol: port.protocol,
        pods: nameless.map(({ metadata }) => metadata.name),
        names,
      },
    ];
  }
  const deaf = pods.filter(
    (pod) => pod.status.podIPs.length > 0 && isStarted(pod) && !programs(pod).some((program) => answers(program, port, pod)),
  );
  const [silent] = deaf;
  const number = silent === undefined ? null : numberOf(port, silent);
  if (silent === undefined || number === null) return [];
  const where = {
    port: `${number}/${port.protocol}` as const,
    pods: deaf.map(({ metadata }) => metadata.name),
    listening: programs(silent).map(portText),
  };
  return [{ ...about, severity: 'warning', code: 'nobody-listens', ...where }];
}

function isStarted({ status }: RunningPod): boolean {
  return status.ready || status.phase === 'Running';
}

function answers(program: Listening, port: ServicePort, pod: RunningPod): boolean {
  return program.protocol === port.protocol && program.port === numberOf(port, pod);
}

/** `3000/TCP`. */
export function portText({ port, protocol }: Pick<Listening, 'port' | 'protocol'>): PortText {
  return `${port}/${protocol}`;
}
