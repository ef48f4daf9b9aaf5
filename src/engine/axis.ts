// A cluster over time: what was done to it and when, and its life at every instant that was looked at. Doing something at an instant makes
// all later ones anew. A plain value: to undo is to take an earlier one.
//
//   manifest -> life at rest --advance--> life --interfere--> life --advance--> …        requests look at lives, and change none

import type { Built } from './built';
import type { Cluster } from './controlplane/cluster';
import { settle } from './controlplane/settle';
import { objectNamed } from './controlplane/store';
import { decode } from './kube/decode';
import type { ApiObject } from './kube/meta';
import type { ObjectRef } from './kube/ref';
import type { Service } from './kube/service';
import { parseTimestamp } from './kube/timestamp';
import { type Loaded, load } from './loaded';
import { unreachable } from './net/unreachable';
import { type Json, type JsonMap, type StoredObject, storedObjects } from './objects';
import { snapshotOf } from './snapshot';
import type { Action, Manifest } from './timeline/action';
import { advance, interfere, step } from './timeline/advance';
import { beginLife } from './timeline/begin';
import type { Fault } from './timeline/fault';
import type { Life } from './timeline/life';
import { programmedWorld, worldAt } from './timeline/world';
import type { Snapshot } from './view';

/** 5 January 2026, nine o'clock UTC: where the axis of a cluster begins whose objects do not say how old they are. */
export const BEGINNING = 1_767_603_600_000;

/** Nobody looks further ahead than this, in milliseconds. */
export const LONGEST = 3_600_000;

/** A life is kept at least so often; those between are made again from it. */
const KEPT_EVERY = 2000;

/** A text, and the instant from which on it was the manifest. */
export interface Manifested {
  readonly at: number;
  readonly text: string;
  readonly loaded: Loaded;
}

export interface Axis {
  readonly manifests: readonly [Manifested, ...Manifested[]];
  /** Lives in order of time, the first at 0. */
  readonly lives: readonly [Life, ...Life[]];
}

export type AxisChange =
  | { readonly kind: 'manifest'; readonly text: string }
  | { readonly kind: 'delete'; readonly object: ObjectRef; readonly gracePeriodSeconds: number | null; readonly cascade: boolean }
  | { readonly kind: 'patch'; readonly object: ObjectRef; readonly patch: JsonMap }
  | { readonly kind: 'set-fault' | 'mend-fault'; readonly fault: Fault };

/** How the axis begins: with the cluster at rest, or with an empty one to which the manifest is applied at 0. */
export type Origin = 'rest' | 'nothing';

export function beginAxis(loaded: Loaded, text: string, origin: Origin = 'rest'): Axis {
  const manifests = [{ at: 0, text, loaded }] as const;
  const { cluster, objects } = loaded.built;
  const epoch = epochOf(objects);
  if (origin === 'rest') return { manifests, lives: [beginLife({ cluster, written: objects, epoch })] };
  const ground = objects.filter(isGround);
  const { serviceCIDR, clusterCIDR, second, settings } = cluster;
  const empty = { ...settle(ground, settings).cluster, serviceCIDR, clusterCIDR, second };
  const life = beginLife({ cluster: empty, written: ground, epoch });
  return { manifests, lives: [interfere(life, { kind: 'apply', manifest: manifestOf(loaded, life) })] };
}

/** What stands before anybody applies anything: machines, and how they were set up. */
function isGround(object: ApiObject): boolean {
  return object.kind === 'Node' || object.metadata.namespace === 'kube-system';
}

/** Now: a minute after the youngest object of a paste, else the day on which all axes begin. */
function epochOf(objects: readonly ApiObject[]): number {
  const made = objects.flatMap(({ metadata }) => parseTimestamp(metadata.creationTimestamp ?? '') ?? []);
  return Math.max(BEGINNING, ...made.map((instant) => instant + 60_000));
}

/** The life at an instant. */
export function lifeAt({ lives }: Axis, at: number): Life {
  const until = Math.min(at, LONGEST);
  const before = lives.findLast(({ now }) => now <= until) ?? lives[0];
  return advance(lastEvent(before, until), until);
}

/** So many stretches between two kept lives are remembered event by event: a clock that runs looks at the same one again and again. */
const STRETCHES = 8;

let stretches: readonly { readonly from: Life; readonly lives: Life[] }[] = [];

/** The life behind the last event until the instant. */
function lastEvent(from: Life, until: number): Life {
  const known = stretches.find((each) => each.from === from) ?? { from, lives: [from] };
  if (stretches[0] !== known) stretches = [known, ...stretches.filter((each) => each !== known)].slice(0, STRETCHES);
  const { lives } = known;
  for (let next = step(lives.at(-1) ?? from, until); next !== null; next = step(next, until)) lives.push(next);
  return lives.findLast(({ now }) => now <= until) ?? from;
}

/** The axis with lives kept up to the instant, so that looking at one before it is cheap. */
export function extended(axis: Axis, until: number): Axis {
  const kept: Life[] = [];
  let last = axis.lives.at(-1) ?? axis.lives[0];
  while (last.now + KEPT_EVERY <= Math.min(until, LONGEST)) {
    last = advance(last, last.now + KEPT_EVERY);
    kept.push(last);
  }
  return kept.length === 0 ? axis : { ...axis, lives: [...axis.lives, ...kept] };
}

/** The next instant behind this one at which an object changes; null where none does until then. */
export function nextChange(axis: Axis, at: number, until = LONGEST): number | null {
  const { cluster, ...now } = lifeAt(axis, at);
  let life: Life | null = { cluster, ...now };
  while (life !== null && life.cluster === cluster) life = step(life, Math.min(until, LONGEST));
  return life?.now ?? null;
}

/** Something is done at the instant: what came after it is forgotten. */
export function interfered(axis: Axis, at: number, change: AxisChange): Axis {
  const life = lifeAt(axis, at);
  const before = axis.lives.filter(({ now }) => now < at);
  const [first, ...manifests] = axis.manifests;
  const { action, manifested } = actionOf(axis, life, change);
  const next = action === null ? life : interfere(life, action);
  const earlier = manifests.filter((each) => each.at <= at);
  return {
    manifests: [first, ...earlier, ...(manifested === null ? [] : [manifested])],
    lives: [...before, next] as unknown as Axis['lives'],
  };
}

/** The manifest that is in force at the instant. */
export function manifestAt({ manifests }: Axis, at: number): Manifested {
  return manifests.findLast((each) => each.at <= at) ?? manifests[0];
}

/** The axis whose last manifest is spelt like this. */
export function respelt(axis: Axis, text: string): Axis {
  const [first, ...later] = axis.manifests;
  const last = later.at(-1) ?? first;
  const manifested = { at: last.at, text, loaded: load(text, { previous: last.loaded }) };
  return { ...axis, manifests: later.length === 0 ? [manifested] : [first, ...later.slice(0, -1), manifested] };
}

interface Prepared {
  /** null: there is no such object to change. */
  readonly action: Action | null;
  readonly manifested: Manifested | null;
}

function actionOf(axis: Axis, life: Life, change: AxisChange): Prepared {
  switch (change.kind) {
    case 'manifest': {
      const loaded = load(change.text, { previous: manifestAt(axis, life.now).loaded });
      const manifested = { at: life.now, text: change.text, loaded };
      return { action: { kind: 'apply', manifest: manifestOf(loaded, life) }, manifested };
    }
    case 'patch':
      return { action: patched(axis, life, change), manifested: null };
    case 'delete':
    case 'set-fault':
    case 'mend-fault':
      return { action: change, manifested: null };
    default:
      return unreachable(change);
  }
}

/** Addresses and ports that the cluster has given before stay with their Services. */
function manifestOf({ built }: Loaded, { cluster }: Life): Manifest {
  const objects = built.objects.map((object) => (object.kind === 'Service' ? withGiven(object, cluster.services) : object));
  const target = cluster.services.length === 0 ? built.cluster : settle(objects, built.cluster.settings).cluster;
  return { written: built.objects, target };
}

function withGiven(service: Service, present: readonly Service[]): Service {
  const { name, namespace } = service.metadata;
  const before = present.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  if (before === undefined || before.spec.type === 'ExternalName' || service.spec.type === 'ExternalName') return service;
  const { clusterIPs } = service.spec;
  const isOpen = clusterIPs !== 'None' && clusterIPs.length === 0;
  const ports = service.spec.ports.map((port) => {
    const given = before.spec.ports.find((each) => each.port === port.port && each.protocol === port.protocol)?.nodePort ?? null;
    const wantsOne = service.spec.type === 'NodePort' || service.spec.type === 'LoadBalancer';
    return port.nodePort === null && wantsOne ? { ...port, nodePort: given } : port;
  });
  return {
    ...service,
    spec: { ...service.spec, ports, ...(isOpen && before.spec.clusterIPs !== 'None' ? { clusterIPs: before.spec.clusterIPs } : {}) },
  };
}

/** A merge patch (RFC 7386) on what is stored. Its status is not the client's to write. */
function patched(axis: Axis, life: Life, { object: ref, patch }: Extract<AxisChange, { kind: 'patch' }>): Action | null {
  const present = objectNamed(life.cluster, ref);
  const stored = storedAt(axis, life.now).find(
    (each) => each.kind === ref.kind && each.name === ref.name && each.namespace === ref.namespace,
  );
  if (present === null || stored === undefined) return null;
  const changed = decode(merge(stored.json, patch) as JsonMap);
  const { uid, creationTimestamp, ownerReferences, deletionTimestamp } = present.metadata;
  const metadata = { ...changed.metadata, uid, creationTimestamp, ownerReferences, deletionTimestamp };
  const status = 'status' in present ? { status: present.status } : {};
  return { kind: 'put', object: { ...changed, ...status, metadata } as ApiObject };
}

function merge(target: Json, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const merged: Record<string, Json> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key] ?? null, value);
  }
  return merged;
}

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects at the instant, as the API server would answer. */
export function storedAt(axis: Axis, at: number): readonly StoredObject[] {
  const { cluster, epoch } = lifeAt(axis, at);
  return storedObjects({ cluster, written: manifestAt(axis, at).loaded.built.written }, epoch + at);
}

/** The life as everything else knows a cluster: its objects, its kernels, its places in the text. */
export function loadedAt(axis: Axis, at: number): Loaded {
  const life = lifeAt(axis, at);
  return { built: builtAt(axis, life), snapshot: snapshotAt(axis, life) };
}

const snapshots = new WeakMap<Cluster, { readonly of: Manifested; readonly snapshot: Snapshot }>();

/** What the page sees of a life: the same value as long as no object changes. */
function snapshotAt(axis: Axis, life: Life): Snapshot {
  const of = manifestAt(axis, life.now);
  const known = snapshots.get(life.cluster);
  if (known !== undefined && known.of === of) return known.snapshot;
  const { revision, diagnostics, staleFromLine } = of.loaded.snapshot;
  const built = { ...of.loaded.built, cluster: life.cluster, world: programmedWorld(life) };
  const snapshot = { ...snapshotOf(built, revision), diagnostics, staleFromLine };
  snapshots.set(life.cluster, { of, snapshot });
  return snapshot;
}

/** The same without what is drawn of it. */
export function builtAt(axis: Axis, life: Life): Built {
  const { built } = manifestAt(axis, life.now).loaded;
  return { ...built, cluster: life.cluster, world: worldAt(life) };
}
