// Français : pourquoi le serveur d’API refuse un champ, et comment en sortir. Le chemin et l’objet d’abord, la valeur telle qu’écrite.

import { formatPath } from '../kube/field-path';
import type { FieldError } from '../kube/finding';
import { formatRef } from '../kube/ref';
import type { Catalogue } from './language';
import { list } from './words-fr';

/** `spec.ports[0].port (Service shop/web)` ; d’un objet à moitié écrit, ce qu’il y a. */
function field({ path, object }: FieldError): string {
  const owner = object.name === '' ? object.kind : formatRef(object);
  return owner === '' ? formatPath(path) : `${formatPath(path)} (${owner})`;
}

function said({ value }: FieldError): string {
  return value === null || value === '' ? 'une valeur vide' : `«\u00A0${value}\u00A0»`;
}

/** `spec.type (Service shop/web) vaut « Nodeport »`. */
function is(error: FieldError): string {
  return `${field(error)} ${error.value === null || error.value === '' ? 'est vide' : `vaut ${said(error)}`}`;
}

/** `none` quand on ne sait pas ce qui est admis. */
function oneOf(words: readonly string[], none: string): string {
  return words.length === 0 ? none : words.length === 1 ? words.join('') : `${words.slice(0, -1).join(', ')} ou ${words.at(-1)}`;
}

function hint(allowed: readonly string[]): string {
  return allowed.length === 0 ? '' : ` Vouliez-vous écrire ${oneOf(allowed, '')}\u202F?`;
}

/** `de 1 à 86400`, `d’au moins 0` : le signe de l’infini tient lieu de borne absente. */
function bounds([least, most]: readonly string[]): string {
  if (least === undefined) return 'dans d’autres bornes';
  return most === undefined || most === '∞' ? `d’au moins ${least}` : `de ${least} à ${most}`;
}

const LABEL = '63 minuscules, chiffres et tirets au plus, avec une lettre ou un chiffre à chaque bout';

/** Les types de JSON. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte (entre guillemets s’il ressemble à un nombre ou à un oui/non)',
  number: 'un nombre entier (sans guillemets)',
  boolean: 'true ou false (sans guillemets)',
  object: 'un objet (des lignes en retrait, chacune avec sa clé)',
  array: 'une liste (des lignes qui commencent par un tiret)',
};

/** Les quelques champs refusés faute d’être la seule chose possible. */
function onlyOne(error: FieldError): string {
  const only = oneOf(error.allowed, 'ce que disent les champs voisins');
  switch (error.path.at(-1)) {
    case 'terminationGracePeriodSeconds':
      return `${is(error)}, or cette sonde n’arrête jamais de conteneur\u00A0: seule une sonde ${only} peut fixer ce délai.`;
    default:
      return `${is(error)}\u202F; rien d’autre n’est possible ici que ${only}.`;
  }
}

export const FIELD_ERROR_FR: Catalogue<FieldError, 'reason'> = {
  missing: (error) => `Le champ ${field(error)} est obligatoire, et il manque ou il est vide.`,
  'unknown-kind': (error) => `Kubernetes 1.36 ne connaît pas ${said(error)}, l’apiVersion et le kind de cet objet.${hint(error.allowed)}`,
  'unknown-field': (error) => `${formatRef(error.object)} n’a pas de champ ${formatPath(error.path)}.${hint(error.allowed)}`,
  'wrong-type': (error) =>
    `Dans ${field(error)}, ${said(error)} n’est pas du bon type\u00A0: il faut ${oneOf(
      error.allowed.map((type) => TYPES[type] ?? type),
      'autre chose',
    )}.`,
  'not-a-choice': (error) =>
    `${is(error)}\u202F; on ne peut y mettre que ${oneOf(error.allowed, 'un mot connu de l’API')}, écrit exactement ainsi.`,
  'not-a-quantity': (error) => `${is(error)}, ce qui n’est pas une quantité\u00A0: on écrit 250m, 1.5 ou 64Mi.`,
  duplicate: (error) => `${field(error)} répète ${said(error)}, qui figure déjà plus haut\u00A0: chacun doit être unique.`,
  'too-long': (error) =>
    `${field(error)} est trop long${error.allowed.length === 0 ? '' : `\u00A0: la limite est de ${list(error.allowed)} octets`}.`,
  'too-many': (error) =>
    `${field(error)} compte trop d’éléments${error.allowed.length === 0 ? '' : `\u00A0: ${list(error.allowed)} au plus`}.`,
  'not-dns-label': (error) => `${is(error)}, ce qui n’est pas une étiquette DNS (RFC 1123)\u00A0: ${LABEL}.`,
  'not-service-name': (error) =>
    `${is(error)}, alors que le nom d’un Service devient une étiquette DNS (RFC 1035) et commence par une lettre\u00A0: ${LABEL}.`,
  'not-dns-subdomain': (error) =>
    `${is(error)}, ce qui n’est pas un nom DNS\u00A0: des étiquettes de minuscules, chiffres et tirets, séparées par des points, 253 caractères au plus.`,
  'not-path-segment': (error) =>
    `${is(error)}, qui ne peut pas entrer dans une URL\u00A0: ni un ou deux points seuls, ni barre oblique, ni signe de pourcentage.`,
  'not-cron-job-name': (error) =>
    `${field(error)} vaut ${said(error)}\u202F; un CronJob porte un nom DNS de 52 caractères au plus, car ses Jobs en ajoutent onze.`,
  'not-label-key': (error) =>
    `Dans ${field(error)}, ${said(error)} n’est pas une clé\u00A0: au plus 63 lettres, chiffres, tirets, soulignés et points, précédés au besoin d’un seul préfixe comme example.com/.`,
  'not-label-value': (error) =>
    `Dans ${field(error)}, ${said(error)} n’est pas une valeur d’étiquette\u00A0: au plus 63 lettres, chiffres, tirets, soulignés et points, avec une lettre ou un chiffre à chaque bout.`,
  'not-port-name': (error) =>
    `${is(error)}, ce qui n’est pas un nom de port\u00A0: 15 minuscules, chiffres et tirets isolés au plus, dont au moins une lettre. Un numéro de port s’écrit sans guillemets.`,
  'not-a-port': (error) => `${is(error)}\u202F; un port est un nombre entier de 1 à 65535.`,
  'out-of-bounds': (error) => `${is(error)}\u202F; il faut un nombre ${bounds(error.allowed)}.`,
  'not-an-address': (error) => `${is(error)}, ce qui n’est pas une adresse ${oneOf(error.allowed, 'IP')}.`,
  'special-address': (error) =>
    `${is(error)}\u202F; une adresse indéterminée, de bouclage, de lien local ou de multidiffusion locale ne mène à aucune autre machine, et ne convient donc ni à un endpoint ni à une adresse externe.`,
  'not-a-range': (error) => `${is(error)}, ce qui n’est pas une plage d’adresses comme 10.1.0.0/16.`,
  'outside-service-range': (error) =>
    `${is(error)}, une adresse que la plage des Services ${oneOf(error.allowed, 'de ce cluster')} ne peut pas donner. Sans clusterIP, une adresse libre est attribuée.`,
  'address-taken': (error) =>
    `${is(error)}, mais ${oneOf(error.allowed, 'un autre Service')} a déjà cette adresse. Sans clusterIP, une adresse libre est attribuée.`,
  'outside-node-port-range': (error) =>
    `${is(error)}\u202F; un port de nœud est un nombre ${bounds(error.allowed)}. Sans nodePort, un numéro libre est attribué.`,
  'node-port-taken': (error) =>
    error.allowed.includes(formatRef(error.object))
      ? `${is(error)}, mais un autre port de ce même Service, plus haut, a déjà ce numéro. Sans nodePort, un numéro libre est attribué.`
      : `${is(error)}, mais ${oneOf(error.allowed, 'un autre Service')} a déjà ce numéro, qui ne sert qu’un Service dans tout le cluster. Sans nodePort, un numéro libre est attribué.`,
  'addresses-disagree': (error) =>
    `${is(error)} en première place, alors que clusterIP ${error.allowed.length === 0 ? 'ne dit rien' : `vaut ${list(error.allowed)}`}\u00A0: les deux doivent s’accorder, et clusterIP seul suffit.`,
  'none-stands-alone': (error) => `${is(error)}\u00A0: None rend le Service headless, aucune adresse ne l’accompagne.`,
  'two-cluster-ips': (error) => `${is(error)}\u00A0: un Service a au plus une adresse par famille, deux en tout.`,
  'same-family-twice': (error) => `${is(error)}\u00A0: de deux adresses, l’une est IPv4 et l’autre IPv6.`,
  'family-disagrees': (error) =>
    `${is(error)}, qui n’est pas de la famille inscrite là dans ipFamilies${error.allowed.length === 0 ? '' : `, ${error.allowed.join('')}`}.`,
  'headless-needs-plain-type': (error) =>
    `${field(error)} vaut None\u00A0: un Service headless n’a pas d’adresse, et ${error.allowed.length === 0 ? 'ce type' : `le type ${error.allowed.join('')}`} s’appuie sur une adresse. Prenez le type ClusterIP, ou retirez clusterIP.`,
  'dual-needs-policy': (error) =>
    `${is(error)}, or deux adresses ou deux familles sont demandées\u00A0: il faut PreferDualStack ou RequireDualStack.`,
  'single-stack-cluster': (error) =>
    `${is(error)}, ce qui exige les deux familles d’adresses, et ce cluster n’en a qu’une\u00A0: PreferDualStack se contente de ce qu’il y a.`,
  'family-missing': (error) =>
    `${is(error)}, une famille d’adresses que ce cluster n’a pas. Sans ipFamilies, le Service reçoit celle qui existe.`,
  'port-name-needed': (error) => `${field(error)} manque\u00A0: quand il y a plusieurs ports, il faut un nom à chacun pour les distinguer.`,
  'only-for-type': (error) => `${field(error)} n’est permis qu’avec le type ${oneOf(error.allowed, 'qui lui correspond')}.`,
  'node-port-needs-type': (error) =>
    `${field(error)} demande ${error.value === null ? 'un port de nœud' : `le port de nœud ${error.value}`}, mais un Service ClusterIP n’en ouvre aucun\u00A0: choisissez le type NodePort, ou retirez nodePort.`,
  'not-for-external-name': (error) =>
    `${is(error)}, mais un Service de type ExternalName n’est qu’un autre nom et n’a pas d’adresse\u00A0: ce champ est à retirer.`,
  'policy-needs-outside': (error) =>
    `${is(error)}, mais rien n’atteint ce Service depuis l’extérieur\u00A0: il faudrait le type NodePort ou LoadBalancer, ou des externalIPs.`,
  'health-check-needs-local': (error) =>
    `${is(error)}\u202F; seul le type LoadBalancer dont externalTrafficPolicy vaut Local a un tel port.`,
  'host-port-differs': (error) =>
    `${is(error)}\u202F; avec hostNetwork, le port du conteneur est celui du nœud, et hostPort doit donc être ${oneOf(error.allowed, 'égal à containerPort')}.`,
  'one-handler': (error) =>
    `${field(error)} est de trop\u00A0: la sonde a déjà ${oneOf(error.allowed, 'une autre méthode')}, et elle n’interroge que d’une seule façon.`,
  'no-handler': (error) =>
    `${field(error)} ne dit pas comment interroger le conteneur\u00A0: il faut ${oneOf(error.allowed, 'une méthode comme httpGet')}.`,
  'must-be-one': onlyOne,
  'toleration-has-value': (error) =>
    `${field(error)} appartient à une tolérance qui donne ${said(error)} comme valeur, mais Exists ne regarde que la clé\u00A0: retirez la valeur, ou écrivez Equal.`,
  'toleration-needs-exists': (error) =>
    `${is(error)}, mais cette tolérance n’a pas de clé\u00A0: donnez-en une, ou écrivez Exists, qui tolère tous les taints.`,
  'selector-mismatch': (error) =>
    `${is(error)}, et le sélecteur ${error.allowed.length === 0 ? 'n’y correspond pas' : `demande ${list(error.allowed)}`}\u00A0: le contrôleur ne retrouverait jamais ses propres Pods.`,
  'selector-empty': (error) =>
    `${field(error)} est vide et prendrait tous les Pods du namespace\u202F; il lui faut au moins une étiquette.`,
  'selector-unreadable': ({ object }) => `Le sélecteur de ${formatRef(object)} ne peut pas servir tant qu’une partie en est fausse.`,
  'unknown-operator': (error) =>
    `${field(error)} vaut ${said(error)}, qu’aucun sélecteur ne connaît\u00A0: il y a ${oneOf(error.allowed, 'In ou NotIn')}.`,
  'values-not-wanted': (error) =>
    `${field(error)} doit rester vide\u00A0: l’opérateur ${said(error)} ne regarde que la clé\u202F; pour comparer des valeurs, il y a ${oneOf(error.allowed, 'In et NotIn')}.`,
  'deadline-on-template': (error) =>
    `${field(error)} vaut ${said(error)}, mais des Pods qu’un contrôleur remplace n’ont pas d’échéance à eux.`,
  'job-restart-policy': (error) =>
    `${field(error)} doit être écrit\u00A0: les Pods d’un Job se terminent, Always, la valeur par défaut, n’est pas pour eux\u202F; prenez ${oneOf(error.allowed, 'OnFailure ou Never')}.`,
  'template-restart-policy': (error) =>
    `${is(error)}\u202F; un objet ${error.object.kind} n’accepte pour ses Pods que ${oneOf(error.allowed, 'd’autres politiques')}.`,
  'not-a-schedule': (error) =>
    `${is(error)}\u202F; un horaire compte cinq champs (minute, heure, jour du mois, mois, jour de la semaine), ou c’est un mot comme @hourly.`,
  'recreate-has-no-rolling-update': (error) =>
    `${field(error)} est incompatible avec le type Recreate, qui arrête tous les Pods avant d’en lancer de nouveaux\u00A0: retirez ce champ, ou écrivez RollingUpdate.`,
  'not-a-percentage': (error) => `${is(error)}\u202F; il faut un nombre entier, ou un pourcentage comme 25%.`,
  'both-zero': (error) =>
    `${field(error)} et maxSurge sont tous deux à 0\u00A0: le déploiement ne pourrait ni arrêter un ancien Pod ni en lancer un nouveau. L’un des deux doit valoir au moins 1.`,
  'daemon-set-stands-still': (error) =>
    `${field(error)} ne peut pas valoir 0 tant que maxSurge vaut 0\u00A0: la mise à jour du DaemonSet n’avancerait jamais.`,
  'daemon-set-rolls-twice': (error) =>
    `${field(error)} vaut ${said(error)}, mais maxUnavailable est fixé aussi\u00A0: un DaemonSet avance par l’un des deux.`,
  'no-such-policy': (error) => `${is(error)}, or un StatefulSet ne connaît que ${oneOf(error.allowed, 'd’autres mots')}.`,
  'not-on-delete': (error) => `${field(error)} contredit le type OnDelete, où un Pod n’est remplacé que lorsque quelqu’un le supprime.`,
  'deadline-too-short': (error) =>
    `${field(error)} vaut ${said(error)}\u00A0: il faut plus que minReadySeconds, ${oneOf(error.allowed, 'quel qu’il soit')}, sans quoi aucune mise à jour n’aboutirait.`,
  'no-rules': ({ object }) => `${formatRef(object)} ne mène nulle part\u00A0: sa partie spec doit contenir rules ou defaultBackend.`,
  'not-absolute': (error) => `${is(error)}\u202F; un chemin commence par une barre oblique.`,
  'path-sequence': (error) =>
    `${is(error)}\u202F; un chemin de type Exact ou Prefix ne peut pas contenir ${oneOf(error.allowed, 'd’étape vide, relative ou encodée')}.`,
  'not-a-host': (error) =>
    `${is(error)}\u202F; un hôte est un nom DNS sans port, pas une adresse, et «\u00A0*\u00A0» ne peut être que sa première étiquette tout entière.`,
  'one-port-form': (error) =>
    `${field(error)} donne deux fois le port de son Service\u00A0: ne gardez que ${oneOf(error.allowed, 'le nom ou le numéro')}.`,
  'backend-port-missing': (error) =>
    `${field(error)} ne dit pas quel port de son Service est visé\u00A0: il faut ${oneOf(error.allowed, 'un nom ou un numéro')}.`,
  'backend-needs-one': (error) =>
    `${field(error)} est vide\u00A0: pour savoir où vont les requêtes, il faut ${oneOf(error.allowed, 'service')}.`,
  'backend-twice': (error) =>
    `${field(error)} mène à deux endroits\u00A0: gardez ${oneOf(error.allowed, 'l’un ou l’autre')}, pas les deux.`,
  'class-twice': (error) =>
    `L’annotation kubernetes.io/ingress.class de ${formatRef(error.object)} donne ${said(error)}, et ingressClassName donne ${oneOf(error.allowed, 'autre chose')}\u00A0: ne gardez qu’ingressClassName.`,
  'excludes-selectors': (error) =>
    `${field(error)} réunit ipBlock et ${error.allowed.length === 0 ? 'un sélecteur' : list(error.allowed)}, alors qu’un pair est soit une plage d’adresses, soit un choix de Pods\u00A0: faites-en deux pairs.`,
  'no-peer': (error) => `${field(error)} ne désigne personne\u00A0: il faut ${oneOf(error.allowed, 'un sélecteur ou ipBlock')}.`,
  'except-outside': (error) =>
    `${is(error)}, ce qui n’est pas une partie plus petite de ${oneOf(error.allowed, 'la plage')}\u00A0: on ne peut retirer de cidr que ce qu’il contient.`,
  'end-port-wrong': (error) =>
    `${is(error)}\u202F; endPort termine une plage qui commence au numéro donné dans port${error.allowed.length === 0 ? ' (il manque)' : ` (ici ${list(error.allowed)})`}, sans lui être inférieur ni dépasser 65535.`,
  'too-many-policy-types': (error) =>
    `${field(error)} vaut ${said(error)}\u00A0: il n’y a que deux types, ${oneOf(error.allowed, 'Ingress et Egress')}.`,
  'toleration-seconds': (error) =>
    `${field(error)} doit valoir NoExecute dès que tolerationSeconds est fixé\u00A0: aucun autre effet n’expulse un Pod qui tourne.`,
  'resolver-limit': (error) => `${is(error)}, or un résolveur n’en lit pas plus de ${oneOf(error.allowed, 'quelques-uns')}.`,
  'not-for-init-container': (error) =>
    `${field(error)} ne sert à rien\u00A0: un conteneur d’initialisation se termine avant que les autres démarrent. Avec restartPolicy\u00A0: Always, ce serait un sidecar, qui y aurait droit.`,
  'blank-around': (error) => `${is(error)}, avec un blanc devant ou derrière.`,
  'not-variable-name': (error) =>
    `${is(error)}, ce qui n’est pas un nom de variable\u00A0: des caractères ASCII imprimables, sans signe égal.`,
  'one-source-of-value': (error) =>
    `${field(error)} doit nommer une seule source, sans valeur à côté\u00A0: ${oneOf(error.allowed, 'l’une de celles que l’API connaît')}.`,
  'not-header-name': (error) => `${field(error)} contient l’en-tête ${said(error)}\u00A0: lettres, chiffres et tirets seulement.`,
  'not-a-controller': (error) =>
    `${is(error)}\u202F; un contrôleur se nomme par un domaine et un chemin, comme example.com/ingress-controller.`,
  'not-file-name': (error) =>
    `${is(error)}, or une clé de ConfigMap est un nom de fichier\u00A0: lettres, chiffres, tirets, soulignés et points, 253 au plus.`,
  'in-both-data': (error) =>
    `La clé ${said(error)} de ${formatRef(error.object)} figure dans data et dans binaryData\u202F; l’une des deux est de trop.`,
  'same-family-ranges': (error) => `${is(error)}\u00A0: un nœud a au plus une plage d’adresses de Pods par famille.`,
  'needs-nameserver': (error) =>
    `${field(error)} ne donne aucun serveur de noms\u00A0: quand dnsPolicy vaut None, le Pod ne connaît que ceux de dnsConfig.nameservers, et il en faut au moins un.`,
};
