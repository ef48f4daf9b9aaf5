// Français : ce que demande chaque contrôle, et ce qu'il a trouvé.

import type { Catalogue } from '../explain/language';
import { list, times } from '../explain/words-fr';
import type { CheckFact } from './check-fact';
import type { About, Verdict } from './diagnosis';

export const ABOUT_FR: Readonly<Record<About, string>> = {
  client: 'Le client',
  name: 'Le nom',
  'name-server': 'Le serveur de noms',
  service: 'Le Service ou l’adresse',
  proxy: 'Le mandataire',
  'back-end': 'La destination',
};

export const CHECK_TITLES_FR: Readonly<Record<CheckFact['code'], string>> = {
  'client-runs': 'Le client tourne-t-il ?',
  'request-answered': 'Que voit son programme ?',
  'name-resolves': 'Le nom se résout-il ?',
  'resolv-conf': 'À qui demande-t-il les noms ?',
  'name-record': 'Le serveur de noms connaît-il ce nom ?',
  'address-owner': 'À qui est cette adresse ?',
  'service-exists': 'Le Service existe-t-il ?',
  'service-port': 'A-t-il le port appelé ?',
  endpoints: 'A-t-il des endpoints ?',
  'pods-selected': 'Des Pods portent-ils ses étiquettes ?',
  'pods-ready': 'Ces Pods sont-ils prêts ?',
  'pod-runs': 'Le Pod tourne-t-il ?',
  'program-listens': 'Un programme écoute-t-il sur ce port ?',
  'traffic-policy': 'Le nœud qui doit servir a-t-il un endpoint ?',
  'source-ranges': 'Ce client a-t-il le droit d’entrer ?',
  'node-rules': 'Le nœud a-t-il ses règles ?',
  'policies-allow': 'Les NetworkPolicies laissent-elles passer ?',
  way: 'Le paquet arrive-t-il, et sa réponse revient-elle ?',
  'proxy-rule': 'Quelle règle prend la requête ?',
  answer: 'Que répond le programme ?',
  'every-back-end': 'Et par les autres chemins possibles ?',
};

export const CHECK_FR: Catalogue<CheckFact, 'code', (verdict: Verdict) => string> = {
  'client-runs': (fact) => () =>
    fact.kind === 'pod'
      ? `${fact.client} tourne sur ${fact.node}, avec l’adresse ${fact.address}.`
      : `${fact.client} envoie depuis ${fact.address}.`,
  'request-answered': (fact) => (verdict) =>
    verdict === 'passed' ? `${fact.client} a sa réponse.` : `${share(fact.failing)} ; voici ce que ${fact.client} voit alors.`,
  'name-resolves': (fact) => (verdict) =>
    verdict === 'passed'
      ? `${fact.name} désigne ${fact.address}.`
      : fact.address === ''
        ? `${fact.name} ne se résout pas : aucun paquet ne part vers la destination.`
        : `${fact.name} se résout, mais pas à chaque fois.`,
  'resolv-conf': (fact) => () =>
    `${fact.client} ne demande ${fact.servers.length === 0 ? 'à personne' : `qu’à ${list(fact.servers)}`}${fact.search.length === 0 ? ', sans domaine de recherche' : `, en cherchant d’abord dans ${fact.search[0]}`}.`,
  'name-record': (fact) => () => `Le serveur de noms a un enregistrement pour ${fact.name}.`,
  'address-owner': (fact) => () =>
    fact.kind === 'outside' ? `${fact.address} est hors du cluster.` : `${fact.address} est l’adresse de ${fact.kind} ${fact.owner}.`,
  'service-exists': (fact) => () =>
    `Le Service ${fact.service} existe : ${fact.type}, ${fact.address === 'None' ? 'headless' : fact.address === '' ? 'sans IP de cluster' : fact.address}.`,
  'service-port': (fact) => () =>
    fact.headless
      ? `${fact.service} est headless : ses propres ports ne servent pas, on appelle directement celui des Pods.`
      : `${fact.service} prend ${fact.port} et l’envoie au port ${fact.target} des Pods.`,
  endpoints: (fact) => (verdict) =>
    verdict === 'passed'
      ? `${fact.service} a ${times(fact.ready, 'endpoint prêt', 'endpoints prêts')}.`
      : `${fact.service} n’a aucun endpoint prêt : les Pods disent pourquoi.`,
  'pods-selected': (fact) => () => `${times(fact.count, 'Pod porte', 'Pods portent')} ${fact.selector}.`,
  'pods-ready': (fact) => () => `${times(fact.ready, 'Pod prêt', 'Pods prêts')} sur ${fact.of}.`,
  'pod-runs': (fact) => () => `${fact.pod} tourne sur ${fact.node}.`,
  'program-listens': (fact) => () =>
    fact.of === 0
      ? `Les endpoints ne sont pas des Pods de ce cluster : on ne peut pas y regarder.`
      : fact.of === 1
        ? `${fact.where === '' ? 'Un programme' : fact.where} écoute sur ${fact.port}.`
        : `${times(fact.listening, 'Pod écoute', 'Pods écoutent')} sur ${fact.port}, sur ${fact.of}.`,
  'traffic-policy': (fact) => () =>
    `${fact.field} de ${fact.service} vaut Local, et ${fact.node} a ${times(fact.local, 'endpoint prêt', 'endpoints prêts')} à lui.`,
  'source-ranges': (fact) => () => `${fact.client} est dans ${list(fact.ranges)}.`,
  'node-rules': (fact) => () =>
    `Sur ${fact.node}, kube-proxy (${fact.mode}) mène ${fact.service} à ${times(fact.endpoints, 'endpoint')}, comme le veut le serveur d’API.`,
  'policies-allow': (fact) => () =>
    `${list(fact.policies)} ${fact.policies.length === 1 ? 'isole l’un des deux, et laisse' : 'isolent l’un des deux, et laissent'} passer cette connexion.`,
  way: (fact) => () => `Le paquet va de ${fact.from} à ${fact.to}, et la réponse revient.`,
  'proxy-rule': (fact) => (verdict) =>
    verdict === 'passed'
      ? `${fact.program} prend ${fact.host}${fact.path} et interroge ${fact.upstream}.`
      : `${fact.program} a une règle pour ${fact.host}${fact.path}, mais personne derrière.`,
  answer: (fact) => () => `${fact.by} répond ${fact.status}.`,
  'every-back-end': (fact) => () => `Les ${fact.count} chemins mènent tous à une réponse.`,
};

/** `1 requête sur 3 échoue`. */
export function share(failing: number): string {
  if (failing >= 1) return 'Toutes les requêtes échouent';
  const oneIn = 1 / failing;
  return Math.abs(oneIn - Math.round(oneIn)) < 1e-9
    ? `Une requête sur ${Math.round(oneIn)} échoue`
    : `${Math.round(failing * 100)} % des requêtes échouent`;
}
