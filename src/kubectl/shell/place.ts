// Where a program runs: in a container, on a node, or on the student's own machine outside of the cluster.

import type { Json, StoredObject } from '../../engine/index';
import { listAt, textAt } from '../fields';

export type Place =
  | {
      readonly kind: 'container';
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
      readonly image: string;
      readonly json: Json;
    }
  | { readonly kind: 'node'; readonly node: string }
  /** A machine outside, by its address. */
  | { readonly kind: 'outside'; readonly address: string };

/** As a request names its sender. */
export function senderOf(place: Place): string {
  switch (place.kind) {
    case 'container':
      return `pod/${place.namespace}/${place.pod}`;
    case 'node':
      return `node/${place.node}`;
    case 'outside':
      return `external/${place.address}`;
    default:
      return place satisfies never;
  }
}

/** Whether it is a container that was added to a Pod, beside its own. */
export function isAdded(place: Place): boolean {
  if (place.kind !== 'container') return false;
  const own = [...listAt(place.json, 'spec', 'initContainers'), ...listAt(place.json, 'spec', 'containers')];
  return own.every((one) => textAt(one, 'name') !== place.container);
}

/** The Pod of the place among the objects; null elsewhere. */
export function podOf(place: Place, objects: readonly StoredObject[]): StoredObject | null {
  if (place.kind !== 'container') return null;
  return objects.find(({ kind, namespace, name }) => kind === 'Pod' && namespace === place.namespace && name === place.pod) ?? null;
}
