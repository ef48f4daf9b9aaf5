// Français : ce qu’un mandataire fait d’une requête.

import type { HttpFact, Share } from './http-fact';
import type { Catalogue } from './language';
import type { Wording } from './wording';
import { list, named, ofName } from './words-fr';

export const HTTP_FR: Catalogue<HttpFact, 'code', Wording> = {
  'http-forwarded': ({ by, method, host, path, server, rule, upstream, address, among, share }) => [
    `${by} aiguillage`,
    `${by} lit « ${method} ${path} » pour ${host} : ${serverText(server)} a la règle ${rule}, qui mène au Service ${upstream}${drawn(among, share)}. Il va interroger ${named(address)} par une connexion à lui, sans passer par l’IP de cluster.`,
  ],
  'http-forwarded-by-default': ({ by, method, host, path, upstream, address, among, share }) => [
    `${by} par défaut`,
    `${by} lit « ${method} ${path} » pour ${host}, qu’aucune règle ne prend : la destination par défaut s’en charge, le Service ${upstream}${drawn(among, share)}. La question partira vers ${named(address)} par une autre connexion.`,
  ],
  'http-asks-next': ({ by, upstream, address, attempt }) => [
    `${by} nouvel essai`,
    `Faute de réponse, ${by} se tourne vers une autre adresse de ${upstream} (essai numéro ${attempt}) : ${named(address)}. Le client n’en sait rien.`,
  ],
  'http-no-server': ({ by, host, hosts }) => [
    `${by} hôte inconnu`,
    `Aucune règle ${ofName(by)} ne vise l’hôte ${host}${hosts.length === 0 ? ' ; il n’a d’ailleurs aucune règle' : `, seulement ${list(hosts.slice(0, 4))}`}. Il répond 404 de lui-même, sans interroger aucun Pod.`,
  ],
  'http-no-location': ({ by, host, path, server, rules }) => [
    `${by} chemin inconnu`,
    `${by} connaît ${host === server ? host : `${host} (par ${server === '' ? 'les règles pour tous les hôtes' : server})`}, mais aucune de ses règles ne prend ${path}${rules.length === 0 ? '' : ` : il y a ${list(rules.slice(0, 4))}`}. Il répond 404 de lui-même, sans interroger aucun Pod.`,
  ],
  'http-no-service': ({ by, path, rule, upstream, status }) => [
    `${by} Service absent`,
    `La règle ${rule} ${ofName(by)} prend ${path} et désigne ${upstream}, un Service qui n’existe pas dans ce namespace. Le mandataire répond ${status} de lui-même.`,
  ],
  'http-no-port': ({ by, path, rule, upstream, status }) => [
    `${by} port absent`,
    `La règle ${rule} ${ofName(by)} prend ${path} et désigne ${upstream} : le Service existe, mais n’a pas ce port. Le mandataire répond ${status} de lui-même.`,
  ],
  'http-no-endpoint': ({ by, path, rule, upstream, status }) => [
    `${by} aucun endpoint`,
    `La règle ${rule} ${ofName(by)} prend ${path} et mène à ${upstream}, derrière lequel aucun Pod n’est prêt : il n’y a personne à interroger. Le chemin est bon, mais le mandataire répond ${status} de lui-même.`,
  ],
  'http-not-permitted': ({ by, path, rule, upstream, status }) => [
    `${by} non autorisé`,
    `La règle ${rule} ${ofName(by)} prend ${path} et désigne ${upstream}, dans un autre namespace, où nul ReferenceGrant ne l’y autorise. Le mandataire répond ${status} de lui-même.`,
  ],
  'http-no-upstream': ({ by, path, rule, status }) => [
    `${by} personne derrière`,
    `La règle ${rule} ${ofName(by)} prend ${path}, mais ne désigne personne, ou ne donne à tous que le poids 0. Le mandataire répond ${status} de lui-même.`,
  ],
  'http-fixed': ({ by, path, rule, status }) => [
    `${by} redirection`,
    `La règle ${rule} ${ofName(by)} prend ${path} et tient lieu de réponse : le client est renvoyé ailleurs par un ${status}, sans qu’aucun Pod soit interrogé.`,
  ],
  'http-to-https': ({ by, host, path }) => [
    `${by} vers HTTPS`,
    `${by} possède un certificat pour ${host} et ne le sert pas en HTTP simple : il répond 308, « redemandez à https://${host}${path} », sans interroger aucun Pod.`,
  ],
  'http-wrong-scheme': ({ by, host, scheme }) => [
    `${by} mauvais port`,
    scheme === 'http'
      ? `La requête pour ${host} arrive en HTTP simple sur le port où ${by} parle HTTPS : il répond 400.`
      : `La requête pour ${host} arrive en HTTPS sur le port où ${by} parle HTTP simple : les deux ne se comprennent pas.`,
  ],
  'proxy-answers-alone': ({ by, client, status, phrase }) => [
    `${by} ${status}`,
    `Par la connexion ouverte, ${by} répond à ${client} : ${status} ${phrase}. Ces mots sont ceux du mandataire lui-même.`,
  ],
  'proxy-passes-on': ({ by, client, status, from }) => [
    `${by} HTTP`,
    `Sur la connexion ouverte par ${client}, ${by} transmet la réponse de ${from} : HTTP ${status}. Qu’elle vienne d’un autre programme, ${client} ne peut pas le voir.`,
  ],
  'proxy-was-refused': ({ by, client, status, phrase, address }) => [
    `${by} ${status}`,
    `${named(address)} figure parmi les endpoints, mais a refusé la connexion ${ofName(by)}, qui répond donc de lui-même à ${client} : ${status} ${phrase}.`,
  ],
  'proxy-heard-nothing': ({ by, client, status, phrase, address }) => [
    `${by} ${status}`,
    `${by} a attendu ${named(address)} en vain, sans réponse ni refus. À bout de patience, il répond de lui-même à ${client} : ${status} ${phrase}.`,
  ],
  'proxy-heard-no-http': ({ by, client, status, phrase, address }) => [
    `${by} ${status}`,
    `${named(address)} accepte la connexion ${ofName(by)}, mais ne parle pas HTTP : ${client} reçoit ${status} ${phrase}.`,
  ],
};

function serverText(server: string): string {
  return server === '' ? 'son serveur pour tous les hôtes' : `son serveur pour ${server}`;
}

function drawn(among: number, share: Share | null): string {
  const part = share === null ? '' : ` (${share.weight} requêtes sur ${share.of})`;
  return among > 1 ? `${part}, où il a le choix entre ${among} endpoints prêts` : part;
}
