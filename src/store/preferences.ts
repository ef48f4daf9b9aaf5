// What the reader chose for the page as a whole: language and theme. Kept apart from the scenario, which is shared.

import type { Language } from '../engine/index';
import { fieldsOf, parsed } from './kept-json';
import { keep, kept } from './storage';

export type Theme = 'system' | 'light' | 'dark';

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
}

const KEY = 'kubehop.preferences';

/** The choice of the last visit, else the browser's language and the system's theme. */
export function preferredAtStart(browserLanguages: readonly string[]): Preferences {
  const language: Language =
    browserLanguages
      .find((tag) => /^(fr|en)\b/i.test(tag))
      ?.toLowerCase()
      .startsWith('fr') === true
      ? 'fr'
      : 'en';
  return { language, theme: 'system', ...readPreferences(kept(KEY)) };
}

export function keepPreferences(preferences: Preferences): boolean {
  return keep(KEY, JSON.stringify(preferences));
}

/** What a stored text says, as far as it can be believed. */
export function readPreferences(text: string | null): Partial<Preferences> {
  const value = fieldsOf(parsed(text));
  const language = value.language;
  const theme = value.theme;
  return {
    ...(language === 'en' || language === 'fr' ? { language } : {}),
    ...(theme === 'system' || theme === 'light' || theme === 'dark' ? { theme } : {}),
  };
}
