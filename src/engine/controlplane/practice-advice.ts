// Good practice, as courses teach it: names instead of addresses, full names across namespaces, named ports, labels, and requests that let
// the scheduler do its work. Nothing here fails today.

import type { Finding } from '../kube/finding';
import { refOf } from '../kube/meta';
import type { Container } from '../kube/pod';
import type { ObjectRef } from '../kube/ref';
import type { Cluster, RunningPod } from './cluster';
import { isSelected } from './endpoint-slices';
import type { Origin } from './origin';
import type { Reviewed } from './reviewed';
import { portText } from './service-advice';
import { clusterIPsOf } from './services';
import { numberOf } from './target-port';

export function adviseOnPractice(reviewed: Reviewed): readonly Finding[] {
  return reviewed.cluster.pods.flatMap((pod) => {
    const origin = reviewed.origin(pod);
    // A running Pod is no manifest: nobody edits it.
    if (origin === null || (pod.status.reported && origin.prefix.length === 0)) return [];
    return [
      ...unlabelled(pod, origin),
      ...pod.spec.containers.flatMap((container, index) => ofContainer(container, { reviewed, pod, origin, index })),
    ];
  });
}

interface Around {
  readonly reviewed: Reviewed;
  readonly pod: RunningPod;
  readonly origin: Origin;
  /** Of the container among those of the Pod. */
  readonly index: number;
}

function ofContainer(container: Container, around: Around): readonly Finding[] {
  const { origin, index } = around;
  const about = { object: origin.object, severity: 'hint' } as const;
  const at = [...origin.prefix, 'spec', 'containers', index];
  const { cpuRequest, memoryRequest } = container.resources;
  return [
    ...(cpuRequest === null && memoryRequest === null
      ? [{ ...about, path: at, code: 'no-resources' as const, container: container.name }]
      : []),
    ...unnamed(container, { ...around, about: { ...about, path: [...at, 'ports'] } }),
    ...container.env.flatMap(({ value }, place) =>
      spoken(value, around).map((fact) => ({ ...about, path: [...at, 'env', place, 'value'], ...fact })),
    ),
    ...container.args.flatMap((value, place) => spoken(value, around).map((fact) => ({ ...about, path: [...at, 'args', place], ...fact }))),
    ...container.command.flatMap((value, place) =>
      spoken(value, around).map((fact) => ({ ...about, path: [...at, 'command', place], ...fact })),
    ),
  ];
}

/** No Service, no policy and no person finds a Pod without labels. */
function unlabelled(pod: RunningPod, { object, prefix }: Origin): readonly Finding[] {
  const isBare = Object.keys(pod.metadata.labels).length === 0;
  return isBare ? [{ object, path: [...prefix, 'metadata'], severity: 'hint', code: 'no-labels' }] : [];
}

type About = Pick<Extract<Finding, { code: 'no-labels' }>, 'object' | 'path' | 'severity'>;

/** A port that a Service aims at by its number, and that has no name: the number then stands in two places. */
function unnamed({ name, ports }: Container, { reviewed, pod, about }: Around & { readonly about: About }): readonly Finding[] {
  const aimed = reviewed.text.services.filter((service) => isSelected(pod, service));
  return ports.flatMap((port, place): readonly Finding[] => {
    const by = aimed
      .flatMap(({ spec }) => spec.ports)
      .find((each) => each.protocol === port.protocol && numberOf(each, pod) === port.containerPort);
    if (by === undefined || port.name !== null) return [];
    const suggested = by.name ?? WELL_KNOWN[port.containerPort] ?? 'main';
    return [
      {
        ...about,
        path: [...about.path, place],
        severity: 'hint',
        code: 'port-unnamed',
        port: portText({ port: port.containerPort, protocol: port.protocol }),
        container: name,
        name: suggested,
      },
    ];
  });
}

const WELL_KNOWN: Readonly<Record<number, string>> = {
  80: 'http',
  443: 'https',
  3000: 'http',
  5000: 'http',
  8080: 'http',
  53: 'dns',
  5432: 'postgres',
  6379: 'redis',
  3306: 'mysql',
  27017: 'mongo',
  9090: 'http',
};

type Spoken =
  | { readonly code: 'address-hard-coded'; readonly address: string; readonly owner: ObjectRef; readonly service: string | null }
  | { readonly code: 'name-elsewhere'; readonly name: string; readonly namespaces: readonly string[] };

/** Addresses and names in a value that a program is started with. */
function spoken(value: string, { reviewed, pod }: Around): readonly Spoken[] {
  const [address] = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/.exec(value) ?? [];
  const owned = address === undefined ? null : ownerOf(reviewed.cluster, address);
  if (address !== undefined && owned !== null) return [{ code: 'address-hard-coded', address, ...owned }];
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?)?([a-z][a-z0-9-]*)(?::\d+)(?:\/|$)|^[a-z]+:\/\/([a-z][a-z0-9-]*)(?:\/|$)/.exec(
    value,
  );
  const name = host?.[1] ?? host?.[2];
  return name === undefined ? [] : elsewhere(reviewed.cluster, pod, name);
}

/** Who has the address in this cluster, and the Service by which it should be called. */
function ownerOf({ services, pods }: Cluster, address: string): { readonly owner: ObjectRef; readonly service: string | null } | null {
  const service = services.find((each) => clusterIPsOf(each).some((ip) => ip === address));
  if (service !== undefined) return { owner: refOf(service), service: nameOf(service.metadata) };
  const pod = pods.find(({ status, spec }) => !spec.hostNetwork && status.podIPs.some((ip) => ip === address));
  if (pod === undefined) return null;
  const behind = services.find((each) => isSelected(pod, each));
  return { owner: refOf(pod), service: behind === undefined ? null : nameOf(behind.metadata) };
}

function nameOf({ name, namespace }: { readonly name: string; readonly namespace: string | null }): string {
  return `${name}.${namespace ?? 'default'}`;
}

/** A short name means a Service of the Pod's own namespace. */
function elsewhere({ services }: Cluster, { metadata }: RunningPod, name: string): readonly Spoken[] {
  const namespaces = services.filter((each) => each.metadata.name === name).map((each) => each.metadata.namespace ?? 'default');
  return namespaces.length === 0 || namespaces.includes(metadata.namespace ?? 'default')
    ? []
    : [{ code: 'name-elsewhere', name, namespaces }];
}
