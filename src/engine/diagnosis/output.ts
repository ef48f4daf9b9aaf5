// What the commands of a diagnosis print, in short: the columns that matter, without headings and ages.

import type { RunningPod } from '../controlplane/cluster';
import { allContainers } from '../controlplane/target-port';
import type { EndpointSlice } from '../kube/endpoints';
import type { Service, ServicePort } from '../kube/service';
import { parseIp } from '../net/ip';
import { formatSocket } from '../net/packet';

const GAP = '   ';

/** `web-1   1/1   Running   10.1.1.10   node-1`. */
export function podLine(pod: RunningPod): string {
  const { metadata, status, spec } = pod;
  const all = allContainers(pod).length;
  const ready = status.containers.length === 0 ? (status.ready ? all : 0) : status.containers.filter((one) => one.ready).length;
  return [metadata.name, `${Math.min(ready, all)}/${all}`, statusWord(pod), status.podIPs[0] ?? '<none>', spec.nodeName ?? '<none>'].join(
    GAP,
  );
}

/** What kubectl shows under STATUS, as far as a diagnosis needs it. */
function statusWord({ metadata, status }: RunningPod): string {
  if (metadata.deletionTimestamp !== null) return 'Terminating';
  const waiting = status.containers.flatMap(({ state }) => (state.kind === 'waiting' ? [state.reason] : []));
  return status.reason ?? waiting[0] ?? status.phase;
}

/** `backend   ClusterIP   10.152.183.25   <none>   80/TCP`. */
export function serviceLine({ metadata, spec, status }: Service): string {
  const own = spec.type === 'ExternalName' ? '<none>' : spec.clusterIPs === 'None' ? 'None' : (spec.clusterIPs[0] ?? '<none>');
  return [metadata.name, spec.type, own, outerAddress(spec, status), spec.ports.map(portText).join(',') || '<none>'].join(GAP);
}

function outerAddress(spec: Service['spec'], { loadBalancer }: Service['status']): string {
  if (spec.type === 'ExternalName') return spec.externalName ?? '';
  const given = [...loadBalancer.flatMap(({ ip, hostname }) => ip ?? hostname ?? []), ...spec.externalIPs];
  return given.join(',') || (spec.type === 'LoadBalancer' ? '<pending>' : '<none>');
}

/** `80:30080/TCP`. */
function portText({ port, nodePort, protocol }: ServicePort): string {
  return `${port}${nodePort === null ? '' : `:${nodePort}`}/${protocol}`;
}

/** As `kubectl describe service` lists a port. */
export function portLines({ name, port, protocol, targetPort, nodePort }: ServicePort): readonly string[] {
  return [
    `Port:        ${name ?? '<unset>'}  ${port}/${protocol}`,
    `TargetPort:  ${targetPort}/${protocol}`,
    ...(nodePort === null ? [] : [`NodePort:    ${name ?? '<unset>'}  ${nodePort}/${protocol}`]),
  ];
}

/** `backend-8f5bg   IPv4   8080   10.1.1.10,10.1.1.11`; addresses that are not ready are listed as well, as kubectl does. */
export function sliceLine({ metadata, addressType, ports, endpoints }: EndpointSlice): string {
  const numbers = ports.map(({ port }) => (port === null ? '*' : String(port))).join(',');
  const addresses = endpoints.map(({ addresses: [first] }) => first ?? '');
  const more = addresses.length > MOST ? ` + ${addresses.length - MOST} more...` : '';
  return [metadata.name, addressType, numbers || '<unset>', `${addresses.slice(0, MOST).join(',') || '<unset>'}${more}`].join(GAP);
}

const MOST = 3;

/** The first lines of many. */
export function firstLines(lines: readonly string[], most = 6): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), `… (${lines.length - most} more)`];
}

export const NOTHING: readonly string[] = ['No resources found'];

export function socketText(address: string, port: number): string {
  const ip = parseIp(address);
  return ip === null ? `${address}:${port}` : formatSocket({ ip, port });
}
