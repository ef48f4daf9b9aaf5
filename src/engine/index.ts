// The engine's door: text in, a cluster to look at; a request in, a trace with its evidence and sentences. Everything else stays inside.

import { type Built, build } from './built';
import { type Compared, comparison } from './compare';
import type { ClusterSettings } from './controlplane/cluster';
import type { SettingChange } from './controlplane/setting-change';
import { dispatch } from './dispatch';
import { tell } from './explain/tell';
import { namesOf } from './explained-names';
import type { World } from './linux/kernel';
import type { SourceRange } from './manifest/parsed';
import { formatSocket } from './net/packet';
import { type StoredObject, storedObjects } from './objects';
import { PLAYGROUND } from './settings';
import { diagnosticsOf, snapshotOf } from './snapshot';
import { sourceOf } from './sources';
import { askedTarget } from './target';
import type { Trace } from './trace/step';
import { trace, walkOnce } from './trace/trace';
import type { Comparison, Diagnostic, RequestProblem, Sample, ScenarioRequest, SentRequest, SettingWritten, Snapshot } from './view';
import { settingWritten } from './written-setting';

export type { Language, Told } from './explain/language';
export { LANGUAGES } from './explain/language';
export type { Evidence, EvidenceKind, ToldStep, ToldTrace } from './explain/told';
export { editDistance } from './kube/nearest';
export { type LabCase, labCase } from './lab-case';
export type { SourceRange } from './manifest/parsed';
export { formatSocket } from './net/packet';
export type { Json, JsonMap, StoredObject } from './objects';
export type { Hop } from './trace/hops';
export type { Outcome, Place, RuleRead, Step, StepKind, Trace, Translation } from './trace/step';
export { holds as caseHolds, type Verified, verifyCase } from './verify/case';
export type * from './view';

/** A text that was read and built. */
export interface Loaded {
  readonly snapshot: Snapshot;
  readonly built: Built;
}

export interface LoadOptions {
  readonly revision?: number;
  readonly settings?: Partial<ClusterSettings>;
  /** What was loaded before: it stays in view while the new text cannot be read. */
  readonly previous?: Loaded;
}

/** Reads the text and builds its cluster. A text with a part that is no YAML keeps the cluster of the previous one, if there is any. */
export function load(text: string, options: LoadOptions = {}): Loaded {
  const built = build(text, PLAYGROUND, { chosen: options.settings ?? {}, previous: options.previous?.built ?? null });
  const revision = options.revision ?? 0;
  const snapshot = snapshotOf(built, revision);
  const [problem] = built.manifest.problems;
  if (problem === undefined || options.previous === undefined) return { snapshot, built };
  const staleFromLine = text.slice(0, problem.range.from).split('\n').length;
  return {
    built: options.previous.built,
    snapshot: { ...options.previous.snapshot, revision, diagnostics: snapshot.diagnostics, staleFromLine },
  };
}

export type Sent =
  | { readonly kind: 'sent'; readonly sent: SentRequest; readonly world: World }
  | { readonly kind: 'refused'; readonly problem: RequestProblem };

/** Sends one request into the world as it was built: fresh kernels, dice at `seed`. */
export function send(loaded: Loaded, request: ScenarioRequest, seed: number): Sent {
  return sendInto(loaded, { world: loaded.built.world, request, seed });
}

/** Sends it into a world that others have been sent into before; the world behind it comes with the answer. */
export function sendInto(loaded: Loaded, { world, request, seed }: { world: World; request: ScenarioRequest; seed: number }): Sent {
  const ready = dispatch(loaded.built, world, request);
  if ('problem' in ready) return { kind: 'refused', problem: ready.problem };
  const { trace: made, world: after } = trace({ ...ready.world, seed: seed >>> 0 }, ready.request);
  return { kind: 'sent', world: after, sent: told(loaded, { request, seed, trace: made }) };
}

function told(loaded: Loaded, { request, seed, trace: made }: { request: ScenarioRequest; seed: number; trace: Trace }): SentRequest {
  const explained = tell(made, namesOf(loaded.built.cluster), askedTarget(request));
  const sources: Record<string, SourceRange> = {};
  for (const { provenance } of explained.steps.flatMap((step) => step.evidence)) {
    const range = sources[provenance] === undefined ? sourceOf(loaded.built, provenance) : null;
    if (range !== null) sources[provenance] = range;
  }
  return { revision: loaded.snapshot.revision, request, seed, told: explained, sources };
}

/** Many requests in one world, one after the other, and a way to open each of them. */
export type SentMany =
  | { readonly kind: 'sent'; readonly samples: readonly Sample[]; readonly open: (index: number) => SentRequest | null }
  | { readonly kind: 'refused'; readonly problem: RequestProblem };

export function sendMany(loaded: Loaded, request: ScenarioRequest, seed: number, count: number): SentMany {
  const first = dispatch(loaded.built, loaded.built.world, request);
  if ('problem' in first) return { kind: 'refused', problem: first.problem };
  const samples: Sample[] = [];
  const worlds: World[] = [];
  let world: World = { ...first.world, seed: seed >>> 0 };
  for (let index = 0; index < count; index += 1) {
    const walk = walkOnce(world, first.request);
    worlds.push(world);
    samples.push(sampleOf(walk, index));
    world = walk.world;
  }
  return {
    kind: 'sent',
    samples,
    // A sample is opened by walking it again, in the world that it was walked in: worlds share what did not change.
    open: (index) => {
      const before = worlds[index];
      return before === undefined ? null : told(loaded, { request, seed, trace: trace(before, first.request).trace });
    },
  };
}

function sampleOf({ steps, outcome }: Pick<Trace, 'steps' | 'outcome'>, index: number): Sample {
  const sent = steps.find((step) => step.kind === 'sent' && step.at.purpose === 'request');
  return {
    index,
    outcome: outcome.kind,
    backend: outcome.kind === 'delivered' ? formatSocket(outcome.backend) : null,
    pod: outcome.kind === 'delivered' ? outcome.owner : null,
    clientPort: sent?.skb?.packet.source.port ?? 0,
  };
}

/** Everything that is wrong with a text, or could be better. */
export function check(text: string, settings: Partial<ClusterSettings> = {}): readonly Diagnostic[] {
  return diagnosticsOf(build(text, PLAYGROUND, { chosen: settings }));
}

export type Contrasted =
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  | { readonly kind: 'refused'; readonly problem: RequestProblem };

/** The request in the mode that is in force and in another one. */
export function compare(loaded: Loaded, asked: Compared): Contrasted {
  const made = comparison(loaded.built, asked);
  if ('problem' in made) return { kind: 'refused', problem: made.problem };
  return { kind: 'compared', comparison: { revision: loaded.snapshot.revision, ...made } };
}

/** The text with one setting written where a cluster keeps it; null where that cannot be done without touching the rest. */
export function writeSetting(loaded: Loaded, text: string, change: SettingChange): SettingWritten | null {
  return settingWritten(loaded.built, text, change);
}

/** The objects of the settled cluster, as the API server would answer. */
export function objectsOf(loaded: Loaded): readonly StoredObject[] {
  return storedObjects(loaded.built);
}
