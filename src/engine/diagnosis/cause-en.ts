// English: why a request fails, and what takes the cause away. A title, a sentence with the reason, a sentence with the remedy.

import { refusedOn, waiting } from '../explain/advice-en';
import { STATUS } from '../explain/end-en';
import type { Catalogue } from '../explain/language';
import { summary } from '../explain/summary';
import { list, times } from '../explain/words-en';
import type { CauseFact, PodInPart } from './cause-fact';

export type CauseWording = readonly [title: string, reason: string, remedy: string];

export const CAUSE_EN: Catalogue<CauseFact, 'code', CauseWording> = {
  'pod-unschedulable': (fact) => [
    `No node takes ${fact.pod}`,
    `${role(fact)} ${fact.pod} is Pending${fact.refusals.length === 0 ? ': the scheduler has not placed it' : `, because ${fact.refusals.map(refusedOn).join('; ')}`}.`,
    `Change what the Pod asks for, or give a node what is missing: a label, a toleration, room. kubectl describe pod shows the scheduler’s own words.`,
  ],
  'pod-node-missing': (fact) => [
    `${fact.pod} is bound to a node that does not exist`,
    `${role(fact)} ${fact.pod} has the nodeName ${fact.node}, and there is no such node: no kubelet starts it.`,
    fact.nearest === null
      ? `Leave nodeName out, and the scheduler chooses.`
      : `Write ${fact.nearest}, or leave nodeName out: the scheduler chooses.`,
  ],
  'pod-node-not-ready': (fact) => [
    `Node ${fact.node} is not ready`,
    `${role(fact)} ${fact.pod} runs on ${fact.node}, which does not report: all of its Pods count as not ready.`,
    `Bring the node’s kubelet back, or let the Pod start on another node.`,
  ],
  'pod-without-address': (fact) => [
    `${fact.pod} has no address yet`,
    `${role(fact)} ${fact.pod} was given to ${fact.node}, where its sandbox and its address are not there yet.`,
    `Wait for the kubelet and the network plugin; kubectl describe pod shows what they are waiting for.`,
  ],
  'pod-ended': (fact) => [
    `${fact.pod} has ended`,
    `${role(fact)} ${fact.pod} is ${fact.phase}${fact.reason === null ? '' : ` (${fact.reason})`}: nothing runs in it any more, and its address is given back.`,
    `Start it anew: a Deployment would have done so by itself.`,
  ],
  'pod-terminating': (fact) => [
    `${fact.pod} is being deleted`,
    `${role(fact)} ${fact.pod} terminates: it has been taken out of the endpoints, and no other is ready.`,
    `Wait for the Pod that takes its place; more replicas, and a rollout that keeps some, would have bridged the gap.`,
  ],
  'pod-container-waiting': (fact) => [
    `A container of ${fact.pod} does not run`,
    `The container ${fact.container} of ${fact.pod} waits: ${fact.reason}${fact.restarts === 0 ? '' : `, after ${times(fact.restarts, 'restart')}`}. ${consequence(fact)}`,
    `kubectl logs ${fact.pod.split('/').at(-1)} --previous shows why it ended; for an image, check its name and its registry.`,
  ],
  'pod-probe-fails': (fact) => [
    `The ${fact.role} probe of ${fact.pod} fails`,
    `The ${fact.role} probe of the container ${fact.container} knocks at port ${fact.port}, where nothing listens${fact.listening.length === 0 ? '' : ` (but something does at ${list(fact.listening)})`}. ${consequence(fact)}`,
    `Let the probe knock where the program listens${fact.listening.length === 1 ? `: ${fact.listening[0]}` : ''}.`,
  ],
  'pod-not-ready': (fact) => [
    `${fact.pod} is not ready`,
    `${role(fact)} ${fact.pod} says that it is not ready. ${consequence(fact)}`,
    `kubectl describe pod shows which condition is missing, and which probe failed.`,
  ],
  'node-asks-outside': (fact) => [
    `Nodes do not ask the cluster’s name server`,
    `${fact.node} asks ${list(fact.servers)}, which knows no Service: ${fact.name} means something in Pods only.`,
    `From a node, call the cluster IP; from a Pod, the name.`,
  ],
  'name-known-inside-only': (fact) => [
    `The name means nothing outside`,
    `${fact.name} is a name of the cluster’s own domain, which resolvers outside do not know.`,
    `Reach ${fact.service} by a node port, a load balancer or an Ingress.`,
  ],
  'name-server-not-cluster': (fact) => [
    fact.right === null ? `The cluster has no name server` : `${fact.client} asks another name server`,
    fact.right === null
      ? `There is no Service kube-system/kube-dns, so the kubelet wrote its own name server into resolv.conf (${list(fact.servers)}), which knows no Service.`
      : `resolv.conf of ${fact.client} names ${fact.servers.length === 0 ? 'no server' : list(fact.servers)} (dnsPolicy ${fact.policy}), and not ${fact.right}: Services are known there alone.`,
    fact.right === null
      ? `Install CoreDNS with its Service kube-dns.`
      : `Let dnsPolicy be ClusterFirst, which is also what it is when nothing is written.`,
  ],
  'name-server-nobody': (fact) => [
    `Nobody has the name server’s address`,
    `resolv.conf names ${fact.address}, and neither a Service nor a Pod has that address.`,
    fact.right === null
      ? `Tell the kubelets the address of kube-dns (clusterDNS).`
      : `Tell the kubelets the address of kube-dns (clusterDNS): ${fact.right}.`,
  ],
  'name-server-deaf': (fact) => [
    `The name server does not answer`,
    `${fact.address} takes the question, and no answer comes.`,
    `Look at the logs of CoreDNS.`,
  ],
  'name-not-searched': (fact) => [
    `The search path does not lead to the Service`,
    `${fact.name} would be ${fact.full}, and this name was never asked: the search path is ${fact.search.length === 0 ? 'empty' : list(fact.search)}.`,
    `Call ${fact.full}, or put the missing domain into dnsConfig.searches.`,
  ],
  'name-wrong-domain': (fact) => [
    `The name ends in another domain`,
    `${fact.name} does not lie in the domain of this cluster.`,
    `Write ${fact.right}.`,
  ],
  'name-unknown-outside': (fact) => [
    `Nobody knows the name`,
    `${fact.name} is no Service, and no resolver outside knows it.${fact.nearest === null ? '' : ` There is ${fact.nearest}.`}`,
    `Check how it is written.`,
  ],
  'name-without-address': (fact) => [
    `The name has no address`,
    `${fact.name} exists, and has no address of a kind that the client can use.`,
    `Check the address families of the Service and of the client.`,
  ],
  'outside-unreachable': (fact) => [
    `The resolvers outside cannot be reached`,
    `${fact.name} is a name of the world outside, and CoreDNS finds nobody there to ask (SERVFAIL).`,
    `Check the forward line of the Corefile, and the name servers of the nodes.`,
  ],
  'external-name-unknown': (fact) => [
    `The Service stands for a name that nobody knows`,
    `${fact.service} is an ExternalName for ${fact.target}, and that name does not exist.`,
    `Correct spec.externalName.`,
  ],
  'coredns-behind': (fact) => [
    `CoreDNS does not know what the API server knows`,
    `The objects give ${fact.name} an address that CoreDNS does not answer (${fact.server}): it has not seen the change.`,
    `Check that CoreDNS reaches the API server: kubectl logs -n kube-system -l k8s-app=kube-dns.`,
  ],
  'object-refused': (fact) => [
    `The API server refuses ${fact.refused}`,
    `${fact.refused} stands in the manifest and does not exist: the API server refuses it${fact.field === '' ? '' : `, for ${fact.field}`} (${fact.why}).`,
    `Correct the field; kubectl apply repeats the error.`,
  ],
  'service-missing': (fact) => [
    `There is no Service ${fact.name}`,
    `The namespace ${fact.namespace} has no Service ${fact.name}.${fact.nearest === null ? '' : ` It has one called ${fact.nearest}.`}`,
    fact.nearest === null ? `Create it, or call another name.` : `Call ${fact.nearest}, or give the Service the name that is called.`,
  ],
  'namespace-missing': (fact) => [
    `There is no namespace ${fact.namespace}`,
    `${fact.name}.${fact.namespace} would be a Service of the namespace ${fact.namespace}, and there is none of that name.`,
    fact.nearest === null ? `Call the Service by its own namespace.` : `Call ${fact.name}.${fact.nearest}.`,
  ],
  'service-in-other-namespace': (fact) => [
    `The Service lives in another namespace`,
    `A Service ${fact.name} exists in ${list(fact.namespaces)}, not in ${fact.asked}: a short name only finds what is in the client’s own namespace.`,
    `Call ${fact.full}, or the Service’s name with its namespace.`,
  ],
  'service-port-missing': (fact) => [
    `${fact.service} has no port ${fact.port}`,
    `The client calls ${fact.port}, and the Service has ${list(fact.ports)}.${fact.isTarget ? ` ${fact.port} is the port of the Pods, which only the Service calls.` : ''}`,
    `Call ${list(fact.ports)}, or give the Service the port that is called.`,
  ],
  'service-protocol-differs': (fact) => [
    `${fact.service} takes ${fact.has}, not ${fact.asked}`,
    `Port ${fact.port} of the Service is one of ${fact.has}; the client speaks ${fact.asked}, and for that there is no rule.`,
    `Let the protocol of the port be ${fact.asked}.`,
  ],
  'service-not-pingable': (fact) => [
    `A Service does not answer a ping`,
    `${fact.address} is on no interface: kube-proxy knows ports of it and nothing else, and a ping has no port.`,
    `Try a port instead, with curl or nc; a Pod’s own address can be pinged.`,
  ],
  'headless-port': (fact) => [
    `A headless Service translates no port`,
    `${fact.service} is headless: the name leads to the Pods themselves, and their program listens on ${fact.target}, not on ${fact.port}.`,
    `Call port ${fact.target}, or give the Service a cluster IP.`,
  ],
  'load-balancer-pending': (fact) => [
    `${fact.service} waits for an external address`,
    `EXTERNAL-IP is <pending>${fact.reason === null ? '' : `: ${waiting(fact.reason, fact.detail)}`}.`,
    `Give the cluster somebody who hands out addresses, such as MetalLB with a pool; until then its node ports answer.`,
  ],
  'selector-matches-nothing': (fact) => [
    `No Pod bears the labels of ${fact.service}`,
    `${fact.service} looks for ${fact.selector} in its own namespace, and finds nobody.${fact.nearest === null ? '' : ` ${fact.nearest.pod} has ${fact.nearest.found} where the selector says ${fact.nearest.wanted}.`}${fact.elsewhere === null ? '' : ` There are such Pods in ${fact.elsewhere}, where a selector does not reach.`}`,
    fact.nearest === null
      ? `Let selector and labels say the same.`
      : `Let the selector say ${fact.nearest.found}, or the Pods ${fact.nearest.wanted}.`,
  ],
  'workload-has-no-pods': (fact) => [
    `${fact.workload} has no Pods`,
    `The labels are right, and ${fact.workload} has no Pod${fact.replicas === 0 ? ': it is scaled to 0' : ` yet, of the ${fact.replicas} that it should have`}.`,
    fact.replicas === 0 ? `Scale it: kubectl scale --replicas=1.` : `Wait, or look at kubectl describe: somebody refuses to create them.`,
  ],
  'endpoints-not-written': (fact) => [
    `Nobody writes endpoints for ${fact.service}`,
    `${fact.service} has no selector, so no controller looks for Pods, and nobody has written an EndpointSlice for it.${fact.nearest === null ? '' : ` There are endpoints called ${fact.nearest}, which belong to no Service.`}`,
    `Give it a selector, or write an EndpointSlice with the label kubernetes.io/service-name.`,
  ],
  'endpoint-port-differs': (fact) => [
    `The endpoints are for another port`,
    `The EndpointSlice of ${fact.service} lists ${list(fact.has)}, and the Service asks for ${fact.wanted}: name and protocol have to be the same.`,
    `Give the port of the EndpointSlice the name and the protocol of the Service’s.`,
  ],
  'endpoints-not-ready': (fact) => [
    `None of the endpoints counts as ready`,
    `The endpoints of ${fact.service} (${list(fact.addresses)}) are written with conditions.ready: false.`,
    `Set it to true where the address answers.`,
  ],
  'endpoints-other-family': (fact) => [
    `${fact.service} has endpoints of the other family only`,
    `The client called ${fact.asked}, and the endpoints are ${list(fact.addresses)}: no rule leads from IPv4 to IPv6, or back.`,
    `Give the Service endpoints of both families, or one family (ipFamilyPolicy: SingleStack).`,
  ],
  'endpoints-behind': (fact) => [
    `The endpoints lag behind the Pods`,
    `${list(fact.pods)} ${fact.pods.length === 1 ? 'is' : 'are'} ready, and the EndpointSlices of ${fact.service} do not say so yet.`,
    `Wait for the EndpointSlice controller; if nothing happens, look at kube-controller-manager.`,
  ],
  'target-port-name-missing': (fact) => [
    `No port is called ${fact.name}`,
    `targetPort of ${fact.service} is the name ${fact.name}, and ${list(fact.pods)} ${fact.pods.length === 1 ? 'declares' : 'declare'} ${fact.names.length === 0 ? 'no port with a name' : list(fact.names)}.`,
    `Let targetPort be a name that the containers declare, or a number.`,
  ],
  'no-local-endpoint': (fact) => [
    `${fact.node} has no endpoint of its own`,
    `${fact.field}: Local keeps the call to the node that it came to, ${fact.node}, and the endpoints of ${fact.service} are on ${list(fact.nodes)}.`,
    `Let ${fact.field} be Cluster, or run a Pod on every node.`,
  ],
  'source-not-allowed': (fact) => [
    `${fact.client} is not in the source ranges`,
    `${fact.service} lets in ${list(fact.ranges)} alone (loadBalancerSourceRanges).`,
    `Add the range of this client.`,
  ],
  'nobody-listens': (fact) => [
    `Nothing listens on the target port`,
    `${fact.service} sends to ${fact.port} of ${some(fact.pods)}, where no program listens${fact.listening.length === 0 ? ', nor on any other port' : `: the program listens on ${list(fact.listening)}`}. The kernel of the Pod refuses.`,
    `Let targetPort be the port of the program.`,
  ],
  'closed-port': (fact) => [
    `Nothing listens on ${fact.port}`,
    `The packet reached ${fact.where}, where no program listens on ${fact.port}${fact.listening.length === 0 ? '' : ` (but on ${list(fact.listening)})`}.`,
    fact.listening.length === 0 ? `Start the program, or call another address.` : `Call ${list(fact.listening)}.`,
  ],
  'one-bad-pod': (fact) => [
    `One Pod of ${fact.of} is bad`,
    `${fact.pod} is an endpoint of ${fact.service} and does not listen on ${fact.port}: ${chance(fact.probability)} goes to it and is refused.${fact.probed ? '' : ' It has no readiness probe, so it counts as ready.'}`,
    `A readiness probe on ${fact.port} takes such a Pod out of the endpoints; then repair the Pod.`,
  ],
  'program-not-up': (fact) => [
    `The program in ${fact.pod} is not up`,
    `${fact.pod} runs and should listen on ${fact.port}, and nothing does: the program is still starting, or has ended.${fact.probed ? '' : ' Without a readiness probe the Pod counts as ready all the same.'}`,
    fact.probed ? `Look at its log: kubectl logs.` : `Give the container a readiness probe, and look at its log.`,
  ],
  'program-silent': (fact) => [
    `The program in ${fact.by} does not answer`,
    `The packet arrived and ${fact.by} took the connection, but its program never says a word: it hangs.`,
    `Look at its log; a liveness probe would start it anew, a readiness probe take it out of the endpoints.`,
  ],
  'program-answers-error': (fact) => [
    `${fact.by} answers ${fact.status}`,
    `The network is fine: the request reached ${fact.by}, whose program answers ${fact.status}.`,
    `Look at its log; a readiness probe would have taken it out of the endpoints.`,
  ],
  'address-of-nobody': (fact) => [
    `Nobody has the address ${fact.address}`,
    `${fact.address} ${fact.range === 'pods' ? 'lies in the Pod range, and no Pod has it: a Pod that comes back has another address' : fact.range === 'services' ? 'lies in the Service range, and no Service has it' : 'is no address of this cluster'}.`,
    `Call a Service by its name: it stays, whoever is behind it.`,
  ],
  'node-port-missing': (fact) => [
    `No Service has the node port ${fact.port}`,
    `The node is there, and no Service has taken ${fact.port} of it.${fact.ports.length === 0 ? ' No Service has a node port.' : ` Taken: ${list(fact.ports)}.`}`,
    `Call a node port that exists, or set spec.ports[].nodePort.`,
  ],
  'endpoint-of-nobody': (fact) => [
    `An endpoint of ${fact.service} leads to nobody`,
    `The EndpointSlice lists ${fact.address}, and no Pod and no host has this address.`,
    `Correct the address in the EndpointSlice.`,
  ],
  'kube-proxy-behind': (fact) => [
    `kube-proxy on ${fact.node} ${fact.rules === 'none' ? 'has written no rule' : 'has old rules'}`,
    `The API server has endpoints for ${fact.service}, and the rules of ${fact.node} ${fact.rules === 'none' ? 'do not know the Service at all' : 'still lead to where they were before'}: kube-proxy does not run there, or lags.`,
    `Look at it: kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide, and its log on ${fact.node}.`,
  ],
  'policy-drops': (fact) => [
    fact.dns ? `A NetworkPolicy closes the way to the name servers` : `A NetworkPolicy drops the packet`,
    `${list(fact.policies)} ${fact.policies.length === 1 ? 'isolates' : 'isolate'} ${fact.pod} (${fact.direction}), and no rule lets it ${fact.direction === 'Egress' ? `call ${fact.other}` : `be called by ${fact.other}`} on ${fact.port}.`,
    fact.dns
      ? `Add an egress rule to the Pods of kube-dns, port 53 of UDP and TCP.`
      : `Add a rule for ${fact.direction === 'Egress' ? `port ${fact.port} of ${fact.other}` : `${fact.other}, port ${fact.port}`}.`,
  ],
  'no-pod-network': (fact) => [
    `Nothing joins the nodes`,
    `The cluster has no Pod network: each node hands out addresses of its own, and no route leads from ${fact.from} to the Pods of ${fact.to}.`,
    `Install a network plugin, such as Calico or flannel.`,
  ],
  'pod-gone': (fact) => [
    `${fact.pod} is gone, and still listed`,
    `The endpoints still name ${fact.address}, and the Pod behind it runs no more.`,
    `Wait for the kubelet or the node controller to report it; a client should try again.`,
  ],
  'node-unreachable': (fact) => [
    `${fact.node} cannot be reached`,
    `The packet from ${fact.from} finds no way to ${fact.node}: the machine is off, or a cable is cut. The API server has not noticed yet.`,
    `ping it from ${fact.from}; bring the machine or its link back.`,
  ],
  'link-cut': (fact) => [
    `The link between ${fact.from} and ${fact.to} is cut`,
    `Both machines run, and no frame passes between them: the packet is lost on the wire.`,
    `Try ping ${fact.to} on ${fact.from}; look at the cable, the switch, the firewall between them.`,
  ],
  'pod-unplugged': (fact) => [
    `${fact.pod} is cut off from its node`,
    `One end of the veth pair between ${fact.pod} and ${fact.node} is missing.`,
    `Delete the Pod: its successor gets a network anew. Look at the network plugin on ${fact.node}.`,
  ],
  'routes-behind': (fact) => [
    `${fact.place} lacks routes`,
    `${fact.place} should have ${some(fact.routes)}, and has not: the network plugin does not run there, or lags.`,
    `Look at its Pod on that node, and at ip route.`,
  ],
  'way-ends': (fact) => [
    `The packet does not come through`,
    summary(fact.end).en,
    `The trace shows each stop, and the rule or route that decided.`,
  ],
  'ingress-not-served': (fact) => [
    `No controller serves the Ingress ${fact.ingress}`,
    `${fact.name === null ? `${fact.ingress} names no class, and none is the default` : `${fact.ingress} is of the class ${fact.name}, which no controller here serves`}: nobody answers for ${fact.host}.`,
    fact.known.length === 0 ? `Install an Ingress controller.` : `Let ingressClassName be ${list(fact.known)}.`,
  ],
  'ingress-host-unknown': (fact) => [
    `No rule is for ${fact.host}`,
    `The Ingresses have rules for ${fact.hosts.length === 0 ? 'no host' : list(fact.hosts)}.${fact.nearest === null ? '' : ` ${fact.nearest} comes closest.`}`,
    `Let the host of the rule be the one that is called.`,
  ],
  'ingress-path-unknown': (fact) => [
    `No rule is for ${fact.path}`,
    `${fact.host} has rules for ${fact.rules.length === 0 ? 'no path' : list(fact.rules)}, and none takes ${fact.path}.`,
    `Add a path, or call one that there is.`,
  ],
  'ingress-service-missing': (fact) => [
    `The rule names a Service that does not exist`,
    `${fact.ingress} sends to ${fact.service}, which its namespace does not have.${fact.nearest === null ? '' : ` It has ${fact.nearest}.`}${fact.elsewhere === null ? '' : ` There is one in ${fact.elsewhere}, where an Ingress does not reach.`}`,
    fact.nearest === null ? `Create the Service, or name another.` : `Let the rule name ${fact.nearest}.`,
  ],
  'ingress-port-missing': (fact) => [
    `The rule names a port that ${fact.service} does not have`,
    `${fact.ingress} sends to port ${fact.port} of ${fact.service}, which has ${list(fact.ports)}.`,
    `Let the rule name the Service’s port.`,
  ],
  'proxy-behind': (fact) => [
    `${fact.program} has an old configuration`,
    `The objects have a rule for ${fact.host}${fact.path}, and ${fact.program} does not act by it yet.`,
    `Look at its log: the configuration may have been refused.`,
  ],
  'proxy-answers': (fact) => [
    `${fact.program} answers ${fact.status} by itself`,
    `No application was asked: ${STATUS[fact.why]('the back end')}.`,
    `Look at the rule, and at the log of ${fact.program}.`,
  ],
};

const ROLE: Readonly<Record<PodInPart['part'], string>> = { client: 'The client', 'back-end': 'The Pod', 'name-server': 'The name server' };

function role({ part }: PodInPart): string {
  return ROLE[part];
}

function consequence({ service, part }: PodInPart): string {
  if (service !== null) return `${service} has no other Pod that is ready, so it has no endpoint.`;
  return part === 'client' ? 'Nothing can be sent from it.' : 'Nobody should call it.';
}

function some(items: readonly string[]): string {
  return items.length <= 3 ? list(items) : `${items.slice(0, 2).join(', ')} and ${items.length - 2} more`;
}

function chance(probability: number): string {
  const oneIn = 1 / probability;
  return Math.abs(oneIn - Math.round(oneIn)) < 1e-9
    ? `1 request in ${Math.round(oneIn)}`
    : `${Math.round(probability * 100)} % of the requests`;
}
