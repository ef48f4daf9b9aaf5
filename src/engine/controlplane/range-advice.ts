// Ranges that lie in each other's way: Pods, Services and machines need addresses of their own. Every clash is told at the object that
// somebody wrote, and names the other side; all runs on, and goes wrong where it would.

import type { RangeUse } from '../kube/advice';
import type { FieldPath } from '../kube/field-path';
import type { Finding } from '../kube/finding';
import { type ApiObject, refOf } from '../kube/meta';
import type { Node } from '../kube/node';
import { formatRef, type ObjectRef } from '../kube/ref';
import { type Cidr, contains, formatCidr, overlaps } from '../net/cidr';
import { family, type Ip } from '../net/ip';
import type { Cluster } from './cluster';
import type { Reviewed } from './reviewed';
import { clusterIPsOf } from './services';

/** Ranges that overlap, addresses that lie in a range of others, and ranges that are used up. */
export function adviseOnRanges(reviewed: Reviewed): readonly Finding[] {
  return [...podsAgainstServices(reviewed), ...machines(reviewed), ...services(reviewed), ...withoutAddress(reviewed)];
}

function serviceRanges({ serviceCIDR, second }: Cluster): readonly Cidr[] {
  return second === null ? [serviceCIDR] : [serviceCIDR, second.serviceCIDR];
}

/** Pod ranges, each with the object that states it: a Node, or what sets the range of the whole cluster. */
function podRanges({ text, cluster }: Reviewed): readonly { readonly range: Cidr; readonly by: ApiObject }[] {
  const ofNodes = text.nodes.flatMap((node) => node.spec.podCIDRs.map((range) => ({ range, by: node })));
  const setter = setterOf(text.configMaps, text.others);
  return setter === undefined || cluster.settings.clusterCIDR === null
    ? ofNodes
    : [...ofNodes, { range: cluster.settings.clusterCIDR, by: setter }];
}

function setterOf(configMaps: Reviewed['text']['configMaps'], others: Reviewed['text']['others']): ApiObject | undefined {
  const names = ['kube-proxy', 'kube-flannel-cfg'];
  return configMaps.find(({ metadata }) => names.includes(metadata.name)) ?? others.find(({ originalKind }) => originalKind === 'IPPool');
}

function podsAgainstServices(reviewed: Reviewed): readonly Finding[] {
  return podRanges(reviewed).flatMap(({ range, by }) =>
    serviceRanges(reviewed.cluster)
      .filter((other) => overlaps(range, other))
      .map((other): Finding => {
        const path = by.kind === 'Node' ? ['spec', 'podCIDR'] : by.kind === 'ConfigMap' ? ['data'] : ['spec', 'cidr'];
        const what = { range: formatCidr(range), of: 'pods', other: formatCidr(other), otherOf: 'services' } as const;
        return { object: refOf(by), path, severity: 'warning', code: 'ranges-overlap', ...what };
      }),
  );
}

/** A machine whose address its neighbours would look for among Pods or Services. */
function machines({ text, cluster }: Reviewed): readonly Finding[] {
  return text.nodes.flatMap((node) =>
    node.status.internalIPs.flatMap((ip) => {
      const [hit] = [...inPodRange(ip, cluster), ...inServiceRange(ip, cluster)];
      return hit === undefined ? [] : [addressInRange({ object: refOf(node), path: ['status', 'addresses'], ip }, hit)];
    }),
  );
}

/** A cluster IP among the Pods' addresses: kube-proxy takes it for the Service, the network for a Pod. */
function services({ text, cluster }: Reviewed): readonly Finding[] {
  return text.services.flatMap((service) =>
    clusterIPsOf(service).flatMap((ip) => {
      const [hit] = inPodRange(ip, cluster);
      return hit === undefined ? [] : [addressInRange({ object: refOf(service), path: ['spec', 'clusterIP'], ip }, hit)];
    }),
  );
}

/** A range that an address lies in, and the Node that it belongs to, if it is one Node's. */
interface Hit {
  readonly range: string;
  readonly of: RangeUse;
  readonly owner: Node | null;
}

function addressInRange(at: { readonly object: ObjectRef; readonly path: FieldPath; readonly ip: Ip }, { range, of, owner }: Hit): Finding {
  return { ...at, severity: 'warning', code: 'address-in-range', range, of, other: owner === null ? null : refOf(owner) };
}

function inPodRange(ip: Ip, { nodes, settings }: Cluster): readonly Hit[] {
  const ofNodes = nodes.flatMap((owner) => owner.spec.podCIDRs.map((range) => ({ range, owner })));
  const set = settings.clusterCIDR === null ? [] : [{ range: settings.clusterCIDR, owner: null }];
  return [...ofNodes, ...set]
    .filter(({ range }) => contains(range, ip))
    .map(({ range, owner }) => ({ range: formatCidr(range), of: 'pods', owner }));
}

function inServiceRange(ip: Ip, cluster: Cluster): readonly Hit[] {
  return serviceRanges(cluster)
    .filter((range) => contains(range, ip))
    .map((range) => ({ range: formatCidr(range), of: 'services', owner: null }));
}

function withoutAddress(reviewed: Reviewed): readonly Finding[] {
  const written = new Set(reviewed.text.nodes.map(({ metadata }) => metadata.name));
  const nodes = reviewed.cluster.nodes.filter(({ status, metadata }) => status.internalIPs.length === 0 && written.has(metadata.name));
  const ofNodes = nodes.map(
    (node): Finding => ({ object: refOf(node), path: ['status', 'addresses'], severity: 'warning', code: 'node-without-address' }),
  );
  return [...ofNodes, ...usedUp(reviewed)];
}

/** Services that lack the address of a family: all of them where they have none, the second one where they cannot do without. */
function usedUp({ text, cluster }: Reviewed): readonly Finding[] {
  const written = new Set(text.services.map((service) => formatRef(refOf(service))));
  return cluster.services.flatMap((service): readonly Finding[] => {
    const { type, clusterIPs, ipFamilies, ipFamilyPolicy } = service.spec;
    if (type === 'ExternalName' || clusterIPs === 'None' || !written.has(formatRef(refOf(service)))) return [];
    if (clusterIPs.length > 0 && ipFamilyPolicy !== 'RequireDualStack') return [];
    const given = clusterIPs.map(family);
    const lacking = serviceRanges(cluster).filter(
      ({ network }) => ipFamilies.includes(family(network)) && !given.includes(family(network)),
    );
    if (lacking.length === 0) return [];
    const ranges = lacking.map(formatCidr);
    return [{ object: refOf(service), path: ['spec', 'clusterIP'], severity: 'warning', code: 'service-range-used-up', ranges }];
  });
}
