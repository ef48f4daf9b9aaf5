// How a cluster was set up, as far as its own Pods and Nodes show it in a paste: which plugin's Pods run, what plugins note on Nodes,
// whether anybody answers for load balancers. The weakest voice of all: an object that holds a setting knows better.
// Facts: the labels of the plugins' own manifests; flannel.alpha.coreos.com/backend-type (flannel, and k3s, which has it inside);
// projectcalico.org/IPv4VXLANTunnelAddr and IPv4IPIPTunnelAddr (calico-node).

import type { Finding } from '../kube/finding';
import { type ApiObject, isStored, refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import type { Pod } from '../kube/pod';
import type { Service } from '../kube/service';
import type { ClusterSettings, NetworkName } from './cluster';
import type { ReadSettings } from './read-settings';

export function shownSettings(objects: readonly ApiObject[]): ReadSettings {
  const stored = objects.filter(({ metadata }) => isStored(metadata));
  const pods = stored.filter((object) => object.kind === 'Pod');
  const nodes = stored.filter((object) => object.kind === 'Node');
  const services = stored.filter((object) => object.kind === 'Service');
  const known = noted(nodes) ?? running(pods) ?? alone(nodes);
  const stranger = known === null ? strangerAmong(pods) : null;
  return {
    settings: { ...(known === null ? {} : { network: known }), ...(stranger?.settings ?? {}), ...balancing(services) },
    findings: stranger === null ? [] : stranger.findings,
  };
}

const FLANNEL_BACKEND = 'flannel.alpha.coreos.com/backend-type';
const CALICO_VXLAN = 'projectcalico.org/IPv4VXLANTunnelAddr';
const CALICO_IPIP = 'projectcalico.org/IPv4IPIPTunnelAddr';
const CALICO_ADDRESS = 'projectcalico.org/IPv4Address';

/** What plugins write on the Nodes that they serve. */
function noted(nodes: readonly Node[]): NetworkName | null {
  const has = (key: string): boolean => nodes.some(({ metadata }) => key in metadata.annotations);
  if (has(CALICO_VXLAN)) return 'calico-vxlan';
  if (has(CALICO_IPIP)) return 'calico-ipip';
  if (has(CALICO_ADDRESS)) return 'calico';
  if (nodes.some(({ metadata }) => metadata.annotations[FLANNEL_BACKEND] === 'host-gw')) return 'kindnet';
  return has(FLANNEL_BACKEND) ? 'flannel' : null;
}

/** The plugin's own Pods, one on each node. */
function running(pods: readonly Pod[]): NetworkName | null {
  const has = (key: string, value: string): boolean => pods.some(({ metadata }) => metadata.labels[key] === value);
  if (has('k8s-app', 'kindnet')) return 'kindnet';
  if (has('k8s-app', 'calico-node')) return 'calico';
  return has('app', 'flannel') ? 'flannel' : null;
}

/** minikube joins the Pods of its only node by a bridge. */
function alone(nodes: readonly Node[]): NetworkName | null {
  const [node] = nodes;
  return nodes.length === 1 && node !== undefined && 'minikube.k8s.io/name' in node.metadata.labels ? 'bridge' : null;
}

/** Networks that are not simulated, by a label of their Pods. They route Pods' own addresses, as Calico without a tunnel does.
 *  EKS tells kube-proxy no Pod range, so no source counts as being from elsewhere. */
const STRANGERS: readonly {
  readonly label: string;
  readonly value: string;
  readonly name: string;
  readonly settings: Partial<ClusterSettings>;
}[] = [
  { label: 'k8s-app', value: 'aws-node', name: 'Amazon VPC CNI', settings: { network: 'calico', detectLocal: false } },
  { label: 'k8s-app', value: 'azure-cni', name: 'Azure CNI', settings: { network: 'calico' } },
  { label: 'k8s-app', value: 'cilium', name: 'Cilium', settings: { network: 'calico' } },
  { label: 'app', value: 'antrea', name: 'Antrea', settings: { network: 'calico' } },
  { label: 'name', value: 'weave-net', name: 'Weave Net', settings: { network: 'flannel' } },
  { label: 'app', value: 'ovnkube-node', name: 'OVN-Kubernetes', settings: { network: 'calico' } },
];

function strangerAmong(pods: readonly Pod[]): ReadSettings | null {
  for (const { label, value, name, settings } of STRANGERS) {
    const pod = pods.find(({ metadata }) => metadata.labels[label] === value);
    if (pod === undefined) continue;
    const finding: Finding = {
      object: refOf(pod),
      path: ['metadata', 'labels', label],
      severity: 'hint',
      code: 'network-not-simulated',
      name,
      used: settings.network ?? 'calico',
    };
    return { settings, findings: [finding] };
  }
  return null;
}

/** In a cluster where one such Service was stored and still waits, and none was answered, nobody answers. */
function balancing(services: readonly Service[]): Partial<ClusterSettings> {
  const asking = services.filter(({ spec }) => spec.type === 'LoadBalancer');
  return asking.length > 0 && asking.every(({ status }) => status.loadBalancer.length === 0) ? { loadBalancer: 'none' } : {};
}
