// Français : les points de passage de netfilter.

import { unreachable } from '../net/unreachable';
import type { Choice, HookFact, MasqueradeReason } from './hook-fact';
import type { Catalogue } from './language';
import type { MarkReason } from './mark-reason';
import { accepted, unpoliced } from './policy-fr';
import { capital, type Wording } from './wording';
import { address, named, of, place, times } from './words-fr';

export const HOOK_FR: Catalogue<HookFact, 'code', Wording> = {
  'service-address-replaced': ({ hook, here, from, to, service, choice, marked }) => [
    `${hook} DNAT`,
    `Aucune carte réseau ne porte ${from.ip}, l’adresse du Service ${service ?? from.owner?.label ?? from.ip} : le noyau ${of(here)} remplace cette destination par ${chosen(choice)} : ${named(to)}.${mark(marked)}`,
  ],
  'node-port-replaced': ({ hook, here, from, to, service, choice, marked }) => [
    `${hook} DNAT`,
    `${from.text} est un port de nœud${service === null ? '' : ` du Service ${service}`}, aucun programme n’y répond : le noyau ${of(here)} remplace la destination par ${chosen(choice)} : ${named(to)}.${mark(marked)}`,
  ],
  'external-address-replaced': ({ hook, here, from, to, service, choice, marked }) => [
    `${hook} DNAT`,
    `Une règle ${of(here)} capte les paquets pour ${from.text}${service === null ? '' : `, adresse extérieure du Service ${service}`} : la destination devient ${chosen(choice)} : ${named(to)}.${mark(marked)}`,
  ],
  'host-port-replaced': ({ hook, here, from, to, pod }) => [
    `${hook} DNAT`,
    `Le Pod ${pod} a demandé ce port ${of(here)} (hostPort) : ${from.text} devient ${named(to)}. Aucun autre nœud ne connaît ce port.`,
  ],
  'rewritten-by-connection': ({ hook, here, from, to, which }) => [
    `${hook} connexion connue`,
    `La connexion figure déjà dans la table ${of(here)} : c’est son entrée, non une règle, qui remplace la ${which === 'source' ? 'source' : 'destination'} ${from.text} par ${named(to)}.`,
  ],
  'answer-restored': ({ hook, here, from, to }) => [
    `${hook} NAT inverse`,
    `La réponse vient de ${named(from)}, or le client avait demandé ${to.text} : l’entrée de suivi ${of(here)} remet ${named(to)} comme source, sans qu’aucune règle soit lue.`,
  ],
  'answer-readdressed': ({ hook, here, from, to }) => [
    `${hook} NAT inverse`,
    `La réponse est adressée à ${from.text}, la source écrite par le masquage : l’entrée de suivi ${of(here)} lui rend son vrai destinataire, ${named(to)}.`,
  ],
  'source-masqueraded': ({ hook, here, from, to, why }) => [
    `${hook} masquerade`,
    `${because(why, from.ip)} ${capital(place(here))} remplace donc la source ${from.text} par sa propre adresse, ${to.text}, et c’est là que reviendra la réponse.`,
  ],
  'source-masqueraded-in-place': ({ hook, here, from, to, why }) => [
    `${hook} masquerade`,
    `${because(why, from.ip)} ${capital(place(here))} met sa propre adresse comme source, ce qu’elle était déjà : seul le port change, de ${from.port} à ${to.port}.`,
  ],
  'source-port-moved': ({ hook, here, from, to }) => [
    `${hook} autre port`,
    `Une autre connexion ${of(here)} attend déjà ses réponses sur ${from.text} : sans qu’aucune règle le demande, le noyau prend le port source ${to.port}.`,
  ],
  untracked: ({ hook, here, source, destination }) => [
    `${hook} inconnu`,
    `Le suivi de connexions ${of(here)} ne sait où ranger ce paquet de ${source.text} à ${destination.text} : il n’appartient à aucune connexion, la table nat lui reste fermée.`,
  ],
  'error-untracked': ({ hook, here, source, destination }) => [
    `${hook} inchangé`,
    `La connexion dont parle l’erreur ICMP de ${source.text} a été refusée avant d’entrer dans la table de suivi ${of(here)} : rien à traduire, l’erreur continue telle quelle vers ${destination.text}.`,
  ],
  'connection-known': ({ hook, here, source, destination }) => [
    `${hook} connexion connue`,
    `La connexion de ${source.text} à ${destination.text} est déjà suivie sur ${place(here)} : la table nat ne se lit que pour le premier paquet, il n’y a donc rien à chercher ni à réécrire.`,
  ],
  'answer-recognised': ({ hook, here, source, destination }) => [
    `${hook} connexion connue`,
    `Sur ${place(here)}, la réponse de ${named(source)} à ${destination.text} appartient à une connexion suivie : la table nat n’est pas relue.`,
  ],
  'error-recognised': ({ hook, here, source, destination }) => [
    `${hook} connexion connue`,
    `L’erreur ICMP de ${address(source)} cite une connexion que suit ${place(here)} : elle y est rattachée (RELATED) et peut continuer vers ${destination.ip}.`,
  ],
  'answer-let-through': ({ hook, here, source, destination, rulesRead }) => [
    `${hook} accepté`,
    `Sur ${place(here)}, la réponse de ${source.text} peut continuer vers ${destination.text} : sa connexion a été admise à l’aller${rulesRead === 0 ? ', et aucune règle ne se dresse ici' : ''}.`,
  ],
  'answer-unchanged': ({ hook, here, source, destination }) => [
    `${hook} inchangé`,
    `À l’aller, ${place(here)} n’avait pas changé la destination du paquet, il n’y a donc rien à défaire : la réponse garde ${named(source)} comme source et continue vers ${destination.text}.`,
  ],
  'service-has-no-ping': ({ hook, here, destination, service }) => [
    `${hook} aucune règle`,
    `${destination.text} désigne le Service ${service}, qui ne connaît que des ports, et un ping n’en a pas : aucune règle ${of(here)} ne s’en charge, sa destination reste une adresse que ne porte aucune carte réseau.`,
  ],
  'service-without-rule': ({ hook, here, destination, service, rulesRead }) => [
    `${hook} aucune règle`,
    `${destination.text} désigne le Service ${service}, mais parmi les ${times(rulesRead, 'règle lue', 'règles lues')} sur ${place(here)}, aucune ne remplace cette adresse et ce port : le paquet garde une destination que ne porte aucune carte réseau.`,
  ],
  'destination-kept': ({ hook, here, destination, rulesRead }) => [
    `${hook} pas de DNAT`,
    rulesRead === 0
      ? `Aucune règle ${of(here)} ne se trouve à ce point : la destination reste ${named(destination)}.`
      : `Parmi les ${times(rulesRead, 'règle lue', 'règles lues')} sur ${place(here)}, aucune ne vise ${named(destination)} : la destination ne change pas.`,
  ],
  'accepted-by-network-policy': accepted,
  'accepted-unpoliced': unpoliced,
  'accepted-by-mark': ({ hook, here, destination, chain }) => [
    `${hook} accepté`,
    `Le paquet porte la marque du trafic des Services : ${chain}, sur ${place(here)}, le laisse aller vers ${destination.text}.`,
  ],
  'accepted-by-state': ({ hook, here, source, destination, chain }) => [
    `${hook} accepté`,
    `L’état de la connexion suffit : ${chain}, sur ${place(here)}, accepte le paquet de ${source.text} à ${destination.text}.`,
  ],
  'accepted-by-rule': ({ hook, here, source, destination, chain }) => [
    `${hook} accepté`,
    `Une règle de ${chain}, sur ${place(here)}, dit ACCEPT au paquet de ${source.text} à ${destination.text}.`,
  ],
  'accepted-by-default': ({ hook, here, destination, rulesRead }) => [
    `${hook} accepté`,
    `${rulesRead === 0 ? `Aucune règle de filtrage ne se trouve sur ${place(here)}` : `Parmi les ${times(rulesRead, 'règle lue', 'règles lues')} sur ${place(here)}, aucune ne tranche`} : ${hook} accepte par défaut, le paquet pour ${destination.text} continue.`,
  ],
  'source-kept': ({ hook, here, source, rulesRead }) => [
    `${hook} pas de masquerade`,
    `${rulesRead === 0 ? 'Aucune règle ne le demande' : 'Le paquet ne porte pas la marque qui le demanderait'} : ${place(here)} ne masque pas la source, qui reste ${named(source)}. La connexion entre dans sa table de suivi.`,
  ],
};

function chosen(choice: Choice): string {
  switch (choice.kind) {
    case 'only':
      return 'le seul endpoint';
    case 'drawn':
      return `l’un des ${choice.among} endpoints, tiré au sort`;
    case 'remembered':
      return `l’endpoint déjà attribué à ce client dans les ${choice.seconds} dernières secondes`;
    default:
      return unreachable(choice);
  }
}

function mark(reason: MarkReason | null): string {
  return reason === null ? '' : ' Il marque aussi le paquet, pour que sa source soit remplacée à la sortie.';
}

function because(why: MasqueradeReason, source: string): string {
  switch (why.kind) {
    case 'outside':
      return `${source} n’est pas dans la plage des Pods ${why.prefix} : la réponse doit repasser par ce nœud pour que l’adresse y soit remise.`;
    case 'hairpin':
      return `Le Service a renvoyé ${source} à lui-même : recevant sa propre adresse comme source, le Pod jetterait le paquet.`;
    case 'own-node':
      return `Un programme du nœud lui-même, ${source}, a demandé le Service par une adresse faite pour l’extérieur.`;
    case 'entrance':
      return `${source} est entré par une adresse qui peut mener à n’importe quel nœud : la réponse doit ressortir par celui-ci.`;
    case 'always':
      return `kube-proxy a pour consigne de masquer tout le trafic des Services, celui de ${source} compris.`;
    case 'virtual-source':
      return `C’est le nœud lui-même qui appelle, depuis ${source} : l’adresse du Service est l’une des siennes, et la plus proche. Aucune réponse n’y reviendrait.`;
    case 'outgoing':
      return `Le paquet de ${source} part hors du réseau des Pods, où personne ne connaît les adresses des Pods.`;
    case 'tunnel':
      return `À l’autre bout du tunnel ${why.device}, la réponse pour ${source} prendrait un chemin qui l’évite.`;
    case 'unknown':
      return `Une règle de la table nat dit MASQUERADE aux paquets comme celui de ${source}.`;
    default:
      return unreachable(why);
  }
}
