// A text that was read, built and programmed: what the engine keeps between questions. The page sees its snapshot only.

import type { Cluster, ClusterSettings } from './controlplane/cluster';
import { reuse } from './controlplane/reuse';
import { settingsOf } from './controlplane/settings-objects';
import { settle } from './controlplane/settle';
import { compile } from './dataplane/compile';
import { recompile } from './dataplane/recompile';
import type { Finding } from './kube/finding';
import { type ApiObject, refOf } from './kube/meta';
import { formatRef } from './kube/ref';
import type { World } from './linux/kernel';
import { parseManifest } from './manifest/parse';
import type { ParsedManifest, RawObject, SourceRange } from './manifest/parsed';
import { readObjects } from './manifest/read';
import { recordedSettings, reviewRecordings } from './recorded/review';

/** A finding, and the written object that it is about; null where a controller made the object. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly raw: RawObject | null;
  /** Where it is said about something in the text that is no object. */
  readonly range?: SourceRange;
}

export interface Built {
  readonly manifest: ParsedManifest;
  readonly objects: readonly ApiObject[];
  /** The written form of each object, by `formatRef`. */
  readonly written: ReadonlyMap<string, RawObject>;
  readonly cluster: Cluster;
  readonly world: World;
  readonly findings: readonly PlacedFinding[];
}

/** What etcd holds, and how each object was written: to be asked for objects, no kernel has to be programmed. */
export type Storage = Pick<Built, 'cluster' | 'written'>;

export interface BuildOptions {
  /** Settings asked for in so many words: they come before what objects of the text say. */
  readonly chosen?: Partial<ClusterSettings>;
  /** What was built before: what did not change since is taken over. */
  readonly previous?: Built | null;
}

/** Text to world: parse, read, settle, compile. Never throws for what a user can write. */
export function build(text: string, base: ClusterSettings, { chosen = {}, previous = null }: BuildOptions = {}): Built {
  const manifest = parseManifest(text);
  const read = readObjects(manifest);
  const written = new Map(read.objects.map(({ object, raw }) => [formatRef(refOf(object)), raw]));
  const objects = read.objects.map(({ object }) => object);
  const { settings, findings: ofSettings } = settingsOf(objects, { ...base, ...recordedSettings(manifest.recordings) }, chosen);
  const settled = settle(objects, settings);
  const cluster = previous === null ? settled.cluster : reuse(previous.cluster, settled.cluster);
  const world = previous === null ? compile(cluster) : recompile(previous, cluster);
  const placed = [...ofSettings, ...settled.findings].map((finding) => ({ finding, raw: written.get(formatRef(finding.object)) ?? null }));
  const recorded = reviewRecordings(manifest.recordings, cluster, world).map((each) => ({ ...each, raw: null }));
  return { manifest, objects, written, cluster, world, findings: [...read.findings, ...placed, ...recorded] };
}
