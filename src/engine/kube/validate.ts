// One object through the API server: decoded strictly, allocated, validated. Where one stage refuses, the later ones do not speak.

import type { Allocations } from './allocation';
import { type Fault, fault } from './field-error';
import { isPresent, map, type Raw, text } from './fields';
import { isServed, kindsOf, versionsOf } from './kinds';
import { nearest } from './nearest';
import { shapeFaults } from './schema';
import { configMapFaults } from './validate-config-map';
import { endpointSliceFaults, endpointsFaults } from './validate-endpoints';
import { ingressClassFaults, ingressFaults } from './validate-ingress';
import { metaFaults } from './validate-meta';
import { networkPolicyFaults } from './validate-network-policy';
import { nodeFaults } from './validate-node';
import { podFaults } from './validate-pod';
import { serviceFaults } from './validate-service';
import { cronJobFaults, jobFaults, replicationControllerFaults, workloadFaults } from './validate-workload';

/** Everything that the API server finds wrong with the object. `owner` names it in what it takes from `allocations`. */
export function objectFaults(raw: Raw, { allocations, owner }: { allocations: Allocations; owner: string }): readonly Fault[] {
  const [apiVersion, kind] = [text(raw.apiVersion), text(raw.kind)];
  const missing = [
    ...(apiVersion === null ? [unnamed(raw.apiVersion, 'apiVersion')] : []),
    ...(kind === null ? [unnamed(raw.kind, 'kind')] : []),
  ];
  if (apiVersion === null || kind === null) return missing;
  if (!isServed(apiVersion, kind)) return [unknownKind(apiVersion, kind)];
  const shape = shapeFaults(apiVersion, kind, raw);
  if (shape.length > 0) return shape;
  const refused = kind === 'Service' && apiVersion === 'v1' ? allocations.take(raw, owner) : [];
  return refused.length > 0 ? refused : [...metaFaults(raw), ...kindFaults(`${apiVersion} ${kind}`, raw)];
}

function unnamed(value: unknown, field: string): Fault {
  return isPresent(value) && typeof value !== 'string' ? fault([field], 'wrong-type', value, ['string']) : fault([field], 'missing');
}

function unknownKind(apiVersion: string, kind: string): Fault {
  const elsewhere = versionsOf(kind).map((version) => `${version} ${kind}`);
  const similar = nearest(kind, kindsOf(apiVersion)).map((name) => `${apiVersion} ${name}`);
  return fault(['kind'], 'unknown-kind', `${apiVersion} ${kind}`, elsewhere.length > 0 ? elsewhere : similar);
}

function kindFaults(gvk: string, raw: Raw): readonly Fault[] {
  switch (gvk) {
    case 'v1 Service':
      return serviceFaults(raw);
    case 'v1 Pod':
      return podFaults(raw);
    case 'v1 Node':
      return nodeFaults(raw);
    case 'v1 ConfigMap':
      return configMapFaults(raw);
    case 'v1 Endpoints':
      return endpointsFaults(raw);
    case 'discovery.k8s.io/v1 EndpointSlice':
      return endpointSliceFaults(raw);
    case 'apps/v1 Deployment':
    case 'apps/v1 ReplicaSet':
    case 'apps/v1 StatefulSet':
    case 'apps/v1 DaemonSet':
      return workloadFaults(raw);
    case 'v1 ReplicationController':
      return replicationControllerFaults(raw);
    case 'batch/v1 Job':
      return jobFaults(map(raw.spec), ['spec']);
    case 'batch/v1 CronJob':
      return cronJobFaults(raw);
    case 'networking.k8s.io/v1 Ingress':
      return ingressFaults(raw);
    case 'networking.k8s.io/v1 IngressClass':
      return ingressClassFaults(raw);
    case 'networking.k8s.io/v1 NetworkPolicy':
      return networkPolicyFaults(raw);
    default:
      return [];
  }
}
