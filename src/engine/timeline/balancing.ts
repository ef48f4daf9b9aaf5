// Whoever answers for `type: LoadBalancer`: gives Services without an address one, as the settled cluster would.

import { balance } from '../controlplane/load-balancer';
import { refOf } from '../kube/meta';
import type { Ip } from '../net/ip';
import type { LifeDraft } from './life-draft';

export function giveBalancers(draft: LifeDraft): void {
  const { services, settings, others, nodes, pods } = draft.cluster;
  const taken = new Set<Ip>([...nodes.flatMap(({ status }) => status.internalIPs), ...pods.flatMap(({ status }) => status.podIPs)]);
  for (const service of balance(services, { settings, others, taken }).services) {
    const before = services.find(
      ({ metadata }) => metadata.name === service.metadata.name && metadata.namespace === service.metadata.namespace,
    );
    if (before === undefined || JSON.stringify(before.status) === JSON.stringify(service.status)) continue;
    const addresses = service.status.loadBalancer.flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
    draft.tell(refOf(service), { code: 'balancer-given', addresses });
    draft.put(service);
  }
}
