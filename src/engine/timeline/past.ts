// What must have happened to a cluster that is found at rest: its controllers made their Pods, the scheduler placed them or did not, the
// kubelets started them. A Pod whose status was pasted has a past of its own, of which nothing is known here.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import { controllerOf } from '../controlplane/ownership';
import { schedule } from '../controlplane/schedule';
import { refOf } from '../kube/meta';
import type { ObjectRef } from '../kube/ref';
import { imageFound } from './container-image';
import { PULL } from './delays';
import { type Fact, type Happening, PARTS, type PartName, part, workloadOf } from './happening';

/** The history of a cluster that came to rest at this instant of its axis, all of it at that instant. */
export function pastOf(cluster: Cluster, at: number): readonly Happening[] {
  const pods = cluster.pods.filter(({ status }) => !status.reported);
  const { unplaced } = schedule(cluster.pods, cluster.nodes, cluster.namespaces);
  return [
    ...cluster.replicaSets.flatMap((set) => scaled(cluster, set, at)),
    ...pods.flatMap((pod) => madeBy(pod, at)),
    ...unplaced.map(({ pod, refusals }) => happened(at, 'scheduler', refOf(pod), { code: 'unschedulable', refusals })),
    ...started(pods, at),
  ];
}

function happened(at: number, by: PartName, object: ObjectRef, fact: Fact, node: string | null = null): Happening {
  return { at, by: part(by, node), object, cause: null, ...fact };
}

/** A Deployment's ReplicaSet was scaled up from nothing to what it has. */
function scaled({ deployments }: Cluster, set: Cluster['replicaSets'][number], at: number): readonly Happening[] {
  const owner = controllerOf(set);
  const deployment = deployments.find(({ metadata }) => metadata.namespace === set.metadata.namespace && metadata.name === owner?.name);
  if (owner?.kind !== 'Deployment' || deployment === undefined || set.spec.replicas === 0) return [];
  const fact = { code: 'scaled', target: refOf(set), from: 0, to: set.spec.replicas } as const;
  return [happened(at, 'deployment-controller', refOf(deployment), fact)];
}

function madeBy(pod: RunningPod, at: number): readonly Happening[] {
  const owner = controllerOf(pod)?.kind;
  const maker = PARTS.find((name) => workloadOf(name) === owner);
  return maker === undefined ? [] : [happened(at, maker, refOf(pod), { code: 'created' })];
}

/** Each image is pulled by the first of a node's containers that needs it. */
function started(pods: readonly RunningPod[], at: number): readonly Happening[] {
  const pulled = new Map<string, readonly string[]>();
  return pods.flatMap((pod) => {
    const node = pod.spec.nodeName;
    if (node === null || pod.status.podIPs.length === 0) return [];
    const tell = (fact: Fact) => happened(at, 'kubelet', refOf(pod), fact, node);
    const containers = [...pod.spec.initContainers, ...pod.spec.containers].flatMap((container) => {
      const images = pulled.get(node) ?? [];
      pulled.set(node, [...images, container.image]);
      const found = imageFound(container, PULL, images);
      return [...(found === null ? [] : [tell(found)]), tell({ code: 'container-started', container: container.name, restarts: 0 })];
    });
    return [happened(at, 'scheduler', refOf(pod), { code: 'scheduled', node }), ...containers];
  });
}
