// A text with the objects in it, for changes that look before they write.

import type { ApiObject } from '../kube/meta';
import { withoutObject } from '../manifest/edit';
import { parseManifest } from '../manifest/parse';
import type { RawObject } from '../manifest/parsed';
import { readObjects } from '../manifest/read';

/** An object, and where it is written. */
export interface Written<Kind extends ApiObject> {
  readonly object: Kind;
  readonly raw: RawObject;
}

/** The objects of this sort, in the order of the text. */
export function writtenIn<Kind extends ApiObject>(text: string, isWanted: (object: ApiObject) => object is Kind): readonly Written<Kind>[] {
  return readObjects(parseManifest(text)).objects.flatMap(({ object, raw }) => (isWanted(object) ? [{ object, raw }] : []));
}

/** The text without any object of this sort. */
export function withoutAll(text: string, isUnwanted: (object: ApiObject) => boolean): string | null {
  const [first] = writtenIn(text, (object): object is ApiObject => isUnwanted(object));
  if (first === undefined) return text;
  const less = withoutObject(text, first.raw);
  return less === null ? null : withoutAll(less, isUnwanted);
}
