// What a test changes in a world that runs, while the objects are as they should be.

import type { Built } from '../built';
import type { Kernel, World } from '../linux/kernel';
import type { TestWorld } from './worlds.test-support';

export function withKernels(world: World, change: (kernel: Kernel) => Kernel | null): World {
  const kernels = Object.values(world.kernels).flatMap((kernel) => change(kernel) ?? []);
  return { ...world, kernels: Object.fromEntries(kernels.map((kernel) => [kernel.netns, kernel])) };
}

export function nodeOfClient(built: Built, { client }: TestWorld): string {
  return podsNamed(built, client)[0]?.spec.nodeName ?? '';
}

export function podsNamed({ cluster }: Built, { namespace, name }: { namespace: string; name: string }) {
  return cluster.pods.filter(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
}

/** The Pods behind the Service, those on other nodes than the client first. */
export function backEnds(built: Built, world: TestWorld) {
  const here = nodeOfClient(built, world);
  const names = built.cluster.endpointSlices
    .filter(
      ({ metadata }) =>
        metadata.namespace === world.service.namespace && metadata.labels['kubernetes.io/service-name'] === world.service.name,
    )
    .flatMap(({ endpoints }) => endpoints.flatMap(({ targetRef }) => targetRef?.name ?? []));
  return built.cluster.pods
    .filter(({ metadata }) => metadata.namespace === world.service.namespace && names.includes(metadata.name))
    .sort((a, b) => Number(a.spec.nodeName === here) - Number(b.spec.nodeName === here));
}

/** The rules of one node, from another cluster: kube-proxy has not carried the change on. */
export function rulesOf(built: Built, node: string, other: Built): World {
  const stale = other.world.kernels[`node/${node}`];
  if (stale === undefined) throw new Error(`no node ${node}`);
  const { iptables, ip6tables, nftables, ipvs, sets } = stale;
  return withKernels(built.world, (kernel) =>
    kernel.netns === `node/${node}` ? { ...kernel, iptables, ip6tables, nftables, ipvs, sets } : kernel,
  );
}

/** Nobody on the link of the nodes finds this node any more. */
export function unfound(built: Built, node: string): World {
  const own = built.cluster.nodes.find(({ metadata }) => metadata.name === node)?.status.internalIPs ?? [];
  const segments = Object.entries(built.world.segments).map(([name, neighbours]) => [
    name,
    Object.fromEntries(Object.entries(neighbours).filter(([ip]) => !own.some((address) => address === ip))),
  ]);
  return { ...built.world, segments: Object.fromEntries(segments) };
}
