// A sample scenario: a text that a student could have written, and a request to send into it. What happens is never said here:
// the engine computes it.

import type { Told } from '../engine/explain/language';
import type { ScenarioRequest } from '../engine/view';

export interface GalleryEntry {
  readonly id: string;
  readonly title: Told;
  /** One sentence: what there is to see. */
  readonly description: Told;
  readonly text: string;
  readonly request: ScenarioRequest;
  readonly seed: number;
}

/** A request over TCP that begins inside the cluster. */
export function http(from: string, to: string): ScenarioRequest {
  return { from, to, protocol: 'TCP', via: null };
}
