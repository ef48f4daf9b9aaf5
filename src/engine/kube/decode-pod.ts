// A Pod and its parts, with the defaults that the API server fills in (SetDefaults_Pod, SetDefaults_Probe; k8s.io/kubernetes/pkg/apis/core/v1/defaults.go).

import { type Ip, parseIp } from '../net/ip';
import { decodeAffinity, decodeSpreadConstraint } from './decode-affinity';
import { decodeContainerStatus } from './decode-container-status';
import { decodeMeta } from './decode-meta';
import { isPresent, labels, list, map, type Raw, text, texts, truth, whole, word } from './fields';
import type {
  Container,
  ContainerPort,
  LifecycleHook,
  Pod,
  PodSpec,
  PodStatus,
  Probe,
  PullPolicy,
  ServiceProtocol,
  Toleration,
} from './pod';
import { decodeVariableSources, decodeVolumes } from './pod-source';
import type { PodTemplate } from './workload';

export const PROTOCOLS: readonly ServiceProtocol[] = ['TCP', 'UDP', 'SCTP'];

export function decodePod(raw: Raw): Pod {
  return {
    kind: 'Pod',
    metadata: decodeMeta(raw, true),
    spec: decodePodSpec(map(raw.spec)),
    status: isPresent(raw.status) ? decodePodStatus(map(raw.status)) : null,
  };
}

export function decodeTemplate(value: unknown): PodTemplate {
  const template = map(value);
  const meta = map(template.metadata);
  return {
    metadata: { labels: labels(meta.labels), annotations: labels(meta.annotations) },
    spec: decodePodSpec(map(template.spec)),
    written: template,
  };
}

export function decodePodSpec(spec: Raw): PodSpec {
  return {
    containers: list(spec.containers).map((container) => decodeContainer(map(container))),
    initContainers: list(spec.initContainers).map((container) => decodeContainer(map(container))),
    volumes: decodeVolumes(spec),
    nodeName: text(spec.nodeName),
    nodeSelector: labels(spec.nodeSelector),
    tolerations: list(spec.tolerations).map((toleration) => decodeToleration(map(toleration))),
    affinity: decodeAffinity(map(spec.affinity)),
    topologySpreadConstraints: list(spec.topologySpreadConstraints).map((one) => decodeSpreadConstraint(map(one))),
    hostNetwork: truth(spec.hostNetwork, false),
    hostname: text(spec.hostname),
    subdomain: text(spec.subdomain),
    dnsPolicy: word(spec.dnsPolicy, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'], 'ClusterFirst'),
    dnsConfig: isPresent(spec.dnsConfig) ? decodeDnsConfig(map(spec.dnsConfig)) : null,
    hostAliases: list(spec.hostAliases).flatMap((alias) => decodeHostAlias(map(alias))),
    enableServiceLinks: truth(spec.enableServiceLinks, true),
    restartPolicy: word(spec.restartPolicy, ['Always', 'OnFailure', 'Never'], 'Always'),
    terminationGracePeriodSeconds: whole(spec.terminationGracePeriodSeconds) ?? 30,
    readinessGates: list(spec.readinessGates).flatMap((gate) => text(map(gate).conditionType) ?? []),
  };
}

function decodeHostAlias({ ip, hostnames }: Raw): PodSpec['hostAliases'] {
  const address = parseIp(text(ip) ?? '');
  return address === null ? [] : [{ ip: address, hostnames: texts(hostnames) }];
}

function decodeDnsConfig(config: Raw): NonNullable<PodSpec['dnsConfig']> {
  return {
    nameservers: texts(config.nameservers),
    searches: texts(config.searches),
    options: list(config.options).map((option) => ({ name: text(map(option).name) ?? '', value: text(map(option).value) })),
  };
}

function decodeToleration({ key, operator, value, effect, tolerationSeconds }: Raw): Toleration {
  return {
    key: text(key) ?? '',
    operator: word(operator, ['Equal', 'Exists'], 'Equal'),
    value: text(value) ?? '',
    effect: text(effect) ?? '',
    tolerationSeconds: whole(tolerationSeconds),
  };
}

export function decodeContainer(container: Raw): Container {
  const resources = map(container.resources);
  // A limit without a request is a request as well (SetDefaults_Pod).
  const requests = { ...map(resources.limits), ...map(resources.requests) };
  return {
    name: text(container.name) ?? '',
    image: text(container.image) ?? '',
    imagePullPolicy: word(container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never'], usualPullPolicy(text(container.image) ?? '')),
    ports: list(container.ports).map((port) => decodePort(map(port))),
    readinessProbe: decodeProbe(container.readinessProbe),
    livenessProbe: decodeProbe(container.livenessProbe),
    startupProbe: decodeProbe(container.startupProbe),
    restartPolicy: container.restartPolicy === 'Always' ? 'Always' : null,
    command: texts(container.command),
    args: texts(container.args),
    stdin: truth(container.stdin, false),
    env: list(container.env).map((one) => ({ name: text(map(one).name) ?? '', value: text(map(one).value) ?? '' })),
    sources: decodeVariableSources(container),
    postStart: decodeHook(map(container.lifecycle).postStart),
    preStop: decodeHook(map(container.lifecycle).preStop),
    resources: { cpuRequest: quantity(requests.cpu), memoryRequest: quantity(requests.memory), hasLimits: isPresent(resources.limits) },
  };
}

/** `Always` for the tag `latest`, also where it is left out (SetDefaults_Container). */
export function usualPullPolicy(image: string): PullPolicy {
  const last = image.slice(image.lastIndexOf('/') + 1);
  return !last.includes('@') && (!last.includes(':') || last.endsWith(':latest')) ? 'Always' : 'IfNotPresent';
}

function quantity(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : text(value);
}

function decodePort(port: Raw): ContainerPort {
  return {
    name: text(port.name),
    containerPort: whole(port.containerPort) ?? 0,
    protocol: word(port.protocol, PROTOCOLS, 'TCP'),
    hostPort: whole(port.hostPort) || null,
    hostIP: parseIp(text(port.hostIP) ?? ''),
  };
}

function decodeProbe(value: unknown): Probe | null {
  if (!isPresent(value)) return null;
  const probe = map(value);
  return {
    action: decodeAction(probe),
    initialDelaySeconds: whole(probe.initialDelaySeconds) ?? 0,
    periodSeconds: whole(probe.periodSeconds) || 10,
    timeoutSeconds: whole(probe.timeoutSeconds) || 1,
    successThreshold: whole(probe.successThreshold) || 1,
    failureThreshold: whole(probe.failureThreshold) || 3,
  };
}

function decodeHook(value: unknown): LifecycleHook | null {
  const hook = map(value);
  const http = map(hook.httpGet);
  if (isPresent(hook.sleep)) return { kind: 'sleep', seconds: whole(map(hook.sleep).seconds) ?? 0 };
  if (isPresent(hook.httpGet)) return { kind: 'http', path: text(http.path) ?? '/', port: portOf(http.port) };
  return isPresent(hook.exec) ? { kind: 'exec', command: texts(map(hook.exec).command) } : null;
}

function decodeAction(probe: Raw): Probe['action'] {
  const http = map(probe.httpGet);
  if (isPresent(probe.httpGet)) {
    const scheme = word(http.scheme, ['HTTP', 'HTTPS'], 'HTTP');
    return { kind: 'http', scheme, path: text(http.path) ?? '/', port: portOf(http.port) };
  }
  if (isPresent(probe.tcpSocket)) return { kind: 'tcp', port: portOf(map(probe.tcpSocket).port) };
  if (isPresent(probe.grpc)) return { kind: 'grpc', port: portOf(map(probe.grpc).port) };
  return { kind: 'exec', command: texts(map(probe.exec).command) };
}

function portOf(value: unknown): number | string {
  return whole(value) ?? text(value) ?? 0;
}

/** The kubelet's and the scheduler's; every other one may be a readiness gate. */
const OWN_CONDITIONS = ['Ready', 'ContainersReady', 'Initialized', 'PodScheduled', 'PodReadyToStartContainers', 'DisruptionTarget'];

/** A status that states no phase and no condition fixes addresses only: the rest is for the control plane to find out. */
function decodePodStatus(status: Raw): PodStatus {
  const listed = list(status.podIPs).flatMap((entry) => parseIp(text(map(entry).ip) ?? '') ?? []);
  const single = parseIp(text(status.podIP) ?? '');
  const podIPs: readonly Ip[] = single === null || listed.includes(single) ? listed : [single, ...listed];
  const ready = list(status.conditions)
    .map(map)
    .find(({ type }) => type === 'Ready');
  const hostIP = parseIp(text(status.hostIP) ?? '');
  return {
    ...(hostIP === null ? {} : { hostIP }),
    phase: word(status.phase, ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'], podIPs.length > 0 ? 'Running' : 'Pending'),
    podIPs,
    reason: text(status.reason),
    containers: [...list(status.initContainerStatuses), ...list(status.containerStatuses)].map((one) => decodeContainerStatus(map(one))),
    gates: list(status.conditions)
      .map(map)
      .flatMap(({ type, status: state }) => (state === 'True' && !OWN_CONDITIONS.includes(text(type) ?? '') ? (text(type) ?? []) : [])),
    ready: ready?.status === 'True',
    readySince: ready?.status === 'True' ? text(ready.lastTransitionTime) : null,
    reported: isPresent(status.phase) || list(status.conditions).length > 0,
  };
}
