// Which kind has a description of its own.

import type { StoredObject } from '../../engine/index';
import { resourceOf } from '../kinds';
import type { Describer } from './common';
import { describeConfigMap, describeNamespace, describeSecret, describeServiceAccount } from './configuration';
import { describeGeneric } from './generic';
import { describeIngress, describeIngressClass } from './ingress';
import { describeCronJob, describeJob } from './jobs';
import { describeNetworkPolicy } from './network-policy';
import { describeNode } from './node';
import { describePod } from './pod';
import { describeEndpointSlice, describeEndpoints, describeService } from './service';
import { describeDaemonSet, describeDeployment, describeReplicaSet, describeReplicationController, describeStatefulSet } from './workloads';

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  Pod: describePod,
  Service: describeService,
  Endpoints: describeEndpoints,
  'EndpointSlice.discovery.k8s.io': describeEndpointSlice,
  'Deployment.apps': describeDeployment,
  'ReplicaSet.apps': describeReplicaSet,
  ReplicationController: describeReplicationController,
  'StatefulSet.apps': describeStatefulSet,
  'DaemonSet.apps': describeDaemonSet,
  'Job.batch': describeJob,
  'CronJob.batch': describeCronJob,
  'Ingress.networking.k8s.io': describeIngress,
  'IngressClass.networking.k8s.io': describeIngressClass,
  'NetworkPolicy.networking.k8s.io': describeNetworkPolicy,
  Node: describeNode,
  Namespace: describeNamespace,
  ConfigMap: describeConfigMap,
  Secret: describeSecret,
  ServiceAccount: describeServiceAccount,
};

export function describerOf(object: StoredObject): Describer {
  const { kind, group } = resourceOf(object);
  return DESCRIBERS[group === '' ? kind : `${kind}.${group}`] ?? describeGeneric;
}
