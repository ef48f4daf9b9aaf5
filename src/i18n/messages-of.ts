// The messages of a language.

import type { Language } from '../engine/explain/language';
import { en } from './en';
import { fr } from './fr';
import type { Messages } from './messages';

const ALL: Readonly<Record<Language, Messages>> = { en, fr };

export function messagesOf(language: Language): Messages {
  return ALL[language];
}
