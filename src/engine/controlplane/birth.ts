// What the names and the age of new objects depend on.

import { formatTimestamp } from '../kube/timestamp';
import type { Cluster } from './cluster';
import { suffix } from './names';
import type { Moment } from './sync';

export interface Birth {
  /** Keys `namespace/name` of the Pods that there are; new ones are added. */
  readonly taken: Set<string>;
  readonly serial: number;
  /** RFC 3339; null where no clock is at hand. */
  readonly created: string | null;
}

export function birthAt(cluster: Cluster, at: Moment): Birth {
  const taken = new Set(cluster.pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  return { taken, serial: at.serial, created: formatTimestamp(at.now) };
}

/** `prefix-x2v8q`, which no Pod of the namespace has. */
export function freeName(prefix: string, seed: readonly [namespace: string | null, ...(string | number)[]], birth: Birth): string {
  const [namespace] = seed;
  for (let attempt = 0; ; attempt += 1) {
    const candidate = `${prefix}-${suffix([...seed, attempt, ...(birth.serial === 0 ? [] : [birth.serial])].join('/'), 5)}`;
    if (birth.taken.has(`${namespace}/${candidate}`)) continue;
    birth.taken.add(`${namespace}/${candidate}`);
    return candidate;
  }
}
