// The names of a cluster's parts as their projects write them: the same in every language, but for the hand that acts.

import type { PartName } from '../../engine/index';

export function partName(part: PartName): string {
  switch (part) {
    case 'user':
      return 'kubectl';
    case 'api-server':
      return 'API server';
    case 'coredns':
      return 'CoreDNS';
    default:
      return part;
  }
}
