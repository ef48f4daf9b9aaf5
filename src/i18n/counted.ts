// A count with the right form of its noun, by the plural rules of the language (Intl.PluralRules).

import type { Language } from '../engine/explain/language';

/** `counted('fr')(2, '# arrêt', '# arrêts')` is `2 arrêts`: the number stands for `#`. */
export function counted(language: Language): (count: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(language);
  const format = new Intl.NumberFormat(language);
  return (count, one, other) => (rules.select(count) === 'one' ? one : other).replace('#', format.format(count));
}
