// What is odd about a settled cluster, gathered: selectors that match nothing, ports where nobody listens, addresses in the wrong
// place. Only objects that somebody wrote are named; what we added is beyond reproach. Each fact is told once a field.

import type { Finding } from '../kube/finding';
import { formatRef } from '../kube/ref';
import { adviseOnAbsent } from './absent';
import { adviseOnAddresses } from './address-advice';
import { adviseOnEndpoints } from './endpoint-advice';
import { adviseOnIngresses } from './ingress-advice';
import type { Inventory } from './inventory';
import { listening } from './listening';
import { origins } from './origin';
import { adviseOnPlacement } from './placement-advice';
import { adviseOnPolicies } from './policy-advice';
import { adviseOnPorts } from './port-advice';
import { adviseOnPractice } from './practice-advice';
import { adviseOnPrograms } from './program-advice';
import { adviseOnRanges } from './range-advice';
import type { Reviewed } from './reviewed';
import { adviseOnServices } from './service-advice';

/** Everything odd, by kind of oddity and then in order of the text. */
export function advise(text: Inventory, settled: Pick<Reviewed, 'cluster' | 'unplaced' | 'exhausted' | 'waiting'>): readonly Finding[] {
  const origin = origins(text, settled.cluster.replicaSets);
  const reviewed: Reviewed = { ...settled, text, origin, programs: (pod) => listening(pod, settled.cluster) };
  const all = [
    adviseOnAddresses,
    adviseOnRanges,
    adviseOnPorts,
    adviseOnPlacement,
    adviseOnServices,
    adviseOnEndpoints,
    adviseOnPrograms,
    adviseOnPractice,
    adviseOnPolicies,
    adviseOnIngresses,
    adviseOnAbsent,
  ].flatMap((review) => review(reviewed));
  return onceEach(all);
}

/** The Pods of one workload have the same faults; the template is told of them once. */
function onceEach(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = [formatRef(finding.object), finding.code, ...finding.path].join('\n');
    return !seen.has(key) && seen.add(key);
  });
}
