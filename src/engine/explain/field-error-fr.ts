// Français : pourquoi le serveur d’API refuse un champ, et comment en sortir.

import { formatPath } from '../kube/field-path';
import type { FieldError } from '../kube/finding';
import { formatRef } from '../kube/ref';
import type { Catalogue } from './language';

/** « spec.ports[0].port de Service shop/web ». */
function field({ path, object }: FieldError): string {
  return `${formatPath(path)} (${formatRef(object)})`;
}

function said({ value }: FieldError): string {
  return value === null || value === '' ? 'vide' : `«\u00A0${value}\u00A0»`;
}

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ou ${words.at(-1)}`;
}

function hint(allowed: readonly string[]): string {
  return allowed.length === 0 ? '' : ` Vouliez-vous écrire ${oneOf(allowed)}\u202F?`;
}

const LABEL = 'minuscules, chiffres et tirets, 63 au plus, une lettre ou un chiffre à chaque bout';

/** Les types de JSON, en français. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte',
  number: 'un nombre',
  boolean: 'true ou false',
  object: 'un objet',
  array: 'une liste',
};

function typeNames(types: readonly string[]): string {
  return oneOf(types.map((type) => TYPES[type] ?? type));
}

export const FIELD_ERROR_FR: Catalogue<FieldError, 'reason'> = {
  missing: (error) => `Le champ ${field(error)} est obligatoire, et il manque ou il est vide.`,
  'unknown-kind': ({ value, allowed }) => `Kubernetes 1.36 ne connaît pas le genre ${value ?? 'sans nom'}.${hint(allowed)}`,
  'unknown-field': (error) => `${formatRef(error.object)} n’a pas de champ ${said(error)} à cet endroit.${hint(error.allowed)}`,
  'wrong-type': (error) =>
    `${field(error)} vaut ${said(error)}, et c’est ${typeNames(error.allowed)} qu’il faut ici. Les guillemets font un texte\u202F; sans eux, un nombre ou un oui/non.`,
  'not-a-choice': (error) => `${field(error)} vaut ${said(error)}\u00A0: seuls sont admis ${oneOf(error.allowed)}, écrits ainsi.`,
  duplicate: (error) => `${field(error)} reprend ${said(error)}, qui figure déjà plus haut\u00A0: chacun doit être unique.`,
  'too-long': (error) => `${field(error)} est trop long\u00A0: la limite est ${oneOf(error.allowed)}.`,
  'too-many': (error) => `${field(error)} compte trop d’éléments\u00A0: ${oneOf(error.allowed)} au plus.`,
  'not-dns-label': (error) => `${field(error)} vaut ${said(error)}, qui n’est pas une étiquette DNS (RFC 1123)\u00A0: ${LABEL}.`,
  'not-service-name': (error) =>
    `${field(error)} vaut ${said(error)}\u202F; le nom d’un Service devient un nom DNS (RFC 1035) et commence par une lettre\u00A0: ${LABEL}.`,
  'not-dns-subdomain': (error) =>
    `${field(error)} vaut ${said(error)}, qui n’est pas un nom DNS\u00A0: minuscules, chiffres et tirets, séparés par des points, 253 caractères au plus.`,
  'not-label-key': (error) =>
    `Dans ${field(error)}, ${said(error)} n’est pas une clé\u00A0: lettres, chiffres, «\u00A0-\u00A0», «\u00A0_\u00A0» et «\u00A0.\u00A0», 63 au plus, précédés au besoin d’un seul préfixe comme example.com/.`,
  'not-label-value': (error) =>
    `Dans ${field(error)}, ${said(error)} n’est pas une valeur d’étiquette\u00A0: au plus 63 lettres, chiffres, «\u00A0-\u00A0», «\u00A0_\u00A0» et «\u00A0.\u00A0», une lettre ou un chiffre à chaque bout.`,
  'not-port-name': (error) =>
    `${field(error)} vaut ${said(error)}, qui n’est pas un nom de port\u00A0: au plus 15 minuscules, chiffres et tirets isolés, dont une lettre. Un numéro s’écrit sans guillemets.`,
  'not-a-port': (error) => `${field(error)} vaut ${said(error)}\u00A0: un port est un nombre entier de 1 à 65535.`,
  'out-of-bounds': (error) => `${field(error)} vaut ${said(error)}, hors des bornes\u00A0: de ${error.allowed.join(' à ')}.`,
  'not-an-address': (error) =>
    `${field(error)} vaut ${said(error)}, qui n’est pas une adresse ${error.allowed.length === 0 ? 'IP' : oneOf(error.allowed)}.`,
  'special-address': (error) =>
    `${field(error)} vaut ${said(error)}\u00A0: une adresse nulle part, de bouclage ou de lien local ne mène à aucune autre machine.`,
  'not-a-range': (error) => `${field(error)} vaut ${said(error)}, qui n’est pas une plage d’adresses comme 10.1.0.0/16.`,
  'outside-service-range': (error) =>
    `${said(error)} est hors de la plage des Services, ${oneOf(error.allowed)}, où ${formatRef(error.object)} prend son adresse\u202F; sans ce champ, une adresse libre est donnée.`,
  'address-taken': (error) => `L’adresse ${said(error)} appartient déjà à ${oneOf(error.allowed)}.`,
  'outside-node-port-range': (error) => `Le port de nœud ${said(error)} est hors de la plage, de ${error.allowed.join(' à ')}.`,
  'node-port-taken': (error) =>
    `Le port de nœud ${said(error)} appartient déjà à ${oneOf(error.allowed)}\u00A0: un numéro ne sert qu’un Service dans tout le cluster.`,
  'addresses-disagree': (error) =>
    `clusterIPs de ${formatRef(error.object)} commence par ${said(error)}, et clusterIP dit ${error.allowed.length === 0 ? 'autre chose' : oneOf(error.allowed)}\u00A0: les deux doivent s’accorder.`,
  'single-stack-cluster': ({ object }) =>
    `${formatRef(object)} exige les deux familles d’adresses, et ce cluster n’en a qu’une\u202F; PreferDualStack se contente de ce qu’il y a.`,
  'family-missing': (error) => `${field(error)} demande ${said(error)}, une famille d’adresses que ce cluster n’a pas.`,
  'port-name-needed': (error) => `${field(error)} manque\u00A0: quand il y a plusieurs ports, chacun porte un nom.`,
  'only-for-type': (error) => `${field(error)} n’a de sens qu’avec ${oneOf(error.allowed)}.`,
  'not-for-external-name': (error) =>
    `${field(error)} vaut ${said(error)}, mais un Service ExternalName n’est qu’un nom\u00A0: il n’a pas d’adresse.`,
  'policy-needs-outside': (error) =>
    `${field(error)} vaut ${said(error)}, mais rien d’extérieur n’atteint ce Service\u00A0: il faudrait le type NodePort ou LoadBalancer, ou des externalIPs.`,
  'health-check-needs-local': (error) =>
    `${field(error)} vaut ${said(error)}, et ne sert qu’au type LoadBalancer où externalTrafficPolicy vaut Local.`,
  'host-port-differs': (error) =>
    `${field(error)} vaut ${said(error)}\u202F; avec hostNetwork, le port du conteneur est celui de la machine, donc ${oneOf(error.allowed)}.`,
  'one-handler': (error) =>
    `${field(error)} est de trop\u00A0: cette sonde a déjà ${oneOf(error.allowed)}, et une sonde n’a qu’une façon de demander.`,
  'no-handler': (error) => `${field(error)} ne dit pas comment sonder\u00A0: il faut ${oneOf(error.allowed)}.`,
  'must-be-one': (error) => `${field(error)} vaut ${said(error)}\u202F; ici, rien d’autre n’est possible que ${oneOf(error.allowed)}.`,
  'toleration-has-value': (error) =>
    `Cette tolérance de ${formatRef(error.object)} a l’opérateur Exists et la valeur ${said(error)}\u00A0: Exists ne regarde que la clé.`,
  'toleration-needs-exists': ({ object }) =>
    `Cette tolérance de ${formatRef(object)} n’a pas de clé\u00A0: son opérateur doit alors être Exists, qui tolère tout.`,
  'selector-mismatch': (error) =>
    `Les étiquettes du modèle, ${said(error)}, ne répondent pas au sélecteur de ${formatRef(error.object)}\u00A0: il ne trouverait jamais ses propres Pods.`,
  'selector-empty': ({ object }) =>
    `Le sélecteur de ${formatRef(object)} est vide et prendrait tous les Pods\u202F; il lui faut au moins une étiquette.`,
  'template-restart-policy': (error) =>
    `${field(error)} vaut ${said(error)}\u202F; ce genre de charge ne relance ses Pods qu’avec ${oneOf(error.allowed)}.`,
  'recreate-has-no-rolling-update': ({ object }) =>
    `La stratégie de ${formatRef(object)} est Recreate, qui arrête d’abord tous les Pods\u00A0: elle n’a pas de partie rollingUpdate.`,
  'not-a-percentage': (error) => `${field(error)} vaut ${said(error)}\u00A0: il faut un nombre entier, ou un pourcentage comme 25%.`,
  'both-zero': ({ object }) =>
    `maxSurge et maxUnavailable de ${formatRef(object)} valent tous deux 0\u00A0: le déploiement ne pourrait ni lancer un Pod, ni en arrêter un.`,
  'no-rules': ({ object }) => `${formatRef(object)} n’a ni rules, ni defaultBackend\u00A0: il ne mènerait nulle part.`,
  'not-absolute': (error) => `${field(error)} vaut ${said(error)}\u00A0: un chemin commence par une barre oblique.`,
  'path-sequence': (error) =>
    `${field(error)} vaut ${said(error)} et contient ${oneOf(error.allowed)}, interdit dans un chemin de type Exact ou Prefix.`,
  'not-a-host': (error) =>
    `${field(error)} vaut ${said(error)}\u00A0: un hôte est un nom DNS sans port, pas une adresse, avec * pour toute première étiquette au plus.`,
  'one-port-form': (error) => `${field(error)} donne son port deux fois\u00A0: c’est ${oneOf(error.allowed)}, pas les deux.`,
  'backend-port-missing': (error) => `${field(error)} ne dit pas quel port du Service\u00A0: il faut ${oneOf(error.allowed)}.`,
  'backend-needs-one': (error) => `${field(error)} ne mène nulle part\u00A0: il faut ${oneOf(error.allowed)}.`,
  'backend-twice': (error) => `${field(error)} mène à deux endroits\u00A0: il faut choisir entre ${error.allowed.join(' et ')}.`,
  'class-twice': (error) =>
    `L’annotation donne la classe ${said(error)}, et spec.ingressClassName donne ${oneOf(error.allowed)}\u00A0: une seule des deux peut être écrite.`,
  'excludes-selectors': (error) =>
    `${field(error)} a un ipBlock et ${oneOf(error.allowed)}\u00A0: un pair est soit une plage d’adresses, soit une sélection.`,
  'no-peer': (error) => `${field(error)} ne désigne personne\u00A0: il faut ${oneOf(error.allowed)}.`,
  'except-outside': (error) =>
    `${field(error)} vaut ${said(error)}, qui ne fait pas partie de ${oneOf(error.allowed)}\u00A0: on ne retire d’une plage que ce qu’elle contient.`,
  'end-port-wrong': (error) =>
    `${field(error)} vaut ${said(error)}\u00A0: c’est la fin d’une plage qui commence à un port donné par son numéro${error.allowed.length === 0 ? '' : ` (ici ${oneOf(error.allowed)})`}, et pas avant lui.`,
  'needs-nameserver': (error) =>
    `${field(error)} est vide\u00A0: avec dnsPolicy None, le Pod n’a d’autre serveur de noms que ceux de cette liste.`,
};
