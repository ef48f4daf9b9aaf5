// What a paste from a running cluster leaves out: neighbours that its objects name (Nodes, owners, namespaces, classes, the Pods behind
// a Service) and kinds that nothing here acts on. None of it is wrong, so all of it is one hint; what can be completed was completed.

import type { AbsentKind } from '../kube/advice';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Finding } from '../kube/finding';
import { isKnown, isSetting } from '../kube/kinds';
import { type ApiObject, isStored, refOf } from '../kube/meta';
import { BUILT_IN_NAMESPACES } from '../kube/namespace';
import { compareText, formatRef, type ObjectRef } from '../kube/ref';
import type { Service } from '../kube/service';
import type { Inventory } from './inventory';
import { DNS_SERVICE } from './listening';
import type { Reviewed } from './reviewed';

export function adviseOnAbsent({ text, cluster }: Reviewed): readonly Finding[] {
  const stored = everything(text).filter(({ metadata }) => isStored(metadata));
  const [first] = stored;
  if (first === undefined) return [];
  const written = new Set(everything(text).map((object) => formatRef(refOf(object))));
  const named = [...nodes(cluster), ...stored.flatMap(owners), ...stored.flatMap(surroundings), ...parts(cluster)];
  const missing = byKind(named.filter((ref) => !written.has(formatRef(ref))));
  const unknown = byKind(text.others.filter(isForeign).map(refOf));
  const unshown = text.services.filter((service) => lacksEndpoints(service, text));
  if (missing.length + unknown.length + unshown.length === 0) return [];
  const about = { object: refOf(first), path: [] };
  return [
    { ...about, severity: 'hint', code: 'not-in-this-text', missing, unknown, services: unshown.map((each) => formatName(refOf(each))) },
  ];
}

/** Whether the text shows nothing that could stand behind a Service of a running cluster, which is no fault of the Service. */
export function lacksEndpoints({ metadata, spec }: Service, text: Inventory): boolean {
  if (!isStored(metadata) || spec.type === 'ExternalName') return false;
  const here = ({ metadata: other }: ApiObject): boolean => other.namespace === metadata.namespace;
  const sliced = [...text.endpointSlices, ...text.endpoints].some(
    (object) => here(object) && (object.metadata.labels[SERVICE_NAME_LABEL] ?? object.metadata.name) === metadata.name,
  );
  if (sliced || (metadata.namespace === 'default' && metadata.name === 'kubernetes')) return false;
  return spec.selector === null
    ? text.endpointSlices.length + text.endpoints.length === 0
    : !isNameService(metadata) && ![...text.pods, ...makersOf(text)].some(here);
}

function isNameService({ namespace, name }: Service['metadata']): boolean {
  return namespace === DNS_SERVICE.namespace && name === DNS_SERVICE.name;
}

function makersOf(text: Inventory): readonly ApiObject[] {
  return [...text.deployments, ...text.replicaSets, ...text.statefulSets, ...text.daemonSets, ...text.replicationControllers];
}

/** Custom resources that say nothing about the network. */
export function isForeign({ apiVersion, originalKind }: Inventory['others'][number]): boolean {
  return !isKnown(apiVersion, originalKind) && !isSetting(apiVersion, originalKind);
}

function everything(text: Inventory): readonly ApiObject[] {
  return Object.values(text).flat();
}

function nodes(cluster: Reviewed['cluster']): readonly ObjectRef[] {
  return cluster.nodes.map(refOf);
}

/** The Pods of a node's own files belong to the Node, which is told already. */
function owners({ metadata }: ApiObject): readonly ObjectRef[] {
  return metadata.ownerReferences
    .filter(({ kind, controller }) => controller && kind !== 'Node')
    .map(({ kind, name }) => ({ kind, name, namespace: metadata.namespace }));
}

/** The namespace of an object, the Service of a slice, the class of an Ingress, the Pods of endpoints. */
function surroundings(object: ApiObject): readonly ObjectRef[] {
  const { namespace } = object.metadata;
  const own = namespace === null || isBuiltIn(namespace) ? [] : [{ kind: 'Namespace', namespace: null, name: namespace }];
  switch (object.kind) {
    case 'EndpointSlice': {
      const service = object.metadata.labels[SERVICE_NAME_LABEL];
      return [...own, ...(service === undefined ? [] : [{ kind: 'Service', namespace, name: service }]), ...targets(object.endpoints)];
    }
    case 'Endpoints': {
      const all = object.subsets.flatMap(({ addresses, notReadyAddresses }) => [...addresses, ...notReadyAddresses]);
      return [...own, { kind: 'Service', namespace, name: object.metadata.name }, ...targets(all)];
    }
    case 'Ingress': {
      const { className } = object.spec;
      return className === null ? own : [...own, { kind: 'IngressClass', namespace: null, name: className }];
    }
    default:
      return own;
  }
}

function isBuiltIn(namespace: string): boolean {
  return BUILT_IN_NAMESPACES.some((name) => name === namespace);
}

function targets(endpoints: readonly { readonly targetRef: ObjectRef | null }[]): readonly ObjectRef[] {
  return endpoints.flatMap(({ targetRef }) => (targetRef?.kind === 'Pod' ? [targetRef] : []));
}

/** What every cluster has, and was put here because the text lacks it. */
function parts({ services, deployments, added }: Reviewed['cluster']): readonly ObjectRef[] {
  return [...services, ...deployments].map(refOf).filter((ref) => added.includes(formatRef(ref)));
}

function byKind(refs: readonly ObjectRef[]): readonly AbsentKind[] {
  const kinds = new Map<string, Set<string>>();
  for (const ref of refs) kinds.set(ref.kind, (kinds.get(ref.kind) ?? new Set()).add(formatName(ref)));
  return [...kinds].sort(([a], [b]) => compareText(a, b)).map(([kind, names]) => ({ kind, names: [...names].sort(compareText) }));
}

function formatName({ namespace, name }: ObjectRef): string {
  return namespace === null ? name : `${namespace}/${name}`;
}
