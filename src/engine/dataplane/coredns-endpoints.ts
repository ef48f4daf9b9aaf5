// The endpoints that CoreDNS counts, each once for every port of its slice (plugin/kubernetes object/endpoint.go, endpointHostname).
// Ready decides, not serving; the label that names the Service ties a slice to it, nothing else. Left out: slices of type FQDN.

import type { Cluster } from '../controlplane/cluster';
import { type Endpoint, type EndpointSlice, SERVICE_NAME_LABEL } from '../kube/endpoints';
import { refOf } from '../kube/meta';
import { provenance } from '../kube/ref';
import { type Ip, parseIp } from '../net/ip';
import type { Provenance } from '../net/provenance';
import type { Corefile } from './corefile';
import { slicesByService } from './endpoints';

/** A port behind a name: what CoreDNS makes A, AAAA and SRV records from. */
export interface NamedPort {
  readonly address: Ip;
  readonly addressFrom: Provenance;
  /** Empty for a port without a name. */
  readonly portName: string;
  /** `tcp`; empty where the slice lists no port at all. */
  readonly protocol: string;
  /** null where there is none: it has addresses but no SRV record. */
  readonly port: number | null;
  readonly portFrom: Provenance;
  /** The name that an SRV record points to. */
  readonly target: string;
}

/** One ready address of a slice. */
export interface ReadyEndpoint {
  readonly slice: EndpointSlice;
  readonly address: Ip;
  readonly addressFrom: Provenance;
  /** Its first label below the Service: hostname, or the address with dashes. */
  readonly label: string;
}

/** The Service that the slice belongs to by its label; empty for none. */
export function serviceNameOf(slice: EndpointSlice): string {
  return slice.metadata.labels[SERVICE_NAME_LABEL] ?? '';
}

/** The slices of a Service, in order. */
export function slicesOf(cluster: Cluster, namespace: string | null, service: string): readonly EndpointSlice[] {
  return slicesByService(cluster).get(`${namespace}/${service}`) ?? [];
}

/** The ready addresses of a slice, in order. */
export function readyEndpoints(slice: EndpointSlice, corefile: Corefile): readonly ReadyEndpoint[] {
  return slice.endpoints.flatMap((endpoint, index) => (endpoint.conditions.ready ? addressesOf(slice, { endpoint, index }, corefile) : []));
}

/** Every ready address with every port of the slice; a slice without ports counts as one that has no number. */
export function endpointPorts(slice: EndpointSlice, serviceDomain: string, corefile: Corefile): readonly NamedPort[] {
  const from = (index: number) => provenance(refOf(slice), ['ports', index]);
  const listed = slice.ports.map(({ name, protocol, port }, index) => ({
    portName: name.toLowerCase(),
    protocol: protocol.toLowerCase(),
    port,
    portFrom: from(index),
  }));
  const ports = listed.length > 0 ? listed : [{ portName: '', protocol: '', port: null, portFrom: from(0) }];
  return readyEndpoints(slice, corefile).flatMap(({ address, addressFrom, label }) =>
    ports.map((port) => ({ ...port, address, addressFrom, target: `${label}.${serviceDomain}` })),
  );
}

function addressesOf(
  slice: EndpointSlice,
  { endpoint, index }: { readonly endpoint: Endpoint; readonly index: number },
  corefile: Corefile,
): readonly ReadyEndpoint[] {
  return endpoint.addresses.flatMap((text, position) => {
    const address = parseIp(text);
    if (address === null) return [];
    return [
      {
        slice,
        address,
        addressFrom: provenance(refOf(slice), ['endpoints', index, 'addresses', position]),
        label: endpointLabel(endpoint, text, corefile),
      },
    ];
  });
}

function endpointLabel(endpoint: Endpoint, address: string, corefile: Corefile): string {
  if (endpoint.hostname !== null && endpoint.hostname !== '') return endpoint.hostname;
  // A longer Pod name is no valid label.
  const podName = endpoint.targetRef?.name ?? '';
  if (corefile.endpointPodNames && podName !== '' && podName.length < 64) return podName;
  if (address.includes('.') && !address.includes(':')) return address.replaceAll('.', '-');
  // A label may not end in a dash: `fd00::` is named `fd00--0`.
  return address.replaceAll(':', '-').replace(/-$/, '-0');
}
