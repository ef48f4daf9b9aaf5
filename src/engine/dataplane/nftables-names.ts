// The names of kube-proxy's chains and sets in nftables mode: readable, with a hash of the readable part in front of it
// (pkg/proxy/nftables/proxier.go: servicePortChainNameBase, servicePortEndpointChainNameBase, hashAndTruncate).

import { base32 } from '../net/bytes';
import { sha256 } from '../net/sha';
import type { ProxiedEndpoint } from './endpoints';
import type { ProxiedPort } from './service-ports';

/** 256 characters of a name in knftables, without the longest prefix. */
const LONGEST = 240;

/** `KHN6ECMT-shop/web/tcp/http`. */
export function hashed(name: string): string {
  const full = `${base32(sha256(name)).slice(0, 8)}-${name}`;
  return full.length > LONGEST ? `${full.slice(0, LONGEST - 3)}...` : full;
}

/** The names of the chains that one Service port has to itself. */
export interface PortChains {
  /** Deals out all endpoints. */
  readonly service: string;
  /** Deals out those of this node. */
  readonly local: string;
  readonly external: string;
  readonly firewall: string;
}

export function chainsOf(port: ProxiedPort): PortChains {
  const base = hashed(readable(port));
  return { service: `service-${base}`, local: `local-${base}`, external: `external-${base}`, firewall: `firewall-${base}` };
}

/** `shop/web/tcp/http`. */
function readable({ ref, port }: ProxiedPort): string {
  return `${ref.namespace ?? ''}/${ref.name}/${port.protocol.toLowerCase()}/${port.name ?? ''}`;
}

export function endpointChain(port: ProxiedPort, endpoint: ProxiedEndpoint): string {
  return `endpoint-${endpointBase(port, endpoint)}`;
}

/** Where the clients of the endpoint are remembered. */
export function affinitySet(port: ProxiedPort, endpoint: ProxiedEndpoint): string {
  return `affinity-${endpointBase(port, endpoint)}`;
}

/** A name may not hold the colons of IPv6. */
function endpointBase(port: ProxiedPort, { address }: ProxiedEndpoint): string {
  return hashed(`${readable(port)}__${address.ip.replaceAll(':', '.')}/${address.port}`);
}
