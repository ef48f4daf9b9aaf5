// The sentences of a diagnosis, made here, once, at the very end.

import type { Built } from '../built';
import type { Catalogue, Told } from '../explain/language';
import { typographic } from '../explain/words-fr';
import { formatPath } from '../kube/field-path';
import { formatRef } from '../kube/ref';
import { rangeOf } from '../sources';
import { CAUSE_EN, type CauseWording } from './cause-en';
import type { CauseFact } from './cause-fact';
import { CAUSE_FR } from './cause-fr';
import { ABOUT_EN, CHECK_EN, CHECK_TITLES_EN, share as shareInEnglish } from './check-en';
import type { CheckFact } from './check-fact';
import { ABOUT_FR, CHECK_FR, CHECK_TITLES_FR, share as shareInFrench } from './check-fr';
import type { Cause, Check, Diagnosis, Verdict } from './diagnosis';
import type { ToldCause, ToldCheck, ToldDiagnosis } from './told-diagnosis';

export function tellDiagnosis({ checks, cause, failing }: Diagnosis, built: Built): ToldDiagnosis {
  const told = cause === null ? null : tellCause(cause, built);
  return { checks: checks.map((check) => tellCheck(check, told)), failing, cause: told, summary: summaryOf(told, failing) };
}

function tellCheck(check: Check, cause: ToldCause | null): ToldCheck {
  const { code, about, verdict } = check;
  const heading = { en: ABOUT_EN[about], fr: ABOUT_FR[about] };
  const title = { en: CHECK_TITLES_EN[code], fr: typographic(CHECK_TITLES_FR[code]) };
  if (check.verdict === 'not-reached') return { code, about, heading, verdict, title, sentence: null, command: null, output: [] };
  const { command, output, fact } = check;
  const sentence = verdict === 'failed' && cause !== null ? cause.title : found(fact, verdict);
  return { code, about, heading, verdict, title, sentence, command, output };
}

function found(fact: CheckFact, verdict: Verdict): Told {
  return { en: say(CHECK_EN, fact)(verdict), fr: typographic(say(CHECK_FR, fact)(verdict)) };
}

function say<Fact extends { readonly code: string }, Text>(catalogue: Catalogue<Fact, 'code', Text>, fact: Fact): Text {
  const code: Fact['code'] = fact.code;
  const speak = catalogue[code as Fact['code'] & string] as (fact: Fact) => Text;
  return speak(fact);
}

function tellCause({ fact, object, path, remedy }: Cause, built: Built): ToldCause {
  const en: CauseWording = say<CauseFact, CauseWording>(CAUSE_EN, fact);
  const fr: CauseWording = say<CauseFact, CauseWording>(CAUSE_FR, fact);
  const both = (index: 0 | 1 | 2): Told => ({ en: en[index], fr: typographic(fr[index]) });
  return {
    code: fact.code,
    object: object === null ? null : formatRef(object),
    path: formatPath(path),
    range: object === null ? null : rangeOf(built, object, path),
    title: both(0),
    sentence: both(1),
    advice: both(2),
    remedy,
  };
}

function summaryOf(cause: ToldCause | null, failing: number): Told {
  if (cause === null)
    return failing === 0
      ? { en: 'Every request is answered: no check fails.', fr: typographic('Chaque requête a sa réponse : aucun contrôle n’échoue.') }
      : { en: 'The request fails, and no check says why.', fr: 'La requête échoue, et aucun contrôle ne dit pourquoi.' };
  if (failing >= 1) return cause.title;
  return {
    en: `${shareInEnglish(failing)} fail: ${cause.title.en}.`,
    fr: typographic(`${shareInFrench(failing)} : ${cause.title.fr}.`),
  };
}
