// The Pods of a ReplicaSet or ReplicationController: alike but for their names.

import type { Pod } from '../kube/pod';
import type { ReplicaSet, ReplicationController } from '../kube/workload';
import { type Birth, freeName } from './birth';
import { controllerOf } from './ownership';
import { podFrom } from './template';

/** The end of the name follows from the workload and the number, so a new template changes the middle only. */
export function replica(maker: ReplicaSet | ReplicationController, index: number, birth: Birth): Pod {
  const { name, namespace } = maker.metadata;
  const workload = controllerOf(maker)?.name ?? name;
  return podFrom(maker, maker.spec.template, { name: freeName(name, [namespace, workload, index], birth) }, birth);
}
