// A finding, or a stretch of text that is no YAML, as a sentence in every language.

import type { Advice } from '../kube/advice';
import { type Finding, isFieldError } from '../kube/finding';
import type { ParseProblem } from '../manifest/parsed';
import { ADVICE_EN } from './advice-en';
import { ADVICE_FR } from './advice-fr';
import { FIELD_ERROR_EN } from './field-error-en';
import { FIELD_ERROR_FR } from './field-error-fr';
import type { Catalogue, Told } from './language';
import { typographic } from './words-fr';

export function tellFinding(finding: Finding): Told {
  if (isFieldError(finding)) return { en: say(FIELD_ERROR_EN, 'reason', finding), fr: say(FIELD_ERROR_FR, 'reason', finding) };
  return { en: say<Advice, 'code'>(ADVICE_EN, 'code', finding), fr: typographic(say<Advice, 'code'>(ADVICE_FR, 'code', finding)) };
}

/** What cannot be read as YAML. The codes are the parser's own (`yaml`) and those of `manifest/parse.ts`. */
export function tellParseProblem({ code, message }: ParseProblem): Told {
  const known = PARSE_PROBLEMS[code];
  return known ?? { en: `This is not YAML: ${message}.`, fr: `Ce n’est pas du YAML\u00A0: ${message}.` };
}

const PARSE_PROBLEMS: Readonly<Record<string, Told>> = {
  NO_OBJECT: {
    en: 'A document has to be an object with apiVersion, kind, metadata and spec; this one is a bare value or a list.',
    fr: 'Un document doit être un objet, avec apiVersion, kind, metadata et spec\u00A0; celui-ci n’est qu’une valeur ou une liste.',
  },
  TOO_DEEP: {
    en: 'This document nests deeper than any object of Kubernetes; it is left out.',
    fr: 'Ce document s’emboîte plus profondément qu’aucun objet de Kubernetes\u00A0; il est laissé de côté.',
  },
  BAD_INDENT: {
    en: 'The indentation does not fit: each level is two more spaces than its parent.',
    fr: 'Le retrait ne convient pas\u00A0: chaque niveau compte deux espaces de plus que le précédent.',
  },
  TAB_AS_INDENT: {
    en: 'YAML is indented by spaces, never by tabs.',
    fr: 'Le retrait se fait par des espaces en YAML, jamais par des tabulations.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    en: 'A second “:” stands on this line: a nested mapping begins on a line of its own, and a text with “: ” needs quotes.',
    fr: 'Un second «\u00A0:\u00A0» figure sur cette ligne\u00A0: un objet imbriqué commence à la ligne, et un texte qui contient «\u00A0: \u00A0» se met entre guillemets.',
  },
  MISSING_CHAR: {
    en: `A character is missing here: a “:” behind a key, or the quote, bracket or brace that closes what was opened.`,
    fr: 'Il manque un caractère ici\u00A0: «\u00A0:\u00A0» après une clé, ou le guillemet, le crochet, l’accolade qui referme.',
  },
  BAD_ALIAS: { en: 'This alias (*) names no anchor (&) above it.', fr: 'Cet alias (*) ne renvoie à aucune ancre (&) plus haut.' },
  ALIAS_BOMB: {
    en: 'The aliases (*) of this document stand for far more text than it holds; it is left out.',
    fr: 'Les alias (*) de ce document représentent bien plus de texte qu’il n’en contient\u00A0; il est laissé de côté.',
  },
  ALIAS_LOOP: {
    en: 'This alias (*) stands inside of the very part that its anchor (&) names: it would never end.',
    fr: 'Cet alias (*) se trouve dans la partie même que nomme son ancre (&)\u00A0: il n’aurait pas de fin.',
  },
  DUPLICATE_KEY: { en: 'The same key stands twice in one mapping.', fr: 'La même clé figure deux fois dans un même objet.' },
};

function say<Fact extends { readonly [T in Tag]: string }, Tag extends keyof Fact>(
  catalogue: Catalogue<Fact, Tag>,
  tag: Tag,
  fact: Fact,
): string {
  const speak = catalogue[fact[tag]] as (fact: Fact) => string;
  return speak(fact);
}
