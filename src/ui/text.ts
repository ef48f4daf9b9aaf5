// The page's texts in the reader's language.

import type { Language, Told } from '../engine/explain/language';
import type { Messages } from '../i18n/messages';
import { messagesOf } from '../i18n/messages-of';
import { useApp } from '../store/app';
import { language } from '../store/selectors';

export function useLanguage(): Language {
  return useApp(language);
}

export function useMessages(): Messages {
  return messagesOf(useLanguage());
}

/** Picks the reader's language out of a told text. */
export function useTold(): (told: Told) => string {
  const chosen = useLanguage();
  return (told) => told[chosen];
}
