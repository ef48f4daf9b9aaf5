// Français : où finit un paquet, et ce que le client en voit.

import type { EndFact } from './end-fact';
import type { Catalogue } from './language';
import { capital, type Wording } from './wording';
import { address, list, named, of, packet, place } from './words-fr';

export const END_FR: Catalogue<EndFact, 'code', Wording> = {
  'dropped-invalid': ({ hook, here, reply, source, destination, chain }) => [
    `${hook ?? ''} jeté`.trim(),
    `Aucune connexion suivie sur ${place(here)} n’explique ${packet(reply)} de ${source.text} à ${destination.text} : ${chain} jette ce qui est INVALID, sans un mot.`,
  ],
  'dropped-no-local-endpoint': ({ hook, here, destination, service }) => [
    `${hook ?? ''} jeté`.trim(),
    `Le Service ${service ?? ''}, derrière ${destination.text}, n’admet que les endpoints du nœud lui-même, et ${place(here)} n’en a pas alors que d’autres nœuds en ont : la règle de kube-proxy jette le paquet.`,
  ],
  'dropped-by-source-range': ({ hook, here, source, destination, service }) => [
    `${hook ?? ''} jeté`.trim(),
    `Le Service ${service ?? ''} énumère qui peut appeler ${destination.text} (loadBalancerSourceRanges) et ${source.ip} n’en est pas : la chaîne de pare-feu ${of(here)} jette le paquet.`,
  ],
  'dropped-by-rule': ({ hook, here, reply, source, destination, chain, comment }) => [
    `${hook ?? ''} jeté`.trim(),
    `Une règle de ${chain} sur ${place(here)}${comment === '' ? '' : ` (« ${comment} »)`} dit DROP : ${packet(reply)} de ${source.text} à ${destination.text} disparaît, et personne n’en est averti.`,
  ],
  'dropped-by-policy': ({ hook, here, reply, destination }) => [
    `${hook ?? ''} jeté`.trim(),
    `Aucune règle ${of(here)} ne s’est prononcée sur ${packet(reply)} pour ${destination.text}, et ${hook ?? 'cette chaîne'} jette par défaut (DROP), sans un mot.`,
  ],
  'dropped-blackhole': ({ here, reply, destination, prefix }) => [
    `routage trou noir`,
    `${destination.ip} est dans ${prefix}, la plage ${of(here)}, mais aucun Pod en marche ne porte cette adresse : la route « blackhole » engloutit ${packet(reply)}, et personne n’en est averti.`,
  ],
  'dropped-unknown-host': ({ here, reply, destination }) => [
    `routage personne`,
    `Pour tout ce qui est hors du cluster il y a ${place(here)}, qui ne connaît personne à l’adresse ${address(destination)} : ${packet(reply)} s’y perd sans laisser de trace.`,
  ],
  'dropped-service-port': ({ here, destination, service }) => [
    `routage personne`,
    `Aucune règle ne s’occupe du port ${destination.port} du Service ${service}, le paquet pour ${destination.ip} est donc sorti du cluster : ${place(here)} ne connaît pas cette adresse et se tait.`,
  ],
  'dropped-service-ping': ({ here, destination, service }) => [
    `routage personne`,
    `Aucune règle ne répond au ping pour le Service ${service}, le paquet pour ${destination.ip} est donc sorti du cluster : ${place(here)} ne connaît pas cet hôte. Ce silence ne dit rien des ports du Service.`,
  ],
  'dropped-ttl': ({ here, reply, destination }) => [
    `routage expiré`,
    `Sur ${place(here)}, ${packet(reply)} pour ${destination.text} a épuisé sa durée de vie (TTL) : fin de la ronde.`,
  ],
  'dropped-not-forwarding': ({ here, reply, destination }) => [
    `routage sans relais`,
    `${capital(packet(reply))} vise ${destination.text}, qui n’est pas une adresse ${of(here)}, et le relais (ip_forward) y est coupé : c’est la corbeille.`,
  ],
  'dropped-not-ours': ({ here, source, destination }) => [
    `${here.label} connexion inconnue`,
    `La réponse parvient bien ${here.kind === 'pod' ? `au Pod ${here.label}` : `à ${place(here)}`}, mais elle vient de ${named(source)}, à qui le programme n’a rien demandé : aucune socket n’attend ce message sur ${destination.text}, il est jeté.`,
  ],
  'dropped-martian': ({ here, source, destination }) => [
    `${here.label} source martienne`,
    `Le paquet pour ${destination.text} prétend venir de ${source.ip}, qui est une adresse ${of(here)} : un noyau ne croit jamais cela d’un paquet reçu du dehors, et le jette.`,
  ],
  'rejected-no-endpoint': ({ hook, here, destination, service, selector }) => [
    `${hook ?? ''} REJECT`.trim(),
    `Le Service ${service ?? ''} n’a aucun endpoint${selector === null ? ', ni sélecteur pour en trouver' : ` : aucun Pod prêt ne porte les étiquettes ${selector}`}. Pour ${destination.text}, kube-proxy n’a donc écrit sur ${place(here)} qu’une règle de refus.`,
  ],
  'rejected-by-rule': ({ hook, here, reply, destination, chain, comment }) => [
    `${hook ?? ''} REJECT`.trim(),
    `Une règle de ${chain} sur ${place(here)}${comment === '' ? '' : ` (« ${comment} »)`} refuse ${packet(reply)} pour ${destination.text} et le fait savoir à l’expéditeur.`,
  ],
  'rejected-closed-port': ({ here, destination, port, protocol, listening }) => [
    `${here.label} port fermé`,
    `Le paquet a bien trouvé ${place(here)} à l’adresse ${destination.ip}, mais rien n’y écoute sur le port ${protocol} ${port}${open(listening)} : le noyau refuse.`,
  ],
  'rejected-wrong-target-port': ({ here, port, protocol, listening, service }) => [
    `${here.label} port fermé`,
    `Le Service ${service} envoie vers le port ${port} (son targetPort), or rien n’écoute sur ${protocol} ${port} dans ${place(here)}${open(listening)}. Le nom, le Service et le chemin sont bons ; le port ne l’est pas.`,
  ],
  'rejected-no-route': ({ here, reply, destination }) => [
    `routage aucune route`,
    `La table ${of(here)} n’a aucune route pour ${destination.ip} : ${packet(reply)} ne peut pas partir, « network is unreachable ».`,
  ],
  'rejected-by-route': ({ here, reply, destination, prefix }) => [
    `routage refus`,
    `Sur ${place(here)}, la route ${prefix} est là pour refuser : ${packet(reply)} pour ${destination.ip} s’arrête ici, et l’expéditeur en est averti.`,
  ],
  'rejected-no-neighbour': ({ here, destination, device }) => [
    `${device === '' ? here.label : device} personne`,
    `Par trois fois, ${place(here)} demande sur ${device === '' ? 'le lien' : device} qui possède ${address(destination)} (ARP), et personne ne répond : « host unreachable ».`,
  ],
  'ends-answered': ({ by, asked, backend, owner, status, service }) => [
    `${by} terminé`,
    service === null
      ? `${by} a sa réponse de ${named(backend)}${http(status)} : l’adresse même qu’il appelait, sans aucun Service entre les deux.`
      : `${by} a sa réponse de ${asked?.text ?? ''}${http(status)}, sans jamais savoir que derrière le Service ${service} se trouvait ${owner}, en ${backend.text}.`,
  ],
  'ends-refused': ({ by, asked, reason, destination, where }) => [
    `${by} refus`,
    `${by} appelle ${asked?.text ?? destination.text} et se voit refuser aussitôt : ${REFUSED[reason](place(where), destination.text)}.`,
  ],
  'ends-in-silence': ({ by, asked, reason, destination, where }) => [
    `${by} délai dépassé`,
    `${by} attend ${asked?.text ?? destination.text} jusqu’à l’abandon : ${LOST[reason](place(where), destination.text)}, et seul le silence revient.`,
  ],
  'ends-without-answer': ({ by, asked, reason, destination, where }) => [
    `${by} délai dépassé`,
    `${by} attend jusqu’à l’abandon, alors que son paquet pour ${asked?.text ?? destination.text} est bien arrivé : la réponse s’est perdue, ${LOST[reason](place(where), destination.text)}.`,
  ],
  'ends-unknown-name': ({ by, name }) => [
    `${by} nom inconnu`,
    `${by} ne peut même pas commencer : aucun des noms tirés de « ${name} » n’existe, et aucun paquet n’est parti vers la destination.`,
  ],
  'ends-name-without-address': ({ by, name }) => [
    `${by} aucune adresse`,
    `${by} ne peut pas commencer : « ${name} » existe, mais sans adresse où envoyer quoi que ce soit.`,
  ],
  'ends-name-failed': ({ by, name }) => [
    `${by} sans serveur de noms`,
    `${by} ne peut pas commencer : personne n’a pu lui donner l’adresse de « ${name} ». Cela ne dit pas si ce nom existe.`,
  ],
};

function open(listening: readonly string[]): string {
  return listening.length === 0 ? ', ni sur aucun autre port' : `, seulement sur ${list(listening)}`;
}

function http(status: number | null): string {
  return status === null ? '' : `, HTTP ${status}`;
}

export const REFUSED = {
  rule: (where, to) => `une règle de refus sur ${where} vise ${to}`,
  'no-socket': (where, to) => `rien n’écoute en ${to} dans ${where}`,
  'unreachable-route': (where, to) => `${where} ne connaît aucun chemin vers ${to}`,
  'no-neighbour': (where, to) => `${where} ne trouve personne sur le lien à l’adresse de ${to}`,
} satisfies Record<string, (where: string, to: string) => string>;

export const LOST = {
  rule: (where, to) => `une règle sur ${where} a jeté le paquet pour ${to}`,
  policy: (where, to) => `sur ${where}, une chaîne a jeté par défaut le paquet pour ${to}`,
  blackhole: (where, to) => `la route « blackhole » sur ${where} a englouti le paquet pour ${to}`,
  'no-such-host': (where, to) => `${where} ne connaissait personne en ${to}`,
  'ttl-expired': (where, to) => `sur ${where}, le paquet pour ${to} n’avait plus de sauts`,
  'not-forwarding': (where, to) => `${where} ne relaie rien, et ${to} est ailleurs`,
  'not-ours': (where, to) => `${where} n’a pu rattacher à aucune demande ce qui arrivait sur ${to}`,
  'martian-source': (where, to) => `${where} n’a pas cru que le paquet pour ${to} venait de sa propre adresse`,
} satisfies Record<string, (where: string, to: string) => string>;
