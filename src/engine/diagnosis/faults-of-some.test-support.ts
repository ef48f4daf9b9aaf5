// Faults of the fourth kind: some requests fail; and those of what runs, and is not what the objects say.

import { type Fault, inText, port, running, sound, theMaker, type Written } from './breaking.test-support';
import { backEnds, nodeOfClient, rulesOf, unfound, withKernels } from './running-world.test-support';

export const RUNNING_FAULTS: readonly Fault[] = [
  {
    name: 'one Pod of many listens elsewhere',
    set: inText(({ makers, templates, objects }) => {
      const [template] = templates;
      const { nodeName: _, ...spec } = template.spec;
      const containers = spec.containers.map((container: Written) => ({
        ...container,
        readinessProbe: undefined,
        livenessProbe: undefined,
      }));
      const metadata = {
        name: 'bad',
        namespace: makers[0].metadata.namespace,
        labels: { ...template.metadata.labels, odd: 'yes' },
        annotations: { 'kubehop.dev/listen': '6006' },
      };
      const owner =
        makers[0].kind === 'Deployment'
          ? { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'nobody', uid: '1', controller: true }] }
          : {};
      objects.push({ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...owner }, spec: { ...spec, containers } });
    }),
    code: 'one-bad-pod',
    object: () => ({ kind: 'Pod', name: 'bad' }),
    share: 'some',
  },
  {
    name: 'one Pod runs, and its program is not up',
    set: running((built, world) => {
      const [pod] = backEnds(built, world);
      return withKernels(built.world, (kernel) =>
        kernel.netns === `pod/${pod?.metadata.namespace}/${pod?.metadata.name}` ? { ...kernel, sockets: [] } : kernel,
      );
    }),
    code: 'program-not-up',
    object: theMaker,
    share: 'some',
  },
  // What runs, and is not what the objects say
  {
    name: 'kube-proxy on the node of the client never wrote the rules of the Service',
    set: running((built, world, other) => {
      const without = other(({ objects, service }) => objects.filter((object) => object !== service));
      return rulesOf(built, nodeOfClient(built, world), without);
    }),
    code: 'kube-proxy-behind',
    object: (world) => ({ kind: 'Node', name: nodeOfClient(sound(world).built, world) }),
  },
  {
    name: 'kube-proxy on the node of the client still sends to the port of before',
    set: running((built, world, other) =>
      rulesOf(
        built,
        nodeOfClient(built, world),
        other(({ service }) => {
          port({ service }).targetPort = 8999;
        }),
      ),
    ),
    code: 'kube-proxy-behind',
    object: (world) => ({ kind: 'Node', name: nodeOfClient(sound(world).built, world) }),
  },
  {
    name: 'CoreDNS has not heard of the Service',
    set: running((built, _, other) => ({
      ...built.world,
      nameServers: other(({ objects, service }) => objects.filter((object) => object !== service)).world.nameServers,
    })),
    code: 'coredns-behind',
    object: () => ({ kind: 'Pod', name: /^coredns/ }),
  },
  {
    name: 'the programs of the name servers have ended',
    set: running((built) =>
      withKernels(built.world, (kernel) => (kernel.netns.startsWith('pod/kube-system/coredns') ? { ...kernel, sockets: [] } : kernel)),
    ),
    code: 'program-not-up',
    object: () => ({ kind: 'Pod', name: /^coredns/ }),
  },
  {
    name: 'a machine with a back end cannot be reached',
    set: running((built, world) => unfound(built, backEnds(built, world)[0]?.spec.nodeName ?? '')),
    code: 'node-unreachable',
    object: (world) => {
      const { built } = sound(world);
      return { kind: 'Node', name: backEnds(built, world)[0]?.spec.nodeName ?? '' };
    },
    share: 'some',
  },
  {
    name: 'the cable of a Pod is pulled',
    set: running((built, world) => {
      const [pod] = backEnds(built, world);
      const netns = `pod/${pod?.metadata.namespace}/${pod?.metadata.name}`;
      return withKernels(built.world, (kernel) => ({
        ...kernel,
        devices: kernel.devices.filter(({ attachment }) => !('peer' in attachment && attachment.peer.netns === netns)),
      }));
    }),
    code: 'pod-unplugged',
    object: () => ({ kind: 'Pod', name: /./ }),
    share: 'some',
  },
  {
    name: 'the node of the client has lost its routes to the Pods of others',
    set: running((built, world) => {
      const here = nodeOfClient(built, world);
      const far = built.cluster.nodes.filter(({ metadata }) => metadata.name !== here).flatMap(({ spec }) => spec.podCIDRs);
      return withKernels(built.world, (kernel) =>
        kernel.netns === `node/${here}`
          ? {
              ...kernel,
              routes: kernel.routes.filter(
                ({ destination }) => !far.some(({ network, length }) => network === destination.network && length <= destination.length),
              ),
            }
          : kernel,
      );
    }),
    code: 'routes-behind',
    object: (world) => ({ kind: 'Node', name: nodeOfClient(sound(world).built, world) }),
    share: 'any',
  },
];
