// What to look for in the output of each command that proves a cause, in both languages.

import type { Told } from './language';

/** By what the command shows. */
export const SHOWS = {
  noEndpoint: { en: 'no address under ENDPOINTS', fr: 'aucune adresse sous ENDPOINTS' },
  backEnds: { en: 'the addresses among which the rules choose', fr: 'les adresses entre lesquelles les règles choisissent' },
  selected: {
    en: 'which Pods bear the labels, on which node, and whether they are READY',
    fr: 'quels Pods portent ces étiquettes, sur quel nœud, et s’ils sont READY',
  },
  ports: {
    en: 'port, targetPort and protocol, beside what the client called',
    fr: 'port, targetPort et protocole, à comparer avec l’appel du client',
  },
  policies: {
    en: '“Local” keeps to the endpoints of one node',
    fr: '«\u00a0Local\u00a0» s’en tient aux endpoints d’un seul nœud',
  },
  isolating: {
    en: 'under POD-SELECTOR, which of them select the Pod',
    fr: 'sous POD-SELECTOR, celles qui choisissent le Pod',
  },
  allowed: {
    en: 'who may come in and go out, on which ports; everybody else may not',
    fr: 'qui peut entrer et sortir, et par quels ports\u202f; personne d’autre',
  },
  ranges: { en: 'the clients that may come in', fr: 'les clients admis' },
  entries: {
    en: 'whether the map has an entry for this address, protocol and port',
    fr: 'si la table d’association a une entrée pour cette adresse, ce protocole et ce port',
  },
  check: {
    en: 'the rules for Service addresses and ports that do not exist',
    fr: 'les règles pour les adresses et les ports de Service qui n’existent pas',
  },
  counters: {
    en: 'the counter of the DROP rule grows with every try',
    fr: 'le compteur de la règle DROP augmente à chaque essai',
  },
  listening: { en: 'the ports on which a program listens', fr: 'les ports sur lesquels un programme écoute' },
  servers: {
    en: 'a virtual server without any real server below it',
    fr: 'un serveur virtuel, et aucun serveur réel au-dessous',
  },
  route: { en: 'the way that the kernel would take', fr: 'le chemin que prendrait le noyau' },
  neighbour: { en: 'FAILED: nobody has answered', fr: 'FAILED\u00a0: personne n’a répondu' },
  owner: { en: 'whose address it is, if it is anybody’s', fr: 'à qui appartient l’adresse, si elle est à quelqu’un' },
  entry: {
    en: 'both tuples of the connection, as the node remembers it',
    fr: 'les deux tuples de la connexion, tels que le nœud les retient',
  },
  capture: { en: 'how far the packet comes', fr: 'jusqu’où le paquet arrive' },
  search: { en: 'the name server and the search path', fr: 'le serveur de noms et les domaines de recherche' },
  unknown: { en: 'NXDOMAIN: the name does not exist', fr: 'NXDOMAIN\u00a0: le nom n’existe pas' },
  failed: { en: 'no answer, or SERVFAIL', fr: 'aucune réponse, ou SERVFAIL' },
  dnsPods: { en: 'whether the name servers run and are READY', fr: 'si les serveurs de noms tournent et sont READY' },
  services: { en: 'the namespace in which a Service of this name lives', fr: 'le namespace où vit un Service de ce nom' },
} satisfies Readonly<Record<string, Told>>;
