// Programs in containers: what was assumed about them, probes that find nobody, and Pods behind a Service that are not probed.

import type { Finding } from '../kube/finding';
import { refOf } from '../kube/meta';
import type { RunningPod } from './cluster';
import { isSelected } from './endpoint-slices';
import { LISTEN_ANNOTATION, readListenAnnotation } from './listening';
import type { Origin } from './origin';
import { failingProbes } from './readiness';
import { shutGates } from './readiness-gates';
import type { Reviewed } from './reviewed';
import { portText } from './service-advice';

export function adviseOnPrograms(reviewed: Reviewed): readonly Finding[] {
  return reviewed.cluster.pods.flatMap((pod) => {
    const place = reviewed.origin(pod);
    if (place === null || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return [];
    return [
      ...sharedPorts(pod, place),
      ...annotation(pod, place),
      ...shut(pod, place),
      ...assumptions(pod, place, reviewed),
      ...probes(pod, place, reviewed),
      ...unprobed(pod, place, reviewed),
    ];
  });
}

/** One network namespace, one set of ports: of two containers that want the same, the second fails to start (EADDRINUSE). */
function sharedPorts(pod: RunningPod, { object, prefix }: Origin): readonly Finding[] {
  const first = new Map<string, string>();
  return pod.spec.containers.flatMap((container, index) =>
    container.ports.flatMap(({ containerPort, protocol }, place): readonly Finding[] => {
      const port = portText({ port: containerPort, protocol });
      const other = first.get(port);
      if (other === undefined) first.set(port, container.name);
      if (other === undefined || other === container.name) return [];
      const path = [...prefix, 'spec', 'containers', index, 'ports', place, 'containerPort'];
      return [{ object, path, severity: 'warning', code: 'container-port-taken', container: container.name, other, port }];
    }),
  );
}

function annotation(pod: RunningPod, { object, prefix }: Origin): readonly Finding[] {
  const text = pod.metadata.annotations[LISTEN_ANNOTATION];
  if (text === undefined || readListenAnnotation(text) !== null) return [];
  return [
    {
      object,
      path: [...prefix, 'metadata', 'annotations', LISTEN_ANNOTATION],
      severity: 'warning',
      code: 'listen-annotation-unreadable',
      text,
    },
  ];
}

/** The text knows no controller that would open it. */
function shut(pod: RunningPod, { object, prefix }: Origin): readonly Finding[] {
  const gates = pod.status.reported ? [] : shutGates(pod);
  return gates.length === 0
    ? []
    : [{ object, path: [...prefix, 'spec', 'readinessGates'], severity: 'warning', code: 'readiness-gate-shut', gates }];
}

/** A hint says where the ports come from when nobody declared them. */
function assumptions(pod: RunningPod, { object, prefix }: Origin, { programs }: Reviewed): readonly Finding[] {
  const heard = programs(pod);
  const about = { object, path: [...prefix, 'spec', 'containers'], severity: 'hint' } as const;
  const assumed = heard.filter(({ source }) => source === 'assumed').map(portText);
  const known = heard.filter(({ source }) => source === 'image').map(portText);
  const images = pod.spec.containers.map(({ image }) => image);
  return [
    ...(known.length > 0 ? [{ ...about, code: 'listening-by-image' as const, images, listening: known }] : []),
    ...(assumed.length > 0 ? [{ ...about, code: 'listening-assumed' as const, listening: assumed }] : []),
  ];
}

/** Where the kubelet's report is in the text, it knows better than we what its probes found. */
function probes(pod: RunningPod, { object, prefix }: Origin, { programs }: Reviewed): readonly Finding[] {
  if (pod.status.reported || pod.status.podIPs.length === 0) return [];
  return failingProbes(pod, programs(pod)).map(({ role, container, port, path }) => ({
    object,
    path: [...prefix, ...path],
    severity: 'warning',
    code: 'probe-fails',
    role,
    container,
    port: String(port),
    listening: programs(pod).map(portText),
  }));
}

/** Without a readiness probe a Pod gets requests as soon as its containers run, ready or not. */
function unprobed(pod: RunningPod, { object, prefix }: Origin, { text }: Reviewed): readonly Finding[] {
  const services = text.services.filter((service) => isSelected(pod, service)).map((service) => refOf(service).name);
  if (services.length === 0) return [];
  return pod.spec.containers.flatMap((container, index) => {
    const hasPort = container.ports.length > 0 || pod.spec.containers.length === 1;
    if (container.readinessProbe !== null || !hasPort) return [];
    return [
      {
        object,
        path: [...prefix, 'spec', 'containers', index],
        severity: 'hint' as const,
        code: 'no-readiness-probe' as const,
        container: container.name,
        services,
      },
    ];
  });
}
