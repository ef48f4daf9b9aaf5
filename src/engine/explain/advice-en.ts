// English: what is odd about a settled cluster, and what to look at.

import type { AbsentKind, Advice, RangeUse, Refusal, WaitingReason } from '../kube/advice';
import { formatPath } from '../kube/field-path';
import type { Labels } from '../kube/meta';
import { formatRef } from '../kube/ref';
import { unreachable } from '../net/unreachable';
import type { Catalogue } from './language';
import { list, times } from './words-en';

export const ADVICE_EN: Catalogue<Advice, 'code'> = {
  'object-twice': ({ object, document, others }) =>
    others.length === 0
      ? `${formatRef(object)} stands in the text twice: this one replaces the one of document ${document + 1}, as a second kubectl apply would.`
      : `${times(others.length + 1, 'object')} stand in the text twice: ${few([object, ...others].map(formatRef))}. The later one of each replaces the earlier, as a second kubectl apply would.`,
  'not-in-this-text': ({ missing, unknown, services }) =>
    [
      ...(missing.length === 0 ? [] : [`Not in this text, and completed or done without: ${absent(missing)}.`]),
      ...(services.length === 0 ? [] : [`Nothing in it shows what stands behind ${counted('Service', services)}: no endpoints here.`]),
      ...(unknown.length === 0 ? [] : [`In it, but of kinds that are kept and not simulated: ${absent(unknown)}.`]),
    ].join(' '),
  placeholders: ({ object, tool, written }) =>
    `${formatRef(object)} is a template: ${TEMPLATE_TOOLS[tool] ?? tool} fills in ${few(written)}. Until then something stands in for ${written.length === 1 ? 'it' : 'each'}; paste what the tool prints for the real values.`,
  'key-twice': ({ object, path, key }) =>
    `${formatRef(object)} has the key “${key}” twice in one place (${formatPath(path)}): the last one counts, and the others are lost.`,
  'bare-letter': ({ object, path, letter }) =>
    `${formatPath(path)} of ${formatRef(object)} is a bare ${letter}. The API server’s parser reads that as ${letter.toLowerCase() === 'y' ? 'true' : 'false'}, not as a letter; put it in quotes: '${letter}'. Here it is taken as the letter.`,
  'recorded-of-node': ({ object, isSure, differences }) =>
    `These rules are compared with those of ${formatRef(object)}${isSure ? '' : ' (other nodes fit as well)'}: ${differences === 0 ? 'kube-proxy wrote there what it would write here' : times(differences, 'difference')}.`,
  'recorded-without-proxy': ({ object }) =>
    `These rules have no chain KUBE-SERVICES, where ${formatRef(object)} should have one: kube-proxy does not run there, has another mode (nftables), or its rules were flushed.`,
  'recorded-service-missing': ({ object, port }) =>
    `No recorded rule is about ${port}: kube-proxy on that node does not know ${formatRef(object)} yet, or no longer works.`,
  'recorded-service-extra': ({ object, port }) =>
    `Recorded rules are about ${port}, but the text has no such port: ${formatRef(object)} was deleted or changed, or not copied.`,
  'recorded-endpoints': ({ port, stale, missing }) =>
    [
      `The recorded endpoints of ${port} are not those of the text.`,
      ...(stale.length === 0 ? [] : [`Stale: ${few(stale)}, to which packets are still sent.`]),
      ...(missing.length === 0 ? [] : [`Missing: ${few(missing)}, which gets none.`]),
    ].join(' '),
  'recorded-addresses': ({ port, recorded, expected }) =>
    `${port} is recorded at other addresses or ports than the text gives it: ${recorded.length === 0 ? 'none' : few(recorded)} there, ${expected.length === 0 ? 'none' : few(expected)} by the text.`,
  'recorded-rules': ({ chain, extra, missing }) =>
    [
      `The recorded chain ${chain} differs from what is written here.`,
      ...(extra.length === 0 ? [] : [`Only there: ${few(extra)}.`]),
      ...(missing.length === 0 ? [] : [`Only here: ${few(missing)}.`]),
    ].join(' '),
  'recorded-connections': ({ object, reason, address, pod, count }) => {
    const entries = `${times(count, 'recorded connection')} ${count === 1 ? 'leads' : 'lead'} to ${address}`;
    switch (reason) {
      case 'no-pod':
        return `${entries}${object.kind === 'Service' ? ` for ${formatRef(object)}` : ''}, and no running Pod has that address: packets follow the entry, not the rules, and get no answer until it ends.`;
      case 'no-endpoint':
        return `${entries} for ${formatRef(object)}${pod === null ? '' : `, the address of ${pod}`}, which is no endpoint of it: the entry was made earlier, and outlives the rules.`;
      case 'no-service':
        return `${entries}, an address of the Service range that no Service has: the Service was deleted, or not copied.`;
    }
  },
  'network-not-simulated': ({ object, name, used }) =>
    `${formatRef(object)} belongs to ${name}, a network that is not simulated: addresses stay as they are, and packets go from node to node as in the network ${used}.`,
  'policy-not-enforced': ({ object, network }) =>
    `${formatRef(object)} has no effect: the API server keeps it, but in this cluster (network ${network}) no plugin reads NetworkPolicies, so all traffic passes. Calico and kindnet would enforce it.`,
  'policy-selects-nothing': ({ object, namespace, onHostNetwork }) =>
    onHostNetwork.length > 0
      ? `${formatRef(object)} isolates nothing: ${some(onHostNetwork)} ${onHostNetwork.length === 1 ? 'bears' : 'bear'} the labels, but ${onHostNetwork.length === 1 ? 'is' : 'are'} on the host network, which policies do not reach.`
      : `${formatRef(object)} isolates nothing: its podSelector matches no Pod of the namespace ${namespace}, and a policy does not reach into another one.`,
  'policy-without-dns': ({ object, pods }) =>
    `${formatRef(object)} isolates ${some(pods)} for egress, and no rule lets them ask a name server (UDP 53, to the CoreDNS Pods): no name will resolve, though addresses that are allowed still answer.`,
  'policy-names-service-port': ({ object, port, service, target }) =>
    `${formatRef(object)} speaks of port ${port}, which is that of ${formatRef(service)}. A policy sees the packet behind kube-proxy’s translation, bound for port ${target} of a Pod: write ${target}.`,
  'policy-block-inside': ({ object, block, of }) =>
    of === 'services'
      ? `${formatRef(object)} names ${block}, a part of the Service range. A policy sees the packet behind kube-proxy’s translation, with the address of a Pod: this block matches nothing. A podSelector says whom it means.`
      : `${formatRef(object)} names ${block}, a part of the Pod range. Pods’ addresses change with every restart: a podSelector follows them.`,
  'ingress-without-class': ({ object, known }) =>
    `${formatRef(object)} names no class (spec.ingressClassName), and no IngressClass is marked as default: no controller serves it, and its hosts get 404.${known.length === 0 ? '' : ` There is the class ${list(known)}.`}`,
  'ingress-class-unknown': ({ object, name, known }) =>
    `${formatRef(object)} names the class ${name}, which does not exist: no controller serves it, and its hosts get 404.${known.length === 0 ? '' : ` There is ${list(known)}.`}`,
  'ingress-class-elsewhere': ({ object, name, controller }) =>
    `${formatRef(object)} is of the class ${name}, which belongs to ${controller}: that controller is not simulated, so the hosts get 404 here.`,
  'route-without-gateway': ({ object, gateways }) =>
    `${formatRef(object)} hangs on no listener: none of its parentRefs is a Gateway that exists and lets it come.${gateways.length === 0 ? '' : ` There is ${list(gateways)}.`}`,
  'backend-service-missing': ({ object, service, nearest, elsewhere }) =>
    `${formatRef(object)} sends requests to the Service ${service}, which its namespace does not have: the proxy answers by itself, with an error.${
      nearest !== null
        ? ` There is ${nearest}.`
        : elsewhere === null
          ? ''
          : ` The namespace ${elsewhere} has one of this name, which does not count.`
    }`,
  'backend-port-missing': ({ object, service, port, ports }) =>
    `${formatRef(object)} sends requests to port ${port} of the Service ${service}, which has only ${list(ports)}. The port meant is the Service’s own, not the container’s.`,
  'backend-without-endpoint': ({ object, service }) =>
    `${formatRef(object)} sends requests to the Service ${service}, behind which no Pod is ready: the proxy answers 503.`,
  'backend-not-granted': ({ object, service, namespace }) =>
    `${formatRef(object)} names the Service ${service} of the namespace ${namespace}, where no ReferenceGrant allows it: the proxy answers 500.`,
  'kind-not-simulated': ({ object, apiVersion }) =>
    `${formatRef(object)} is of a kind that Kubernetes 1.36 itself does not have (${apiVersion}): it is kept, and nothing here acts on it.`,
  'selector-matches-nothing': ({ object, selector, nearest, elsewhere }) => {
    const fact = `${formatRef(object)} selects Pods with ${pairs(selector)}, and no Pod in its namespace carries ${Object.keys(selector).length === 1 ? 'that label' : 'all of these labels'}: it has no endpoints.`;
    const [near] = nearest;
    if (near !== undefined)
      return `${fact} The Pod ${near.pod} comes closest: it has ${near.found} where the selector says ${near.wanted}.`;
    return elsewhere === null
      ? fact
      : `${fact} There are such Pods in the namespace ${elsewhere}, but a selector does not reach into another namespace.`;
  },
  'no-pod-ready': ({ object, selector, pods }) =>
    `${formatRef(object)} selects ${times(pods.length, 'Pod')} by ${pairs(selector)} (${some(pods)}), but none of them is ready: none gets a request.`,
  'nobody-listens': ({ object, port, pods, listening }) =>
    `${formatRef(object)} sends requests to ${port} of ${some(pods)}, where no program listens: they will be refused. ${listening.length === 0 ? 'That Pod listens on no port at all.' : `The Pod listens on ${list(listening)}.`}`,
  'port-name-missing': ({ object, name, protocol, pods, names }) =>
    `${formatRef(object)} aims at the port called “${name}” (${protocol}), but ${some(pods)} ${pods.length === 1 ? 'declares' : 'declare'} no ${protocol} port of that name and ${pods.length === 1 ? 'gets' : 'get'} no requests through it. ${names.length === 0 ? 'No port there has a name.' : `The names there: ${list(names)}.`}`,
  'nobody-writes-endpoints': ({ object }) =>
    `${formatRef(object)} has no selector, so no controller looks for Pods; it leads nowhere until somebody writes an EndpointSlice or an Endpoints object for it.`,
  'endpoints-ignored': ({ object, selector }) =>
    `The Service of the same name has a selector (${pairs(selector)}), so the controller writes its endpoints from Pods; what ${formatRef(object)} says is ignored.`,
  'endpoints-without-service': ({ object, nearest }) =>
    `${formatRef(object)} belongs to the Service of the same name, and there is none in its namespace: nobody reads it.${nearest === null ? '' : ` There is a Service ${nearest}.`}`,
  'slice-without-service': ({ object }) =>
    `${formatRef(object)} lacks the label kubernetes.io/service-name, which alone ties it to a Service: kube-proxy and CoreDNS pass it over.`,
  'slice-of-unknown-service': ({ object, service, nearest }) =>
    `${formatRef(object)} belongs by its label to a Service ${service}, which its namespace does not have.${nearest === null ? '' : ` There is a Service ${nearest}.`}`,
  'setting-unreadable': ({ object, path }) =>
    `${formatPath(path)} of ${formatRef(object)} is neither YAML nor JSON: it is left out of account.`,
  'setting-unknown': ({ object, field, value, known, used }) =>
    `${formatRef(object)} sets ${field} to “${value}”, which is not understood${known.length === 0 ? '' : ` (known here: ${list(known)})`}: ${used === '' ? 'it is left out of account' : `${used} is used`}.`,
  'proxy-mode-removed': ({ object, mode, used }) =>
    `${formatRef(object)} asks for the mode ${mode}, which kube-proxy has not had since v1.26: it would refuse to start. Here ${used} is used.`,
  'load-balancer-pending': ({ object, reason, detail }) =>
    `${formatRef(object)} has no external address (kubectl shows <pending>): ${waiting(reason, detail)}.`,
  'cluster-ip-outside-range': ({ object, ip, range }) =>
    `The address ${ip} of ${formatRef(object)} is none that the Service range ${range} of this cluster has to give: the API server would refuse it. It is used here all the same.`,
  'pod-ip-outside-node-range': ({ object, ip, node, ranges }) =>
    `${formatRef(object)} has the address ${ip}, but it runs on ${node}, whose Pods have addresses out of ${list(ranges)}: no other node has a route to it.`,
  'address-taken': ({ object, ip, other }) =>
    `${formatRef(object)} has the address ${ip}, and so has ${formatRef(other)}: packets for it reach one of the two only.`,
  'pod-ranges-overlap': ({ object, range, other, otherRange }) =>
    `The Pod range ${range} of ${formatRef(object)} overlaps ${otherRange} of the node ${other}: one address may be given to two Pods, and routes point to one node only.`,
  'pod-range-used-up': ({ object, node, ranges }) =>
    ranges.length === 0
      ? `The node ${node} has no podCIDR to take an address from: ${formatRef(object)} cannot start there.`
      : `The node ${node} has given out every address of ${list(ranges)}: ${formatRef(object)} stays Pending.`,
  'ranges-overlap': ({ object, range, of, other, otherOf }) =>
    `${capitalUse(of)} ${range}, as ${formatRef(object)} has it, overlaps ${rangeUse(otherOf)} ${other}: an address in both is taken for a Service by kube-proxy and for a Pod by the routes.`,
  'address-in-range': ({ object, ip, range, of, other }) =>
    `The address ${ip} of ${formatRef(object)} lies in ${rangeUse(of)} ${range}${other === null ? '' : ` of ${formatRef(other)}`}: packets for it are routed as for ${of === 'pods' ? 'a Pod' : 'a Service'}, and may never arrive.`,
  'service-range-used-up': ({ object, ranges }) =>
    `The Service range ${list(ranges)} has no address left for ${formatRef(object)}: the API server would refuse it, and here it has no cluster IP.`,
  'node-without-address': ({ object }) => `No address is left for ${formatRef(object)}: nothing reaches it, and no Pod on it.`,
  'port-taken': ({ object, at, port, other }) =>
    `${formatRef(object)} and ${formatRef(other)} both want port ${port} of ${at}: only one of the two can have it.`,
  'pod-ranges-far-apart': ({ range }) =>
    `No /16 holds the podCIDRs of all nodes, so the Pod range of this cluster is taken to be ${range}: every address in it counts as a Pod’s.`,
  unschedulable: ({ pod, refusals }) =>
    refusals.length === 0
      ? `There is no node for the Pod ${pod}: it stays Pending.`
      : `No node takes the Pod ${pod}, so it stays Pending: ${refusals.map(refusedOn).join('; ')}.`,
  'node-missing': ({ object, node, nearest }) =>
    `${formatRef(object)} is bound to the node ${node}, which does not exist: no kubelet starts it.${nearest === null ? '' : ` There is a node ${nearest}.`}`,
  'cron-job-waits': ({ object, schedule, suspended }) =>
    suspended
      ? `${formatRef(object)} is suspended: it makes no Jobs until spec.suspend is false again.`
      : `${formatRef(object)} makes a Job each time its schedule says (${schedule}); until then it has none, and no Pods.`,
  'time-zone-as-utc': ({ object, timeZone, schedule }) =>
    `${formatRef(object)} means its schedule (${schedule}) in the time zone ${timeZone}. This simulation has no time zones: here it counts in UTC.`,
  'replicas-limited': ({ object, wanted, made }) =>
    `${formatRef(object)} asks for ${wanted} Pods; this simulation makes ${made} of them at most.`,
  'probe-fails': ({ object, role, container, port, listening }) =>
    `The ${role} probe of the container ${container} in ${formatRef(object)} knocks at port ${port}, where ${
      listening.length === 0 ? 'nothing listens' : `nothing listens (but something does at ${list(listening)})`
    }: ${PROBE_CONSEQUENCE[role]}.`,
  'container-port-taken': ({ object, container, other, port }) =>
    `${formatRef(object)}: the containers ${other} and ${container} both want ${port}. Containers of one Pod share one network namespace and its ports, so the second program cannot listen; give it a port of its own.`,
  'readiness-gate-shut': ({ object, gates }) =>
    `${formatRef(object)} is ready only once somebody sets the condition ${list(gates)} to True: a controller of a load balancer, for instance. There is none here, so it stays out of the endpoints; the annotation kubehop.dev/gates (“${gates[0]}@10s”) says when one would do so.`,
  'listen-annotation-unreadable': ({ text }) =>
    `The annotation kubehop.dev/listen is not understood: “${text}”. It wants ports such as “3000/TCP, 9000/UDP”, or “none”.`,
  'listening-by-image': ({ object, images, listening }) =>
    `${formatRef(object)} declares no ports; programs of the image ${list(images)} are known to listen on ${list(listening)}.`,
  'listening-assumed': ({ object, listening }) =>
    `${formatRef(object)} declares no ports. Because Services or probes aim at ${list(listening)}, it is assumed to listen there; a containerPort or the annotation kubehop.dev/listen would settle it.`,
  'no-readiness-probe': ({ object, container, services }) =>
    `The container ${container} of ${formatRef(object)} has no readiness probe: ${list(services)} will send it requests from the moment it starts, whether it can answer yet or not.`,
  'no-resources': ({ object, container }) =>
    `The container ${container} of ${formatRef(object)} says nothing of what it needs (resources.requests): the scheduler counts it as nothing, and when memory runs out it is among the first to go.`,
  'no-labels': ({ object }) => `${formatRef(object)} makes Pods without any label: no Service and no policy can choose them.`,
  'port-unnamed': ({ object, port, container, name }) =>
    `The port ${port} of the container ${container} in ${formatRef(object)} has no name. With one (${name}), a Service can say targetPort: ${name}, and the number stands in one place.`,
  'address-hard-coded': ({ object, address, owner, service }) =>
    `${formatRef(object)} is started with the address ${address} of ${formatRef(owner)}: ${owner.kind === 'Pod' ? 'the next Pod in its place has another one' : 'made anew, it has another one'}.${service === null ? '' : ` The name ${service} stays.`}`,
  'name-elsewhere': ({ object, name, namespaces }) =>
    `${formatRef(object)} speaks of ${name}, and no Service of its namespace is called so. ${namespaces.length === 1 ? `The one in ${namespaces[0]}` : `Those in ${list(namespaces)}`} can be called by the full name: ${name}.${namespaces[0]}.svc.cluster.local.`,
  'namespace-not-written': ({ object, namespace }) =>
    `${formatRef(object)} is in the namespace ${namespace}, which no Namespace object here creates; on a cluster it has to be there first.`,
};

const PROBE_CONSEQUENCE = {
  readiness: 'the Pod is never ready, and Services leave it out',
  liveness: 'the container is killed and started again and again',
  startup: 'the container is killed before it counts as started',
} as const;

const TEMPLATE_TOOLS: Readonly<Record<string, string>> = {
  helm: 'Helm (helm template)',
  jinja: 'Jinja (as Ansible does)',
  kustomize: 'kustomize (kubectl kustomize)',
  envsubst: 'envsubst',
};

/** `Node a, b; ReplicaSet shop/web-1`. */
function absent(kinds: readonly AbsentKind[]): string {
  return kinds.map(({ kind, names }) => counted(kind, names)).join('; ');
}

function counted(kind: string, names: readonly string[]): string {
  return `${kind} ${few(names)}`;
}

const FEW = 5;

function few(names: readonly string[]): string {
  return names.length <= FEW ? names.join(', ') : `${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more`;
}

function rangeUse(use: RangeUse): string {
  return use === 'pods' ? 'the Pod range' : 'the Service range';
}

function capitalUse(use: RangeUse): string {
  return use === 'pods' ? 'The Pod range' : 'The Service range';
}

export function waiting(reason: WaitingReason, detail: string): string {
  switch (reason) {
    case 'no-provider':
      return 'this cluster has neither a cloud nor MetalLB to give one, while its node ports answer as usual';
    case 'class-unserved':
      return `its loadBalancerClass ${detail} belongs to a controller that does not run here`;
    case 'pool-used-up':
      return detail === '' ? 'no pool gives out addresses by itself' : `the pool ${detail} has no address left to give`;
    case 'address-refused':
      return `the address ${detail} that it asks for is taken, or lies in no pool`;
    default:
      return unreachable(reason);
  }
}

export function refusedOn(refusal: Refusal): string {
  const { node, detail } = refusal;
  switch (refusal.reason) {
    case 'cordoned':
      return `${node} is cordoned`;
    case 'not-ready':
      return `${node} is not ready`;
    case 'taint':
      return `${node} has the taint ${detail}, which the Pod does not tolerate`;
    case 'node-selector':
      return `${node} lacks the label ${detail} of the nodeSelector`;
    case 'node-affinity':
      return `${node} is none of the nodes that the Pod’s affinity allows`;
    case 'host-port':
      return `the port ${detail} of ${node} is taken`;
    case 'cpu':
      return `${node} has ${refusal.detail} of its CPU left, and the Pod asks for ${refusal.asked}`;
    case 'memory':
      return `${node} has ${refusal.detail} of its memory left, and the Pod asks for ${refusal.asked}`;
    case 'pods':
      return `${node} has its ${detail} Pods already`;
    case 'spread-label':
      return `${node} lacks the label ${detail}, by which the Pods are to be spread`;
    case 'spread':
      return `with one more Pod ${detail}, where ${node} is, would be too far ahead of the other places`;
    case 'pod-affinity':
      return `nobody whom the Pod wants near is where ${node} is (by the label ${detail})`;
    case 'pod-anti-affinity':
      return `where ${node} is runs ${detail}, which the Pod keeps away from`;
    case 'shunned':
      return `where ${node} is runs ${detail}, which keeps such Pods away`;
    default:
      return unreachable(refusal);
  }
}

function pairs(labels: Labels): string {
  return list(Object.entries(labels).map(([key, value]) => `${key}=${value}`));
}

/** The first three, and how many more. */
function some(names: readonly string[]): string {
  return names.length <= 3 ? list(names) : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
