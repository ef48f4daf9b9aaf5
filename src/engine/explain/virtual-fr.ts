// Français : IPVS.

import { unreachable } from '../net/unreachable';
import type { Catalogue } from './language';
import type { ServedFrom, ServerChoice, VirtualFact } from './virtual-fact';
import type { Wording } from './wording';
import { address, named, of, place } from './words-fr';

export const VIRTUAL_FR: Catalogue<VirtualFact, 'code', Wording> = {
  'virtual-server-chose': ({ hook, here, from, to, service, choice, served }) => [
    `${hook} IPVS`,
    `Sur ${place(here)}, IPVS tient un serveur virtuel ${from.text}${service === null ? '' : ` pour le Service ${service}`} et choisit ${chosen(choice)} : ${named(to)}. ${onwards(served)}`,
  ],
  'virtual-answer-restored': ({ hook, here, from, to }) => [
    `${hook} réponse IPVS`,
    `La réponse du serveur réel ${named(from)} repasse par l’IPVS ${of(here)}, qui l’avait choisi : il lui rend comme source l’adresse du serveur virtuel, ${to.text}, celle que le client avait demandée.`,
  ],
  'virtual-address-kept': ({ hook, here, destination, device, service, marked }) => [
    `${hook} pas de DNAT`,
    `${destination.text}${service === null ? '' : `, l’adresse du Service ${service},`} est portée par ${device} ${of(here)}, aucune règle n’a donc à la remplacer : le paquet est pour ce nœud${hook === 'OUTPUT' ? ', et IPVS n’a pas de serveur virtuel pour ce port' : ', où IPVS l’attend'}.${marked === null ? '' : ' Les règles se bornent à le marquer, pour que sa source soit remplacée à la sortie.'}`,
  ],
  'virtual-address-pinged': ({ hook, here, destination, device, service }) => [
    `${hook} pas de DNAT`,
    `En mode IPVS, ${destination.ip}${service === null ? '' : `, l’adresse du Service ${service},`} est une adresse ${of(here)} même, sur ${device} : un ping s’arrête à ce nœud et n’atteint aucun Pod.`,
  ],
  'virtual-packet-sent-on': ({ hook, here, destination }) => [
    `${hook} renvoyé`,
    `IPVS renvoie le paquet depuis ${place(here)} comme s’il en était parti, il passe donc par ${hook} ; la table nat n’est pas consultée de nouveau, la destination est déjà ${address(destination)}.`,
  ],
  'virtual-answer-kept': ({ hook, here, source }) => [
    `${hook} inchangé`,
    `L’IPVS ${of(here)} a déjà remis ${named(source)} comme source de la réponse : il ne reste rien à défaire pour la table nat.`,
  ],
  'route-to-virtual-address': ({ here, destination, device, service }) => [
    `routage adresse locale`,
    `kube-proxy a posé ${destination.ip}${service === null ? '' : `, l’adresse du Service ${service},`} sur l’interface ${device} ${of(here)} : rien n’y est branché, mais le noyau tient ainsi le paquet pour sien, et IPVS le voit passer à INPUT.`,
  ],
  'route-to-own-virtual-address': ({ here, destination, device, service }) => [
    `routage adresse locale`,
    `${destination.ip}${service === null ? '' : `, l’adresse du Service ${service},`} est sur l’interface ${device} ${of(here)} : pour le noyau, le paquet s’adresse à lui-même, il porte donc aussi cette adresse comme source, et IPVS le rencontre dès OUTPUT.`,
  ],
  'route-back-to-virtual-address': ({ here, destination, device }) => [
    `routage adresse locale`,
    `Le paquet avait ${destination.ip} comme source, une adresse posée sur l’interface ${device} ${of(here)} : la réponse est donc pour ce nœud et monte à INPUT.`,
  ],
};

function chosen(choice: ServerChoice): string {
  switch (choice.kind) {
    case 'only':
      return 'le seul serveur réel';
    case 'turn':
      return `celui des ${choice.among} serveurs réels dont c’est le tour (${choice.scheduler})`;
    case 'least':
      return `parmi ${choice.among} serveurs réels, le premier qui ait le moins de connexions, ${choice.connections} (${choice.scheduler})`;
    case 'least-open':
      return `parmi ${choice.among} serveurs réels, le premier qui ait le moins de connexions ouvertes, ${choice.connections} (${choice.scheduler})`;
    case 'hash':
      return `celui des ${choice.among} serveurs réels que désigne le hachage de l’adresse ${choice.of === 'source' ? 'source' : 'de destination'} ${choice.address} (${choice.scheduler})`;
    case 'drawn':
      return `l’un des ${choice.among} serveurs réels par hachage de l’adresse et du port du client (${choice.scheduler})`;
    case 'locality':
      return `parmi ${choice.among} serveurs réels, celui auquel il s’en tient pour cette adresse tant qu’il n’est pas surchargé (${choice.scheduler})`;
    case 'remembered':
      return `le serveur réel que ce client a eu dans les ${choice.seconds} dernières secondes (persistance)`;
    default:
      return unreachable(choice);
  }
}

function onwards(served: ServedFrom): string {
  switch (served) {
    case 'input':
      return 'Le paquet ressort d’INPUT, et sa route vers ce serveur passe par OUTPUT.';
    case 'output':
      return 'Le programme du nœud qui l’a envoyé n’en voit rien.';
    case 'here':
      return 'C’est une adresse de ce nœud même : le paquet reste et monte vers les programmes d’ici.';
    default:
      return unreachable(served);
  }
}
