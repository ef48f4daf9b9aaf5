// Français : interfaces et routes.

import type { Catalogue } from './language';
import type { WayFact } from './way-fact';
import { capital, type Wording } from './wording';
import { address, of, ofName, packet, place, to as toPlace } from './words-fr';

export const WAY_FR: Catalogue<WayFact, 'code', Wording> = {
  'enters-from-pod': ({ here, reply, device, from }) => [
    `${device} entre dans ${here.label}`,
    `${capital(packet(reply))} sort ${of(from)} par le câble virtuel dont l’autre bout est ${device} : voilà le noyau ${of(here)}.`,
  ],
  'enters-from-network': ({ here, reply, device, from }) => [
    `${device} entre dans ${here.label}`,
    `${capital(packet(reply))} arrive par le réseau depuis ${place(from)} et entre dans ${place(here)} par ${device}. Ni marque ni entrée de suivi ne voyagent d’une machine à l’autre.`,
  ],
  'enters-by-loopback': ({ here, reply, device }) => [
    `${device} reste dans ${here.label}`,
    `${capital(packet(reply))} n’a pas quitté ${place(here)} : l’interface de bouclage ${device} rend aussitôt ce qu’on lui donne.`,
  ],
  'leaves-to-pod': ({ here, reply, device, to }) => [
    `${device} sort ${ofName(here.label)}`,
    `${capital(packet(reply))} quitte ${place(here)} par ${device}, le bout du câble virtuel qui mène ${toPlace(to)}.`,
  ],
  'leaves-to-network': ({ here, reply, device, to }) => [
    `${device} réseau physique`,
    `${capital(packet(reply))} quitte ${place(here)} par sa carte réseau ${device} ; de l’autre côté du lien, c’est ${place(to)} qui prend la suite.`,
  ],
  'route-local': ({ here, reply, destination, beaten, again, device }) => [
    `routage adresse locale`,
    `${renewed(again)}${destination.ip} est une adresse ${of(here)}, sur ${device} : ${packet(reply)} n’ira pas plus loin et monte vers les programmes d’ici.${loser(beaten)}`,
  ],
  'route-to-one-address': ({ here, reply, destination, device, beaten, again }) => [
    `routage route locale`,
    `${renewed(again)}La table ${of(here)} a une route pour la seule adresse ${address(destination)} : ${packet(reply)} part droit dans le câble ${device}.${loser(beaten)}`,
  ],
  'route-on-link': ({ here, reply, destination, prefix, device, beaten, again }) => [
    `routage sur le lien`,
    `${renewed(again)}${address(destination)} est dans ${prefix}, sur le lien ${ofName(device)} : ${place(here)} y dépose ${packet(reply)} sans passer par une passerelle.${loser(beaten)}`,
  ],
  'route-to-nobody': ({ here, reply, destination, prefix, beaten, again }) => [
    `routage sans issue`,
    `${renewed(again)}Sur ${place(here)}, la route ${prefix} prend ${packet(reply)} pour ${destination.ip} sans mener à personne.${loser(beaten)}`,
  ],
  'route-to-node': ({ here, reply, destination, prefix, gateway, device, byBgp, beaten, again }) => [
    `routage via ${gateway.ip}`,
    `${renewed(again)}${address(destination)} fait partie de ${prefix}, la plage des Pods ${ofName(gateway.owner?.label ?? gateway.ip)}${byBgp ? ', route apprise par BGP' : ''} : ${place(here)} confie ${packet(reply)} à ${gateway.ip} par ${device}, sans toucher aux adresses.${loser(beaten)}`,
  ],
  'route-to-one-of-nodes': ({ here, reply, destination, gateway, nodes, beaten, again }) => [
    `répartiteur : 1 nœud sur ${nodes}`,
    `${renewed(again)}${address(destination)} est l’adresse d’un répartiteur de charge qui sert ${nodes} nœuds, tous aussi probables. Pour cette connexion, le sort a désigné ${gateway.owner?.label ?? gateway.ip} : ${place(here)} envoie ${packet(reply)} à ${gateway.ip}, et la destination reste celle du répartiteur.${loser(beaten)}`,
  ],
  'route-to-only-node': ({ here, reply, destination, gateway, beaten, again }) => [
    `répartiteur : ${gateway.ip}`,
    `${renewed(again)}${address(destination)} est l’adresse d’un répartiteur de charge qui ne sert qu’un nœud, ${gateway.owner?.label ?? gateway.ip} : ${place(here)} envoie ${packet(reply)} à ${gateway.ip}, et la destination reste celle du répartiteur.${loser(beaten)}`,
  ],
  'route-to-entry-node': ({ here, reply, destination, gateway, device, beaten, again }) => [
    `routage via ${gateway.ip}`,
    `${renewed(again)}${address(destination)} n’est sur aucun réseau extérieur. Comme la requête doit entrer dans le cluster par ${gateway.owner?.label ?? gateway.ip}, ${place(here)} a une route pour cette seule adresse et envoie ${packet(reply)} à ${gateway.ip} par ${device}.${loser(beaten)}`,
  ],
  'route-by-gateway': ({ here, reply, destination, prefix, gateway, device, beaten, again }) => [
    `routage via ${gateway.ip}`,
    `${renewed(again)}${prefix} est le préfixe le plus long qui contienne ${address(destination)} : ${place(here)} remet ${packet(reply)} à la passerelle ${gateway.ip} par ${device}.${loser(beaten)}`,
  ],
  'route-default': ({ here, reply, destination, gateway, device, beaten, again }) => [
    `routage par défaut`,
    `${renewed(again)}Aucune route ${of(here)} ne parle de ${address(destination)} : par défaut, ${packet(reply)} part vers ${gateway.ip} par ${device}.${loser(beaten)}`,
  ],
};

function renewed(again: boolean): string {
  return again ? 'La destination a changé, la table de routage est donc relue. ' : '';
}

function loser(beaten: string | null): string {
  if (beaten === null) return '';
  return beaten === 'default'
    ? ' La route par défaut conviendrait aussi, mais un préfixe plus long l’emporte.'
    : ` ${beaten} contient aussi cette adresse, mais le préfixe le plus long l’emporte.`;
}
