// Ports that two want: of a node, by hostPort or by programs on the host network, and of an address outside by two Services.
// Two cluster IPs or node ports never meet here: the API server refuses the second Service.

import type { PortText } from '../kube/advice';
import type { Finding } from '../kube/finding';
import { refOf } from '../kube/meta';
import type { Pod, ServiceProtocol } from '../kube/pod';
import { formatRef, type ObjectRef } from '../kube/ref';
import type { Service } from '../kube/service';
import { hostPorts } from './host-ports';
import { serviceAddresses } from './inventory';
import type { Reviewed } from './reviewed';
import { clusterIPsOf } from './services';

export function adviseOnPorts(reviewed: Reviewed): readonly Finding[] {
  return clashes([...hostWishes(reviewed), ...nodePortWishes(reviewed), ...serviceWishes(reviewed)]);
}

/** Somebody who wants a port to himself. */
interface Wish {
  /** The node, or the address. */
  readonly at: string;
  readonly port: PortText;
  readonly object: ObjectRef;
  readonly path: readonly (string | number)[];
}

/** Each later one is told of the first that wants the same. One object may have a port twice: that is the API server's concern. */
function clashes(wishes: readonly Wish[]): readonly Finding[] {
  const first = new Map<string, Wish>();
  return wishes.flatMap((wish): readonly Finding[] => {
    const key = `${wish.at} ${wish.port}`;
    const rival = first.get(key);
    if (rival === undefined) first.set(key, wish);
    if (rival === undefined || formatRef(rival.object) === formatRef(wish.object)) return [];
    return [both(wish, rival), both(rival, wish)].flat();
  });
}

function both({ object, path, at, port }: Wish, rival: Wish): Finding {
  return { object, path, severity: 'warning', code: 'port-taken', at, port, other: rival.object };
}

/** Pods that are bound to their node by hand; the scheduler keeps the others apart. A program on the host network listens on the node itself. */
function hostWishes({ cluster, origin, programs }: Reviewed): readonly Wish[] {
  return cluster.pods.flatMap((pod) => {
    const place = origin(pod);
    const node = pod.spec.nodeName;
    if (place === null || node === null || hasEnded(pod)) return [];
    const path = [...place.prefix, 'spec', 'containers'];
    const wish = (at: string, port: number, protocol: ServiceProtocol): Wish => ({
      at,
      port: `${port}/${protocol}`,
      object: place.object,
      path,
    });
    const own = hostPorts(pod).map(({ hostPort, hostIP, protocol }) => wish(boundTo(hostIP) ?? node, hostPort ?? 0, protocol));
    const heard = pod.spec.hostNetwork ? programs(pod).map(({ port, protocol }) => wish(node, port, protocol)) : [];
    return [...own, ...heard];
  });
}

function boundTo(hostIP: string | null): string | null {
  return hostIP === '0.0.0.0' || hostIP === '::' ? null : hostIP;
}

function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** kube-proxy takes a node port on every node before any program of the node sees the packet. */
function nodePortWishes({ text, cluster }: Reviewed): readonly Wish[] {
  return text.services.flatMap((service) =>
    service.spec.ports.flatMap(({ nodePort, protocol }, index) =>
      nodePort === null || (service.spec.type !== 'NodePort' && service.spec.type !== 'LoadBalancer')
        ? []
        : cluster.nodes.map(
            ({ metadata }): Wish => ({
              at: metadata.name,
              port: `${nodePort}/${protocol}`,
              object: refOf(service),
              path: ['spec', 'ports', index, 'nodePort'],
            }),
          ),
    ),
  );
}

/** External addresses may be shared, their ports may not. */
function serviceWishes({ text }: Reviewed): readonly Wish[] {
  return text.services.flatMap((service) =>
    outerAddresses(service).flatMap((ip) =>
      service.spec.ports.map(
        ({ port, protocol }, index): Wish => ({
          at: ip,
          port: `${port}/${protocol}`,
          object: refOf(service),
          path: ['spec', 'ports', index, 'port'],
        }),
      ),
    ),
  );
}

function outerAddresses(service: Service): readonly string[] {
  const own = clusterIPsOf(service);
  return [...new Set(serviceAddresses(service).filter((ip) => !own.includes(ip)))];
}
