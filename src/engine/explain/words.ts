// A fact in every language.

import type { Catalogue, Told } from './language';
import { STEP_EN } from './step-en';
import type { StepFact } from './step-fact';
import { STEP_FR } from './step-fr';
import type { Wording } from './wording';
import { typographic } from './words-fr';

export function words(fact: StepFact): { readonly title: Told; readonly sentence: Told } {
  const en = say(STEP_EN, fact);
  const fr = say(STEP_FR, fact);
  return { title: { en: short(en[0]), fr: typographic(short(fr[0])) }, sentence: { en: en[1], fr: typographic(fr[1]) } };
}

function say<Code extends StepFact['code']>(
  catalogue: Catalogue<StepFact, 'code', Wording>,
  fact: StepFact & { readonly code: Code },
): Wording {
  const code: Code = fact.code;
  return catalogue[code](fact);
}

/** A title begins with the place; its namespace is left to the sentence. */
function short(title: string): string {
  return title.replace(/^[a-z0-9-]+\/(?=\S)/, '');
}
