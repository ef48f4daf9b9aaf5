// The cluster of a case that needs no packet: the manifest is read, defaulted and settled, and nothing is compiled.

import type { Cluster, ClusterSettings } from '../controlplane/cluster';
import { settle } from '../controlplane/settle';
import { refOf } from '../kube/meta';
import { formatRef } from '../kube/ref';
import { parseManifest } from '../manifest/parse';
import type { RawObject } from '../manifest/parsed';
import { readObjects } from '../manifest/read';
import { cidr } from '../net/cidr';
import { BARE } from '../settings';

export interface CaseCluster {
  readonly cluster: Cluster;
  /** The written form of each object, by `formatRef`. */
  readonly written: ReadonlyMap<string, RawObject>;
}

/** The settings that all cases share; the Service range is whatever the addresses of the case say. */
export const CASE_SETTINGS: ClusterSettings = { ...BARE, clusterCIDR: cidr('10.244.0.0/16'), serviceCIDR: null };

export function caseCluster(manifest: string, settings: ClusterSettings): CaseCluster {
  const read = readObjects(parseManifest(manifest)).objects;
  const { cluster } = settle(
    read.map(({ object }) => object),
    settings,
  );
  return { cluster, written: new Map(read.map(({ object, raw }) => [formatRef(refOf(object)), raw])) };
}
