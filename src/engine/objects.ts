// The settled cluster as the API server would answer: plain objects with metadata, spec and status. What was written is the ground;
// on it lies what the controllers, the scheduler and the kubelets decided. Left out: uid, resourceVersion, managedFields and every
// time, because the simulation has no clock; and defaults that play no part in the network.

import type { Built } from './built';
import type { RunningPod } from './controlplane/cluster';
import { type EndpointSlice, SERVICE_NAME_LABEL } from './kube/endpoints';
import { type ApiObject, type ObjectMeta, refOf } from './kube/meta';
import type { Node } from './kube/node';
import type { Container } from './kube/pod';
import { compareText, formatRef } from './kube/ref';
import type { Service } from './kube/service';
import type { Deployment, ReplicaSet } from './kube/workload';
import { formatCidr } from './net/cidr';

export type Json = string | number | boolean | null | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

/** An object as the API server stores it. */
export interface StoredObject {
  readonly kind: string;
  /** null for an object of the cluster as a whole. */
  readonly namespace: string | null;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly json: JsonMap;
}

/** Every object of the cluster, kind by kind, each kind by namespace and name. */
export function storedObjects(built: Built): readonly StoredObject[] {
  const { cluster } = built;
  return [
    ...cluster.nodes.map((node) => stored(built, node, 'v1', nodeParts(built, node))),
    ...cluster.namespaces.map((one) => stored(built, one, 'v1', { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } })),
    ...cluster.pods.map((pod) => stored(built, pod, 'v1', podParts(built, pod))),
    ...cluster.services.map((service) => stored(built, service, 'v1', serviceParts(built, service))),
    ...endpointsObjects(built),
    ...cluster.endpointSlices.map((slice) => stored(built, slice, 'discovery.k8s.io/v1', sliceParts(slice))),
    ...cluster.deployments.map((one) => stored(built, one, 'apps/v1', deploymentParts(built, one))),
    ...cluster.replicaSets.map((one) => stored(built, one, 'apps/v1', replicaSetParts(built, one))),
    ...cluster.replicationControllers.map((one) => stored(built, one, 'v1', {})),
    ...cluster.statefulSets.map((one) => stored(built, one, 'apps/v1', {})),
    ...cluster.daemonSets.map((one) => stored(built, one, 'apps/v1', {})),
    ...cluster.jobs.map((one) => stored(built, one, 'batch/v1', {})),
    ...cluster.cronJobs.map((one) => stored(built, one, 'batch/v1', {})),
    ...cluster.controllerRevisions.map((one) => stored(built, one, 'apps/v1', {})),
    ...cluster.configMaps.map((one) => stored(built, one, 'v1', { data: one.data })),
    ...cluster.networkPolicies.map((one) => stored(built, one, 'networking.k8s.io/v1', { spec: { policyTypes: one.spec.policyTypes } })),
    ...cluster.ingresses.map((one) => stored(built, one, 'networking.k8s.io/v1', ingressParts(one))),
    ...cluster.ingressClasses.map((one) => stored(built, one, 'networking.k8s.io/v1', {})),
    ...cluster.others.map((one) => stored(built, one, one.apiVersion, {})),
  ];
}

function stored(built: Built, object: ApiObject, apiVersion: string, parts: JsonMap): StoredObject {
  const { kind, namespace, name } = refOf(object);
  const written = writtenOf(built, object);
  const spec = { ...mapIn(written, 'spec'), ...mapIn(parts, 'spec') };
  const status = { ...mapIn(written, 'status'), ...mapIn(parts, 'status') };
  const metadata = metadataOf(object.metadata, mapIn(written, 'metadata'));
  return {
    kind,
    namespace,
    name,
    labels: object.metadata.labels,
    json: {
      ...written,
      ...parts,
      apiVersion,
      kind,
      metadata,
      ...(Object.keys(spec).length === 0 ? {} : { spec }),
      ...(Object.keys(status).length === 0 ? {} : { status }),
    },
  };
}

function metadataOf({ name, namespace, labels, annotations, ownerReferences }: ObjectMeta, written: JsonMap): JsonMap {
  return {
    ...written,
    name,
    ...(namespace === null ? {} : { namespace }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(ownerReferences.length === 0 || 'ownerReferences' in written
      ? {}
      : { ownerReferences: ownerReferences.map(({ kind, name: of, controller }) => ({ kind, name: of, controller })) }),
  };
}

function writtenOf(built: Built, object: ApiObject): JsonMap {
  return writtenAt(built, refOf(object));
}

function writtenAt(built: Built, ref: ReturnType<typeof refOf>): JsonMap {
  return jsonMap(built.written.get(formatRef(ref))?.value);
}

function nodeParts(built: Built, node: Node): JsonMap {
  const { podCIDRs, unschedulable, taints } = node.spec;
  const { internalIPs, externalIPs, ready } = node.status;
  const ranges = podCIDRs.map(formatCidr);
  const status = mapIn(writtenOf(built, node), 'status');
  return {
    spec: {
      ...(ranges[0] === undefined ? {} : { podCIDR: ranges[0], podCIDRs: ranges }),
      ...(unschedulable ? { unschedulable } : {}),
      ...(taints.length === 0 ? {} : { taints: taints.map(({ key, value, effect }) => ({ key, value, effect })) }),
    },
    status: {
      addresses: [
        ...internalIPs.map((address) => ({ type: 'InternalIP', address })),
        ...externalIPs.map((address) => ({ type: 'ExternalIP', address })),
        { type: 'Hostname', address: node.metadata.name },
      ],
      conditions: status.conditions ?? [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      nodeInfo: { kubeletVersion: 'v1.36.0', ...mapIn(status, 'nodeInfo') },
    },
  };
}

function podParts(built: Built, pod: RunningPod): JsonMap {
  const owner = pod.metadata.ownerReferences[0];
  const ref = owner === undefined ? null : { kind: owner.kind, namespace: pod.metadata.namespace, name: owner.name };
  const written = writtenOf(built, pod);
  const spec = 'spec' in written ? mapIn(written, 'spec') : ref === null ? {} : mapIn(templateOf(built, ref), 'spec');
  const status = mapIn(written, 'status');
  return {
    spec: {
      containers: pod.spec.containers.map(containerJson),
      dnsPolicy: pod.spec.dnsPolicy,
      restartPolicy: 'Always',
      ...spec,
      ...(pod.spec.nodeName === null ? {} : { nodeName: pod.spec.nodeName }),
    },
    status: podStatus(built, pod, status),
  };
}

/** The template that the controller's object was written with: a ReplicaSet that a Deployment made has the Deployment's. */
function templateOf(built: Built, ref: ReturnType<typeof refOf>): JsonMap {
  const written = mapIn(mapIn(writtenAt(built, ref), 'spec'), 'template');
  const set = built.cluster.replicaSets.find((one) => formatRef(refOf(one)) === formatRef(ref));
  const owner = set?.metadata.ownerReferences[0];
  if ('spec' in written || owner === undefined) return written;
  return mapIn(mapIn(writtenAt(built, { ...ref, kind: owner.kind, name: owner.name }), 'spec'), 'template');
}

function containerJson({ name, image, ports }: Container): JsonMap {
  const listed = ports.map(({ name: of, containerPort, protocol }) => ({ ...(of === null ? {} : { name: of }), containerPort, protocol }));
  return { name, image, ...(listed.length === 0 ? {} : { ports: listed }) };
}

function podStatus(built: Built, pod: RunningPod, written: JsonMap): JsonMap {
  const { phase, podIPs, ready } = pod.status;
  const host = built.cluster.nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName)?.status.internalIPs[0];
  const truth = (holds: boolean): string => (holds ? 'True' : 'False');
  return {
    phase,
    conditions: [
      { type: 'PodScheduled', status: truth(pod.spec.nodeName !== null) },
      { type: 'ContainersReady', status: truth(ready) },
      { type: 'Ready', status: truth(ready) },
    ],
    ...(pod.spec.nodeName === null ? {} : { containerStatuses: pod.spec.containers.map((container) => containerStatus(pod, container)) }),
    ...(host === undefined ? {} : { hostIP: host, hostIPs: [{ ip: host }] }),
    ...written,
    ...(podIPs[0] === undefined ? {} : { podIP: podIPs[0], podIPs: podIPs.map((ip) => ({ ip })) }),
  };
}

/** A container without a readiness probe is ready as soon as it runs (prober_manager.go, UpdatePodStatus). */
function containerStatus({ spec, status }: RunningPod, { name, image, readinessProbe }: Container): JsonMap {
  const probed = spec.containers.some((one) => one.readinessProbe !== null);
  const ready = status.ready || (status.phase === 'Running' && probed && readinessProbe === null);
  return { name, image, ready, restartCount: 0, started: status.phase === 'Running', state: containerState(status.phase) };
}

function containerState(phase: RunningPod['status']['phase']): JsonMap {
  if (phase === 'Pending') return { waiting: { reason: 'ContainerCreating' } };
  if (phase === 'Succeeded') return { terminated: { exitCode: 0, reason: 'Completed' } };
  if (phase === 'Failed') return { terminated: { exitCode: 1, reason: 'Error' } };
  return { running: {} };
}

function serviceParts(built: Built, service: Service): JsonMap {
  const { spec, status } = service;
  const clusterIPs = spec.clusterIPs === 'None' ? ['None'] : spec.clusterIPs;
  const external = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const written = mapIn(writtenOf(built, service), 'spec');
  return {
    spec: {
      ...written,
      ...(clusterIPs[0] === undefined ? {} : { clusterIP: clusterIPs[0], clusterIPs }),
      ...(external ? { externalTrafficPolicy: spec.externalTrafficPolicy } : {}),
      ...(spec.type === 'ExternalName'
        ? {}
        : {
            internalTrafficPolicy: spec.internalTrafficPolicy,
            ipFamilies: spec.ipFamilies.map((of) => `IPv${of}`),
            ipFamilyPolicy: spec.ipFamilyPolicy,
          }),
      ...(spec.ports.length === 0 ? {} : { ports: spec.ports.map(servicePort) }),
      ...(spec.selector === null ? {} : { selector: spec.selector }),
      sessionAffinity: spec.sessionAffinity.kind,
      type: spec.type,
    },
    status: { loadBalancer: loadBalancer(status.loadBalancer) },
  };
}

function servicePort({ name, port, protocol, targetPort, nodePort, appProtocol }: Service['spec']['ports'][number]): JsonMap {
  return {
    ...(appProtocol === null ? {} : { appProtocol }),
    ...(name === null ? {} : { name }),
    ...(nodePort === null ? {} : { nodePort }),
    port,
    protocol,
    targetPort,
  };
}

function loadBalancer(points: Service['status']['loadBalancer']): JsonMap {
  if (points.length === 0) return {};
  return {
    ingress: points.map(({ ip, hostname, ipMode }) => ({
      ...(hostname === null ? {} : { hostname }),
      ...(ip === null ? {} : { ip, ipMode }),
    })),
  };
}

function ingressParts({ spec, status }: Extract<ApiObject, { kind: 'Ingress' }>): JsonMap {
  return {
    ...(spec.className === null ? {} : { spec: { ingressClassName: spec.className } }),
    status: { loadBalancer: loadBalancer(status.loadBalancer) },
  };
}

function sliceParts({ addressType, endpoints, ports }: EndpointSlice): JsonMap {
  return {
    addressType,
    endpoints: endpoints.map(({ addresses, conditions, hostname, nodeName, zone, targetRef }) => ({
      addresses,
      conditions: { ready: conditions.ready, serving: conditions.serving, terminating: conditions.terminating },
      ...(hostname === null ? {} : { hostname }),
      ...(nodeName === null ? {} : { nodeName }),
      ...(targetRef === null ? {} : { targetRef: { kind: targetRef.kind, name: targetRef.name, namespace: targetRef.namespace } }),
      ...(zone === null ? {} : { zone }),
    })),
    ports: ports.map(({ name, port, protocol }) => ({ name, ...(port === null ? {} : { port }), protocol })),
  };
}

/**
 * Those that somebody wrote, those that the endpoints controller keeps for each Service with a selector, of its first family only,
 * and the API server's own, which stand beside its slice (reconcilers/endpointsadapter.go).
 */
function endpointsObjects(built: Built): readonly StoredObject[] {
  const { endpoints, services } = built.cluster;
  const names = new Set(endpoints.map((one) => formatRef(refOf(one))));
  const made = services
    .filter((service) => service.spec.type !== 'ExternalName' && (service.spec.selector !== null || isOfTheServer(built, service)))
    .map((service) => madeEndpoints(built, service))
    .filter((one) => !names.has(formatRef(one)));
  return [...endpoints.map((one) => stored(built, one, 'v1', { subsets: one.subsets.map(subsetJson) })), ...made].sort(
    (a, b) => compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name),
  );
}

function isOfTheServer({ cluster }: Built, { metadata }: Service): boolean {
  return cluster.added.includes(formatRef({ kind: 'EndpointSlice', namespace: metadata.namespace, name: metadata.name }));
}

function subsetJson({ addresses, notReadyAddresses, ports }: Extract<ApiObject, { kind: 'Endpoints' }>['subsets'][number]): JsonMap {
  const ips = (of: typeof addresses) => of.map(({ ip, nodeName }) => ({ ip, ...(nodeName === null ? {} : { nodeName }) }));
  return {
    ...(addresses.length === 0 ? {} : { addresses: ips(addresses) }),
    ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses: ips(notReadyAddresses) }),
    ports: ports.map(({ name, port, protocol }) => ({ ...(name === '' ? {} : { name }), ...(port === null ? {} : { port }), protocol })),
  };
}

function madeEndpoints({ cluster }: Built, { metadata, spec }: Service): StoredObject {
  const { name, namespace, labels } = metadata;
  const slices = cluster.endpointSlices.filter(
    (slice) =>
      slice.metadata.namespace === namespace &&
      slice.metadata.labels[SERVICE_NAME_LABEL] === name &&
      slice.addressType === `IPv${spec.ipFamilies[0] ?? 4}`,
  );
  const subsets = slices.filter((slice) => slice.endpoints.length > 0).map(subsetOf);
  const json = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, ...(namespace === null ? {} : { namespace }), ...(Object.keys(labels).length === 0 ? {} : { labels }) },
    ...(subsets.length === 0 ? {} : { subsets }),
  };
  return { kind: 'Endpoints', namespace, name, labels, json };
}

function subsetOf({ endpoints, ports }: EndpointSlice): JsonMap {
  const ips = (ready: boolean) =>
    endpoints
      .filter(({ conditions }) => conditions.ready === ready)
      .flatMap(({ addresses, nodeName }) => addresses.map((ip) => ({ ip, ...(nodeName === null ? {} : { nodeName }) })))
      .sort((a, b) => compareText(a.ip, b.ip));
  const [addresses, notReadyAddresses] = [ips(true), ips(false)];
  return {
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses }),
    ...(ports.length === 0
      ? {}
      : {
          ports: ports.map(({ name, port, protocol }) => ({
            ...(name === '' ? {} : { name }),
            ...(port === null ? {} : { port }),
            protocol,
          })),
        }),
  };
}

function ownedBy<Owned extends RunningPod | ReplicaSet>(owner: Deployment | ReplicaSet, owned: readonly Owned[]): readonly Owned[] {
  return owned.filter(
    ({ metadata }) =>
      metadata.namespace === owner.metadata.namespace &&
      metadata.ownerReferences.some(({ kind, name }) => kind === owner.kind && name === owner.metadata.name),
  );
}

const REVISION = 'deployment.kubernetes.io/revision';

function deploymentParts({ cluster }: Built, deployment: Deployment): JsonMap {
  const sets = ownedBy(deployment, cluster.replicaSets);
  const revision = (set: ReplicaSet) => Number(set.metadata.annotations[REVISION] ?? 0);
  const newest = [...sets].sort((a, b) => revision(b) - revision(a))[0];
  const pods = sets.flatMap((set) => ownedBy(set, cluster.pods));
  const ready = pods.filter(({ status }) => status.ready).length;
  const unavailable = Math.max(0, deployment.spec.replicas - ready);
  return {
    spec: { replicas: deployment.spec.replicas },
    status: {
      ...counts({ replicas: pods.length, updatedReplicas: newest === undefined ? 0 : ownedBy(newest, cluster.pods).length }),
      ...counts({ readyReplicas: ready, availableReplicas: ready, unavailableReplicas: unavailable }),
    },
  };
}

/** A count of none is left out (omitempty). */
function counts(all: Readonly<Record<string, number>>): JsonMap {
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
}

function replicaSetParts(built: Built, set: ReplicaSet): JsonMap {
  const pods = ownedBy(set, built.cluster.pods);
  const ready = pods.filter(({ status }) => status.ready).length;
  const { matchLabels, matchExpressions } = set.spec.selector;
  const expressions = matchExpressions.map(({ key, operator, values }) => ({ key, operator, ...(values.length === 0 ? {} : { values }) }));
  const { labels } = set.spec.template.metadata;
  const template = templateOf(built, refOf(set));
  const containers = set.spec.template.spec.containers.map(containerJson);
  return {
    spec: {
      replicas: set.spec.replicas,
      selector: { ...(expressions.length === 0 ? {} : { matchExpressions: expressions }), matchLabels },
      template: { metadata: { ...mapIn(template, 'metadata'), labels }, spec: { containers, ...mapIn(template, 'spec') } },
    },
    status: { replicas: pods.length, ...counts({ readyReplicas: ready, availableReplicas: ready }) },
  };
}

function mapIn(parent: JsonMap, key: string): JsonMap {
  return jsonMap(parent[key]);
}

/** A map of plain values; empty for anything else. A null in it is the same as absent. */
function jsonMap(value: unknown): JsonMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, jsonOf(one)]),
  );
}

function jsonOf(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  return value === null || value === undefined ? null : jsonMap(value);
}
