// Settings that were read off objects, and what of the objects makes no sense.

import type { Finding } from '../kube/finding';
import type { ClusterSettings } from './cluster';

export interface ReadSettings {
  readonly settings: Partial<ClusterSettings>;
  readonly findings: readonly Finding[];
}

/** All of them together; the later ones win. */
export function merged(parts: readonly ReadSettings[]): ReadSettings {
  return {
    settings: Object.assign({}, ...parts.map(({ settings }) => settings)),
    findings: parts.flatMap(({ findings }) => findings),
  };
}
