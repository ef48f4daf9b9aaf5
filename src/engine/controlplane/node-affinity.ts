// Which nodes a Pod may run on by their labels, and which it likes better (component-helpers/scheduling/corev1/nodeaffinity).

import type { NodeRequirement, NodeTerm } from '../kube/affinity';
import { type Labels, selects } from '../kube/meta';
import type { Node } from '../kube/node';
import type { PodSpec } from '../kube/pod';
import { unreachable } from '../net/unreachable';

/** Whether the node has the labels of the nodeSelector, and one of the terms that affinity requires. */
export function fitsAffinity(spec: Pick<PodSpec, 'nodeSelector' | 'affinity'>, node: Node): boolean {
  return selects(spec.nodeSelector, node.metadata.labels) && fitsTerms(spec, node);
}

export function fitsTerms({ affinity }: Pick<PodSpec, 'affinity'>, node: Node): boolean {
  return affinity.nodeRequired === null || affinity.nodeRequired.some((term) => matchesTerm(term, node));
}

/** A term without any requirement matches no node. */
export function matchesTerm({ matchExpressions, matchFields }: NodeTerm, node: Node): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  const fields = { 'metadata.name': node.metadata.name };
  return (
    matchExpressions.every((requirement) => isMet(requirement, node.metadata.labels)) &&
    matchFields.every((requirement) => isMet(requirement, fields))
  );
}

/** As with selectors of labels, `NotIn` holds where the key is absent. */
function isMet({ key, operator, values }: NodeRequirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Gt':
      return wholeNumber(value) > wholeNumber(values[0]);
    case 'Lt':
      return wholeNumber(value) < wholeNumber(values[0]);
    default:
      return unreachable(operator);
  }
}

/** NaN, which compares with nothing, where it is no whole number. */
function wholeNumber(text: string | undefined): number {
  return text !== undefined && /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN;
}
