// Français : la recherche de l’adresse.

import type { Catalogue } from './language';
import type { NameFact } from './name-fact';
import type { Wording } from './wording';
import { address, list, named, ofName, times } from './words-fr';

export const NAME_FR: Catalogue<NameFact, 'code', Wording> = {
  'search-along-list': ({ by, name, dots, ndots, first, count }) => [
    `${by} liste de recherche`,
    `« ${name} » contient ${times(dots, 'point')} alors que ndots vaut ${ndots} : ${by} complète d’abord le nom avec les suffixes de sa liste de recherche. Il y a ${times(count, 'nom')} à essayer, en commençant par ${first}.`,
  ],
  'search-name-first': ({ by, name, dots, ndots }) => [
    `${by} nom tel quel`,
    `« ${name} » contient ${times(dots, 'point')} et ndots vaut ${ndots} : c’est assez pour que ${by} demande le nom tel qu’il est écrit. Les suffixes de recherche ne viendraient qu’ensuite.`,
  ],
  'search-name-only': ({ by, name, dots, ndots }) => [
    `${by} nom tel quel`,
    `« ${name} » contient ${times(dots, 'point')} et ndots vaut ${ndots} : le résolveur ${ofName(by)}, celui de musl, demande le nom tel qu’il est écrit et aucun autre. Celui de glibc essaierait aussi la liste de recherche.`,
  ],
  'search-absolute': ({ by, name }) => [
    `${by} nom complet`,
    `« ${name} » se termine par un point, il est donc complet : ${by} ne demandera que lui.`,
  ],
  'search-no-list': ({ by, name }) => [
    `${by} sans suffixe`,
    `Le fichier /etc/resolv.conf ${ofName(by)} ne contient aucun suffixe : « ${name} » est demandé tel quel.`,
  ],
  'search-no-server': ({ by, name }) => [
    `${by} sans serveur`,
    `Le fichier /etc/resolv.conf ${ofName(by)} n’indique aucun serveur : pour trouver « ${name} », il ne reste que 127.0.0.1, c’est-à-dire lui-même.`,
  ],
  'name-in-hosts': ({ by, name, address: found, alias }) => [
    `${by} /etc/hosts`,
    `« ${name} » figure dans le fichier /etc/hosts ${ofName(by)}${alias ? ', où un hostAlias du Pod l’a inscrit' : ''}, avec l’adresse ${found.text} : aucun serveur de noms n’est interrogé.`,
  ],
  'ask-first': ({ by, name, type, server }) => [
    `${by} question ${type}`,
    `${by} demande à son serveur de noms, ${address(server)}, ${ADDRESS_OF[type] ?? 'les données'} (enregistrement ${type}) ${ofName(name)}.`,
  ],
  'ask-next': ({ by, name, before }) => [`${by} nom suivant`, `${before} n’existe pas : ${by} passe au nom suivant de sa liste, ${name}.`],
  'ask-next-empty': ({ by, name, before }) => [
    `${by} nom suivant`,
    `${before} existe, mais sans adresse : ${by} essaie quand même le nom suivant de sa liste, ${name}.`,
  ],
  'ask-next-failed': ({ by, name, before }) => [
    `${by} nom suivant`,
    `Faute de réponse utilisable pour ${before}, ${by} tente le nom suivant, ${name}.`,
  ],
  'ask-as-written': ({ by, name, before }) => [
    `${by} dernier nom`,
    `${before} n’existe pas non plus et la liste de recherche est épuisée : ${by} demande enfin ${name}, tel que le programme l’a écrit.`,
  ],
  'ask-other-type': ({ by, name, type }) => [
    `${by} question ${type}`,
    `Toujours pour ${name}, ${by} demande aussi ${ADDRESS_OF[type] ?? 'les données'} (enregistrement ${type}).`,
  ],
  'ask-again-unheard': ({ by, name, server }) => [
    `${by} répète`,
    `Rien n’est revenu à temps au sujet de ${name} : ${by} répète sa question à ${address(server)}.`,
  ],
  'ask-again-failed': ({ by, name, server }) => [
    `${by} répète`,
    `Le serveur n’a pas pu se prononcer sur ${name}, ce qui ne veut pas dire que le nom n’existe pas : ${by} répète sa question à ${address(server)}.`,
  ],
  'ask-again-refused': ({ by, name, server }) => [
    `${by} répète`,
    `Personne n’écoutait pour recevoir la question sur ${name} : ${by} se tourne vers ${address(server)}.`,
  ],
  'question-arrives': ({ by, name, port, source }) => [
    `${by} question reçue`,
    `${by} écoute sur le port UDP ${port} et reçoit la question sur ${name}, posée depuis ${named(source)}.`,
  ],
  'answer-addresses': ({ by, name, addresses, ttl, object }) => [
    `${by} trouve`,
    object === null
      ? `${name} n’est pas un nom du cluster : ${by} l’apprend des résolveurs extérieurs, c’est ${list(addresses)}.`
      : `${by} trouve ${name} dans sa zone, grâce à l’objet ${object.kind} ${object.label} : ${list(addresses)}. Cette réponse est valable ${times(ttl, 'seconde')}.`,
  ],
  'answer-remembered': ({ by, name, age, rcode, addresses }) => [
    `${by} se souvient`,
    `${by} ne consulte pas sa zone\u00A0: son cache garde encore ce qu’il a répondu pour ${name} il y a ${times(age, 'seconde')}, à savoir ${
      addresses.length > 0 ? list(addresses) : rcode === 'NOERROR' ? 'aucun enregistrement de ce type' : rcode
    }. Ce qui a changé depuis n’apparaîtra qu’une fois ce délai écoulé.`,
  ],
  'answer-alias': ({ by, name, target, addresses }) => [
    `${by} alias`,
    addresses.length === 0
      ? `Pour ${by}, ${name} n’est qu’un autre nom (CNAME) de ${target}, et ce dernier n’a pas d’adresse.`
      : `Pour ${by}, ${name} n’est qu’un autre nom (CNAME) de ${target}, dont l’adresse est ${list(addresses)}.`,
  ],
  'answer-other-records': ({ by, name, type, count }) => [
    `${by} trouve`,
    `${by} possède ${times(count, 'enregistrement')} ${type} pour ${name}.`,
  ],
  'answer-no-record': ({ by, name, type }) => [
    `${by} pas de ${type}`,
    `${by} connaît ${name}, mais n’a pas d’enregistrement ${type} sous ce nom : la réponse est vide, sans que le nom soit déclaré inexistant.`,
  ],
  'answer-no-such-name': ({ by, name }) => [
    `${by} NXDOMAIN`,
    `${name} ne se trouve ni dans les zones ${ofName(by)} ni à l’extérieur : la réponse est NXDOMAIN, ce nom n’existe pas.`,
  ],
  'answer-failure': ({ by, name }) => [
    `${by} SERVFAIL`,
    `${name} n’appartient à aucune zone ${ofName(by)} et les résolveurs extérieurs sont injoignables : la réponse est SERVFAIL.`,
  ],
  'answer-refused': ({ by, name }) => [
    `${by} REFUSED`,
    `${by} refuse de répondre pour ${name}, qui n’est dans aucune des zones qu’il sert.`,
  ],
  'answer-leaves': ({ by, client }) => [`${by} répond`, `${by} renvoie sa réponse à ${named(client)}, d’où venait la question.`],
  'answer-leaves-empty': ({ by, client }) => [`${by} répond`, `${by} renvoie à ${named(client)} une réponse sans adresse.`],
  'answer-not-dns': ({ by, client }) => [
    `${by} répond`,
    `Le programme ${ofName(by)} ne parle pas DNS : ce qu’il renvoie à ${named(client)} ne répond pas à la question.`,
  ],
  'answer-heard': ({ by, name, server }) => [
    `${by} réponse reçue`,
    `${by} reçoit la réponse sur ${name} de ${named(server)}, l’adresse même à laquelle la question était posée.`,
  ],
  'answer-heard-empty': ({ by, name, server }) => [
    `${by} aucune adresse`,
    `${by} apprend de ${named(server)} qu’il n’y a pas d’adresse sous le nom ${name}.`,
  ],
  'answer-heard-failed': ({ by, name, server }) => [
    `${by} sans effet`,
    `Ce que ${by} reçoit de ${named(server)} au sujet de ${name} ne dit ni oui ni non.`,
  ],
  'answer-heard-refused': ({ by, name, server }) => [
    `${by} refus`,
    `Une erreur ICMP venue de ${address(server)} apprend à ${by} que personne ne prend sa question sur ${name}.`,
  ],
  'name-found': ({ by, name, address: found, lookups }) => [
    `${by} adresse connue`,
    `${by} connaît maintenant l’adresse de « ${name} », ${address(found)}, après avoir demandé ${times(lookups, 'nom')}. La requête elle-même peut partir.`,
  ],
  'name-unknown': ({ by, name, lookups }) => [
    `${by} nom inconnu`,
    `De « ${name} », ${by} a tiré ${times(lookups, 'nom')}, et aucun n’existe : la recherche s’arrête là.`,
  ],
  'name-without-address': ({ by, name, lookups }) => [
    `${by} aucune adresse`,
    `« ${name} » existe, mais ${by} n’en obtient aucune adresse après avoir demandé ${times(lookups, 'nom')} : la recherche s’arrête là.`,
  ],
  'name-failed': ({ by, name, lookups }) => [
    `${by} sans réponse`,
    `Après ${times(lookups, 'nom demandé', 'noms demandés')}, ${by} ne sait toujours pas si « ${name} » existe : la recherche se conclut par une erreur temporaire.`,
  ],
};

const ADDRESS_OF: Readonly<Record<string, string>> = { A: 'l’adresse IPv4', AAAA: 'l’adresse IPv6' };
