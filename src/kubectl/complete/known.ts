// What is known when a word of kubectl is completed, and the names of the objects that it may mean.

import type { StoredObject } from '../../engine/index';
import type { Command } from '../command';
import { listAt, textAt } from '../fields';
import { isOf, qualifiedPlural, type Resource, resourcesNamed, resourcesWith } from '../kinds';
import type { Session } from '../session';

export interface Known {
  readonly session: Session;
  readonly command: Command;
  /** The words so far that are neither commands nor flags. */
  readonly words: readonly string[];
  /** The word at the cursor. */
  readonly word: string;
  /** The flags so far, by long name. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** The names of files that were written in the terminal. */
  readonly files: readonly string[];
}

/** The types that can be got, as kubectl's completion writes them: with their group. Reviews and bindings can only be created. */
export function types({ session }: Known): readonly string[] {
  const readable = resourcesWith(session.server.objects).filter(({ kind }) => !/(?:Review|^Binding)$/.test(kind));
  return readable.map(qualifiedPlural);
}

/** The names of the objects of a type, as a command typed it: `po`, `deployments.apps`, `pods,services`. */
export function namesOf(known: Known, type: string): readonly string[] {
  const { objects } = known.session.server;
  const resources = type.split(',').flatMap((one) => resourcesNamed(one, objects));
  return resources.flatMap((resource) => objectsOf(known, resource).map(({ name }) => name));
}

export function objectsOf({ session, values }: Known, resource: Resource): readonly StoredObject[] {
  const named = values.namespace?.at(-1) ?? '';
  const namespace = named === '' ? session.namespace : named;
  return session.server.objects.filter((object) => isOf(resource, object) && (!resource.namespaced || object.namespace === namespace));
}

/** The Pod that the first word names; null where there is none. */
export function podOf(known: Known): StoredObject | null {
  return objectNamed(known, 'pods', (known.words[0] ?? '').replace(/^(?:pods?|po)\//, ''));
}

export function objectNamed(known: Known, type: string, name: string | undefined): StoredObject | null {
  const objects = resourcesNamed(type).flatMap((resource) => objectsOf(known, resource));
  return objects.find((object) => object.name === name) ?? null;
}

/** The containers of a Pod, or of the Pods that a workload makes. */
export function containersOf(object: StoredObject | null): readonly string[] {
  const spec = object?.kind === 'Pod' ? ['spec'] : ['spec', 'template', 'spec'];
  return [...listAt(object?.json, ...spec, 'containers'), ...listAt(object?.json, ...spec, 'initContainers')].map((one) =>
    textAt(one, 'name'),
  );
}
