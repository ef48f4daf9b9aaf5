// How kubectl names an object of any kind: `deployment.apps/web`, `deployments.apps "web"`.

import type { Json, JsonMap, ObjectRef } from '../../engine/index';
import { textAt } from '../fields';
import { prefixed, qualifiedPlural, type Resource, resourceOf as servedResource } from '../kinds';

export function groupOf(object: Json): string {
  const [group = '', version] = textAt(object, 'apiVersion').split('/');
  return version === undefined ? '' : group;
}

/** Custom resources without a namespace that the playground knows. */
const CLUSTER_WIDE = ['IPAddressPool', 'IPPool'];

/** The resource of an object, stored or not. */
export function resourceOf(json: JsonMap): Resource {
  const kind = textAt(json, 'kind');
  return servedResource({ kind, namespace: CLUSTER_WIDE.includes(kind) ? null : '', name: '', labels: {}, json });
}

/** The object's name among all; `fallback` is the namespace of one that names none. */
export function refTo(object: JsonMap, fallback: string): ObjectRef {
  const { kind, namespaced } = resourceOf(object);
  const namespace = namespaced ? textAt(object, 'metadata', 'namespace') || fallback : null;
  return { kind, namespace, name: textAt(object, 'metadata', 'name') };
}

export function isSameRef(one: ObjectRef, other: ObjectRef): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}

/** `deployment.apps/web` */
export function slashed(object: JsonMap): string {
  return prefixed(resourceOf(object), textAt(object, 'metadata', 'name'));
}

/** `deployments.apps "web"` */
export function quotedName(object: JsonMap): string {
  return `${qualifiedPlural(resourceOf(object))} "${textAt(object, 'metadata', 'name')}"`;
}
