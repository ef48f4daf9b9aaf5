// A container whose definition was changed under it: of a Pod that runs only images may change. The kubelet kills what runs and starts it
// with the new image, whatever the restartPolicy says, and without a wait: its back-off counts for one definition (computePodActions,
// containerChanged, doBackOff). Init containers that have done their work are left alone.

import type { Pod } from '../kube/pod';
import { type ContainerLife, containerOf, isRunning } from './container-life';
import type { Fact } from './happening';
import { doomed } from './pod-ending';
import type { PodLife } from './pod-life';

/** Whether the Pod now asks for another image than the one in which the container was started, or was to be. */
export function isRedefined(life: ContainerLife, pod: Pod): boolean {
  const container = containerOf(pod, life.name);
  return container !== null && container.image !== life.image;
}

/** The Pod's life once its kubelet has read the change; null where none concerns it. */
export function redefined(life: PodLife, pod: Pod, now: number): { readonly life: PodLife; readonly facts: readonly Fact[] } | null {
  const isNews = (each: ContainerLife): boolean => isRedefined(each, pod) && each.doom === null;
  if (life.ending !== null || !life.containers.some(isNews)) return null;
  const graceSeconds = pod.spec.terminationGracePeriodSeconds;
  const running = life.containers.filter((each) => isNews(each) && isRunning(each));
  const facts = running.map(({ name }): Fact => ({ code: 'container-told-to-end', container: name, graceSeconds, why: 'definition' }));
  const containers = life.containers.map((each) => {
    if (!isNews(each)) return each;
    return isRunning(each) ? doomed(each, { pod, now, graceSeconds }) : toBeTriedAnew(each, pod);
  });
  return { life: { ...life, containers, pinned: false }, facts };
}

/** It waits for its image, or for its next start: with the new one it need not. */
function toBeTriedAnew(life: ContainerLife, pod: Pod): ContainerLife {
  const image = containerOf(pod, life.name)?.image ?? life.image;
  const isFinal = life.state.kind === 'ended' && life.state.again === null;
  return isFinal ? { ...life, image } : replaced(life, image);
}

/** The container that comes after this one, which has ended or never began. */
export function replaced(life: ContainerLife, image: string): ContainerLife {
  const restarts = life.restarts + (life.state.kind === 'waiting' ? 0 : 1);
  const reason = life.role === 'ordinary' ? 'ContainerCreating' : 'PodInitializing';
  return { ...life, image, restarts, backOff: 0, state: { kind: 'waiting', reason, until: null } };
}
