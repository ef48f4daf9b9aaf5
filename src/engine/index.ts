// The engine's door: text in, a cluster to look at; a request in, a trace with its evidence and sentences. Everything else stays inside.

import { build } from './built';
import { type Compared, comparison } from './compare';
import type { ClusterSettings } from './controlplane/cluster';
import type { SettingChange } from './controlplane/setting-change';
import { diagnosed } from './diagnosis/diagnose';
import type { Remedy } from './diagnosis/diagnosis';
import { withRemedy } from './diagnosis/remedy';
import { tellDiagnosis } from './diagnosis/tell-diagnosis';
import type { ToldDiagnosis } from './diagnosis/told-diagnosis';
import { type Fix, fixOf } from './fixes';
import type { ObjectRef } from './kube/ref';
import type { Loaded } from './loaded';
import type { SourceRange } from './manifest/parsed';
import { type StoredObject, storedObjects } from './objects';
import { PLAYGROUND } from './settings';
import { diagnosticsOf, placedDiagnostics } from './snapshot';
import { rangeOf } from './sources';
import type { Comparison, Diagnostic, RequestProblem, ScenarioRequest, SettingWritten } from './view';
import { settingWritten } from './written-setting';

export type { ApiChange, ApiSent, ApiServer } from './api-server';
export { LONGEST, type Origin } from './axis';
export { isDeafToTerm } from './controlplane/command-line';
export type { EvictionRefusal } from './controlplane/disruption-budget';
export { containerEnvironment } from './controlplane/service-environment';
export type { About, Command, Remedy, Verdict } from './diagnosis/diagnosis';
export type { ToldCause, ToldCheck, ToldDiagnosis } from './diagnosis/told-diagnosis';
export type { Language, Told } from './explain/language';
export { LANGUAGES } from './explain/language';
export type { Evidence, EvidenceKind, ToldStep, ToldTrace } from './explain/told';
export { type ChainListing, type DeviceInside, type DeviceListing, type Inside, insideOf, type ListeningInside } from './inside';
export { isKnown as isKnownKind, isServed } from './kube/kinds';
export { editDistance } from './kube/nearest';
export { canonicalQuantity, formatBytes, formatMillis, inMillis, parseQuantity } from './kube/quantity';
export { compareText, type ObjectRef } from './kube/ref';
export { kindShape, type Schema, type Shape, shapeOf } from './kube/shape';
export { formatTimestamp, parseTimestamp } from './kube/timestamp';
export { type LabCase, labCase } from './lab-case';
export {
  beginLive,
  change,
  known,
  type Live,
  type LiveChange,
  liveLoaded,
  liveView,
  openSent,
  redo,
  relived,
  seek,
  sendNow,
  undo,
  withSent,
  worded,
} from './live';
export { nextHappening, pendingOf } from './live-ahead';
export { liveServer } from './live-server';
export type * from './live-view';
export { type Loaded, type LoadOptions, load } from './loaded';
export { difference } from './manifest/difference';
export { type KeptObject, mergedText } from './manifest/merge';
export type { SourceRange } from './manifest/parsed';
export { type WithoutSecrets, withoutSecrets } from './manifest/secrets';
export { formatSocket, type IcmpError } from './net/packet';
export type { Json, JsonMap, StoredObject } from './objects';
export { type Sent, type SentMany, send, sendInto, sendMany } from './send';
export type { ServedRequest } from './served';
export { type Environment, serviceVariables } from './service-variables';
export { settledServer } from './settled-server';
export { PARTS } from './timeline/happening';
export type { Hop } from './trace/hops';
export type { Outcome, Place, RuleRead, Step, StepKind, StepOf, Trace, Translation } from './trace/step';
export { type Undone, undoneOf, withUndone } from './undone';
export { holds as caseHolds, type Verified, verifyCase } from './verify/case';
export type * from './view';
export {
  manifestAnd,
  manifestWith,
  manifestWithout,
  type Refusal,
  refusals,
  type Unreadable,
  type WrittenObject,
  type WrittenObjects,
  writtenObjects,
  yamlValue,
} from './written-objects';

/** The text with the fix of one of the snapshot's diagnostics in it; null where it cannot be written alone. */
export function fixed({ built }: Loaded, text: string, diagnostic: number): Fix | null {
  const placed = placedDiagnostics(built)[diagnostic]?.placed ?? null;
  return placed === null ? null : fixOf(built, placed, text);
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

export type Diagnosing =
  | { readonly kind: 'diagnosed'; readonly diagnosis: ToldDiagnosis }
  | { readonly kind: 'refused'; readonly problem: RequestProblem };

/** Why the request fails in the cluster as it is and runs, found by the checks that a person would make; or that it does not. */
export function diagnose(loaded: Loaded, request: ScenarioRequest, seed: number): Diagnosing {
  const found = diagnosed(loaded.built, request, seed);
  return found.kind === 'refused' ? found : { kind: 'diagnosed', diagnosis: tellDiagnosis(found.diagnosis, loaded.built) };
}

/** The text with the remedy of a diagnosis written into it, one field; null where that cannot be done without touching the rest. */
export function writeRemedy(loaded: Loaded, text: string, remedy: Remedy): string | null {
  return withRemedy(loaded.built, text, remedy);
}

/** The text with one setting written where a cluster keeps it; null where that cannot be done without touching the rest. */
export function writeSetting(loaded: Loaded, text: string, change: SettingChange): SettingWritten | null {
  return settingWritten(loaded.built, text, change);
}

/** The objects of the settled cluster, as the API server would answer. */
export function objectsOf(loaded: Loaded): readonly StoredObject[] {
  return storedObjects(loaded.built);
}

/** Where in its text an object is written; of one that a controller made, where the one is that it was made from. null: nowhere. */
export function placeOf({ built }: Loaded, object: ObjectRef): SourceRange | null {
  return rangeOf(built, object, []);
}
