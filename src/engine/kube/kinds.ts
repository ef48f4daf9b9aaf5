// The kinds that Kubernetes 1.36 serves, by group and version, and the Gateway API beside them. Whatever else is well formed is a
// custom resource: it is kept, and not simulated.

const SERVED: Readonly<Record<string, string>> = {
  v1: 'Binding ComponentStatus ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'admissionregistration.k8s.io/v1':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io/v1': 'SelfSubjectReview TokenRequest TokenReview',
  'authorization.k8s.io/v1': 'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'certificates.k8s.io/v1': 'CertificateSigningRequest',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'flowcontrol.apiserver.k8s.io/v1': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io/v1': 'IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  'node.k8s.io/v1': 'RuntimeClass',
  'policy/v1': 'Eviction PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'resource.k8s.io/v1': 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'storage.k8s.io/v1': 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
};

/** Kinds of the Gateway API, which is installed beside Kubernetes. */
const GATEWAY = /^gateway\.networking\.k8s\.io\/v1(?:alpha\d+|beta\d+)?$/;
const GATEWAY_KINDS = [
  'BackendTLSPolicy',
  'GRPCRoute',
  'Gateway',
  'GatewayClass',
  'HTTPRoute',
  'ReferenceGrant',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
];

const GROUPS: ReadonlySet<string> = new Set(['', 'extensions', ...Object.keys(SERVED).map(groupOf)]);

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Whether Kubernetes serves the kind under this version; in somebody else's group there may be any. */
export function isServed(apiVersion: string, kind: string): boolean {
  return isCustom(apiVersion) || kindsOf(apiVersion).includes(kind);
}

/** Whether the group is none of Kubernetes' own: a custom resource. */
export function isCustom(apiVersion: string): boolean {
  return !GROUPS.has(groupOf(apiVersion));
}

/** Whether `kubehop` has something to say of the kind: those of Kubernetes itself, and the Gateway API. */
export function isKnown(apiVersion: string, kind: string): boolean {
  return kindsOf(apiVersion).includes(kind) || (GATEWAY.test(apiVersion) && GATEWAY_KINDS.includes(kind));
}

/** Whether it is a custom resource that says how the cluster is set up: MetalLB's addresses, Calico's pools. */
export function isSetting(apiVersion: string, kind: string): boolean {
  if (kind === 'IPAddressPool') return apiVersion.startsWith('metallb.io/');
  return kind === 'IPPool' && (apiVersion === 'crd.projectcalico.org/v1' || apiVersion === 'projectcalico.org/v3');
}

/** Versions under which the kind is served. */
export function versionsOf(kind: string): readonly string[] {
  return Object.keys(SERVED).filter((apiVersion) => kindsOf(apiVersion).includes(kind));
}

export function kindsOf(apiVersion: string): readonly string[] {
  return Object.hasOwn(SERVED, apiVersion) ? (SERVED[apiVersion]?.split(' ') ?? []) : [];
}
