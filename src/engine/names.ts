// Who is behind a namespace: the bridge between the words of the cluster and those of the kernels.

import type { Pod } from './kube/pod';

/** The namespace of the Pod's network: its own, or its node's. */
export function netnsOfPod(pod: Pod): string {
  if (pod.spec.hostNetwork && pod.spec.nodeName !== null) return netnsOfNode(pod.spec.nodeName);
  return `pod/${pod.metadata.namespace}/${pod.metadata.name}`;
}

export function netnsOfNode(name: string): string {
  return `node/${name}`;
}

export function netnsOfExternal(address: string): string {
  return `external/${address}`;
}
