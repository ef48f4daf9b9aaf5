// What kube-scheduler says of a Pod that no node takes (framework.FitError, and the default preemption behind it). Here no Pod is more
// important than another, so nobody is ever sent away for it.

import type { Refusal, Unfit } from '../kube/advice';
import { compareText } from '../kube/ref';
import { unreachable } from '../net/unreachable';

/** The message of the event FailedScheduling. */
export function failedScheduling(refusals: readonly Refusal[]): string {
  const nodes = new Set(refusals.map(({ node }) => node)).size;
  if (nodes === 0) return 'no nodes available to schedule pods';
  const hopeless = new Set(refusals.filter(({ reason }) => !HELPED_BY_ROOM[reason]).map(({ node }) => node)).size;
  const preemption = [
    ...(nodes > hopeless ? [`${nodes - hopeless} No preemption victims found for incoming pod`] : []),
    ...(hopeless > 0 ? [`${hopeless} Preemption is not helpful for scheduling`] : []),
  ];
  const lead = `0/${nodes} nodes are available: `;
  return `${lead}${counted(refusals).join(', ')}. no new claims to deallocate, preemption: ${lead}${preemption.join(', ')}.`;
}

/** Each reason with the number of nodes, in the order of the texts. */
function counted(refusals: readonly Refusal[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const refusal of refusals) counts.set(reasonOf(refusal), (counts.get(reasonOf(refusal)) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareText);
}

function reasonOf({ reason, detail }: Refusal): string {
  switch (reason) {
    case 'cordoned':
      return 'node(s) were unschedulable';
    case 'not-ready':
    case 'taint':
      return `node(s) had untolerated taint {${pairOf(detail)}}`;
    case 'node-selector':
    case 'node-affinity':
      return "node(s) didn't match Pod's node affinity/selector";
    case 'host-port':
      return "node(s) didn't have free ports for the requested pod ports";
    case 'cpu':
    case 'memory':
      return `Insufficient ${reason}`;
    case 'pods':
      return 'Too many pods';
    case 'spread-label':
      return "node(s) didn't match pod topology spread constraints (missing required label)";
    case 'spread':
      return "node(s) didn't match pod topology spread constraints";
    case 'pod-affinity':
      return "node(s) didn't match pod affinity rules";
    case 'pod-anti-affinity':
      return "node(s) didn't match pod anti-affinity rules";
    case 'shunned':
      return "node(s) didn't satisfy existing pods anti-affinity rules";
    default:
      return unreachable(reason);
  }
}

/** `gpu=yes:NoSchedule` as `gpu: yes`. */
function pairOf(taint: string): string {
  const [key = '', value = ''] = taint.slice(0, taint.lastIndexOf(':')).split('=');
  return `${key}: ${value}`;
}

/** Whether the node might take the Pod once others are gone. */
const HELPED_BY_ROOM: Readonly<Record<Unfit, boolean>> = {
  cordoned: false,
  'not-ready': false,
  taint: false,
  'node-selector': false,
  'node-affinity': false,
  'host-port': true,
  cpu: true,
  memory: true,
  pods: true,
  'spread-label': false,
  spread: true,
  'pod-affinity': false,
  'pod-anti-affinity': true,
  shunned: true,
};
