// From which nodes the API server hears: not from a machine that is off or still starting, nor from one that is cut off from the API server's.
// Left out: a way round a cut link, and a control plane on more than one machine.

import type { Cluster } from '../controlplane/cluster';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Node } from '../kube/node';
import type { Life } from './life';

/** Nothing runs on the machine: it is off, or starts. */
export function isDown({ faults, machines }: Life, node: string): boolean {
  return machines[node]?.booting === true || faults.some((fault) => fault.kind === 'node-lost' && fault.node === node);
}

/** Its kubelet neither reads from the API server nor reports to it. */
export function isSilent(life: Life, node: string): boolean {
  return isDown(life, node) || isCutOff(life, node);
}

function isCutOff({ faults, cluster }: Life, node: string): boolean {
  if (!faults.some((fault) => fault.kind === 'link-cut' && fault.nodes.includes(node))) return false;
  const server = apiServerNode(cluster)?.metadata.name;
  return (
    server !== node &&
    faults.some((fault) => fault.kind === 'link-cut' && fault.nodes.includes(node) && fault.nodes.some((each) => each === server))
  );
}

export function silentNodes(life: Life): readonly string[] {
  return life.cluster.nodes.flatMap(({ metadata }) => (isSilent(life, metadata.name) ? [metadata.name] : []));
}

/** The endpoints of default/kubernetes are the machines of API servers; where nobody says, it is the first one. */
function apiServerNode({ nodes, endpointSlices }: Cluster): Node | null {
  const slices = endpointSlices.filter(
    ({ metadata }) => metadata.namespace === 'default' && metadata.labels[SERVICE_NAME_LABEL] === 'kubernetes',
  );
  const addresses: readonly string[] = slices.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.addresses));
  return nodes.find(({ status }) => status.internalIPs.some((ip) => addresses.includes(ip))) ?? nodes[0] ?? null;
}
