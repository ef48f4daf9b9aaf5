// Raw objects as typed ones. A kind that plays no part in the network is kept as it is.

import { parseCidr } from '../net/cidr';
import { parseIp } from '../net/ip';
import { decodeEndpointSlice, decodeEndpoints } from './decode-endpoints';
import { decodeGateway, decodeHttpRoute, decodeReferenceGrant } from './decode-gateway';
import { decodeIngress, decodeIngressClass } from './decode-ingress';
import { decodeMeta } from './decode-meta';
import { decodeNetworkPolicy } from './decode-network-policy';
import { decodePod } from './decode-pod';
import { decodeService } from './decode-service';
import {
  decodeControllerRevision,
  decodeCronJob,
  decodeDaemonSet,
  decodeDeployment,
  decodeJob,
  decodeReplicaSet,
  decodeReplicationController,
  decodeStatefulSet,
} from './decode-workload';
import { labels, list, map, type Raw, text, texts, truth, word } from './fields';
import type { ApiObject, ObjectMeta, OtherObject } from './meta';
import type { Node } from './node';
import { parseMillis, parseQuantity } from './quantity';

/** Kinds without a namespace: those of Kubernetes, of the Gateway API, and what the networks bring along. */
export const CLUSTER_WIDE: readonly string[] = [
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'GatewayClass',
  'IPAddress',
  'IPAddressPool',
  'IPPool',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
];

export function decode(raw: Raw): ApiObject {
  switch (`${text(raw.apiVersion)} ${text(raw.kind)}`) {
    case 'v1 Node':
      return decodeNode(raw);
    case 'v1 Namespace':
      return { kind: 'Namespace', metadata: namedNamespace(decodeMeta(raw, false)) };
    case 'v1 Pod':
      return decodePod(raw);
    case 'v1 Service':
      return decodeService(raw);
    case 'v1 Endpoints':
      return decodeEndpoints(raw);
    case 'discovery.k8s.io/v1 EndpointSlice':
      return decodeEndpointSlice(raw);
    case 'v1 ConfigMap':
      return { kind: 'ConfigMap', metadata: decodeMeta(raw, true), data: labels(raw.data) };
    case 'networking.k8s.io/v1 NetworkPolicy':
      return decodeNetworkPolicy(raw);
    case 'networking.k8s.io/v1 Ingress':
      return decodeIngress(raw);
    case 'networking.k8s.io/v1 IngressClass':
      return decodeIngressClass(raw);
    case 'gateway.networking.k8s.io/v1 Gateway':
    case 'gateway.networking.k8s.io/v1beta1 Gateway':
      return decodeGateway(raw);
    case 'gateway.networking.k8s.io/v1 HTTPRoute':
    case 'gateway.networking.k8s.io/v1beta1 HTTPRoute':
      return decodeHttpRoute(raw);
    case 'gateway.networking.k8s.io/v1 ReferenceGrant':
    case 'gateway.networking.k8s.io/v1beta1 ReferenceGrant':
      return decodeReferenceGrant(raw);
    case 'apps/v1 Deployment':
      return decodeDeployment(raw);
    case 'apps/v1 ReplicaSet':
      return decodeReplicaSet(raw);
    case 'v1 ReplicationController':
      return decodeReplicationController(raw);
    case 'apps/v1 StatefulSet':
      return decodeStatefulSet(raw);
    case 'apps/v1 DaemonSet':
      return decodeDaemonSet(raw);
    case 'apps/v1 ControllerRevision':
      return decodeControllerRevision(raw);
    case 'batch/v1 Job':
      return decodeJob(raw);
    case 'batch/v1 CronJob':
      return decodeCronJob(raw);
    default:
      return decodeOther(raw);
  }
}

/** The label that the API server puts on every Namespace. */
function namedNamespace(metadata: ObjectMeta): ObjectMeta {
  return { ...metadata, labels: { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name } };
}

function decodeOther(raw: Raw): OtherObject {
  const kind = text(raw.kind) ?? '';
  return {
    kind: 'Other',
    apiVersion: text(raw.apiVersion) ?? '',
    originalKind: kind,
    metadata: decodeMeta(raw, !CLUSTER_WIDE.includes(kind)),
    raw,
  };
}

function decodeNode(raw: Raw): Node {
  const spec = map(raw.spec);
  const addresses = list(map(raw.status).addresses).map(map);
  const ofType = (type: string): Node['status']['internalIPs'] =>
    addresses.filter((entry) => entry.type === type).flatMap(({ address }) => parseIp(text(address) ?? '') ?? []);
  const ranges = texts(spec.podCIDRs).length > 0 ? texts(spec.podCIDRs) : texts([spec.podCIDR]);
  const ready = list(map(raw.status).conditions)
    .map(map)
    .find(({ type }) => type === 'Ready');
  return {
    kind: 'Node',
    metadata: decodeMeta(raw, false),
    spec: {
      podCIDRs: ranges.flatMap((range) => parseCidr(range) ?? []),
      unschedulable: truth(spec.unschedulable, false),
      taints: list(spec.taints).map((taint) => {
        const { key, value, effect } = map(taint);
        return {
          key: text(key) ?? '',
          value: text(value) ?? '',
          effect: word(effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute'], 'NoSchedule'),
        };
      }),
    },
    status: {
      internalIPs: ofType('InternalIP'),
      externalIPs: ofType('ExternalIP'),
      ready: ready === undefined || ready.status === 'True',
      allocatable: decodeAllocatable(map(raw.status)),
    },
  };
}

/** What the machine has, where nobody says how much of it is for Pods. */
function decodeAllocatable({ allocatable, capacity }: Raw): Node['status']['allocatable'] {
  const of = { ...map(capacity), ...map(allocatable) };
  const quantity = (value: unknown): string => (typeof value === 'number' ? String(value) : (text(value) ?? ''));
  return { cpu: parseMillis(quantity(of.cpu)), memory: parseQuantity(quantity(of.memory)), pods: parseQuantity(quantity(of.pods)) };
}
