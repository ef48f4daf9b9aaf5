// Clusters for the tests of this floor, from YAML: settled by the controllers, compiled into kernels, read back as the real tools print them.

import type { Cluster, ClusterSettings } from '../controlplane/cluster';
import { settle } from '../controlplane/settle';
import { readProvenance } from '../kube/ref';
import { formatRoute, mainTable } from '../linux/ip-route';
import { formatRule } from '../linux/iptables-save';
import type { Kernel, World } from '../linux/kernel';
import { chainsOf, type Rule, type TableName } from '../linux/netfilter';
import { parseManifest } from '../manifest/parse';
import { readObjects } from '../manifest/read';
import type { Family } from '../net/ip';
import type { Provenance } from '../net/provenance';
import { BARE } from '../settings';
import { compile } from './compile';

export interface Compiled {
  readonly cluster: Cluster;
  readonly world: World;
}

export function compiled(yaml: string, settings: Partial<ClusterSettings> = {}): Compiled {
  const objects = readObjects(parseManifest(yaml)).objects.map(({ object }) => object);
  const { cluster } = settle(objects, { ...BARE, ...settings });
  return { cluster, world: compile(cluster) };
}

export function kernelOf({ world }: { readonly world: World }, netns: string): Kernel {
  const kernel = world.kernels[netns];
  if (kernel === undefined) throw new Error(`no ${netns} among ${Object.keys(world.kernels).join(', ')}`);
  return kernel;
}

export function rulesOf(kernel: Kernel, table: TableName, chain: string, of: Family = 4): readonly Rule[] {
  const written = (of === 4 ? kernel.iptables : kernel.ip6tables)[table];
  return written === undefined ? [] : (chainsOf(written).find(({ name }) => name === chain)?.rules ?? []);
}

/** The rules of the chains, as iptables-save prints them. */
export function saved(kernel: Kernel, table: TableName, chains: readonly string[], of: Family = 4): readonly string[] {
  return chains.flatMap((chain) => rulesOf(kernel, table, chain, of).map((rule) => formatRule(chain, rule)));
}

/** What `ip route` prints, or `ip -6 route`. */
export function routesOf(kernel: Kernel, of: Family = 4): readonly string[] {
  return mainTable(kernel.routes, of).map(formatRoute);
}

/** `Service shop/web spec.ports.0.port`; empty where nobody is behind it. */
export function causeOf(label: Provenance): string {
  const cause = readProvenance(label);
  if (cause === null) return '';
  const { kind, namespace, name } = cause.ref;
  return `${kind} ${namespace === null ? name : `${namespace}/${name}`} ${cause.path.join('.')}`;
}

export function node(
  name: string,
  address: string,
  range: string,
  more: { zone?: string; also?: string; rangeAlso?: string } = {},
): string {
  const { zone, also, rangeAlso } = more;
  const addresses = [address, ...(also === undefined ? [] : [also])].map((one) => `{ type: InternalIP, address: "${one}" }`);
  const ranges = [range, ...(rangeAlso === undefined ? [] : [rangeAlso])].map((one) => `"${one}"`);
  return `
apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { topology.kubernetes.io/zone: "${zone ?? ''}" } }
spec: { podCIDR: "${range}", podCIDRs: [${ranges.join(', ')}] }
status: { addresses: [${addresses.join(', ')}] }
---`;
}

export function pod(path: string, on: string, addresses: string, spec = 'containers: [{ name: main, image: example/app }]'): string {
  const [namespace, name] = path.split('/');
  const [first, ...others] = addresses.split(' ');
  const ips = [first, ...others].map((one) => `{ ip: "${one}" }`).join(', ');
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name?.replace(/-\d+$/, '')} } }
spec: { nodeName: ${on}, ${spec} }
status: { phase: Running, podIP: "${first}", podIPs: [${ips}], conditions: [{ type: Ready, status: "True" }] }
---`;
}

/** `spec` and `status` are YAML in braces. */
export function service(path: string, spec: string, status = '{}'): string {
  const [namespace, name] = path.split('/');
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
status: ${status}
---`;
}

/** `10.1.1.5@node-1`, followed by `!` for not ready, `~` for serving while it ends, `>a` for a zone hint, `>>node-1` for a node hint. */
export function slice(path: string, port: string, endpoints: readonly string[], name = 'by-hand'): string {
  const [namespace, owner] = path.split('/');
  return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${owner}-${name}, namespace: ${namespace}, labels: { kubernetes.io/service-name: ${owner} } }
addressType: ${endpoints.some((text) => text.includes(':')) ? 'IPv6' : 'IPv4'}
ports: [${port}]
endpoints: [${endpoints.map(endpoint).join(', ')}]
---`;
}

function endpoint(text: string): string {
  const [address, nodeName] = (/^[^!~>]+/.exec(text)?.[0] ?? '').split('@');
  const ending = text.includes('~');
  const ready = !ending && !text.includes('!');
  const nodeHint = />>([^>]+)/.exec(text)?.[1];
  const zoneHint = /(?<!>)>(?!>)([^>]+)/.exec(text)?.[1];
  const hints = [
    ...(zoneHint === undefined ? [] : [`forZones: [{ name: "${zoneHint}" }]`]),
    ...(nodeHint === undefined ? [] : [`forNodes: [{ name: "${nodeHint}" }]`]),
  ];
  const parts = [
    `addresses: ["${address}"]`,
    `conditions: { ready: ${ready}, serving: ${ready || ending}, terminating: ${ending} }`,
    ...(nodeName === undefined ? [] : [`nodeName: ${nodeName}`]),
    ...(hints.length === 0 ? [] : [`hints: { ${hints.join(', ')} }`]),
  ];
  return `{ ${parts.join(', ')} }`;
}
