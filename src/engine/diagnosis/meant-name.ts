// What a host name stands for in a cluster: the Service that the client means, by the search path of its Pod and the cluster's domain.

import { clusterDomain } from '../dataplane/corefile';
import { BUILT_IN_NAMESPACES } from '../kube/namespace';
import { mostSimilar } from '../kube/nearest';
import type { Given } from './given';

export interface MeantService {
  readonly name: string;
  readonly namespace: string;
  /** `web.shop.svc.cluster.local`. */
  readonly full: string;
  /** The name ends in another domain than the cluster's. */
  readonly wrongDomain: boolean;
}

/** null: the name is one of the world outside. */
export function meantService(given: Given, host: string): MeantService | null {
  const domain = clusterDomain(given.cluster);
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const [name = '', namespace, third, ...rest] = labels;
  const meant = (space: string, wrongDomain = false): MeantService => ({
    name,
    namespace: space,
    full: `${name}.${space}.svc.${domain}`,
    wrongDomain,
  });
  if (namespace === undefined) return meant(given.home ?? 'default');
  if (third === 'svc') return meant(namespace, rest.length > 0 && rest.join('.') !== domain);
  const inner = labels.slice(-2 - domain.split('.').length - 1);
  if (labels.length > 3 && host.toLowerCase().replace(/\.$/, '').endsWith(`.svc.${domain}`))
    return { name: inner[0] ?? name, namespace: inner[1] ?? '', full: `${inner[0]}.${inner[1]}.svc.${domain}`, wrongDomain: false };
  return labels.length === 2 && looksInside(given, name, namespace) ? meant(namespace) : null;
}

/** `web.shop`: the second word is a namespace, or almost one, or the first is a Service. */
function looksInside(given: Given, name: string, namespace: string): boolean {
  const known = namespacesOf(given);
  return (
    known.includes(namespace) ||
    given.cluster.services.some(({ metadata }) => metadata.name === name) ||
    mostSimilar(namespace, known) !== null
  );
}

/** Those that are written, and those in which something is. */
export function namespacesOf({ cluster }: Given): readonly string[] {
  const used = [...cluster.services, ...cluster.pods].flatMap(({ metadata }) => metadata.namespace ?? []);
  return [...new Set([...BUILT_IN_NAMESPACES, ...cluster.namespaces.map(({ metadata }) => metadata.name), ...used])].sort();
}
