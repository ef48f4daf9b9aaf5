// The objects of a manifest by kind, each kind in order of the text, and the addresses that they fix.

import type { ConfigMap } from '../kube/config-map';
import type { CronJob } from '../kube/cron-job';
import type { DaemonSet } from '../kube/daemon-set';
import type { EndpointSlice, Endpoints } from '../kube/endpoints';
import type { Gateway, HttpRoute, ReferenceGrant } from '../kube/gateway';
import type { Ingress, IngressClass } from '../kube/ingress';
import type { Job } from '../kube/job';
import type { ApiObject, OtherObject } from '../kube/meta';
import type { Namespace } from '../kube/namespace';
import type { NetworkPolicy } from '../kube/network-policy';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import type { Service } from '../kube/service';
import type { ControllerRevision, StatefulSet } from '../kube/stateful-set';
import type { Deployment, ReplicaSet, ReplicationController } from '../kube/workload';
import { type Ip, parseIp } from '../net/ip';
import { clusterIPsOf } from './services';

export interface Inventory {
  readonly nodes: readonly Node[];
  readonly namespaces: readonly Namespace[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoints[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly deployments: readonly Deployment[];
  readonly replicaSets: readonly ReplicaSet[];
  readonly replicationControllers: readonly ReplicationController[];
  readonly statefulSets: readonly StatefulSet[];
  readonly daemonSets: readonly DaemonSet[];
  readonly controllerRevisions: readonly ControllerRevision[];
  readonly jobs: readonly Job[];
  readonly cronJobs: readonly CronJob[];
  readonly configMaps: readonly ConfigMap[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: readonly IngressClass[];
  readonly gateways: readonly Gateway[];
  readonly httpRoutes: readonly HttpRoute[];
  readonly referenceGrants: readonly ReferenceGrant[];
  readonly others: readonly OtherObject[];
}

export function inventory(objects: readonly ApiObject[]): Inventory {
  return {
    nodes: objects.filter((object) => object.kind === 'Node'),
    namespaces: objects.filter((object) => object.kind === 'Namespace'),
    pods: objects.filter((object) => object.kind === 'Pod'),
    services: objects.filter((object) => object.kind === 'Service'),
    endpoints: objects.filter((object) => object.kind === 'Endpoints'),
    endpointSlices: objects.filter((object) => object.kind === 'EndpointSlice'),
    deployments: objects.filter((object) => object.kind === 'Deployment'),
    replicaSets: objects.filter((object) => object.kind === 'ReplicaSet'),
    replicationControllers: objects.filter((object) => object.kind === 'ReplicationController'),
    statefulSets: objects.filter((object) => object.kind === 'StatefulSet'),
    daemonSets: objects.filter((object) => object.kind === 'DaemonSet'),
    controllerRevisions: objects.filter((object) => object.kind === 'ControllerRevision'),
    jobs: objects.filter((object) => object.kind === 'Job'),
    cronJobs: objects.filter((object) => object.kind === 'CronJob'),
    configMaps: objects.filter((object) => object.kind === 'ConfigMap'),
    networkPolicies: objects.filter((object) => object.kind === 'NetworkPolicy'),
    ingresses: objects.filter((object) => object.kind === 'Ingress'),
    ingressClasses: objects.filter((object) => object.kind === 'IngressClass'),
    gateways: objects.filter((object) => object.kind === 'Gateway'),
    httpRoutes: objects.filter((object) => object.kind === 'HTTPRoute'),
    referenceGrants: objects.filter((object) => object.kind === 'ReferenceGrant'),
    others: objects.filter((object) => object.kind === 'Other'),
  };
}

/** Every object that makes Pods which stay. */
export function templatesOf(text: Inventory): readonly (Deployment | ReplicaSet | ReplicationController | StatefulSet | DaemonSet)[] {
  return [...text.deployments, ...text.replicaSets, ...text.replicationControllers, ...text.statefulSets, ...text.daemonSets];
}

/** Every address that the text gives to something or speaks of. */
export function fixedAddresses(text: Inventory): ReadonlySet<Ip> {
  return new Set([
    ...text.nodes.flatMap(({ status }) => [...status.internalIPs, ...status.externalIPs]),
    ...text.pods.flatMap(({ status }) => status?.podIPs ?? []),
    ...text.services.flatMap(serviceAddresses),
    ...text.endpoints.flatMap(({ subsets }) =>
      subsets.flatMap(({ addresses, notReadyAddresses }) => [...addresses, ...notReadyAddresses].map(({ ip }) => ip)),
    ),
    ...text.endpointSlices.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ addresses }) => addresses.map(parseIp).filter((ip) => ip !== null)),
    ),
  ]);
}

/** The addresses that a Service answers on, of all sorts. */
export function serviceAddresses(service: Service): readonly Ip[] {
  const { spec, status } = service;
  const balancers = status.loadBalancer.map(({ ip }) => ip).filter((ip) => ip !== null);
  return [...clusterIPsOf(service), ...spec.externalIPs, ...balancers];
}
