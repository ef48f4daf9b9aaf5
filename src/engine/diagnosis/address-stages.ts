// The checks of an address that is no Service's: a Pod's, a node's, a Gateway's, a host's outside, or nobody's.

import type { RunningPod } from '../controlplane/cluster';
import { listening } from '../controlplane/listening';
import { isUnanswered } from '../controlplane/load-balancer';
import { clusterDnsAddress } from '../dataplane/resolv-conf';
import { refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { type Call, finalDestination } from './call';
import { type Called, isOnNodes } from './called';
import type { About, Cause } from './diagnosis';
import { type Given, labelOf, portsOf, serviceNamed, socketsOf, takes } from './given';
import { pending } from './ingress-name';
import { firstLines, NOTHING, podLine } from './output';
import { podFault } from './pod-fault';
import { policyStages } from './policy-stage';
import { cause, kubectl, type Look, onNode, type Stage } from './stage';
import { BY_ADDRESS, wayStage } from './way-stage';

type OtherCalled = Exclude<Called, { kind: 'service' }>;

interface Addressed {
  readonly call: Call;
  readonly called: OtherCalled;
  readonly about: About;
}

export function addressStages(given: Given, at: Addressed): readonly Stage[] {
  const { call, called, about } = at;
  const servers = called.kind === 'pod' ? [called.pod] : [];
  return [
    { code: 'address-owner', about, look: () => owned(given, at) },
    ...(called.kind === 'pod' ? [{ code: 'pod-runs', about, look: () => running(given, called.pod, about) } as const] : []),
    ...(called.kind === 'pod' && call.protocol !== 'ICMP'
      ? [{ code: 'program-listens', about, look: () => heardInPod(given, call, called.pod) } as const]
      : []),
    ...(called.kind === 'node' && call.protocol !== 'ICMP'
      ? [{ code: 'program-listens', about, look: () => heardOnNode(given, call, called.node) } as const]
      : []),
    ...policyStages(given, call, { about, servers }),
    wayStage(given, call, { about, reached: BY_ADDRESS }),
  ];
}

function owned(given: Given, { call, called, about }: Addressed): Look {
  const { ip } = call.asked;
  const { kind, owner } = ownerOf(given, called);
  return {
    fact: { code: 'address-owner', address: ip, kind, owner },
    command: kubectl(`get pods,services,nodes -A -o wide | grep -w ${ip}`),
    output: called.kind === 'pod' ? [podLine(called.pod)] : owner === '' ? [] : [`${kind} ${owner}`],
    complaint: called.kind === 'nobody' ? unowned(given, call, { called, about }) : null,
  };
}

function ownerOf(
  given: Given,
  called: OtherCalled,
): { readonly kind: 'Pod' | 'Node' | 'Gateway' | 'outside' | 'nobody'; readonly owner: string } {
  if (called.kind === 'pod') return { kind: 'Pod', owner: labelOf(given, called.pod.metadata) };
  if (called.kind === 'node') return { kind: 'Node', owner: called.node.metadata.name };
  if (called.kind === 'gateway') return { kind: 'Gateway', owner: labelOf(given, called.gateway.metadata) };
  return { kind: called.kind, owner: '' };
}

function unowned(given: Given, call: Call, { called, about }: { called: Extract<OtherCalled, { kind: 'nobody' }>; about: About }): Cause {
  const { ip, port } = call.asked;
  if (about === 'name-server') {
    const service = serviceNamed(given, 'kube-system', 'kube-dns');
    const right =
      service === null || service.spec.clusterIPs === 'None' ? clusterDnsAddress(given.cluster) : (service.spec.clusterIPs[0] ?? null);
    return cause({ code: 'name-server-nobody', address: ip, right: right === ip ? null : right });
  }
  const waiting = given.cluster.services.find((service) => isUnanswered(service) && service.spec.ports.some((one) => one.port === port));
  if (waiting !== undefined && called.range === null) return pending(given, waiting);
  return cause({ code: 'address-of-nobody', address: ip, range: called.range });
}

function running(given: Given, pod: RunningPod, about: About): Look {
  const isUp = pod.status.phase === 'Running' && pod.status.podIPs.length > 0 && pod.spec.nodeName !== null;
  const part = about === 'name-server' ? 'name-server' : 'back-end';
  return {
    fact: { code: 'pod-runs', pod: labelOf(given, pod.metadata), node: pod.spec.nodeName ?? '' },
    command: kubectl(`get pod -n ${pod.metadata.namespace} ${pod.metadata.name} -o wide`),
    output: [podLine(pod)],
    // Whoever calls a Pod by its address is not stopped by its readiness.
    complaint: isUp ? null : podFault(given, pod, { part, service: null }),
  };
}

function heardInPod(given: Given, call: Call, pod: RunningPod): Look {
  const { protocol, asked } = call;
  const sockets = socketsOf(given, pod);
  const isHeard = sockets.some((socket) => takes(socket, { protocol, port: asked.port }));
  const where = labelOf(given, pod.metadata);
  const port = `${asked.port}/${protocol}`;
  const isRefused = call.end?.kind === 'rejected' && call.end.reason === 'no-socket' && finalDestination(call).ip === asked.ip;
  const place = given.origin(pod);
  const at = { object: place?.object ?? refOf(pod), path: [...(place?.prefix ?? []), 'spec', 'containers'] };
  const isExpected = listening(pod, given.cluster).some((program) => program.port === asked.port && program.protocol === protocol);
  const closed = isExpected
    ? ({ code: 'program-not-up', pod: where, port, probed: true } as const)
    : ({ code: 'closed-port', where, port, listening: portsOf(sockets) } as const);
  return {
    fact: { code: 'program-listens', port, listening: isHeard ? 1 : 0, of: 1, where },
    command: kubectl(`exec -n ${pod.metadata.namespace} ${pod.metadata.name} -- ss -lntu`),
    output: sockets.length === 0 ? NOTHING : firstLines(portsOf(sockets)),
    complaint: isRefused && !isHeard ? cause(closed, at) : null,
  };
}

/** A node's own programs, the ports that Pods have taken on it, and node ports. */
function heardOnNode(given: Given, { protocol, asked, end }: Call, node: Node): Look {
  const name = node.metadata.name;
  const sockets = given.world.kernels[`node/${name}`]?.sockets ?? [];
  const isRefused = end?.kind === 'rejected' && end.reason === 'no-socket' && end.at.netns === `node/${name}`;
  const port = `${asked.port}/${protocol}`;
  const onNodes = given.cluster.services
    .filter(({ spec }) => isOnNodes(spec.type))
    .flatMap(({ spec, metadata }) =>
      spec.ports.flatMap(({ nodePort, protocol: of }) => (nodePort === null ? [] : [`${nodePort}/${of} (${labelOf(given, metadata)})`])),
    );
  const isNodePort = asked.port >= 30000 && asked.port <= 32767;
  const object = { kind: 'Node', namespace: null, name };
  return {
    fact: { code: 'program-listens', port, listening: isRefused ? 0 : 1, of: 1, where: name },
    command: isNodePort ? kubectl('get services -A | grep -e NodePort -e LoadBalancer') : onNode(name, 'ss -lntu'),
    output: isNodePort ? firstLines(onNodes) : firstLines(portsOf(sockets)),
    complaint: !isRefused
      ? null
      : isNodePort
        ? cause({ code: 'node-port-missing', port, ports: onNodes })
        : cause({ code: 'closed-port', where: name, port, listening: portsOf(sockets) }, { object }),
  };
}
