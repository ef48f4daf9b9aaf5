// Français : pourquoi une requête échoue, et ce qui en supprime la cause. Un titre, une phrase pour la raison, une phrase pour le remède.

import { refusedOn, waiting } from '../explain/advice-fr';
import { STATUS } from '../explain/end-fr';
import type { Catalogue } from '../explain/language';
import { summary } from '../explain/summary';
import { list, times } from '../explain/words-fr';
import type { CauseWording } from './cause-en';
import type { CauseFact, PodInPart } from './cause-fact';

export const CAUSE_FR: Catalogue<CauseFact, 'code', CauseWording> = {
  'pod-unschedulable': (fact) => [
    `Aucun nœud ne prend ${fact.pod}`,
    `${role(fact)} ${fact.pod} reste Pending${fact.refusals.length === 0 ? ' : l’ordonnanceur ne l’a pas encore placé' : ` : ${fact.refusals.map(refusedOn).join(' ; ')}`}.`,
    `Changez ce que demande le Pod, ou donnez à un nœud ce qui manque : étiquette, tolérance, place. kubectl describe pod cite l’ordonnanceur.`,
  ],
  'pod-node-missing': (fact) => [
    `${fact.pod} est lié à un nœud qui n’existe pas`,
    `${role(fact)} ${fact.pod} porte le nodeName ${fact.node}, et il n’y a pas de tel nœud : aucun kubelet ne le démarre.`,
    fact.nearest === null
      ? `Retirez nodeName : l’ordonnanceur choisira.`
      : `Écrivez ${fact.nearest}, ou retirez nodeName : l’ordonnanceur choisira.`,
  ],
  'pod-node-not-ready': (fact) => [
    `Le nœud ${fact.node} n’est pas prêt`,
    `${role(fact)} ${fact.pod} est sur ${fact.node}, qui ne donne plus de nouvelles : tous ses Pods comptent comme non prêts.`,
    `Rétablissez le kubelet de ce nœud, ou laissez le Pod redémarrer ailleurs.`,
  ],
  'pod-without-address': (fact) => [
    `${fact.pod} n’a pas encore d’adresse`,
    `${role(fact)} ${fact.pod} a été confié à ${fact.node}, où ni son bac à sable ni son adresse ne sont encore là.`,
    `Attendez le kubelet et le plugin réseau ; kubectl describe pod dit ce qui les retient.`,
  ],
  'pod-ended': (fact) => [
    `${fact.pod} a terminé`,
    `${role(fact)} ${fact.pod} est ${fact.phase}${fact.reason === null ? '' : ` (${fact.reason})`} : plus rien n’y tourne, et son adresse est rendue.`,
    `Relancez-le : un Deployment l’aurait fait de lui-même.`,
  ],
  'pod-terminating': (fact) => [
    `${fact.pod} est en cours de suppression`,
    `${role(fact)} ${fact.pod} se termine : il est retiré des endpoints, et aucun autre n’est prêt.`,
    `Attendez le Pod qui le remplace ; davantage de répliques, et un déploiement qui en garde, auraient évité ce trou.`,
  ],
  'pod-container-waiting': (fact) => [
    `Un conteneur de ${fact.pod} ne tourne pas`,
    `Le conteneur ${fact.container} de ${fact.pod} attend : ${fact.reason}${fact.restarts === 0 ? '' : `, après ${times(fact.restarts, 'redémarrage')}`}. ${consequence(fact)}`,
    `kubectl logs ${fact.pod.split('/').at(-1)} --previous dit pourquoi il s’est arrêté ; pour une image, vérifiez son nom et son registre.`,
  ],
  'pod-probe-fails': (fact) => [
    `La sonde ${fact.role} de ${fact.pod} échoue`,
    `La sonde ${fact.role} du conteneur ${fact.container} frappe au port ${fact.port}, où rien n’écoute${fact.listening.length === 0 ? '' : ` (il y a quelqu’un sur ${list(fact.listening)})`}. ${consequence(fact)}`,
    `Faites frapper la sonde là où le programme écoute${fact.listening.length === 1 ? ` : ${fact.listening[0]}` : ''}.`,
  ],
  'pod-not-ready': (fact) => [
    `${fact.pod} n’est pas prêt`,
    `${role(fact)} ${fact.pod} se dit non prêt. ${consequence(fact)}`,
    `kubectl describe pod montre la condition qui manque, et la sonde qui a échoué.`,
  ],
  'node-asks-outside': (fact) => [
    `Les nœuds n’interrogent pas le serveur de noms du cluster`,
    `${fact.node} demande à ${list(fact.servers)}, qui ne connaît aucun Service : ${fact.name} n’a de sens que dans un Pod.`,
    `Depuis un nœud, appelez l’IP de cluster ; depuis un Pod, le nom.`,
  ],
  'name-known-inside-only': (fact) => [
    `Hors du cluster, ce nom ne dit rien`,
    `${fact.name} appartient au domaine propre du cluster, que les résolveurs du dehors ignorent.`,
    `Passez par un port de nœud, un répartiteur ou un Ingress pour joindre ${fact.service}.`,
  ],
  'name-server-not-cluster': (fact) => [
    fact.right === null ? `Le cluster n’a pas de serveur de noms` : `${fact.client} interroge un autre serveur de noms`,
    fact.right === null
      ? `Il n’y a pas de Service kube-system/kube-dns : le kubelet a donc mis dans resolv.conf son propre serveur (${list(fact.servers)}), qui ne connaît aucun Service.`
      : `Le resolv.conf de ${fact.client} cite ${fact.servers.length === 0 ? 'aucun serveur' : list(fact.servers)} (dnsPolicy ${fact.policy}), et non ${fact.right}, le seul à connaître les Services.`,
    fact.right === null
      ? `Installez CoreDNS avec son Service kube-dns.`
      : `Mettez dnsPolicy à ClusterFirst, qui est aussi sa valeur quand on n’écrit rien.`,
  ],
  'name-server-nobody': (fact) => [
    `L’adresse du serveur de noms n’est à personne`,
    `resolv.conf cite ${fact.address}, et aucun Service, aucun Pod n’a cette adresse.`,
    fact.right === null
      ? `Donnez aux kubelets l’adresse de kube-dns (clusterDNS).`
      : `Donnez aux kubelets l’adresse de kube-dns (clusterDNS) : ${fact.right}.`,
  ],
  'name-server-deaf': (fact) => [
    `Le serveur de noms ne répond pas`,
    `${fact.address} reçoit la question, et aucune réponse ne vient.`,
    `Lisez les journaux de CoreDNS.`,
  ],
  'name-not-searched': (fact) => [
    `Les domaines de recherche ne mènent pas au Service`,
    `${fact.name} devrait donner ${fact.full}, et ce nom n’a jamais été demandé : la recherche porte sur ${fact.search.length === 0 ? 'rien' : list(fact.search)}.`,
    `Appelez ${fact.full}, ou ajoutez le domaine qui manque à dnsConfig.searches.`,
  ],
  'name-wrong-domain': (fact) => [
    `Le nom finit par un autre domaine`,
    `${fact.name} n’est pas dans le domaine de ce cluster.`,
    `Écrivez ${fact.right}.`,
  ],
  'name-unknown-outside': (fact) => [
    `Personne ne connaît ce nom`,
    `${fact.name} n’est pas un Service, et aucun résolveur du dehors ne le connaît.${fact.nearest === null ? '' : ` Il existe ${fact.nearest}.`}`,
    `Vérifiez l’orthographe.`,
  ],
  'name-without-address': (fact) => [
    `Le nom n’a pas d’adresse`,
    `${fact.name} existe, mais sans adresse dont le client puisse se servir.`,
    `Comparez les familles d’adresses du Service et du client.`,
  ],
  'outside-unreachable': (fact) => [
    `Les résolveurs du dehors sont hors d’atteinte`,
    `${fact.name} est un nom du monde extérieur, et CoreDNS n’y trouve personne à qui le demander (SERVFAIL).`,
    `Vérifiez la ligne forward du Corefile et les serveurs de noms des nœuds.`,
  ],
  'external-name-unknown': (fact) => [
    `Le Service renvoie à un nom que personne ne connaît`,
    `${fact.service} est un ExternalName pour ${fact.target}, et ce nom n’existe pas.`,
    `Corrigez spec.externalName.`,
  ],
  'coredns-behind': (fact) => [
    `CoreDNS ignore ce que sait le serveur d’API`,
    `Les objets donnent à ${fact.name} une adresse que CoreDNS ne répond pas (${fact.server}) : il n’a pas vu le changement.`,
    `Vérifiez que CoreDNS joint le serveur d’API : kubectl logs -n kube-system -l k8s-app=kube-dns.`,
  ],
  'object-refused': (fact) => [
    `Le serveur d’API refuse ${fact.refused}`,
    `${fact.refused} est dans le manifeste mais n’existe pas : le serveur d’API le refuse${fact.field === '' ? '' : `, à cause de ${fact.field}`} (${fact.why}).`,
    `Corrigez ce champ ; kubectl apply redonne l’erreur.`,
  ],
  'service-missing': (fact) => [
    `Il n’y a pas de Service ${fact.name}`,
    `Le namespace ${fact.namespace} n’a pas de Service ${fact.name}.${fact.nearest === null ? '' : ` Il en a un qui s’appelle ${fact.nearest}.`}`,
    fact.nearest === null ? `Créez-le, ou appelez un autre nom.` : `Appelez ${fact.nearest}, ou donnez au Service le nom appelé.`,
  ],
  'namespace-missing': (fact) => [
    `Il n’y a pas de namespace ${fact.namespace}`,
    `${fact.name}.${fact.namespace} désignerait un Service du namespace ${fact.namespace}, qui n’existe pas.`,
    fact.nearest === null ? `Appelez le Service par son propre namespace.` : `Appelez ${fact.name}.${fact.nearest}.`,
  ],
  'service-in-other-namespace': (fact) => [
    `Le Service est dans un autre namespace`,
    `Il existe un Service ${fact.name} dans ${list(fact.namespaces)}, pas dans ${fact.asked} : un nom court ne trouve que ce qui est chez le client.`,
    `Appelez ${fact.full}, ou ajoutez au moins le namespace.`,
  ],
  'service-port-missing': (fact) => [
    `${fact.service} n’a pas de port ${fact.port}`,
    `Le client appelle ${fact.port}, et le Service a ${list(fact.ports)}.${fact.isTarget ? ` ${fact.port} est le port des Pods, que seul le Service appelle.` : ''}`,
    `Appelez ${list(fact.ports)}, ou donnez au Service le port appelé.`,
  ],
  'service-protocol-differs': (fact) => [
    `${fact.service} attend ${fact.has}, pas ${fact.asked}`,
    `Le port ${fact.port} du Service est en ${fact.has} ; le client parle ${fact.asked}, et aucune règle n’est écrite pour cela.`,
    `Mettez le protocole du port à ${fact.asked}.`,
  ],
  'service-not-pingable': (fact) => [
    `Un Service ne répond pas au ping`,
    `${fact.address} n’est sur aucune interface : kube-proxy n’en connaît que des ports, et un ping n’en a pas.`,
    `Essayez plutôt un port, avec curl ou nc ; l’adresse d’un Pod, elle, répond au ping.`,
  ],
  'headless-port': (fact) => [
    `Un Service headless ne traduit aucun port`,
    `${fact.service} est headless : le nom mène aux Pods eux-mêmes, et leur programme écoute sur ${fact.target}, pas sur ${fact.port}.`,
    `Appelez le port ${fact.target}, ou donnez au Service une IP de cluster.`,
  ],
  'load-balancer-pending': (fact) => [
    `${fact.service} attend une adresse externe`,
    `EXTERNAL-IP reste <pending>${fact.reason === null ? '' : ` : ${waiting(fact.reason, fact.detail)}`}.`,
    `Donnez au cluster de quoi distribuer des adresses, par exemple MetalLB et une réserve ; d’ici là, ses ports de nœud répondent.`,
  ],
  'selector-matches-nothing': (fact) => [
    `Aucun Pod ne porte les étiquettes de ${fact.service}`,
    `${fact.service} cherche ${fact.selector} dans son namespace, et ne trouve personne.${fact.nearest === null ? '' : ` ${fact.nearest.pod} porte ${fact.nearest.found} là où le sélecteur dit ${fact.nearest.wanted}.`}${fact.elsewhere === null ? '' : ` Il y a de tels Pods dans ${fact.elsewhere}, hors de portée d’un sélecteur.`}`,
    fact.nearest === null
      ? `Faites dire la même chose au sélecteur et aux étiquettes.`
      : `Écrivez ${fact.nearest.found} dans le sélecteur, ou ${fact.nearest.wanted} sur les Pods.`,
  ],
  'workload-has-no-pods': (fact) => [
    `${fact.workload} n’a aucun Pod`,
    `Les étiquettes sont bonnes, mais ${fact.workload} n’a aucun Pod${fact.replicas === 0 ? ' : il est réduit à 0' : ` encore, sur ${fact.replicas} voulus`}.`,
    fact.replicas === 0
      ? `Agrandissez-le : kubectl scale --replicas=1.`
      : `Attendez, ou lisez kubectl describe : quelqu’un refuse de les créer.`,
  ],
  'endpoints-not-written': (fact) => [
    `Personne n’écrit d’endpoints pour ${fact.service}`,
    `${fact.service} n’a pas de sélecteur : aucun contrôleur ne cherche de Pods, et personne n’a écrit d’EndpointSlice pour lui.${fact.nearest === null ? '' : ` Il existe des endpoints nommés ${fact.nearest}, qui ne sont à aucun Service.`}`,
    `Donnez-lui un sélecteur, ou écrivez une EndpointSlice avec l’étiquette kubernetes.io/service-name.`,
  ],
  'endpoint-port-differs': (fact) => [
    `Les endpoints sont pour un autre port`,
    `L’EndpointSlice de ${fact.service} annonce ${list(fact.has)}, et le Service demande ${fact.wanted} : nom et protocole doivent être les mêmes.`,
    `Donnez au port de l’EndpointSlice le nom et le protocole de celui du Service.`,
  ],
  'endpoints-not-ready': (fact) => [
    `Aucun endpoint ne compte comme prêt`,
    `Les endpoints de ${fact.service} (${list(fact.addresses)}) sont écrits avec conditions.ready: false.`,
    `Mettez true là où l’adresse répond.`,
  ],
  'endpoints-other-family': (fact) => [
    `${fact.service} n’a d’endpoints que de l’autre famille`,
    `Le client a appelé ${fact.asked}, et les endpoints sont ${list(fact.addresses)} : aucune règle ne mène d’IPv4 à IPv6, ni l’inverse.`,
    `Donnez au Service des endpoints des deux familles, ou une seule famille (ipFamilyPolicy: SingleStack).`,
  ],
  'endpoints-behind': (fact) => [
    `Les endpoints sont en retard sur les Pods`,
    `${list(fact.pods)} ${fact.pods.length === 1 ? 'est prêt' : 'sont prêts'}, et les EndpointSlices de ${fact.service} ne le disent pas encore.`,
    `Attendez le contrôleur d’EndpointSlices ; si rien ne bouge, voyez kube-controller-manager.`,
  ],
  'target-port-name-missing': (fact) => [
    `Aucun port ne s’appelle ${fact.name}`,
    `Le targetPort de ${fact.service} est le nom ${fact.name}, et ${list(fact.pods)} ${fact.pods.length === 1 ? 'déclare' : 'déclarent'} ${fact.names.length === 0 ? 'des ports sans nom' : list(fact.names)}.`,
    `Mettez dans targetPort un nom que déclarent les conteneurs, ou un numéro.`,
  ],
  'no-local-endpoint': (fact) => [
    `${fact.node} n’a pas d’endpoint à lui`,
    `${fact.field}: Local garde l’appel sur le nœud où il est arrivé, ${fact.node}, et les endpoints de ${fact.service} sont sur ${list(fact.nodes)}.`,
    `Mettez ${fact.field} à Cluster, ou faites tourner un Pod sur chaque nœud.`,
  ],
  'source-not-allowed': (fact) => [
    `${fact.client} n’est pas dans les plages admises`,
    `${fact.service} ne laisse entrer que ${list(fact.ranges)} (loadBalancerSourceRanges).`,
    `Ajoutez la plage de ce client.`,
  ],
  'nobody-listens': (fact) => [
    `Rien n’écoute sur le port visé`,
    `${fact.service} envoie vers ${fact.port} de ${some(fact.pods)}, où aucun programme n’écoute${fact.listening.length === 0 ? ', ni là ni ailleurs' : ` : le programme écoute sur ${list(fact.listening)}`}. Le noyau du Pod refuse.`,
    `Mettez dans targetPort le port du programme.`,
  ],
  'closed-port': (fact) => [
    `Rien n’écoute sur ${fact.port}`,
    `Le paquet a atteint ${fact.where}, où aucun programme n’écoute sur ${fact.port}${fact.listening.length === 0 ? '' : ` (mais sur ${list(fact.listening)})`}.`,
    fact.listening.length === 0 ? `Lancez le programme, ou appelez une autre adresse.` : `Appelez ${list(fact.listening)}.`,
  ],
  'one-bad-pod': (fact) => [
    `Un Pod sur ${fact.of} est défaillant`,
    `${fact.pod} est un endpoint de ${fact.service} et n’écoute pas sur ${fact.port} : ${chance(fact.probability)} lui revient et se fait refuser.${fact.probed ? '' : ' Sans sonde readiness, il compte comme prêt.'}`,
    `Une sonde readiness sur ${fact.port} retire un tel Pod des endpoints ; il reste à le réparer.`,
  ],
  'program-not-up': (fact) => [
    `Le programme de ${fact.pod} n’est pas là`,
    `${fact.pod} tourne et devrait écouter sur ${fact.port}, mais rien n’y écoute : le programme démarre encore, ou s’est arrêté.${fact.probed ? '' : ' Sans sonde readiness, le Pod compte comme prêt quand même.'}`,
    fact.probed ? `Lisez son journal : kubectl logs.` : `Donnez au conteneur une sonde readiness, et lisez son journal.`,
  ],
  'program-silent': (fact) => [
    `Le programme de ${fact.by} ne répond pas`,
    `Le paquet est arrivé et ${fact.by} a pris la connexion, mais son programme ne dit mot : il est bloqué.`,
    `Lisez son journal ; une sonde liveness le relancerait, une sonde readiness le retirerait des endpoints.`,
  ],
  'program-answers-error': (fact) => [
    `${fact.by} répond ${fact.status}`,
    `Le réseau va bien : la requête est arrivée à ${fact.by}, dont le programme répond ${fact.status}.`,
    `Lisez son journal ; une sonde readiness l’aurait retiré des endpoints.`,
  ],
  'address-of-nobody': (fact) => [
    `L’adresse ${fact.address} n’est à personne`,
    `${fact.address} ${fact.range === 'pods' ? 'est dans la plage des Pods, mais aucun ne l’a : un Pod qui revient a une autre adresse' : fact.range === 'services' ? 'est dans la plage des Services, mais aucun ne l’a' : 'n’est pas une adresse de ce cluster'}.`,
    `Appelez un Service par son nom : il reste, quels que soient les Pods derrière.`,
  ],
  'node-port-missing': (fact) => [
    `Aucun Service n’a le port de nœud ${fact.port}`,
    `Le nœud est là, mais aucun Service n’y a pris ${fact.port}.${fact.ports.length === 0 ? ' Aucun Service n’a de port de nœud.' : ` Pris : ${list(fact.ports)}.`}`,
    `Appelez un port de nœud qui existe, ou fixez spec.ports[].nodePort.`,
  ],
  'endpoint-of-nobody': (fact) => [
    `Un endpoint de ${fact.service} ne mène à personne`,
    `L’EndpointSlice cite ${fact.address}, et aucun Pod, aucun hôte n’a cette adresse.`,
    `Corrigez l’adresse dans l’EndpointSlice.`,
  ],
  'kube-proxy-behind': (fact) => [
    `Sur ${fact.node}, kube-proxy ${fact.rules === 'none' ? 'n’a écrit aucune règle' : 'a de vieilles règles'}`,
    `Le serveur d’API a des endpoints pour ${fact.service}, mais les règles de ${fact.node} ${fact.rules === 'none' ? 'ignorent tout du Service' : 'mènent encore là où ils étaient avant'} : kube-proxy n’y tourne pas, ou est en retard.`,
    `Voyez-le : kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide, et son journal sur ${fact.node}.`,
  ],
  'policy-drops': (fact) => [
    fact.dns ? `Une NetworkPolicy ferme le chemin des serveurs de noms` : `Une NetworkPolicy jette le paquet`,
    `${list(fact.policies)} ${fact.policies.length === 1 ? 'isole' : 'isolent'} ${fact.pod} (${fact.direction}), et aucune règle ne lui permet ${fact.direction === 'Egress' ? `d’appeler ${fact.other}` : `d’être appelé par ${fact.other}`} sur ${fact.port}.`,
    fact.dns
      ? `Ajoutez une règle de sortie vers les Pods de kube-dns, port 53 en UDP et en TCP.`
      : `Ajoutez une règle pour ${fact.direction === 'Egress' ? `le port ${fact.port} de ${fact.other}` : `${fact.other}, port ${fact.port}`}.`,
  ],
  'no-pod-network': (fact) => [
    `Rien ne relie les nœuds`,
    `Le cluster n’a pas de réseau de Pods : chaque nœud distribue ses propres adresses, et aucune route ne mène de ${fact.from} aux Pods de ${fact.to}.`,
    `Installez un plugin réseau, par exemple Calico ou flannel.`,
  ],
  'pod-gone': (fact) => [
    `${fact.pod} a disparu, mais figure encore dans les listes`,
    `Les endpoints citent toujours ${fact.address}, et le Pod derrière cette adresse ne tourne plus.`,
    `Attendez que le kubelet ou le contrôleur de nœuds le signale ; un client doit réessayer.`,
  ],
  'node-unreachable': (fact) => [
    `${fact.node} est hors d’atteinte`,
    `Le paquet venu de ${fact.from} ne trouve aucun chemin vers ${fact.node} : la machine est éteinte, ou un câble est coupé. Le serveur d’API ne l’a pas encore remarqué.`,
    `Essayez un ping depuis ${fact.from} ; rétablissez la machine ou son lien.`,
  ],
  'link-cut': (fact) => [
    `Le lien entre ${fact.from} et ${fact.to} est coupé`,
    `Les deux machines tournent, mais aucune trame ne passe de l’une à l’autre : le paquet se perd sur le fil.`,
    `Essayez ping ${fact.to} sur ${fact.from} ; voyez le câble, le commutateur, le pare-feu entre les deux.`,
  ],
  'pod-unplugged': (fact) => [
    `${fact.pod} est coupé de son nœud`,
    `Il manque un bout de la paire veth entre ${fact.pod} et ${fact.node}.`,
    `Supprimez le Pod : son successeur aura un réseau neuf. Voyez le plugin réseau sur ${fact.node}.`,
  ],
  'routes-behind': (fact) => [
    `Il manque des routes à ${fact.place}`,
    `${fact.place} devrait avoir ${some(fact.routes)}, et ne l’a pas : le plugin réseau n’y tourne pas, ou est en retard.`,
    `Voyez son Pod sur ce nœud, et ip route.`,
  ],
  'way-ends': (fact) => [
    `Le paquet ne passe pas`,
    summary(fact.end).fr,
    `La trace montre chaque arrêt, et la règle ou la route qui a décidé.`,
  ],
  'ingress-not-served': (fact) => [
    `Aucun contrôleur ne sert l’Ingress ${fact.ingress}`,
    `${fact.name === null ? `${fact.ingress} ne cite aucune classe, et il n’y en a pas par défaut` : `${fact.ingress} est de la classe ${fact.name}, qu’aucun contrôleur ne sert ici`} : personne ne répond pour ${fact.host}.`,
    fact.known.length === 0 ? `Installez un contrôleur d’Ingress.` : `Mettez ingressClassName à ${list(fact.known)}.`,
  ],
  'ingress-host-unknown': (fact) => [
    `Aucune règle ne vise ${fact.host}`,
    `Les Ingress ont des règles pour ${fact.hosts.length === 0 ? 'aucun hôte' : list(fact.hosts)}.${fact.nearest === null ? '' : ` ${fact.nearest} est le plus proche.`}`,
    `Mettez dans la règle l’hôte appelé.`,
  ],
  'ingress-path-unknown': (fact) => [
    `Aucune règle ne prend ${fact.path}`,
    `${fact.host} a des règles pour ${fact.rules.length === 0 ? 'aucun chemin' : list(fact.rules)}, et aucune ne prend ${fact.path}.`,
    `Ajoutez un chemin, ou appelez-en un qui existe.`,
  ],
  'ingress-service-missing': (fact) => [
    `La règle cite un Service qui n’existe pas`,
    `${fact.ingress} envoie à ${fact.service}, que son namespace n’a pas.${fact.nearest === null ? '' : ` Il a ${fact.nearest}.`}${fact.elsewhere === null ? '' : ` Il y en a un dans ${fact.elsewhere}, hors de portée d’un Ingress.`}`,
    fact.nearest === null ? `Créez ce Service, ou citez-en un autre.` : `Citez ${fact.nearest} dans la règle.`,
  ],
  'ingress-port-missing': (fact) => [
    `La règle cite un port que ${fact.service} n’a pas`,
    `${fact.ingress} envoie au port ${fact.port} de ${fact.service}, qui a ${list(fact.ports)}.`,
    `Citez dans la règle le port du Service.`,
  ],
  'proxy-behind': (fact) => [
    `${fact.program} a une vieille configuration`,
    `Les objets ont une règle pour ${fact.host}${fact.path}, et ${fact.program} n’en tient pas encore compte.`,
    `Lisez son journal : la configuration a pu être refusée.`,
  ],
  'proxy-answers': (fact) => [
    `${fact.program} répond ${fact.status} de lui-même`,
    `Aucune application n’a été interrogée : ${STATUS[fact.why]('la destination')}.`,
    `Voyez la règle, et le journal de ${fact.program}.`,
  ],
};

const ROLE: Readonly<Record<PodInPart['part'], string>> = {
  client: 'Le client',
  'back-end': 'Le Pod',
  'name-server': 'Le serveur de noms',
};

function role({ part }: PodInPart): string {
  return ROLE[part];
}

function consequence({ service, part }: PodInPart): string {
  if (service !== null) return `${service} n’a pas d’autre Pod prêt, donc aucun endpoint.`;
  return part === 'client' ? 'Rien ne peut en partir.' : 'Mieux vaut ne pas l’appeler.';
}

function some(items: readonly string[]): string {
  return items.length <= 3 ? list(items) : `${items.slice(0, 2).join(', ')} et ${items.length - 2} autres`;
}

function chance(probability: number): string {
  const oneIn = 1 / probability;
  return Math.abs(oneIn - Math.round(oneIn)) < 1e-9
    ? `une requête sur ${Math.round(oneIn)}`
    : `une part des requêtes (${Math.round(probability * 100)} %)`;
}
