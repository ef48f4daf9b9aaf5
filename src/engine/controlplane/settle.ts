// The control plane at rest: from the objects of a manifest to the cluster that they come to, once every controller has had its
// say. One step follows another as in life: nodes, Service addresses, workloads, scheduler, Pod addresses, probes, EndpointSlices.

import type { Finding } from '../kube/finding';
import type { Job } from '../kube/job';
import { type ApiObject, type ObjectMeta, refOf } from '../kube/meta';
import type { Pod } from '../kube/pod';
import { compareText, formatRef } from '../kube/ref';
import type { Service } from '../kube/service';
import type { Deployment, ReplicaSet } from '../kube/workload';
import type { Cidr } from '../net/cidr';
import type { Family, Ip } from '../net/ip';
import { advise } from './advice';
import type { Cluster, ClusterSettings, RunningPod } from './cluster';
import { DEFAULT_NODES, type Ground, missingNamespaces, missingParts, withKubeletLabels } from './defaults';
import { deploymentStatus } from './deployment-status';
import { writeSlices } from './endpoint-slices';
import { clusterFamilies } from './families';
import { addressedGateways } from './gateways';
import { handWritten } from './hand-written';
import { admitted } from './ingress';
import { missingController } from './ingress-controller';
import { fixedAddresses, type Inventory, inventory, serviceAddresses } from './inventory';
import { assignAddresses, assignPrivately } from './ipam';
import { COMPLETE, countedStatus, ended, isComplete } from './job-status';
import { listeningOnceStarted } from './listening';
import { balance } from './load-balancer';
import { completeNodes, DEFAULT_CLUSTER_RANGE, IPV6_CLUSTER_RANGE, withPrivateRanges } from './nodes';
import { controllerOf, isActive, isOwnedBy } from './ownership';
import { coveringPodRange, fallbackServiceRange, podRangeOf, recognisedServiceRange, serviceRangeOfSix, shownServiceRange } from './ranges';
import { started } from './readiness';
import { rolloutOf } from './rollout';
import { schedule } from './schedule';
import { allocate } from './services';
import { shownNodes } from './shown-nodes';
import { makeWorkloads, type Workloads } from './workloads';

export interface Settled {
  readonly cluster: Cluster;
  readonly findings: readonly Finding[];
}

/** The settled cluster, and what is odd about it. The objects come in order of the text, each name once. */
export function settle(objects: readonly ApiObject[], settings: ClusterSettings): Settled {
  const text = inventory(objects);
  const ground = lay(settings.conveniences ? { ...text, nodes: shownNodes(text) } : text, settings);
  const parts = settings.conveniences ? [...missingParts(text, ground), ...missingController(text, settings)] : [];
  const everything = [...objects.map((object) => (object.kind === 'Pod' ? withStatus(object, settings) : object)), ...parts];
  const all = inventory([...everything, ...missingNamespaces([...objects, ...parts])]);
  const allocated = allocate(all.services, serviceRanges(ground), ground.fixed);
  const { services, waiting } = balance(allocated, { settings, others: all.others, taken: ground.fixed });
  const workloads = makeWorkloads(everything, ground.nodes);
  const ours = offspring(parts, workloads);
  const placement = schedule(workloads.pods, ground.nodes, all.namespaces);
  const assign = settings.network === 'none' ? assignPrivately : assignAddresses;
  const addressed = assign(placement.pods, ground.nodes, {
    avoid: avoided(services, ours, ground.fixed),
    completes: ground.second !== null,
  });
  const byHand = handWritten(all, { services, pods: placement.pods });
  const around = { settings, services, endpointSlices: byHand };
  const pods = addressed.pods.map((pod) => ({ ...pod, status: started(pod, listeningOnceStarted(pod, around), ground.nodes) }));
  const cluster: Cluster = {
    settings,
    serviceCIDR: ground.serviceCIDR,
    clusterCIDR: ground.clusterCIDR,
    second: ground.second,
    nodes: sorted(ground.nodes),
    namespaces: sorted(all.namespaces),
    pods: sorted(pods),
    services: sorted(services),
    endpoints: sorted(all.endpoints),
    endpointSlices: sorted([...byHand, ...writeSlices(services, pods, ground.nodes)]),
    deployments: sorted(workloads.deployments.map((each) => reviewed(each, workloads.replicaSets, pods))),
    replicaSets: sorted(workloads.replicaSets),
    replicationControllers: sorted(all.replicationControllers),
    statefulSets: sorted(workloads.statefulSets),
    daemonSets: sorted(all.daemonSets),
    controllerRevisions: sorted(workloads.controllerRevisions),
    jobs: sorted(all.jobs.map((job) => atRest(job, pods))),
    cronJobs: sorted(all.cronJobs),
    configMaps: sorted(all.configMaps),
    networkPolicies: sorted(all.networkPolicies),
    ingresses: sorted(admitted(all.ingresses, all.ingressClasses)),
    ingressClasses: sorted(all.ingressClasses),
    gateways: sorted(addressedGateways(all.gateways, { services, settings })),
    httpRoutes: sorted(all.httpRoutes),
    referenceGrants: sorted(all.referenceGrants),
    others: sorted(all.others),
    added: addedKeys(objects, [...ground.nodes, ...all.namespaces], ours),
    unobserved: {},
  };
  return { cluster, findings: advise(text, { cluster, unplaced: placement.unplaced, exhausted: addressed.exhausted, waiting }) };
}

function serviceRanges({ serviceCIDR, second }: Laid): readonly Cidr[] {
  return second === null ? [serviceCIDR] : [serviceCIDR, second.serviceCIDR];
}

interface Laid extends Ground {
  readonly clusterCIDR: Cidr;
  readonly second: Cluster['second'];
  readonly families: readonly Family[];
}

function lay(text: Inventory, settings: ClusterSettings): Laid {
  const fixed = fixedAddresses(text);
  const hasNodes = text.nodes.length > 0;
  const written = hasNodes || !settings.conveniences ? text.nodes : DEFAULT_NODES;
  const labelled = settings.conveniences ? written.map(withKubeletLabels) : written;
  const { clusterCIDR, secondClusterCIDR, nodeRangeLength } = settings;
  const families = clusterFamilies(text, settings);
  const clusterCIDRs = [clusterCIDR, secondClusterCIDR].filter((range) => range !== null);
  const ranged = settings.network === 'none' ? withPrivateRanges(labelled, { clusterCIDRs, nodeRangeLength }) : labelled;
  const nodes = completeNodes(ranged, { fixed, clusterCIDRs, nodeRangeLength, families });
  const ground = { nodes, fixed, families };
  if (families[0] === 6) {
    const range = clusterCIDR ?? podRangeOf(nodes, 6) ?? IPV6_CLUSTER_RANGE;
    return { ...ground, serviceCIDR: settings.serviceCIDR ?? serviceRangeOfSix(text.services), clusterCIDR: range, second: null };
  }
  return {
    ...ground,
    serviceCIDR:
      settings.serviceCIDR ?? shownServiceRange(text.services) ?? recognisedServiceRange(text.services) ?? fallbackServiceRange(hasNodes),
    clusterCIDR: clusterCIDR ?? (hasNodes ? (podRangeOf(nodes, 4) ?? coveringPodRange(nodes)) : DEFAULT_CLUSTER_RANGE),
    second: families.includes(6)
      ? {
          serviceCIDR: serviceRangeOfSix(text.services),
          clusterCIDR: secondClusterCIDR ?? (hasNodes ? podRangeOf(nodes, 6) : null) ?? IPV6_CLUSTER_RANGE,
        }
      : null,
  };
}

/** What its controller says of a Deployment in the end. */
function reviewed(deployment: Deployment, replicaSets: readonly ReplicaSet[], pods: readonly RunningPod[]): Deployment {
  const own = replicaSets.filter((set) => isOwnedBy(set, deployment));
  return { ...deployment, status: deploymentStatus(rolloutOf(deployment, own, { pods }, null), null) };
}

/** A Job whose Pods have ended is over. */
function atRest(job: Job, pods: readonly Pod[]): Job {
  const counted = { ...job, status: countedStatus(job, pods) };
  const active = pods.filter((pod) => isOwnedBy(pod, job) && isActive(pod)).length;
  return isComplete(counted, active) ? ended(counted, COMPLETE, null) : counted;
}

/** Whether the cluster is the exact manifest: then a status counts as it stands. Else one that only fixes addresses leaves the rest to us. */
function withStatus(pod: Pod, settings: ClusterSettings): Pod {
  if (pod.status === null || pod.status.reported) return pod;
  if (pod.status.podIPs.length === 0) return { ...pod, status: null };
  return settings.conveniences ? pod : { ...pod, status: { ...pod.status, reported: true } };
}

/** A Pod may not take the address of a Service; a Pod that we added gives way to every address that the text speaks of. */
function avoided(services: readonly Service[], ours: ReadonlySet<string>, fixed: ReadonlySet<Ip>): (pod: Pod) => ReadonlySet<Ip> {
  const ofServices = new Set(services.flatMap(serviceAddresses));
  const everything = new Set([...ofServices, ...fixed]);
  return (pod) => (ours.has(keyOf(pod)) ? everything : ofServices);
}

/** What the controllers make of the objects that we added: their ReplicaSets, and the Pods of those. */
function offspring(parts: readonly ApiObject[], { replicaSets, pods }: Workloads): ReadonlySet<string> {
  const keys = new Set(parts.map(keyOf));
  for (const object of [...replicaSets, ...pods]) {
    const owner = controllerOf(object);
    if (owner !== null && keys.has(formatRef({ ...owner, namespace: object.metadata.namespace }))) keys.add(keyOf(object));
  }
  return keys;
}

function addedKeys(objects: readonly ApiObject[], clusterWide: readonly ApiObject[], ours: ReadonlySet<string>): readonly string[] {
  const written = new Set(objects.map(keyOf));
  const keys = new Set([...clusterWide.map(keyOf), ...ours]);
  return [...keys].filter((key) => !written.has(key)).sort(compareText);
}

function keyOf(object: ApiObject): string {
  return formatRef(refOf(object));
}

function sorted<Kind extends { readonly metadata: ObjectMeta }>(objects: readonly Kind[]): readonly Kind[] {
  return [...objects].sort(
    (a, b) => compareText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') || compareText(a.metadata.name, b.metadata.name),
  );
}
