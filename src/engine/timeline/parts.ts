// Who watches what, and how long a change takes to reach them: the API server tells, everyone else listens (client-go's informers).

import type { ApiObject } from '../kube/meta';
import { compareText } from '../kube/ref';
import { BALANCER, CONTROLLER, ENDPOINTS, KUBELET, PROXY, SCHEDULER, WATCH } from './delays';
import { PARTS, type Part, type PartName, part, workloadOf } from './happening';

/** The parts that look again when an object of this kind changes. */
export function watchers(object: ApiObject, nodes: readonly string[]): readonly Part[] {
  const everywhere = (name: PartName): readonly Part[] => nodes.map((node) => part(name, node));
  switch (object.kind) {
    case 'Pod':
      return [
        ...CONTROLLERS,
        part('endpointslice-controller'),
        part('scheduler'),
        part('node-lifecycle-controller'),
        ...(object.spec.nodeName === null ? [] : [part('kubelet', object.spec.nodeName)]),
      ];
    case 'Service':
      return [part('endpointslice-controller'), part('service-controller'), part('coredns'), ...everywhere('kube-proxy')];
    case 'EndpointSlice':
      return [part('coredns'), ...everywhere('kube-proxy')];
    case 'Node':
      return [part('scheduler'), part('daemonset-controller'), part('endpointslice-controller'), part('node-lifecycle-controller')];
    case 'Namespace':
      return [part('coredns')];
    case 'Job':
    case 'CronJob':
      return [...CONTROLLERS, part('cronjob-controller')];
    default:
      return CONTROLLERS;
  }
}

const CONTROLLERS: readonly Part[] = PARTS.filter((name) => workloadOf(name) !== null && name !== 'cronjob-controller').map((name) =>
  part(name),
);

/** From the write to the moment at which the part acts. */
export function delayOf({ name }: Part): number {
  switch (name) {
    case 'scheduler':
      return WATCH + SCHEDULER;
    case 'kubelet':
      return WATCH + KUBELET;
    case 'kube-proxy':
    case 'coredns':
      return WATCH + PROXY;
    case 'endpointslice-controller':
      return WATCH + ENDPOINTS;
    case 'service-controller':
      return WATCH + BALANCER;
    default:
      return WATCH + CONTROLLER;
  }
}

export function samePart(a: Part, b: Part): boolean {
  return a.name === b.name && a.node === b.node;
}

export function comparePart(a: Part, b: Part): number {
  return compareText(a.name, b.name) || compareText(a.node ?? '', b.node ?? '');
}
