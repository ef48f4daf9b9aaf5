// Selectors of labels, as controllers and policies have them.

import { type Labels, selects } from '../kube/meta';
import type { LabelSelector } from '../kube/workload';
import { unreachable } from '../net/unreachable';

/** Whether a selector of a workload chooses the labels. */
export function matchesSelector(selector: LabelSelector, labels: Labels): boolean {
  return selects(selector.matchLabels, labels) && selector.matchExpressions.every((expression) => matchesExpression(expression, labels));
}

function matchesExpression(expression: LabelSelector['matchExpressions'][number], labels: Labels): boolean {
  const value = labels[expression.key];
  switch (expression.operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && expression.values.includes(value);
    case 'NotIn':
      return value === undefined || !expression.values.includes(value);
    default:
      return unreachable(expression.operator);
  }
}
