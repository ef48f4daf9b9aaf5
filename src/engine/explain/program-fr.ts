// Français : les programmes aux deux bouts.

import type { Catalogue } from './language';
import type { ProgramFact } from './program-fact';
import type { Wording } from './wording';
import { address, named, of, ofName } from './words-fr';

export const PROGRAM_FR: Catalogue<ProgramFact, 'code', Wording> = {
  'opens-connection': ({ by, to, way }) => [
    `${by} SYN`,
    `${by} ouvre une connexion TCP vers ${named(to)} : le premier paquet, SYN, part${out(way)}.`,
  ],
  'sends-datagram': ({ by, to, protocol, way }) => [
    `${by} ${protocol}`,
    `${by} envoie un premier paquet ${protocol} à ${named(to)} ; il part${out(way)}.`,
  ],
  'sends-echo': ({ by, to, way }) => [
    `${by} ping`,
    `${by} interroge ${address(to)} par un ping : cette demande d’écho ICMP, sans port, part${out(way)}.`,
  ],
  'accepts-connection': ({ by, to, way }) => [
    `${by} SYN-ACK`,
    `${by} accepte la connexion : son SYN-ACK, adressé à la source qu’il a vue, ${named(to)}, part${out(way)}.`,
  ],
  'answers-datagram': ({ by, to, protocol, way }) => [
    `${by} répond`,
    `${by} répond en ${protocol} à la source qu’il a vue, ${named(to)} ; sa réponse part${out(way)}.`,
  ],
  'answers-echo': ({ by, to, way }) => [
    `${by} écho`,
    `Le noyau ${ofName(by)} répond au ping de lui-même : l’écho ICMP pour ${address(to)} part${out(way)}.`,
  ],
  'resets-connection': ({ by, to }) => [
    `${by} RST`,
    `Le noyau ${ofName(by)} refuse aussitôt : il renvoie un RST (TCP reset) à ${named(to)}.`,
  ],
  'reports-closed-port': ({ by, to, about }) => [
    `${by} refus ICMP`,
    `${by} signale à ${address(to)}, par une erreur ICMP « port unreachable », que ${about.text} ne prend rien.`,
  ],
  'reports-no-host': ({ by, to, about }) => [
    `${by} refus ICMP`,
    `${by} signale à ${address(to)}, par une erreur ICMP « host unreachable », que ${about.ip} est introuvable.`,
  ],
  'reports-no-network': ({ by, to, about }) => [
    `${by} refus ICMP`,
    `${by} signale à ${address(to)}, par une erreur ICMP « network unreachable », qu’aucun chemin ne mène à ${about.ip}.`,
  ],
  'reports-expiry': ({ by, to, about }) => [
    `${by} expiration ICMP`,
    `${by} signale à ${address(to)}, par une erreur ICMP « time exceeded », que son paquet pour ${about.ip} a épuisé ses sauts.`,
  ],
  'arrives-as-sent': ({ by, port, protocol, destination, source }) => [
    `${by} livré`,
    `Un programme ${ofName(by)} écoute sur le port ${protocol} ${port} et prend le paquet. Rien n’a été réécrit : il vient de ${named(source)} et va à ${destination.text}, comme au départ.`,
  ],
  'arrives-readdressed': ({ by, port, protocol, source }) => [
    `${by} livré`,
    `Un programme ${ofName(by)} écoute sur le port ${protocol} ${port} et prend le paquet. Il voit comme source la vraie adresse du client, ${named(source)}, mais ignore celle que le client avait demandée.`,
  ],
  'arrives-masqueraded': ({ by, port, protocol, source, client }) => [
    `${by} livré`,
    `Un programme ${ofName(by)} écoute sur le port ${protocol} ${port} et prend le paquet. Pour lui le client est ${named(source)} : la vraie source, ${client.ip}, a été remplacée en route.`,
  ],
  'arrives-at-kernel': ({ here, source }) => [
    `${here.label} ping reçu`,
    `Le noyau ${of(here)} reçoit la demande d’écho de ${address(source)} ; aucun programme n’a à répondre à sa place.`,
  ],
  'hears-peer': ({ by, from }) => [`${by} réponse reçue`, `${by} reçoit la réponse de ${named(from)}, exactement l’adresse demandée.`],
  'hears-in-disguise': ({ by, from, sender }) => [
    `${by} reçu du Service`,
    `Pour ${by}, la réponse vient de ${named(from)}, l’adresse demandée, et son noyau l’accepte. Rien ici ne laisse voir que ${named(sender)} l’a envoyée.`,
  ],
  'hears-reset': ({ by, from }) => [`${by} refus`, `${by} reçoit un RST au nom de ${named(from)} : « connection refused », sans attendre.`],
  'hears-echo': ({ by, from }) => [`${by} écho reçu`, `${by} reçoit l’écho de ${address(from)} : chacun peut joindre l’autre.`],
  'hears-ping-refused': ({ by, from }) => [
    `${by} ping refusé`,
    `${by} reçoit de ${address(from)}, au lieu d’un écho, l’erreur ICMP « port unreachable » : ping l’affiche (« Destination Port Unreachable ») et ne compte aucune réponse.`,
  ],
  'hears-closed-port': ({ by, from }) => [
    `${by} refus`,
    `${by} reçoit de ${address(from)} l’erreur ICMP « port unreachable » : le programme lit « connection refused ».`,
  ],
  'hears-no-host': ({ by, from }) => [
    `${by} hôte introuvable`,
    `${by} reçoit de ${address(from)} l’erreur ICMP « host unreachable » : le programme lit « no route to host ».`,
  ],
  'hears-no-network': ({ by, from }) => [
    `${by} aucun chemin`,
    `${by} reçoit de ${address(from)} l’erreur ICMP « network unreachable » : aucun chemin n’y mène.`,
  ],
  'hears-expiry': ({ by, from }) => [
    `${by} expiré`,
    `${by} apprend de ${address(from)} que son paquet est mort en route, faute de sauts restants.`,
  ],
  'answers-http': ({ owner, status, client }) => [
    `${owner} HTTP`,
    `Dans la connexion ouverte, ${client} envoie sa requête HTTP et ${owner} répond ${status}. Ces paquets suivent le même chemin, sans que la table nat soit relue.`,
  ],
  'answers-without-http': ({ owner, client }) => [
    `${owner} répond`,
    `La connexion entre ${client} et ${owner} tient, mais le programme n’y parle pas HTTP : il n’y a pas de code de réponse.`,
  ],
};

function out(way: { readonly gateway: string | null; readonly device: string } | null): string {
  if (way === null) return ' après les points de contrôle de ce noyau';
  return way.gateway === null ? ` par ${way.device}` : ` par ${way.device}, via la passerelle ${way.gateway}`;
}
