// The Corefile of CoreDNS, as far as it decides what is answered: the lines of the plugins `kubernetes`, `forward` and `cache`.
// Read from the ConfigMap kube-system/coredns; without one the cluster's settings stand in for kubeadm's Corefile.
// Left out: several servers with different plugins, imports, environment variables, and plugins that rewrite questions.

import type { Cluster } from '../controlplane/cluster';
import { absoluteName } from '../net/dns';
import type { Kept, NameCache } from '../net/zone';

export interface Corefile {
  /** Absolute and in lower case, the cluster's own zone first. Empty where no server has the plugin `kubernetes`. */
  readonly zones: readonly string[];
  readonly pods: 'insecure' | 'verified' | 'disabled';
  /** Seconds. */
  readonly ttl: number;
  /** Zones below which an unknown name is passed on; `.` stands for all. */
  readonly fallthrough: readonly string[];
  /** The only namespaces that are served; null for all. */
  readonly namespaces: readonly string[] | null;
  readonly endpointPodNames: boolean;
  readonly ignoreEmptyService: boolean;
  /** Whether any other name is asked outside. */
  readonly forward: boolean;
  /** The plugin `cache`; null without it. */
  readonly cache: NameCache | null;
}

/** The `kubernetes` plugin's own defaults (setup.go, kubernetes.go). */
const PLUGIN_DEFAULTS: Corefile = {
  zones: [],
  pods: 'disabled',
  ttl: 5,
  fallthrough: [],
  namespaces: null,
  endpointPodNames: false,
  ignoreEmptyService: false,
  forward: false,
  cache: null,
};

const REVERSE_ZONES = ['in-addr.arpa.', 'ip6.arpa.'];

/** The Corefile that the cluster's CoreDNS runs with. */
export function corefileOf(cluster: Cluster): Corefile {
  const map = cluster.configMaps.find(({ metadata }) => metadata.namespace === 'kube-system' && metadata.name === 'coredns');
  const text = map?.data.Corefile;
  if (text !== undefined) return parseCorefile(text);
  const { zone, pods, ttl } = cluster.settings.dns;
  return { ...PLUGIN_DEFAULTS, zones: [origin(zone), ...REVERSE_ZONES], pods, ttl, fallthrough: REVERSE_ZONES, forward: true };
}

/** The domain that the kubelet writes into search lists: the first zone of CoreDNS that is no reverse zone, without a final dot. */
export function clusterDomain(cluster: Cluster): string {
  const zone = corefileOf(cluster).zones.find((name) => !isReverseZone(name));
  return zone === undefined ? cluster.settings.dns.zone.replace(/\.$/, '') : zone.slice(0, -1);
}

export function isReverseZone(zone: string): boolean {
  return REVERSE_ZONES.some((reverse) => zone === reverse || zone.endsWith(`.${reverse}`));
}

/** Reads the servers' blocks: a line of keys and `{`, lines of plugins, some of which have a block of their own. */
export function parseCorefile(text: string): Corefile {
  let corefile = PLUGIN_DEFAULTS;
  const blocks: (readonly string[])[] = [];
  for (const line of text.split('\n')) {
    const words = line
      .replace(/(^|\s)#.*$/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    const opens = words.at(-1) === '{';
    const said = words.filter((word) => word !== '{' && word !== '}');
    corefile = withLine(corefile, blocks, said);
    if (opens) blocks.push(said);
    else if (words.at(-1) === '}') blocks.pop();
  }
  return corefile;
}

function withLine(corefile: Corefile, blocks: readonly (readonly string[])[], line: readonly string[]): Corefile {
  const [server, plugin] = blocks;
  const [word, ...rest] = line;
  if (server === undefined || word === undefined) return corefile;
  if (plugin?.[0] === 'kubernetes') return withKubernetesLine(corefile, line);
  if (plugin?.[0] === 'cache') return withCacheLine(corefile, line);
  if (plugin !== undefined) return corefile;
  if (word === 'cache') return { ...corefile, cache: cacheOf(rest, server) };
  if (word === 'forward') return { ...corefile, forward: true };
  // Without zones of its own the plugin serves those of the server's block (OriginsFromArgsOrServerBlock).
  return word === 'kubernetes' ? { ...corefile, zones: (rest.length > 0 ? rest : server).map(origin) } : corefile;
}

/** Unless it is told otherwise it remembers an hour, and half an hour of what there is not (plugin/cache, setup.go). */
function cacheOf(said: readonly string[], server: readonly string[]): NameCache {
  const seconds = secondsIn(said[0]);
  const zones = seconds === null ? said : said.slice(1);
  return {
    zones: (zones.length > 0 ? zones : server).map(origin),
    success: { most: seconds ?? 3600, notFor: [] },
    denial: { most: seconds ?? 1800, notFor: [] },
  };
}

/** `success CAPACITY [SECONDS]`, `denial CAPACITY [SECONDS]`, `disable success|denial [ZONES]`. */
function withCacheLine(corefile: Corefile, [word, which, ...rest]: readonly string[]): Corefile {
  const { cache } = corefile;
  const sort = word === 'disable' ? which : word;
  if (cache === null || (sort !== 'success' && sort !== 'denial')) return corefile;
  const kept: Kept =
    word === 'disable'
      ? { ...cache[sort], notFor: rest.length === 0 ? ['.'] : rest.map(origin) }
      : { ...cache[sort], most: secondsIn(rest[0]) ?? cache[sort].most };
  return { ...corefile, cache: { ...cache, [sort]: kept } };
}

function secondsIn(word: string | undefined): number | null {
  return word !== undefined && /^\d+$/.test(word) ? Number(word) : null;
}

function withKubernetesLine(corefile: Corefile, [word, ...rest]: readonly string[]): Corefile {
  const [first] = rest;
  switch (word) {
    case 'pods':
      return first === 'insecure' || first === 'verified' || first === 'disabled' ? { ...corefile, pods: first } : corefile;
    case 'ttl':
      return first !== undefined && /^\d+$/.test(first) ? { ...corefile, ttl: Math.min(Number(first), 3600) } : corefile;
    case 'fallthrough':
      return { ...corefile, fallthrough: rest.length === 0 ? ['.'] : rest.map(origin) };
    case 'namespaces':
      return { ...corefile, namespaces: rest };
    case 'endpoint_pod_names':
      return { ...corefile, endpointPodNames: true };
    case 'ignore':
      return { ...corefile, ignoreEmptyService: first === 'empty_service' };
    default:
      return corefile;
  }
}

/** `cluster.local:53` and `dns://Cluster.Local` name the zone `cluster.local.`. */
function origin(key: string): string {
  return absoluteName(
    key
      .replace(/^[a-z]+:\/\//, '')
      .replace(/:\d+$/, '')
      .replace(/,$/, '')
      .toLowerCase(),
  );
}
