// Français : ce qui étonne dans un cluster au repos, et où regarder.

import type { AbsentKind, Advice, RangeUse, Refusal, WaitingReason } from '../kube/advice';
import { formatPath } from '../kube/field-path';
import type { Labels } from '../kube/meta';
import { formatRef } from '../kube/ref';
import { unreachable } from '../net/unreachable';
import type { Catalogue } from './language';
import { list, times } from './words-fr';

export const ADVICE_FR: Catalogue<Advice, 'code'> = {
  'object-twice': ({ object, document, others }) =>
    others.length === 0
      ? `${formatRef(object)} figure deux fois dans le texte : celui-ci remplace celui du document ${document + 1}, comme le ferait un second kubectl apply.`
      : `${times(others.length + 1, 'objet')} figurent deux fois dans le texte : ${few([object, ...others].map(formatRef))}. Chaque fois, le second remplace le premier, comme le ferait un second kubectl apply.`,
  'not-in-this-text': ({ missing, unknown, services }) =>
    [
      ...(missing.length === 0 ? [] : [`Absents de ce texte, et complétés ou laissés de côté : ${absent(missing)}.`]),
      ...(services.length === 0 ? [] : [`Rien n’y montre ce qui se trouve derrière ${counted('Service', services)} : aucun endpoint ici.`]),
      ...(unknown.length === 0 ? [] : [`Présents, mais d’un genre qui est gardé sans être simulé : ${absent(unknown)}.`]),
    ].join(' '),
  placeholders: ({ object, tool, written }) =>
    `${formatRef(object)} est un modèle : ${TEMPLATE_TOOLS[tool] ?? tool} y remplit ${few(written)}. D’ici là, une valeur provisoire en tient lieu ; collez ce que l’outil affiche pour avoir les vraies.`,
  'key-twice': ({ object, path, key }) =>
    `${formatRef(object)} porte deux fois la clé «\u00A0${key}\u00A0» au même endroit (${formatPath(path)})\u00A0: la dernière compte, les autres sont perdues.`,
  'bare-letter': ({ object, path, letter }) =>
    `${formatPath(path)} de ${formatRef(object)} est un ${letter} sans guillemets. L’analyseur de l’API server y lit ${letter.toLowerCase() === 'y' ? 'true' : 'false'}, et non une lettre : écrivez '${letter}'. Ici, c’est la lettre qui compte.`,
  'recorded-of-node': ({ object, isSure, differences }) =>
    `Ces règles sont comparées à celles de ${formatRef(object)}${isSure ? '' : ' (d’autres nœuds conviennent aussi bien)'} : ${differences === 0 ? 'kube-proxy y a écrit ce qu’il écrirait ici' : times(differences, 'différence')}.`,
  'recorded-without-proxy': ({ object }) =>
    `Ces règles n’ont pas de chaîne KUBE-SERVICES, alors que ${formatRef(object)} devrait en avoir une : kube-proxy n’y tourne pas, est dans un autre mode (nftables), ou ses règles ont été vidées.`,
  'recorded-service-missing': ({ object, port }) =>
    `Aucune règle relevée ne concerne ${port} : sur ce nœud, kube-proxy ne connaît pas encore ${formatRef(object)}, ou ne fonctionne plus.`,
  'recorded-service-extra': ({ object, port }) =>
    `Des règles relevées concernent ${port}, mais le texte n’a pas ce port : ${formatRef(object)} a été supprimé ou modifié, ou n’a pas été copié.`,
  'recorded-endpoints': ({ port, stale, missing }) =>
    [
      `Les endpoints relevés de ${port} ne sont pas ceux du texte.`,
      ...(stale.length === 0 ? [] : [`Périmés : ${few(stale)}, qui reçoivent encore des paquets.`]),
      ...(missing.length === 0 ? [] : [`Manquants : ${few(missing)}, qui n’en reçoivent aucun.`]),
    ].join(' '),
  'recorded-addresses': ({ port, recorded, expected }) =>
    `${port} est relevé à d’autres adresses ou ports que ceux du texte : là-bas ${recorded.length === 0 ? 'aucun' : few(recorded)}, d’après le texte ${expected.length === 0 ? 'aucun' : few(expected)}.`,
  'recorded-rules': ({ chain, extra, missing }) =>
    [
      `La chaîne relevée ${chain} diffère de ce qui est écrit ici.`,
      ...(extra.length === 0 ? [] : [`Là-bas seulement : ${few(extra)}.`]),
      ...(missing.length === 0 ? [] : [`Ici seulement : ${few(missing)}.`]),
    ].join(' '),
  'recorded-connections': ({ object, reason, address, pod, count }) => {
    const entries = `${times(count, 'connexion relevée', 'connexions relevées')} ${count === 1 ? 'mène' : 'mènent'} à ${address}`;
    switch (reason) {
      case 'no-pod':
        return `${entries}${object.kind === 'Service' ? ` pour ${formatRef(object)}` : ''}, et aucun Pod en marche n’a cette adresse : les paquets suivent l’entrée, non les règles, et restent sans réponse tant qu’elle dure.`;
      case 'no-endpoint':
        return `${entries} pour ${formatRef(object)}${pod === null ? '' : `, l’adresse de ${pod}`}, qui n’en est pas un endpoint : l’entrée date d’avant et survit aux règles.`;
      case 'no-service':
        return `${entries}, une adresse de la plage des Services qu’aucun Service ne porte : le Service a été supprimé, ou n’a pas été copié.`;
    }
  },
  'network-not-simulated': ({ object, name, used }) =>
    `${formatRef(object)} appartient à ${name}, un réseau qui n’est pas simulé : les adresses restent ce qu’elles sont, et les paquets vont d’un nœud à l’autre comme dans le réseau ${used}.`,
  'policy-not-enforced': ({ object, network }) =>
    `${formatRef(object)} reste sans effet : l’API server la conserve, mais dans ce cluster (réseau ${network}) aucun plugin ne lit les NetworkPolicies, et tout le trafic passe. Calico et kindnet l’appliqueraient.`,
  'policy-selects-nothing': ({ object, namespace, onHostNetwork }) =>
    onHostNetwork.length > 0
      ? `${formatRef(object)} n’isole rien : les étiquettes sont bien celles de ${some(onHostNetwork)}, mais ${onHostNetwork.length === 1 ? 'ce Pod est' : 'ces Pods sont'} sur le réseau de l’hôte, hors d’atteinte des politiques.`
      : `${formatRef(object)} n’isole rien : son podSelector ne correspond à aucun Pod du namespace ${namespace}, et une politique n’agit pas dans un autre.`,
  'policy-without-dns': ({ object, pods }) =>
    `${formatRef(object)} isole ${some(pods)} en sortie, et aucune règle ne laisse interroger un serveur de noms (UDP 53, vers les Pods CoreDNS) : aucun nom ne sera résolu, alors que les adresses autorisées répondent toujours.`,
  'policy-names-service-port': ({ object, port, service, target }) =>
    `${formatRef(object)} parle du port ${port}, celui de ${formatRef(service)}. Or une politique voit le paquet après la traduction de kube-proxy, en route vers le port ${target} d’un Pod : écrivez ${target}.`,
  'policy-block-inside': ({ object, block, of }) =>
    of === 'services'
      ? `${formatRef(object)} nomme ${block}, pris dans la plage des Services. Or une politique voit le paquet après la traduction de kube-proxy, avec l’adresse d’un Pod : ce bloc ne correspond à rien. Un podSelector dit de qui il s’agit.`
      : `${formatRef(object)} nomme ${block}, pris dans la plage des Pods, dont les adresses changent à chaque redémarrage : un podSelector, lui, les suit.`,
  'ingress-without-class': ({ object, known }) =>
    `${formatRef(object)} ne nomme aucune classe (spec.ingressClassName), et aucune IngressClass n’est marquée par défaut : aucun contrôleur ne le sert, et ses hôtes répondent 404.${known.length === 0 ? '' : ` Classe disponible : ${list(known)}.`}`,
  'ingress-class-unknown': ({ object, name, known }) =>
    `${formatRef(object)} nomme la classe ${name}, qui n’existe pas : aucun contrôleur ne le sert, et ses hôtes répondent 404.${known.length === 0 ? '' : ` Classe disponible : ${list(known)}.`}`,
  'ingress-class-elsewhere': ({ object, name, controller }) =>
    `${formatRef(object)} est de la classe ${name}, qui revient à ${controller} : ce contrôleur n’est pas simulé, ses hôtes répondent donc 404 ici.`,
  'route-without-gateway': ({ object, gateways }) =>
    `${formatRef(object)} ne s’attache à aucun listener : aucun de ses parentRefs ne désigne une Gateway qui existe et qui l’admette.${gateways.length === 0 ? '' : ` Il y a ${list(gateways)}.`}`,
  'backend-service-missing': ({ object, service, nearest, elsewhere }) =>
    `${formatRef(object)} envoie des requêtes au Service ${service}, absent de son namespace : le mandataire répond de lui-même, par une erreur.${
      nearest !== null
        ? ` Il y a ${nearest}.`
        : elsewhere === null
          ? ''
          : ` Le namespace ${elsewhere} en a un de ce nom, qui ne compte pas.`
    }`,
  'backend-port-missing': ({ object, service, port, ports }) =>
    `${formatRef(object)} envoie des requêtes au port ${port} du Service ${service}, qui n’a que ${list(ports)}. Le port demandé est celui du Service, non celui du conteneur.`,
  'backend-without-endpoint': ({ object, service }) =>
    `${formatRef(object)} envoie des requêtes au Service ${service}, derrière lequel aucun Pod n’est prêt : le mandataire répond 503.`,
  'backend-not-granted': ({ object, service, namespace }) =>
    `${formatRef(object)} désigne le Service ${service} du namespace ${namespace}, où nul ReferenceGrant ne l’y autorise : le mandataire répond 500.`,
  'kind-not-simulated': ({ object, apiVersion }) =>
    `${formatRef(object)} est d’un genre que Kubernetes 1.36 n’a pas lui-même (${apiVersion})\u00A0: il est gardé, et rien n’en tient compte ici.`,
  'selector-matches-nothing': ({ object, selector, nearest, elsewhere }) => {
    const fact = `${formatRef(object)} choisit les Pods qui portent ${pairs(selector)}, et aucun Pod de son namespace ne porte ${Object.keys(selector).length === 1 ? 'cette étiquette' : 'toutes ces étiquettes'} : il n’a aucun endpoint.`;
    const [near] = nearest;
    if (near !== undefined)
      return `${fact} Le plus proche est le Pod ${near.pod} : il porte ${near.found} là où le sélecteur demande ${near.wanted}.`;
    return elsewhere === null
      ? fact
      : `${fact} De tels Pods existent dans le namespace ${elsewhere}, mais un sélecteur ne sort pas de son namespace.`;
  },
  'no-pod-ready': ({ object, selector, pods }) =>
    `${formatRef(object)} choisit ${times(pods.length, 'Pod')} par ${pairs(selector)} (${some(pods)}), mais aucun n’est prêt : aucun ne reçoit de requête.`,
  'nobody-listens': ({ object, port, pods, listening }) =>
    `${formatRef(object)} envoie les requêtes vers ${port} de ${some(pods)}, où aucun programme n’écoute : elles seront refusées. ${listening.length === 0 ? 'Ce Pod n’écoute sur aucun port.' : `Le Pod écoute sur ${list(listening)}.`}`,
  'port-name-missing': ({ object, name, protocol, pods, names }) =>
    `${formatRef(object)} vise le port nommé « ${name} » (${protocol}), mais ${some(pods)} ne ${pods.length === 1 ? 'déclare' : 'déclarent'} aucun port ${protocol} de ce nom et ne ${pods.length === 1 ? 'reçoit' : 'reçoivent'} donc rien par là. ${names.length === 0 ? 'Aucun port n’y porte de nom.' : `Noms présents : ${list(names)}.`}`,
  'nobody-writes-endpoints': ({ object }) =>
    `${formatRef(object)} n’a pas de sélecteur : aucun contrôleur ne cherche de Pods pour lui. Il ne mène nulle part tant que personne n’écrit un EndpointSlice ou un objet Endpoints à son nom.`,
  'endpoints-ignored': ({ object, selector }) =>
    `Le Service du même nom a un sélecteur (${pairs(selector)}) : le contrôleur tire ses endpoints des Pods, et ce que dit ${formatRef(object)} est ignoré.`,
  'endpoints-without-service': ({ object, nearest }) =>
    `${formatRef(object)} appartient au Service du même nom, que son namespace n’a pas : personne ne le lit.${nearest === null ? '' : ` Il existe un Service ${nearest}.`}`,
  'slice-without-service': ({ object }) =>
    `Il manque à ${formatRef(object)} l’étiquette kubernetes.io/service-name, seul lien avec un Service : kube-proxy et CoreDNS ne le regardent pas.`,
  'slice-of-unknown-service': ({ object, service, nearest }) =>
    `Par son étiquette, ${formatRef(object)} appartient à un Service ${service} que son namespace n’a pas.${nearest === null ? '' : ` Il existe un Service ${nearest}.`}`,
  'setting-unreadable': ({ object, path }) =>
    `${formatPath(path)} de ${formatRef(object)} n’est ni du YAML ni du JSON : il n’en est pas tenu compte.`,
  'setting-unknown': ({ object, field, value, known, used }) =>
    `${formatRef(object)} donne à ${field} la valeur « ${value} », qui n’est pas comprise${known.length === 0 ? '' : ` (valeurs reconnues ici : ${list(known)})`} : ${used === '' ? 'il n’en est pas tenu compte' : `${used} la remplace`}.`,
  'proxy-mode-removed': ({ object, mode, used }) =>
    `${formatRef(object)} demande le mode ${mode}, que kube-proxy n’a plus depuis la v1.26 : il refuserait de démarrer. C’est ${used} qui sert ici.`,
  'load-balancer-pending': ({ object, reason, detail }) =>
    `${formatRef(object)} n’a pas d’adresse externe (kubectl affiche <pending>) : ${waiting(reason, detail)}.`,
  'cluster-ip-outside-range': ({ object, ip, range }) =>
    `L’adresse ${ip} de ${formatRef(object)} n’est pas de celles que la plage des Services de ce cluster, ${range}, peut donner : l’API server la refuserait. Elle est quand même utilisée ici.`,
  'pod-ip-outside-node-range': ({ object, ip, node, ranges }) =>
    `${formatRef(object)} a l’adresse ${ip}, mais il tourne sur ${node}, dont les Pods prennent leur adresse dans ${list(ranges)} : aucun autre nœud n’a de route vers elle.`,
  'address-taken': ({ object, ip, other }) =>
    `${formatRef(object)} a l’adresse ${ip}, et ${formatRef(other)} aussi : les paquets pour elle n’atteignent que l’un des deux.`,
  'pod-ranges-overlap': ({ object, range, other, otherRange }) =>
    `La plage de Pods ${range} de ${formatRef(object)} chevauche ${otherRange}, celle du nœud ${other} : une même adresse peut échoir à deux Pods, et les routes ne mènent qu’à un nœud.`,
  'pod-range-used-up': ({ object, node, ranges }) =>
    ranges.length === 0
      ? `Le nœud ${node} n’a pas de podCIDR où prendre une adresse : ${formatRef(object)} ne peut pas y démarrer.`
      : `Le nœud ${node} a donné toutes les adresses de ${list(ranges)} : ${formatRef(object)} reste Pending.`,
  'ranges-overlap': ({ object, range, of, other, otherOf }) =>
    `${capitalUse(of)} ${range}, telle que la donne ${formatRef(object)}, chevauche ${rangeUse(otherOf)} ${other} : une adresse commune aux deux est un Service pour kube-proxy, un Pod pour les routes.`,
  'address-in-range': ({ object, ip, range, of, other }) =>
    `L’adresse ${ip} de ${formatRef(object)} se trouve dans ${rangeUse(of)} ${range}${other === null ? '' : ` de ${formatRef(other)}`} : ses paquets sont routés comme ceux ${of === 'pods' ? 'd’un Pod' : 'd’un Service'} et peuvent ne jamais arriver.`,
  'service-range-used-up': ({ object, ranges }) =>
    `La plage des Services, ${list(ranges)}, n’a plus d’adresse pour ${formatRef(object)} : l’API server le refuserait ; ici, il reste sans cluster IP.`,
  'node-without-address': ({ object }) => `Il ne reste aucune adresse pour ${formatRef(object)} : rien ne l’atteint, ni lui ni ses Pods.`,
  'port-taken': ({ object, at, port, other }) =>
    `${formatRef(object)} et ${formatRef(other)} veulent tous deux le port ${port} de ${at} : un seul des deux peut l’avoir.`,
  'pod-ranges-far-apart': ({ range }) =>
    `Aucun /16 ne contient les podCIDR de tous les nœuds : la plage de Pods du cluster est donc supposée être ${range}, et toute adresse qui s’y trouve compte comme celle d’un Pod.`,
  unschedulable: ({ pod, refusals }) =>
    refusals.length === 0
      ? `Il n’y a aucun nœud pour le Pod ${pod} : il reste Pending.`
      : `Aucun nœud ne prend le Pod ${pod}, qui reste Pending : ${refusals.map(refusedOn).join(' ; ')}.`,
  'node-missing': ({ object, node, nearest }) =>
    `${formatRef(object)} est attaché au nœud ${node}, qui n’existe pas : aucun kubelet ne le démarre.${nearest === null ? '' : ` Il existe un nœud ${nearest}.`}`,
  'cron-job-waits': ({ object, schedule, suspended }) =>
    suspended
      ? `${formatRef(object)} est suspendu\u00A0: il ne crée plus de Job tant que spec.suspend n’est pas revenu à false.`
      : `${formatRef(object)} crée un Job à chaque échéance de son calendrier (${schedule})\u00A0; d’ici là il n’en a aucun, ni aucun Pod.`,
  'time-zone-as-utc': ({ object, timeZone, schedule }) =>
    `${formatRef(object)} entend son horaire (${schedule}) dans le fuseau ${timeZone}. Cette simulation ne connaît pas les fuseaux\u00A0: ici, il compte en UTC.`,
  'replicas-limited': ({ object, wanted, made }) =>
    `${formatRef(object)} demande ${wanted} Pods ; cette simulation n’en crée que ${made} au plus.`,
  'probe-fails': ({ object, role, container, port, listening }) =>
    `La sonde ${PROBE_NAME[role]} du conteneur ${container} de ${formatRef(object)} frappe au port ${port}, où ${
      listening.length === 0 ? 'rien n’écoute' : `rien n’écoute (mais quelque chose écoute sur ${list(listening)})`
    } : ${PROBE_CONSEQUENCE[role]}.`,
  'container-port-taken': ({ object, container, other, port }) =>
    `${formatRef(object)} : les conteneurs ${other} et ${container} veulent tous deux ${port}. Les conteneurs d’un Pod partagent un seul espace réseau et ses ports : le second programme ne pourra pas écouter. Donnez-lui un port à lui.`,
  'readiness-gate-shut': ({ object, gates }) =>
    `${formatRef(object)} n’est prêt qu’une fois la condition ${list(gates)} mise à True par quelqu’un, par exemple le contrôleur d’un répartiteur de charge. Il n’y en a pas ici\u00A0: il reste donc hors des endpoints\u202F; l’annotation kubehop.dev/gates («\u00A0${gates[0]}@10s\u00A0») dit au bout de combien de temps il le ferait.`,
  'listen-annotation-unreadable': ({ text }) =>
    `L’annotation kubehop.dev/listen n’est pas comprise : « ${text} ». On y attend des ports comme « 3000/TCP, 9000/UDP », ou « none ».`,
  'listening-by-image': ({ object, images, listening }) =>
    `${formatRef(object)} ne déclare aucun port ; on sait que les programmes de l’image ${list(images)} écoutent sur ${list(listening)}.`,
  'listening-assumed': ({ object, listening }) =>
    `${formatRef(object)} ne déclare aucun port. Des Services ou des sondes visent ${list(listening)}, on suppose donc qu’il y écoute ; un containerPort ou l’annotation kubehop.dev/listen lèverait le doute.`,
  'no-readiness-probe': ({ object, container, services }) =>
    `Le conteneur ${container} de ${formatRef(object)} n’a pas de readinessProbe : ${list(services)} lui ${services.length === 1 ? 'enverra' : 'enverront'} des requêtes dès son démarrage, qu’il sache déjà répondre ou non.`,
  'no-resources': ({ object, container }) =>
    `Le conteneur ${container} de ${formatRef(object)} ne dit rien de ses besoins (resources.requests) : le scheduler le compte pour rien, et si la mémoire vient à manquer, il part parmi les premiers.`,
  'no-labels': ({ object }) =>
    `${formatRef(object)} produit des Pods sans étiquette : aucun Service, aucune politique ne peut les choisir.`,
  'port-unnamed': ({ object, port, container, name }) =>
    `Le port ${port} du conteneur ${container} dans ${formatRef(object)} n’a pas de nom. Avec un nom (${name}), un Service peut écrire targetPort: ${name}, et le numéro ne figure qu’à un endroit.`,
  'address-hard-coded': ({ object, address, owner, service }) =>
    `${formatRef(object)} démarre avec l’adresse ${address} de ${formatRef(owner)}, écrite en dur : ${owner.kind === 'Pod' ? 'le Pod qui le remplacera en aura une autre' : 'recréé, il en aura une autre'}.${service === null ? '' : ` Le nom ${service}, lui, demeure.`}`,
  'name-elsewhere': ({ object, name, namespaces }) =>
    `${formatRef(object)} parle de ${name}, nom qu’aucun Service de son namespace ne porte. ${namespaces.length === 1 ? `Celui de ${namespaces[0]}` : `Ceux de ${list(namespaces)}`} s’atteint par le nom complet : ${name}.${namespaces[0]}.svc.cluster.local.`,
  'namespace-not-written': ({ object, namespace }) =>
    `${formatRef(object)} est dans le namespace ${namespace}, qu’aucun objet Namespace ne crée ici ; sur un cluster, il doit exister d’abord.`,
};

const PROBE_NAME = { readiness: 'readinessProbe', liveness: 'livenessProbe', startup: 'startupProbe' } as const;

const PROBE_CONSEQUENCE = {
  readiness: 'le Pod n’est jamais prêt, et les Services l’écartent',
  liveness: 'le conteneur est tué puis relancé sans fin',
  startup: 'le conteneur est tué avant de compter comme démarré',
} as const;

const TEMPLATE_TOOLS: Readonly<Record<string, string>> = {
  helm: 'Helm (helm template)',
  jinja: 'Jinja (comme le fait Ansible)',
  kustomize: 'kustomize (kubectl kustomize)',
  envsubst: 'envsubst',
};

/** `Node a, b ; ReplicaSet shop/web-1`. */
function absent(kinds: readonly AbsentKind[]): string {
  return kinds.map(({ kind, names }) => counted(kind, names)).join(' ; ');
}

function counted(kind: string, names: readonly string[]): string {
  return `${kind} ${few(names)}`;
}

const FEW = 5;

function few(names: readonly string[]): string {
  return names.length <= FEW ? names.join(', ') : `${names.slice(0, FEW).join(', ')} et ${names.length - FEW} de plus`;
}

function rangeUse(use: RangeUse): string {
  return use === 'pods' ? 'la plage des Pods' : 'la plage des Services';
}

function capitalUse(use: RangeUse): string {
  return use === 'pods' ? 'La plage des Pods' : 'La plage des Services';
}

export function waiting(reason: WaitingReason, detail: string): string {
  switch (reason) {
    case 'no-provider':
      return 'ce cluster n’a ni fournisseur cloud ni MetalLB pour en donner une ; ses node ports répondent malgré tout';
    case 'class-unserved':
      return `sa loadBalancerClass ${detail} revient à un contrôleur qui ne tourne pas ici`;
    case 'pool-used-up':
      return detail === '' ? 'aucune réserve ne donne d’adresse d’elle-même' : `la réserve ${detail} n’a plus d’adresse à donner`;
    case 'address-refused':
      return `l’adresse ${detail} qu’il réclame est déjà prise ou n’est d’aucune réserve`;
    default:
      return unreachable(reason);
  }
}

export function refusedOn(refusal: Refusal): string {
  const { node, detail } = refusal;
  switch (refusal.reason) {
    case 'cordoned':
      return `${node} est fermé aux nouveaux Pods (cordon)`;
    case 'not-ready':
      return `${node} n’est pas prêt`;
    case 'taint':
      return `${node} porte le taint ${detail}, que le Pod ne tolère pas`;
    case 'node-selector':
      return `il manque à ${node} l’étiquette ${detail} du nodeSelector`;
    case 'node-affinity':
      return `${node} n’est pas de ceux que l’affinité du Pod admet`;
    case 'host-port':
      return `le port ${detail} de ${node} est pris`;
    case 'cpu':
      return `il reste ${refusal.detail} de CPU à ${node}, et le Pod en demande ${refusal.asked}`;
    case 'memory':
      return `il reste ${refusal.detail} de mémoire à ${node}, et le Pod en demande ${refusal.asked}`;
    case 'pods':
      return `${node} a déjà ses ${detail} Pods`;
    case 'spread-label':
      return `il manque à ${node} l’étiquette ${detail}, selon laquelle les Pods se répartissent`;
    case 'spread':
      return `avec un Pod de plus, ${detail}, où se trouve ${node}, prendrait trop d’avance sur les autres`;
    case 'pod-affinity':
      return `là où est ${node} (étiquette ${detail}) ne tourne aucun des Pods dont celui-ci veut la compagnie`;
    case 'pod-anti-affinity':
      return `là où est ${node} tourne ${detail}, que le Pod veut éviter`;
    case 'shunned':
      return `là où est ${node} tourne ${detail}, qui n’admet pas de tels Pods près de lui`;
    default:
      return unreachable(refusal);
  }
}

function pairs(labels: Labels): string {
  return list(Object.entries(labels).map(([key, value]) => `${key}=${value}`));
}

/** Les trois premiers, et combien d’autres. */
function some(names: readonly string[]): string {
  return names.length <= 3 ? list(names) : `${names.slice(0, 3).join(', ')} et ${times(names.length - 3, 'autre')}`;
}
