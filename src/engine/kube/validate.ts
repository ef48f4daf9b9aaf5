// One object through the API server: decoded strictly, allocated, validated. Where one stage refuses, the later ones do not speak.

import type { Allocations } from './allocation';
import { type Fault, fault } from './field-error';
import { map, type Raw, text } from './fields';
import { isServed, kindsOf, versionsOf } from './kinds';
import { nearest } from './nearest';
import { shapeFaults } from './schema';
import { endpointSliceFaults, endpointsFaults } from './validate-endpoints';
import { ingressFaults } from './validate-ingress';
import { metaFaults } from './validate-meta';
import { networkPolicyFaults } from './validate-network-policy';
import { podFaults } from './validate-pod';
import { serviceFaults } from './validate-service';
import { cronJobFaults, jobFaults, replicationControllerFaults, workloadFaults } from './validate-workload';

/** Everything that the API server finds wrong with the object. `owner` names it in what it takes from `allocations`. */
export function objectFaults(raw: Raw, { allocations, owner }: { allocations: Allocations; owner: string }): readonly Fault[] {
  const [apiVersion, kind] = [text(raw.apiVersion), text(raw.kind)];
  const missing = [
    ...(apiVersion === null ? [fault(['apiVersion'], 'missing')] : []),
    ...(kind === null ? [fault(['kind'], 'missing')] : []),
  ];
  if (apiVersion === null || kind === null) return missing;
  if (!isServed(apiVersion, kind)) return [unknownKind(apiVersion, kind)];
  const shape = shapeFaults(apiVersion, kind, raw);
  if (shape.length > 0) return shape;
  const refused = kind === 'Service' && apiVersion === 'v1' ? allocations.take(raw, owner) : [];
  return refused.length > 0 ? refused : [...metaFaults(raw), ...kindFaults(`${apiVersion} ${kind}`, raw)];
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
    case 'networking.k8s.io/v1 NetworkPolicy':
      return networkPolicyFaults(raw);
    default:
      return [];
  }
}
