// What `kubectl explain` says of types and fields, in our own words: those that a course on networks meets. A line is a definition or one of
// its fields; fields that are the same everywhere are named alone. What is not here has no description.

const WORDS = `
apiVersion: The group and version of the API that the object is written for.
kind: The type of the object.
metadata: Name, namespace, labels and annotations of the object.
spec: What is wanted. Controllers and kubelets work until it is so.
status: What was last seen to be the case. Written by the cluster, not by its users.

apis.meta.v1.ObjectMeta.annotations: Notes for tools and people. Nothing can be selected by them.
apis.meta.v1.ObjectMeta.creationTimestamp: When the API server stored the object.
apis.meta.v1.ObjectMeta.deletionTimestamp: When the object will be gone. Set as soon as somebody deletes it.
apis.meta.v1.ObjectMeta.finalizers: What has to be done before the object may be gone.
apis.meta.v1.ObjectMeta.generateName: The beginning of a name that the API server completes. Used where there is no name.
apis.meta.v1.ObjectMeta.labels: Keys and values by which selectors choose objects: those of Services, workloads and policies.
apis.meta.v1.ObjectMeta.name: The name of the object, of which there is one of its type in a namespace.
apis.meta.v1.ObjectMeta.namespace: The namespace that the object is in. Empty for types that belong to the cluster as a whole.
apis.meta.v1.ObjectMeta.ownerReferences: The objects that this one belongs to. It is deleted with the last of them.
apis.meta.v1.ObjectMeta.uid: A number that is this object's alone, even after it is gone.
apis.meta.v1.LabelSelector: Chooses objects by their labels. All of its parts have to hold; an empty one chooses everything.
apis.meta.v1.LabelSelector.matchExpressions: Conditions on labels, all of which have to hold.
apis.meta.v1.LabelSelector.matchLabels: Labels that have to be there with exactly these values.
apis.meta.v1.LabelSelectorRequirement.key: The key of the label.
apis.meta.v1.LabelSelectorRequirement.operator: In, NotIn, Exists or DoesNotExist.
apis.meta.v1.LabelSelectorRequirement.values: What In and NotIn compare with. Empty for the other two.

v1.Service: One name and one address in front of the Pods that a selector chooses. Connections to it are spread over those that are ready.
v1.ServiceSpec.allocateLoadBalancerNodePorts: Whether a Service of the type LoadBalancer has node ports too. True if it is left out.
v1.ServiceSpec.clusterIP: The address of the Service within the cluster. Chosen by the API server if it is left out; None makes the Service headless: its name leads to the Pods themselves.
v1.ServiceSpec.clusterIPs: The addresses of the Service within the cluster, one a family. The first is clusterIP.
v1.ServiceSpec.externalIPs: Addresses for which nodes accept traffic of this Service. Nobody sees to it that packets for them arrive at a node.
v1.ServiceSpec.externalName: The name that a Service of the type ExternalName leads to, as a CNAME record. Nothing is forwarded.
v1.ServiceSpec.externalTrafficPolicy: Whether traffic from outside may go on to Pods of other nodes (Cluster, which hides the client's address) or stays on the node where it arrives (Local).
v1.ServiceSpec.healthCheckNodePort: The port on which nodes tell a load balancer whether they have Pods of the Service. For externalTrafficPolicy Local.
v1.ServiceSpec.internalTrafficPolicy: Whether traffic from within the cluster may go to Pods of any node (Cluster) or only of the client's own (Local).
v1.ServiceSpec.ipFamilies: The address families of the Service, IPv4 or IPv6 or both.
v1.ServiceSpec.ipFamilyPolicy: Whether the Service has one address family or two.
v1.ServiceSpec.loadBalancerClass: Which load balancer is to serve it, where there are several.
v1.ServiceSpec.loadBalancerIP: The address that is wanted of the load balancer. Not every one heeds it; deprecated.
v1.ServiceSpec.loadBalancerSourceRanges: The clients that the load balancer lets through, as prefixes.
v1.ServiceSpec.ports: The ports of the Service, each with the port of the Pods that it leads to.
v1.ServiceSpec.publishNotReadyAddresses: Whether Pods that are not ready count as well. For names of Pods that find each other before they are.
v1.ServiceSpec.selector: The labels of the Pods behind the Service. Without one, nobody fills in its endpoints.
v1.ServiceSpec.sessionAffinity: Whether a client's connections go to the same Pod (ClientIP) or are spread (None).
v1.ServiceSpec.trafficDistribution: Which endpoints are preferred, where there is a choice: those near to the client.
v1.ServiceSpec.type: How the Service can be reached: ClusterIP within the cluster, NodePort also at a port of every node, LoadBalancer also by a load balancer; ExternalName is but another name.
v1.ServicePort.appProtocol: What is spoken on the port, for those who care, such as proxies.
v1.ServicePort.name: The name of the port. Needed where there are several.
v1.ServicePort.nodePort: The port on every node, of 30000 to 32767. Chosen by the API server if it is left out.
v1.ServicePort.port: The port of the Service itself, to which clients connect.
v1.ServicePort.protocol: TCP if it is left out.
v1.ServicePort.targetPort: The port of the Pods, as a number or as the name of a container's port. The same as port if it is left out.
v1.ServiceStatus.loadBalancer: Where the load balancer can be reached. Empty until it has an address.

v1.Pod: Containers that run together on one node and share one network: the same address, the same ports, the same loopback device.
v1.PodSpec.containers: The containers of the Pod. At least one.
v1.PodSpec.dnsConfig: Servers, search domains and options that are added to the Pod's resolv.conf.
v1.PodSpec.dnsPolicy: Where the Pod's resolv.conf comes from: the cluster's DNS (ClusterFirst, and ClusterFirstWithHostNet on the host's network), the node's own (Default), or dnsConfig alone (None).
v1.PodSpec.enableServiceLinks: Whether containers have the addresses of Services in their environment. True if it is left out.
v1.PodSpec.hostAliases: Lines that are added to the Pod's /etc/hosts.
v1.PodSpec.hostNetwork: Whether the Pod uses the network of its node instead of one of its own: then it has the node's address and ports.
v1.PodSpec.hostname: The host name within the Pod. The Pod's name if it is left out.
v1.PodSpec.initContainers: Containers that run one after the other, each to its end, before the others start. With restartPolicy Always one stays and runs beside them.
v1.PodSpec.nodeName: The node that the Pod runs on. Written by the scheduler; who writes it himself passes the scheduler by.
v1.PodSpec.nodeSelector: Labels that the Pod's node must have.
v1.PodSpec.readinessGates: Conditions beside the probes, set by somebody else, that have to be True before the Pod is ready.
v1.PodSpec.restartPolicy: Whether containers that end are started again: Always, OnFailure or Never.
v1.PodSpec.serviceAccountName: The account that the Pod's programs have with the API server.
v1.PodSpec.subdomain: The headless Service whose name the Pod's own name in DNS is part of: HOSTNAME.SUBDOMAIN.NAMESPACE.svc.
v1.PodSpec.terminationGracePeriodSeconds: How long the containers may take to end, from the signal TERM to the signal KILL. 30 if it is left out.
v1.PodSpec.tolerations: The taints of nodes that do not keep the Pod away.
v1.PodSpec.volumes: What containers can mount.
v1.PodStatus.conditions: How far the Pod is: scheduled, initialized, its containers ready, ready.
v1.PodStatus.hostIP: The address of the Pod's node.
v1.PodStatus.phase: Pending, Running, Succeeded, Failed or Unknown.
v1.PodStatus.podIP: The address of the Pod, the same for all its containers. Empty before its network is set up.
v1.PodStatus.podIPs: The addresses of the Pod, one a family.
v1.Container: One program of a Pod, with its image.
v1.Container.args: The arguments of the program. Those of the image if they are left out.
v1.Container.command: The program that is run. That of the image if it is left out.
v1.Container.env: Variables in the environment of the program.
v1.Container.image: The image that the container is made of.
v1.Container.livenessProbe: How the kubelet asks whether the container has to be restarted.
v1.Container.name: The name of the container, of which there is one in a Pod.
v1.Container.ports: The ports that the program listens on. They are told, not opened: a port that is not listed can be reached all the same. A name here can be a targetPort.
v1.Container.readinessProbe: How the kubelet asks whether the container can take requests. While it cannot, its Services send it no new connections.
v1.Container.startupProbe: How the kubelet asks whether the container has started. The other probes wait for it.
v1.ContainerPort.containerPort: The port within the Pod.
v1.ContainerPort.hostIP: The address of the node at which hostPort is open. Every one if it is left out.
v1.ContainerPort.hostPort: A port of the node that leads to this one.
v1.ContainerPort.name: A name that Services and probes can use instead of the number.
v1.ContainerPort.protocol: TCP if it is left out.
v1.Probe: A question that the kubelet asks a container again and again.
v1.Probe.failureThreshold: How many answers in a row have to be bad before the probe has failed. 3 if it is left out.
v1.Probe.httpGet: Asks with an HTTP request: an answer from 200 to 399 is good.
v1.Probe.initialDelaySeconds: How long after the start of the container the first question is asked.
v1.Probe.periodSeconds: How often it is asked. Every 10 seconds if it is left out.
v1.Probe.successThreshold: How many answers in a row have to be good after a failure. 1 if it is left out.
v1.Probe.tcpSocket: Asks by opening a connection: one that is accepted is good.
v1.Probe.timeoutSeconds: How long the answer may take. 1 second if it is left out.

v1.Endpoints: The addresses behind a Service, in one object of the same name. Deprecated since 1.33: EndpointSlices tell more.
v1.EndpointSubset.addresses: The addresses that are ready.
v1.EndpointSubset.notReadyAddresses: The addresses that are not ready. Nothing is sent there.
discovery.k8s.io.v1.EndpointSlice: A part of the addresses behind a Service. Which Service it is stands in its label kubernetes.io/service-name.
discovery.k8s.io.v1.EndpointSlice.addressType: The family of all addresses in the slice: IPv4 or IPv6.
discovery.k8s.io.v1.EndpointSlice.endpoints: The addresses, each with its conditions. At most 1000, usually 100.
discovery.k8s.io.v1.EndpointSlice.ports: The ports that all the endpoints have.
discovery.k8s.io.v1.Endpoint.addresses: The address of the endpoint. kube-proxy uses the first.
discovery.k8s.io.v1.Endpoint.nodeName: The node that the endpoint is on.
discovery.k8s.io.v1.Endpoint.targetRef: The object that has the address, usually a Pod.
discovery.k8s.io.v1.Endpoint.zone: The zone that the endpoint is in.
discovery.k8s.io.v1.EndpointConditions.ready: Whether the endpoint takes new connections.
discovery.k8s.io.v1.EndpointConditions.serving: Whether it answers, even while it is about to end.
discovery.k8s.io.v1.EndpointConditions.terminating: Whether it is about to end.

networking.k8s.io.v1.Ingress: Rules by which requests over HTTP, from outside the cluster, find Services by host name and path. An Ingress controller has to run that keeps them.
networking.k8s.io.v1.IngressSpec.defaultBackend: Where requests go that no rule is for.
networking.k8s.io.v1.IngressSpec.ingressClassName: Which controller is to keep the rules.
networking.k8s.io.v1.IngressSpec.rules: The rules, each for a host name.
networking.k8s.io.v1.IngressSpec.tls: The certificates for host names.
networking.k8s.io.v1.IngressRule.host: The host name that requests must be for. Every one if it is left out.
networking.k8s.io.v1.HTTPIngressPath.backend: Where requests with the path go.
networking.k8s.io.v1.HTTPIngressPath.path: The path, with its slash at the beginning.
networking.k8s.io.v1.HTTPIngressPath.pathType: Whether the path is meant exactly (Exact), with all below it (Prefix), or as the controller likes.
networking.k8s.io.v1.NetworkPolicy: Which connections the Pods that it selects may take and open. A Pod that no policy selects may take and open all.
networking.k8s.io.v1.NetworkPolicySpec.egress: What the Pods may open connections to. Empty and with the policy type Egress: nothing.
networking.k8s.io.v1.NetworkPolicySpec.ingress: What may open connections to the Pods. Empty and with the policy type Ingress: nothing.
networking.k8s.io.v1.NetworkPolicySpec.podSelector: The Pods of the policy's namespace that it is for. An empty one selects all.
networking.k8s.io.v1.NetworkPolicySpec.policyTypes: The directions that the policy closes, before its rules open them again: Ingress, Egress. Left out: Ingress, and Egress if there is an egress rule.
networking.k8s.io.v1.NetworkPolicyIngressRule.from: Who may connect. Everybody if it is left out.
networking.k8s.io.v1.NetworkPolicyIngressRule.ports: To which ports. To all if it is left out.
networking.k8s.io.v1.NetworkPolicyEgressRule.to: Whom the Pods may connect to. Everybody if it is left out.
networking.k8s.io.v1.NetworkPolicyEgressRule.ports: To which ports. To all if it is left out.
networking.k8s.io.v1.NetworkPolicyPeer.ipBlock: A range of addresses, without some of it. Meant for what is outside of the cluster.
networking.k8s.io.v1.NetworkPolicyPeer.namespaceSelector: The namespaces by their labels. Alone: all of their Pods; with podSelector: those of their Pods that it selects.
networking.k8s.io.v1.NetworkPolicyPeer.podSelector: Pods by their labels, of the policy's own namespace unless namespaceSelector stands beside it.
networking.k8s.io.v1.NetworkPolicyPort.endPort: The end of a range of ports that begins at port.
networking.k8s.io.v1.NetworkPolicyPort.port: A port of the Pods, as a number or a name; never the port of a Service.
networking.k8s.io.v1.IPBlock.cidr: The range, as a prefix.
networking.k8s.io.v1.IPBlock.except: Parts of the range that are not meant.

apps.v1.Deployment: Keeps a number of Pods of one template running, and replaces them step by step when the template changes.
apps.v1.DeploymentSpec.replicas: How many Pods there are to be. 1 if it is left out.
apps.v1.DeploymentSpec.selector: Which Pods belong to it. The labels of its template have to fit; it cannot be changed.
apps.v1.DeploymentSpec.strategy: How old Pods are replaced by new ones.
apps.v1.DeploymentSpec.template: What its Pods look like. A change of it is a new revision.
apps.v1.DeploymentSpec.minReadySeconds: How long a new Pod has to be ready before it counts as available.
apps.v1.DeploymentSpec.progressDeadlineSeconds: How long a rollout may take a step before it counts as failed. 600 if it is left out.
apps.v1.DeploymentSpec.revisionHistoryLimit: How many old ReplicaSets are kept to go back to. 10 if it is left out.
apps.v1.RollingUpdateDeployment.maxSurge: How many Pods more than wanted there may be meanwhile, as a number or a share. 25% if it is left out.
apps.v1.RollingUpdateDeployment.maxUnavailable: How many Pods of those wanted may be missing meanwhile, as a number or a share. 25% if it is left out.
apps.v1.ReplicaSet: Keeps a number of Pods of one template running. Usually made by a Deployment.
apps.v1.StatefulSet: Keeps Pods with lasting names, numbered from 0, each with storage of its own.
apps.v1.StatefulSetSpec.serviceName: The headless Service that gives its Pods their names in DNS.
apps.v1.DaemonSet: Keeps one Pod on every node, or on every one that is chosen.

v1.Node: A machine that Pods run on.
v1.NodeSpec.podCIDR: The range that the node's Pods have their addresses of.
v1.NodeSpec.taints: What keeps Pods away that do not tolerate it.
v1.NodeSpec.unschedulable: Whether new Pods are kept away (kubectl cordon).
v1.NodeStatus.addresses: The addresses at which the node can be reached.
v1.Namespace: A part of the cluster in which names are given once. Part of the names of Services in DNS, and no border for packets.
v1.ConfigMap: Settings for Pods, as keys with values.
v1.ConfigMap.data: The settings.
v1.Secret: Settings for Pods that not everybody may read. The values are in base64.
`;

const BY_NAME: ReadonlyMap<string, string> = new Map(
  WORDS.split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
);

/** Everything that is described. */
export const DESCRIBED: readonly string[] = [...BY_NAME.keys()];

/** Of a type; empty where there is nothing to say. */
export function definitionWords(definition: string | null): string {
  return definition === null ? '' : (BY_NAME.get(definition) ?? '');
}

/** Of a field of a definition. */
export function fieldWords(definition: string, field: string): string {
  return BY_NAME.get(`${definition}.${field}`) ?? BY_NAME.get(field) ?? '';
}
