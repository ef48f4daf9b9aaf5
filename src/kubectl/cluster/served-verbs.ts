// What discovery says of a resource beside its names: the verbs that the API server takes for it, and its categories.

import { isInAll, type Resource } from '../kinds';

const EVERY = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** In the order in which the server of custom resources names them. */
const CUSTOM = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** Questions that are answered at once, and stored nowhere. */
const ASKED_ONLY = /^(?:Binding|.*Review)$/;

export function verbsOf({ kind, group }: Resource): readonly string[] {
  if (ASKED_ONLY.test(kind)) return ['create'];
  if (kind === 'ComponentStatus') return ['get', 'list'];
  if (kind === 'Namespace') return EVERY.filter((verb) => verb !== 'deletecollection');
  return isBuiltIn(group) ? EVERY : CUSTOM;
}

/** Groups of Kubernetes itself; those with `k8s.io` that are installed beside it are made of custom resources. */
function isBuiltIn(group: string): boolean {
  return (!group.includes('.') || group.endsWith('.k8s.io')) && group !== 'gateway.networking.k8s.io';
}

const EXTENSIONS = ['admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io'];

export function categoriesOf(resource: Resource): readonly string[] {
  if (isInAll(resource)) return ['all'];
  if (resource.group === 'gateway.networking.k8s.io') return ['gateway-api'];
  return EXTENSIONS.includes(resource.group) ? ['api-extensions'] : [];
}
