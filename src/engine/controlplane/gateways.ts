// The addresses of Gateways: those of their status or their spec, else one of the range from which a cloud gives them. A Gateway is served
// by its class' controller, whoever that is; the simulation plays it at the Gateway's own address.

import type { Gateway, GatewayListener, HttpRoute } from '../kube/gateway';
import type { Service } from '../kube/service';
import { addressAt, cidr } from '../net/cidr';
import type { Ip } from '../net/ip';
import { unreachable } from '../net/unreachable';
import type { Cluster, ClusterSettings } from './cluster';
import { matchesSelector } from './selector';

const CLOUD = cidr('203.0.113.0/24');
const FIRST = 90n;
const LAST = 254n;

export function addressedGateways(
  gateways: readonly Gateway[],
  { services, settings }: { readonly services: readonly Service[]; readonly settings: ClusterSettings },
): readonly Gateway[] {
  const taken = new Set<Ip>([
    ...services.flatMap(({ status }) => status.loadBalancer.flatMap(({ ip }) => ip ?? [])),
    ...gateways.flatMap(({ status }) => status.addresses),
  ]);
  return gateways.map((gateway) => {
    if (gateway.status.addresses.length > 0 || !settings.conveniences) return gateway;
    const address = gateway.spec.addresses[0] ?? (settings.loadBalancer === 'none' ? null : free(taken));
    if (address === null) return gateway;
    taken.add(address);
    return { ...gateway, status: { addresses: [address] } };
  });
}

function free(taken: ReadonlySet<Ip>): Ip | null {
  for (let offset = FIRST; offset <= LAST; offset += 1n) if (!taken.has(addressAt(CLOUD, offset))) return addressAt(CLOUD, offset);
  return null;
}

/** The routes that hang on the listener, and that it lets come. */
export function attachedRoutes(
  gateway: Gateway,
  listener: GatewayListener,
  { httpRoutes, namespaces }: Pick<Cluster, 'httpRoutes' | 'namespaces'>,
): readonly HttpRoute[] {
  return httpRoutes.filter((route) => isAllowed(gateway, listener, { route, namespaces }) && names(route, gateway, listener));
}

/** Whether one of the route's parents is the listener, or the Gateway as a whole. */
function names({ metadata, spec }: HttpRoute, gateway: Gateway, listener: GatewayListener): boolean {
  return spec.parentRefs.some(
    ({ kind, name, namespace, sectionName, port }) =>
      kind === 'Gateway' &&
      name === gateway.metadata.name &&
      (namespace ?? metadata.namespace) === gateway.metadata.namespace &&
      (sectionName === null || sectionName === listener.name) &&
      (port === null || port === listener.port),
  );
}

/** spec.listeners[].allowedRoutes.namespaces. */
function isAllowed(
  gateway: Gateway,
  { routesFrom, routesSelector }: GatewayListener,
  { route, namespaces }: { readonly route: HttpRoute; readonly namespaces: Cluster['namespaces'] },
): boolean {
  const { namespace } = route.metadata;
  switch (routesFrom) {
    case 'All':
      return true;
    case 'Same':
      return namespace === gateway.metadata.namespace;
    case 'None':
      return false;
    case 'Selector': {
      const labels = namespaces.find(({ metadata }) => metadata.name === namespace)?.metadata.labels ?? {};
      return routesSelector !== null && matchesSelector(routesSelector, labels);
    }
    default:
      return unreachable(routesFrom);
  }
}

/** Whether routes of one namespace may name the Service of another: at home always, elsewhere by a ReferenceGrant there. */
export function isGranted(
  { referenceGrants }: Pick<Cluster, 'referenceGrants'>,
  { from, to, service }: { readonly from: string; readonly to: string; readonly service: string },
): boolean {
  if (from === to) return true;
  return referenceGrants.some(
    ({ metadata, spec }) =>
      metadata.namespace === to &&
      spec.from.some(({ kind, namespace }) => kind === 'HTTPRoute' && namespace === from) &&
      spec.to.some(({ kind, name }) => kind === 'Service' && (name === null || name === service)),
  );
}
