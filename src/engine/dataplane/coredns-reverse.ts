// The PTR records (plugin/kubernetes reverse.go): a cluster IP names its Service and wins; otherwise every Service that lists
// the address as a ready endpoint names it. These names exist for PTR questions alone: asked for anything else they are passed on.

import type { Cluster } from '../controlplane/cluster';
import { refOf } from '../kube/meta';
import { compareText, provenance } from '../kube/ref';
import type { Ip } from '../net/ip';
import { readyEndpoints, serviceNameOf } from './coredns-endpoints';
import { type Fact, firstOfEach, type Names, record } from './coredns-records';
import type { Corefile } from './corefile';
import { reverseName } from './reverse-name';

/** All reverse names of the cluster, of both families; `zone` is that of the names they point to. */
export function reverseNames(zone: string, { cluster, corefile }: { readonly cluster: Cluster; readonly corefile: Corefile }): Names {
  const facts = new Map<string, Fact[]>();
  for (const { address, fact } of endpointPointers(zone, cluster, corefile)) {
    const known = facts.get(address);
    if (known === undefined) facts.set(address, [fact]);
    else known.push(fact);
  }
  for (const { address, fact } of [...servicePointers(zone, cluster)].reverse()) facts.set(address, [fact]);
  return Object.fromEntries([...facts].map(([owner, pointers]) => [owner, pointerName(owner, pointers, corefile)]));
}

interface Pointer {
  readonly address: string;
  readonly fact: Fact;
}

function servicePointers(zone: string, cluster: Cluster): readonly Pointer[] {
  return cluster.services.flatMap((service) => {
    const { name, namespace } = service.metadata;
    const addresses = service.spec.clusterIPs === 'None' ? [] : service.spec.clusterIPs;
    return addresses.map((address) =>
      pointer(address, {
        type: 'PTR',
        data: `${name}.${namespace}.svc.${zone}`,
        provenance: provenance(refOf(service), ['metadata', 'name']),
      }),
    );
  });
}

/** The Service is only a name here: the label of the slice says it, whether or not such a Service exists. */
function endpointPointers(zone: string, cluster: Cluster, corefile: Corefile): readonly Pointer[] {
  const labelled = cluster.endpointSlices.filter((slice) => serviceNameOf(slice) !== '');
  return labelled.flatMap((slice) =>
    readyEndpoints(slice, corefile).map(({ address, addressFrom, label }) =>
      pointer(address, {
        type: 'PTR',
        data: `${label}.${serviceNameOf(slice)}.${slice.metadata.namespace}.svc.${zone}`,
        provenance: addressFrom,
      }),
    ),
  );
}

function pointer(address: Ip, fact: Fact): Pointer {
  return { address: reverseName(address), fact };
}

function pointerName(owner: string, facts: readonly Fact[], corefile: Corefile): Names[string] {
  const sorted = [...firstOfEach(facts, ({ data }) => data)].sort((a, b) => compareText(a.data, b.data));
  return { records: sorted.map((fact) => record(owner, corefile.ttl, fact)), existsFor: ['PTR'] };
}
