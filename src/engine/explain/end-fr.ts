// Français : où finit un paquet, et ce que le client en voit.

import { calledItself, type EndFact } from './end-fact';
import type { Catalogue } from './language';
import { dropped } from './policy-fr';
import { capital, type Wording } from './wording';
import { address, list, named, of, packet, place, to } from './words-fr';

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
  'dropped-by-network-policy': dropped,
  'dropped-by-policy': ({ hook, here, reply, destination }) => [
    `${hook ?? ''} jeté`.trim(),
    `Aucune règle ${of(here)} ne s’est prononcée sur ${packet(reply)} pour ${destination.text}, et ${hook ?? 'cette chaîne'} jette par défaut (DROP), sans un mot.`,
  ],
  'dropped-blackhole': ({ here, reply, destination, prefix }) => [
    `routage trou noir`,
    `${destination.ip} est dans ${prefix}, la plage ${of(here)}, mais aucun Pod en marche ne porte cette adresse : la route « blackhole » engloutit ${packet(reply)}, et personne n’en est averti.`,
  ],
  'dropped-unowned-service-address': ({ hook, here, destination, prefix }) => [
    `${hook ?? ''} jeté`.trim(),
    `${destination.ip} est dans ${prefix}, la plage des Services, mais aucun Service ne la porte : la règle de kube-proxy sur ${place(here)} jette le paquet avant qu’il ne sorte du cluster pour ne trouver personne.`,
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
    `${capital(packet(reply))} vise ${destination.text}, qui n’est pas une adresse ${of(here)}, et le relais (ip_forward) y est coupé : ${reply ? 'elle est jetée' : 'il est jeté'}.`,
  ],
  'dropped-not-ours': ({ here, source, destination }) => [
    `${here.label} connexion inconnue`,
    `La réponse parvient bien ${to(here)}, mais elle vient de ${named(source)}, à qui le programme n’a rien demandé : aucune socket n’attend ce message sur ${destination.text}, il est jeté.`,
  ],
  'dropped-martian': ({ here, source, destination }) => [
    `${here.label} source martienne`,
    `Le paquet pour ${destination.text} prétend venir de ${source.ip}, qui est une adresse ${of(here)} : un noyau ne croit jamais cela d’un paquet reçu du dehors, et le jette.`,
  ],
  'dropped-no-forwarding-entry': ({ here, reply, destination }) => [
    `tunnel sans entrée`,
    `Le tunnel ${of(here)} connaît bien l’adresse MAC de la passerelle pour ${address(destination)}, mais aucune entrée (bridge fdb) ne dit derrière quelle machine la trouver : ${packet(reply)} est jeté${reply ? 'e' : ''}, et seul un compteur en garde trace.`,
  ],
  'dropped-tunnel-unreachable': ({ here, reply, source, destination }) => [
    `tunnel sans issue`,
    `L’autre bout du tunnel est hors d’atteinte depuis ${place(here)} : rien ne passe de ${source.ip} à ${destination.ip}. Le refus ne vise que l’emballage, envoyé par ${here.label} ; l’expéditeur de ce qu’il contient, ${packet(reply)}, n’en saura rien.`,
  ],
  'dropped-no-such-tunnel': ({ here, reply, source }) => [
    `${here.label} tunnel inconnu`,
    `${capital(packet(reply))} de ${source.ip} parvient ${to(here)} tout emballé${reply ? 'e' : ''}, mais aucun tunnel d’ici n’a ce type, ce numéro ou cette adresse MAC : faute de qui le déballe, l’envoi est jeté.`,
  ],
  'dropped-application-silent': ({ here, destination }) => [
    `${here.label} ne dit rien`,
    `Le programme derrière ${address(destination)} a pris la connexion, et le noyau l’a confirmée ; la requête est lue ou attend de l’être, et aucune réponse ne vient. Le réseau, lui, a fait son travail.`,
  ],
  'dropped-no-hairpin': ({ here, reply, destination }) => [
    `pont sans demi-tour`,
    `Pour joindre ${destination.text}, ${packet(reply)} devrait quitter le pont ${of(here)} par le port même de son entrée. Sans mode « hairpin », un commutateur s’y refuse et jette la trame.`,
  ],
  'rejected-no-endpoint': ({ hook, here, destination, service, selector }) => [
    `${hook ?? ''} REJECT`.trim(),
    `Le Service ${service ?? ''} n’a aucun endpoint${selector === null ? ', ni sélecteur pour en trouver' : ` : aucun Pod prêt ne porte les étiquettes ${selector}`}. Pour ${destination.text}, kube-proxy n’a donc écrit sur ${place(here)} qu’une règle de refus.`,
  ],
  'rejected-service-port': ({ hook, here, destination, service, mode }) => [
    `${hook ?? ''} REJECT`.trim(),
    `Le Service ${service} a bien l’adresse ${destination.ip}, mais pas de port ${destination.port} : en mode ${mode}, kube-proxy refuse sur ${place(here)} tout ce qui vise une IP de cluster sans viser l’un de ses ports. En mode iptables, le paquet serait sorti du cluster sans recevoir de réponse.`,
  ],
  'rejected-service-ping': ({ hook, here, destination, service, mode }) => [
    `${hook ?? ''} REJECT`.trim(),
    `${destination.ip} est le Service ${service}, dont seuls les ports mènent à des Pods, et un ping n’en a pas : en mode ${mode}, kube-proxy refuse tout le reste sur ${place(here)}, « port unreachable ». Cela ne dit rien de l’état des ports.`,
  ],
  'rejected-virtual-address-ping': ({ here, destination, service, chain }) => [
    `INPUT REJECT`,
    `${destination.ip}, l’adresse du Service ${service}, se trouve sur ${place(here)} même : son noyau répondrait au ping à la place des Pods, ce qui ne prouverait rien. La chaîne ${chain} de kube-proxy refuse donc tout ce qui vise une adresse virtuelle sans viser un de ses ports, « port unreachable ».`,
  ],
  'rejected-no-real-server': ({ here, destination, service }) => [
    `${here.label} aucun serveur réel`,
    `IPVS connaît sur ${place(here)} un serveur virtuel ${destination.text}${service === null ? '' : ` (le Service ${service})`}, mais aucun serveur réel derrière lui : sans endpoint, il n’y a personne à choisir, et le noyau refuse.`,
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
  'rejected-ttl': ({ here, reply, destination }) => [
    `routage expiré`,
    `Sur ${place(here)}, ${packet(reply)} pour ${destination.text} a épuisé sa durée de vie (TTL) à force de tourner en rond ; l’expéditeur en est averti par ICMP (« time exceeded »).`,
  ],
  'rejected-no-neighbour': ({ here, destination, device }) => [
    `${device === '' ? here.label : device} personne`,
    `Par trois fois, ${place(here)} demande sur ${device === '' ? 'le lien' : device} qui possède ${address(destination)} (ARP), et personne ne répond : « host unreachable ».`,
  ],
  'ends-answered': (fact) => [
    `${fact.by} terminé`,
    calledItself(fact)
      ? `${fact.by} a sa réponse de ${named(fact.backend)}${http(fact.status)} : l’adresse même qu’il appelait, sans aucun Service entre les deux.`
      : `${fact.by} a sa réponse de ${fact.asked?.text ?? ''}${http(fact.status)}, sans jamais savoir que derrière ${fact.service === null ? 'ce port' : `le Service ${fact.service}`} se trouvait ${fact.owner}, en ${fact.backend.text}.`,
  ],
  'ends-proxied': ({ by, asked, proxy, owner, backend, status }) => [
    `${by} terminé`,
    `${by} a sa réponse de ${asked?.text ?? ''}${http(status)}. Son seul interlocuteur était ${proxy}, qui avait interrogé ${owner}, en ${backend.text}, par une seconde connexion.`,
  ],
  'ends-with-status': ({ by, asked, proxy, status, why, destination }) => [
    `${by} ${status}`,
    `${by} obtient bien une réponse de ${asked?.text ?? ''}, HTTP ${status}, mais elle vient du mandataire ${proxy} et non d’une application : ${STATUS[why](destination.text)}.`,
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
  'no-real-server': (where, to) => `le serveur virtuel ${to} n’a aucun serveur réel sur ${where}`,
  'no-socket': (where, to) => `rien n’écoute en ${to} dans ${where}`,
  'unreachable-route': (where, to) => `${where} ne connaît aucun chemin vers ${to}`,
  'ttl-expired': (where, to) => `sur ${where}, le paquet pour ${to} n’avait plus de sauts`,
  'no-neighbour': (where, to) => `${where} ne trouve personne sur le lien à l’adresse de ${to}`,
} satisfies Record<string, (where: string, to: string) => string>;

export const LOST = {
  rule: (where, to) => `une règle sur ${where} a jeté le paquet pour ${to}`,
  'network-policy': (where, to) => `aucune NetworkPolicy appliquée sur ${where} n’a laissé passer le paquet pour ${to}`,
  policy: (where, to) => `sur ${where}, une chaîne a jeté par défaut le paquet pour ${to}`,
  blackhole: (where, to) => `la route « blackhole » sur ${where} a englouti le paquet pour ${to}`,
  'no-such-host': (where, to) => `${where} ne connaissait personne en ${to}`,
  'ttl-expired': (where, to) => `sur ${where}, le paquet pour ${to} n’avait plus de sauts`,
  'not-forwarding': (where, to) => `${where} ne relaie rien, et ${to} est ailleurs`,
  'not-ours': (where, to) => `${where} n’a pu rattacher à aucune demande ce qui arrivait sur ${to}`,
  'martian-source': (where, to) => `${where} n’a pas cru que le paquet pour ${to} venait de sa propre adresse`,
  'no-forwarding-entry': (where, to) => `le tunnel sur ${where} ignorait la machine de ${to}`,
  'tunnel-unreachable': (where, to) => `depuis ${where}, l’autre bout du tunnel vers ${to} était hors d’atteinte`,
  'no-such-tunnel': (where, to) => `${where} n’a pas déballé ce qui arrivait pour ${to}`,
  'application-silent': (_, to) => `le programme en ${to} a pris la requête sans jamais y répondre`,
  'no-hairpin': (where, to) => `le pont sur ${where} ne renvoie pas par le même port ce qui vise ${to}`,
} satisfies Record<string, (where: string, to: string) => string>;

export const STATUS = {
  'no-server': () => 'aucune règle ne vise cet hôte',
  'no-location': () => 'aucune règle ne prend ce chemin',
  'no-service': () => 'la règle désigne un Service qui n’existe pas',
  'no-port': () => 'la règle désigne un port que le Service n’a pas',
  'no-endpoint': () => 'aucun Pod n’est prêt derrière la règle',
  'not-permitted': () => 'la règle n’a pas le droit de viser un Service de ce namespace',
  'no-upstream': () => 'la règle ne mène à personne',
  fixed: () => 'la règle renvoie ailleurs',
  'to-https': () => 'cet hôte n’est servi qu’en HTTPS',
  'wrong-scheme': () => 'le client a parlé HTTP à un port prévu pour HTTPS, ou l’inverse',
  'upstream-refused': (to) => `rien n’accepte de connexion en ${to}`,
  'upstream-silent': (to) => `rien n’est revenu de ${to}`,
  'upstream-no-http': (to) => `ce qui écoute en ${to} ne parle pas HTTP`,
} satisfies Record<string, (to: string) => string>;
