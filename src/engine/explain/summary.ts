// The whole request in one sentence, in every language.

import { unreachable } from '../net/unreachable';
import { LOST as LOST_EN, REFUSED as REFUSED_EN, STATUS as STATUS_EN } from './end-en';
import { type ConclusionFact, calledItself } from './end-fact';
import { LOST as LOST_FR, REFUSED as REFUSED_FR, STATUS as STATUS_FR } from './end-fr';
import type { Told } from './language';
import * as en from './words-en';
import * as fr from './words-fr';

export function summary(fact: ConclusionFact): Told {
  return { en: inEnglish(fact), fr: fr.typographic(inFrench(fact)) };
}

function inEnglish(fact: ConclusionFact): string {
  const { by } = fact;
  switch (fact.code) {
    case 'ends-answered':
      return `${by} reaches ${en.named(fact.backend)}${calledItself(fact) ? ' directly' : fact.service === null ? ` by ${fact.asked?.text ?? ''}` : ` through the Service ${fact.service}`}; the source seen there is ${fact.seenSource.ip}, ${fact.masqueraded ? 'not its own address' : 'its own address'}.`;
    case 'ends-proxied':
      return `${by} reaches ${en.named(fact.backend)} through the proxy ${fact.proxy}, which calls there in its own name.`;
    case 'ends-with-status':
      return `${by} is answered ${fact.status} by the proxy ${fact.proxy}: ${STATUS_EN[fact.why](fact.destination.text)}.`;
    case 'ends-refused':
      return `${by} is refused: ${REFUSED_EN[fact.reason](en.place(fact.where), fact.destination.text)}.`;
    case 'ends-in-silence':
      return `${by} hears nothing: ${LOST_EN[fact.reason](en.place(fact.where), fact.destination.text)}.`;
    case 'ends-without-answer':
      return `The packet of ${by} arrives, its answer does not: ${LOST_EN[fact.reason](en.place(fact.where), fact.destination.text)}.`;
    case 'ends-unknown-name':
      return `${by} sends nothing: the name “${fact.name}” does not exist.`;
    case 'ends-name-without-address':
      return `${by} sends nothing: the name “${fact.name}” has no address.`;
    case 'ends-name-failed':
      return `${by} sends nothing: no name server could tell the address of “${fact.name}”.`;
    default:
      return unreachable(fact);
  }
}

function inFrench(fact: ConclusionFact): string {
  const { by } = fact;
  switch (fact.code) {
    case 'ends-answered':
      return `${by} joint ${fr.named(fact.backend)}${calledItself(fact) ? ' directement' : fact.service === null ? ` par ${fact.asked?.text ?? ''}` : ` par le Service ${fact.service}`} ; la source vue là-bas est ${fact.seenSource.ip}, ${fact.masqueraded ? 'qui n’est pas son adresse' : 'sa propre adresse'}.`;
    case 'ends-proxied':
      return `${by} joint ${fr.named(fact.backend)} par le mandataire ${fact.proxy}, qui s’y présente en son propre nom.`;
    case 'ends-with-status':
      return `${by} reçoit ${fact.status} du mandataire ${fact.proxy} : ${STATUS_FR[fact.why](fact.destination.text)}.`;
    case 'ends-refused':
      return `${by} essuie un refus : ${REFUSED_FR[fact.reason](fr.place(fact.where), fact.destination.text)}.`;
    case 'ends-in-silence':
      return `${by} n’entend rien : ${LOST_FR[fact.reason](fr.place(fact.where), fact.destination.text)}.`;
    case 'ends-without-answer':
      return `Le paquet ${fr.ofName(by)} arrive, mais pas sa réponse : ${LOST_FR[fact.reason](fr.place(fact.where), fact.destination.text)}.`;
    case 'ends-unknown-name':
      return `${by} n’envoie rien : le nom « ${fact.name} » n’existe pas.`;
    case 'ends-name-without-address':
      return `${by} n’envoie rien : le nom « ${fact.name} » n’a pas d’adresse.`;
    case 'ends-name-failed':
      return `${by} n’envoie rien : aucun serveur de noms n’a su dire l’adresse de « ${fact.name} ».`;
    default:
      return unreachable(fact);
  }
}
