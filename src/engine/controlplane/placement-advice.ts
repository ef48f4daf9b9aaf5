// Pods without a node: those that no node takes, those bound to a node that is not there, and those that were not even made.

import type { Finding } from '../kube/finding';
import { refOf } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import type { Reviewed } from './reviewed';
import { MOST_REPLICAS } from './workloads';

export function adviseOnPlacement(reviewed: Reviewed): readonly Finding[] {
  return [...unschedulable(reviewed), ...lost(reviewed), ...unmade(reviewed)];
}

function unschedulable({ unplaced, origin }: Reviewed): readonly Finding[] {
  return unplaced.flatMap(({ pod, refusals }) => {
    const place = origin(pod);
    return place === null
      ? []
      : [
          {
            object: place.object,
            path: [...place.prefix, 'spec'],
            severity: 'warning',
            code: 'unschedulable',
            pod: pod.metadata.name,
            refusals,
          },
        ];
  });
}

function lost({ cluster, origin }: Reviewed): readonly Finding[] {
  const names = cluster.nodes.map(({ metadata }) => metadata.name);
  return cluster.pods.flatMap((pod) => {
    const place = origin(pod);
    const node = pod.spec.nodeName;
    if (place === null || node === null || names.includes(node)) return [];
    return [
      {
        object: place.object,
        path: [...place.prefix, 'spec', 'nodeName'],
        severity: 'warning',
        code: 'node-missing',
        node,
        nearest: mostSimilar(node, names),
      },
    ];
  });
}

function unmade({ text }: Reviewed): readonly Finding[] {
  return [...text.deployments, ...text.replicaSets]
    .filter(({ spec }) => spec.replicas > MOST_REPLICAS)
    .map((workload) => ({
      object: refOf(workload),
      path: ['spec', 'replicas'],
      severity: 'hint',
      code: 'replicas-limited',
      wanted: workload.spec.replicas,
      made: MOST_REPLICAS,
    }));
}
