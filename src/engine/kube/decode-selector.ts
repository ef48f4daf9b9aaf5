// A selector of labels, as workloads and policies have it. One that is empty selects everything.

import { labels, list, map, type Raw, text, texts, word } from './fields';
import type { LabelSelector } from './workload';

export function decodeSelector(selector: Raw): LabelSelector {
  return {
    matchLabels: labels(selector.matchLabels),
    matchExpressions: list(selector.matchExpressions).map((expression) => {
      const { key, operator, values } = map(expression);
      return { key: text(key) ?? '', operator: word(operator, ['In', 'NotIn', 'Exists', 'DoesNotExist'], 'Exists'), values: texts(values) };
    }),
  };
}
