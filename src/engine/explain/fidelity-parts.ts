// The parts of the simulation, each with the program that it follows and what is simpler than in life. FIDELITY.md is written from this.

import type { Fidelity, FidelityId } from './fidelity';

export const FIDELITY: Readonly<Record<FidelityId, Fidelity>> = {
  'kube-proxy-iptables': {
    level: 'compiled',
    subject: { en: 'kube-proxy’s rules, iptables mode', fr: 'règles de kube-proxy en mode iptables' },
    source: 'kubernetes v1.35, pkg/proxy/iptables/proxier.go, syncProxyRules',
    simplified: {
      en: 'without nfacct counters, canary chains, and the shorter comments of clusters with more than 1000 endpoints',
      fr: 'sans compteurs nfacct, sans chaînes canary, ni les commentaires raccourcis des clusters de plus de 1000 endpoints',
    },
  },
  'kube-proxy-nftables': {
    level: 'compiled',
    subject: { en: 'kube-proxy’s table, nftables mode', fr: 'table de kube-proxy en mode nftables' },
    source: 'kubernetes v1.35, pkg/proxy/nftables/proxier.go, syncProxyRules',
    simplified: null,
  },
  'kube-proxy-ipvs': {
    level: 'compiled',
    subject: {
      en: 'kube-proxy’s virtual servers, sets and rules, IPVS mode',
      fr: 'serveurs virtuels, ensembles et règles de kube-proxy en mode IPVS',
    },
    source: 'kubernetes v1.33, pkg/proxy/ipvs/proxier.go; net/netfilter/ipvs of the kernel',
    simplified: {
      en: 'Maglev hashing (mh) draws by lot, lblcr behaves as lblc; without graceful removal and strictARP',
      fr: 'le hachage Maglev (mh) tire au sort, lblcr se comporte comme lblc ; sans retrait progressif ni strictARP',
    },
  },
  'calico-policy': {
    level: 'compiled',
    subject: { en: 'network policy as Calico enforces it', fr: 'NetworkPolicy telle que Calico l’applique' },
    source: 'projectcalico/calico, felix/rules; NetworkPolicy v1',
    simplified: {
      en: 'programmed only where the manifest has a policy; a packet from a Pod to its own node always passes; without tiers, host endpoints and Calico’s own policies',
      fr: 'programmée seulement si le manifeste contient une politique\u202f; d’un Pod à son propre nœud, tout passe\u202f; ni niveaux («\u00a0tiers\u00a0»), ni host endpoints, ni politiques propres à Calico',
    },
  },
  'kindnet-policy': {
    level: 'modelled',
    subject: { en: 'network policy as kindnet enforces it', fr: 'NetworkPolicy telle que kindnet l’applique' },
    source: 'kubernetes-sigs/kube-network-policies',
    simplified: {
      en: 'the verdict that a program in user space would give stands in the rules',
      fr: 'le verdict qu’un programme de l’espace utilisateur rendrait est écrit dans les règles',
    },
  },
  'outgoing-nat': {
    level: 'compiled',
    subject: { en: 'outgoing NAT of the network plugin', fr: 'NAT sortant du plugin réseau' },
    source: 'Calico (Felix), flannel (pkg/trafficmngr/iptables), kindnetd, the CNI plugin bridge',
    simplified: null,
  },
  'host-ports': {
    level: 'compiled',
    subject: { en: 'host ports', fr: 'ports d’hôte (hostPort)' },
    source: 'containernetworking/plugins, portmap',
    simplified: null,
  },
  routes: {
    level: 'compiled',
    subject: { en: 'routes of nodes and Pods', fr: 'routes des nœuds et des Pods' },
    source: 'Calico (BIRD, Felix), flannel, kindnetd; fib_lookup of the kernel',
    simplified: {
      en: 'BGP sessions are not simulated: a route is there or it is not; a node’s Pod range is taken as one block',
      fr: 'les sessions BGP ne sont pas simulées\u00a0: une route existe ou non\u202f; la plage de Pods d’un nœud forme un seul bloc',
    },
  },
  tunnels: {
    level: 'modelled',
    subject: { en: 'VXLAN and IP-in-IP', fr: 'VXLAN et IP dans IP' },
    source: 'RFC 7348, RFC 2003; drivers/net/vxlan of the kernel',
    simplified: {
      en: 'the outer source port is a hash of our own; no fragments',
      fr: 'le port source extérieur vient d’un hachage propre au simulateur\u202f; pas de fragments',
    },
  },
  netfilter: {
    level: 'modelled',
    subject: { en: 'hooks, connection tracking and NAT', fr: 'points d’accroche, suivi de connexions et NAT' },
    source: 'net/netfilter of the kernel; checked against a real one by npm run test:kernel',
    simplified: {
      en: 'a connection is its first packet and the answer to it; entries do not expire',
      fr: 'une connexion se réduit à son premier paquet et à la réponse\u202f; les entrées n’expirent pas',
    },
  },
  devices: {
    level: 'modelled',
    subject: { en: 'devices, bridges and links', fr: 'interfaces, ponts et liens' },
    source: 'drivers/net/veth.c, net/bridge of the kernel',
    simplified: {
      en: 'who answers for an address is known at once (ARP, NDP); no queue, no loss, no time',
      fr: 'celui qui répond pour une adresse est connu d’emblée (ARP, NDP)\u202f; ni file d’attente, ni perte, ni durée',
    },
  },
  coredns: {
    level: 'compiled',
    subject: { en: 'records of CoreDNS', fr: 'enregistrements de CoreDNS' },
    source: 'CoreDNS 1.14, plugin/kubernetes; DNS-Based Service Discovery 1.1.0',
    simplified: {
      en: 'answers are remembered only where the Corefile in the text has a line “cache”; nothing is fetched ahead',
      fr: 'les réponses ne sont gardées que si le Corefile du texte a une ligne «\u00a0cache\u00a0»\u202f; rien n’est relu d’avance',
    },
  },
  resolver: {
    level: 'modelled',
    subject: { en: 'the resolver in the program', fr: 'le résolveur du programme' },
    source: 'glibc 2.36 and musl 1.2.5, resolv.conf(5)',
    simplified: {
      en: 'a server that is silent is given up at once; no retransmission',
      fr: 'un serveur muet est abandonné aussitôt, sans retransmission',
    },
  },
  'ingress-nginx': {
    level: 'modelled',
    subject: { en: 'the proxy of Ingress and Gateway', fr: 'le mandataire d’Ingress et de Gateway' },
    source: 'ingress-nginx, Gateway API conformance',
    simplified: {
      en: 'hosts, paths, headers, methods and weights choose the back end; no certificate, no rewriting, and of the annotations only ssl-redirect, force-ssl-redirect and the class',
      fr: 'hôtes, chemins, en-têtes, méthodes et poids choisissent la destination\u202f; ni certificat ni réécriture, et pour seules annotations ssl-redirect, force-ssl-redirect et la classe',
    },
  },
  balancer: {
    level: 'modelled',
    subject: { en: 'the load balancer in front of the nodes', fr: 'le répartiteur de charge devant les nœuds' },
    source: 'equal-cost routes, as MetalLB announces them by BGP',
    simplified: {
      en: 'each node that answers its health check is as likely as the next; the packet keeps its destination',
      fr: 'chaque nœud dont la sonde répond a la même chance\u202f; le paquet garde sa destination',
    },
  },
  programs: {
    level: 'modelled',
    subject: { en: 'programs in Pods and outside', fr: 'programmes des Pods et du dehors' },
    source: 'the ports that a Pod declares, or the annotation kubehop.dev/listen',
    simplified: {
      en: 'a program that listens accepts every connection and answers 200, unless annotations (kubehop.dev/…) say otherwise; how a command line ends is read off simple commands joined by ; && || and endless loops, what asks the network or files is taken to succeed, and what cannot be read runs on; SIGTERM means nothing to shells, sleep, tail and cat, to every other program that it has to end',
      fr: 'un programme qui écoute accepte toute connexion et répond 200, sauf si des annotations (kubehop.dev/…) disent autre chose\u202f; la fin d’une ligne de commande se lit sur les commandes simples enchaînées par ; && || et sur les boucles sans fin, une commande qui interroge le réseau ou lit un fichier est supposée réussir, et ce qui ne se lit pas continue de tourner\u202f; SIGTERM reste sans effet sur un shell, sleep, tail et cat, et met fin à tout autre programme',
    },
  },
  client: {
    level: 'modelled',
    subject: { en: 'what the client sees', fr: 'ce que voit le client' },
    source: 'curl 7.88, BusyBox 1.35, connect(2)',
    simplified: { en: 'times are left out', fr: 'les durées sont omises' },
  },
  controllers: {
    level: 'modelled',
    subject: { en: 'the controllers of workloads', fr: 'les contrôleurs des charges de travail' },
    source: 'kubernetes v1.35, pkg/controller/{deployment,replicaset,statefulset,daemon,job,cronjob,disruption}',
    simplified: {
      en: 'one look at a time, in the order of names; statuses count the Pods of the moment; schedules are in UTC, and no CronJob comes in a cluster at rest; Pods have no generation; without volume claims, pod failure and success policies and horizontal autoscaling',
      fr: 'un examen à la fois, dans l’ordre des noms\u202f; les statuts comptent les Pods de l’instant\u202f; les horaires sont en UTC, et aucun CronJob ne se déclenche dans un cluster au repos\u202f; les Pods n’ont pas de generation\u202f; ni réclamations de volumes, ni podFailurePolicy ni successPolicy, ni autoscaling horizontal',
    },
  },
  'api-server': {
    level: 'modelled',
    subject: { en: 'the API server, as a client of it sees it', fr: 'l’API server, tel que le voit un client' },
    source: 'kubernetes v1.35, pkg/registry; kubectl v1.36',
    simplified: {
      en: 'a write is stored at once and never conflicts; resourceVersion and managedFields are left out; a uid follows from the name; a text that is applied again says only what is new in it, so that an object which the cluster has removed stays away; of admission only defaults, the class of an Ingress and disruption budgets; who asks is not looked at; a wait without a limit ends after an hour',
      fr: 'une écriture est enregistrée aussitôt et n’entre jamais en conflit\u202f; ni resourceVersion, ni managedFields\u202f; un uid découle du nom\u202f; un texte appliqué de nouveau ne compte que par ce qui y a changé, et un objet que le cluster a supprimé ne revient donc pas\u202f; de l’admission, il ne reste que les valeurs par défaut, la classe d’un Ingress et les budgets de perturbation\u202f; peu importe qui demande\u202f; une attente sans limite s’arrête au bout d’une heure',
    },
  },
  scheduler: {
    level: 'modelled',
    subject: { en: 'the scheduler', fr: 'le scheduler' },
    source: 'kubernetes v1.35, pkg/scheduler/framework/plugins',
    simplified: {
      en: 'filters as there; where it scores with weights and breaks ties at random, the least loaded node comes first; without volumes, preemption and extended resources',
      fr: 'mêmes filtres\u202f; là où il pondère puis tire au sort, le nœud le moins chargé l’emporte\u202f; ni volumes, ni préemption, ni ressources étendues',
    },
  },
  kubelet: {
    level: 'modelled',
    subject: {
      en: 'the kubelet: sandboxes, restarts, probes, the end of Pods',
      fr: 'le kubelet\u202f: espaces réseau, redémarrages, sondes, fin des Pods',
    },
    source: 'kubernetes v1.35, pkg/kubelet/{kuberuntime,prober}',
    simplified: {
      en: 'everything takes a fixed time (timeline/delays.ts); a probe is a packet and its answer counts at once; a command in a container succeeds while its program is well, and one of postStart fails where it ends in “false” or “exit 1”; a hook takes as long as the sleep in it; readiness gates open when an annotation says so; an HTTPS probe fails only where an image is known to speak plain HTTP; of a Secret only its existence counts, and in a pasted cluster no ConfigMap or Secret counts as missing; without restart rules of single containers, ephemeral containers and eviction for lack of memory',
      fr: 'tout prend une durée fixe (timeline/delays.ts)\u202f; une sonde est un paquet, et sa réponse compte aussitôt\u202f; une commande réussit tant que le programme va bien, et celle d’un postStart échoue si elle finit par «\u00a0false\u00a0» ou «\u00a0exit 1\u00a0»\u202f; un hook dure le temps du sleep qu’il contient\u202f; une readiness gate s’ouvre quand une annotation le dit\u202f; une sonde HTTPS n’échoue que si l’image est connue pour parler HTTP en clair\u202f; d’un Secret seule l’existence compte, et dans un cluster collé aucun ConfigMap ni Secret n’est tenu pour absent\u202f; ni règles de redémarrage par conteneur, ni conteneurs éphémères, ni éviction par manque de mémoire',
    },
  },
  watchers: {
    level: 'modelled',
    subject: { en: 'who hears of a change, and when', fr: 'qui apprend un changement, et quand' },
    source: 'client-go informers; kube-proxy’s minSyncPeriod; the EndpointSlice controller',
    simplified: {
      en: 'each part hears after a fixed delay; Ingress controllers and the network plugin at once; resolvers keep nothing, as glibc and musl do',
      fr: 'chacun l’apprend après un délai fixe\u202f; les contrôleurs d’Ingress et le plugin réseau, aussitôt\u202f; les résolveurs ne gardent rien, comme glibc et musl',
    },
  },
  shell: {
    level: 'modelled',
    subject: {
      en: 'the terminal: its shell, and programs in Pods and on nodes',
      fr: 'le terminal\u00a0: son shell, et les programmes des Pods et des nœuds',
    },
    source: 'POSIX sh; BusyBox 1.36, curl 7.88, BIND 9.18, iproute2, the texts of the real tools',
    simplified: {
      en: 'a command takes no time but what it waits for on purpose; files are few, and what is written to one stays in the shell that wrote it; without job control, functions, case, arithmetic and patterns of file names; an image has the programs that are known of it, whatever was built into it',
      fr: 'une commande ne prend que le temps qu’elle attend exprès\u202f; les fichiers sont peu nombreux, et ce qu’on écrit dans l’un reste dans le shell qui l’a écrit\u202f; ni contrôle des tâches, ni fonctions, ni case, ni arithmétique, ni motifs de noms de fichiers\u202f; une image a les programmes qu’on lui connaît, quoi qu’on y ait mis',
    },
  },
  'lost-nodes': {
    level: 'modelled',
    subject: { en: 'nodes that are lost', fr: 'les nœuds perdus' },
    source: 'kubernetes v1.35, pkg/controller/{nodelifecycle,tainteviction,podgc}',
    simplified: {
      en: 'a node is on, off or starting, and one whose link to the API server’s node is cut is not heard, as if there were no way round; one that is switched on starts its Pods anew with new addresses; when a taint was added is not looked at; without zones of many lost nodes and rate limits',
      fr: 'un nœud est allumé, éteint ou en train de démarrer\u202f; si son lien vers le nœud de l’API server est coupé, on ne l’entend plus, comme s’il n’y avait pas de détour\u202f; rallumé, il relance ses Pods avec de nouvelles adresses\u202f; on ne regarde pas quand une taint a été posée\u202f; ni pannes de zone entière, ni limitation de débit',
    },
  },
};

/** What a request may need and the simulation lacks. */
export const LEFT_OUT: readonly string[] = [
  'eBPF data planes (Cilium, Calico’s eBPF mode) and Windows nodes',
  'kube-proxy’s userspace mode, gone since v1.26: explained, not simulated',
  'TCP beyond its first packet and the answer: windows, retransmission, path MTU discovery in progress',
  'expiry of connections and of UDP entries; timing of any kind within one request (a cluster’s life has its time, a request happens at one instant of it)',
  'WireGuard; multicast; IP options and fragments',
  'BGP sessions, route reflectors, several Calico blocks for one node',
  'AdminNetworkPolicy, Calico’s own policies, service meshes',
  'TLS: certificates are taken as valid, and their content is not looked at',
  'Gateway API beyond HTTPRoute’s core: filters other than a redirection, regular expressions, TLSRoute, GRPCRoute',
];
