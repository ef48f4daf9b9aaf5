// Français : tunnels et ponts.

import type { Catalogue } from './language';
import type { TunnelFact } from './tunnel-fact';
import type { Wording } from './wording';
import { address, of, packet, place, to } from './words-fr';

export const TUNNEL_FR: Catalogue<TunnelFact, 'code', Wording> = {
  'wrapped-in-udp': ({ here, reply, device, source, destination, from, to, port, vni, mac }) => [
    `${device} emballe`,
    `${device} glisse ${packet(reply)} de ${source.ip} à ${destination.ip}, tel quel, dans un paquet UDP qui va de ${address(from)} à ${address(to)}, port ${port} (VXLAN ${vni}) : d’après sa table, l’adresse MAC ${mac} de la passerelle se trouve derrière ${to.ip}. La suite est un envoi propre à ${here.label}.`,
  ],
  'wrapped-in-ip': ({ here, reply, device, source, destination, from, to }) => [
    `${device} emballe`,
    `${device} place devant ${packet(reply)} de ${source.ip} à ${destination.ip} un second en-tête IP, de ${address(from)} à ${address(to)}, passerelle de la route (IPIP, protocole 4). La suite est un envoi propre à ${here.label}.`,
  ],
  unwrapped: ({ here, reply, device, source, destination }) => [
    `${device} déballe`,
    `L’emballage s’arrête ${to(here)} : ${packet(reply)} de ${source.text} à ${destination.text} ressort par ${device} comme à peine arrivé${reply ? 'e' : ''}, sans un saut de plus, et reprend les règles depuis le début.`,
  ],
  'wrapped-at-hook': ({ hook, here, from, to, destination }) => [
    `${hook} paquet externe`,
    `En ${hook}, les règles ${of(here)} ne voient que l’emballage, de ${from.ip} à ${to.ip} ; qu’il contienne de quoi joindre ${destination.ip} ne les regarde pas, et rien n’est réécrit.`,
  ],
  switched: ({ here, reply, device, port, to, destination, ruled }) => [
    `${device} commute`,
    `Le pont ${device} ${of(here)} sait derrière quel port se trouve ${address(destination)} : ${packet(reply)} repart par ${port} vers ${place(to)}, en trame commutée et non en paquet routé, sans perdre de durée de vie. ${
      ruled
        ? 'Les règles sont tout de même consultées (bridge-nf-call-iptables vaut 1).'
        : 'Aucune règle n’est consultée (bridge-nf-call-iptables vaut 0).'
    }`,
  ],
};
