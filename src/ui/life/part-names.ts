// The names of a cluster's parts as their projects write them: the same in every language, but for the hand that acts.

import type { PartName } from '../../engine/index';

/** `you`: the reader's word for who acts from outside. */
export function partName(part: PartName, you = 'kubectl'): string {
  switch (part) {
    case 'user':
      return you;
    case 'api-server':
      return 'API server';
    case 'coredns':
      return 'CoreDNS';
    default:
      return part;
  }
}
