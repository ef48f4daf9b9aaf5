// Values derived from the state. Each returns the same object as long as its inputs are the same, so that components rest.

import type { ClusterView, ProxyModeName, SentRequest, SettingsView } from '../engine/index';
import { type Journey, journeyOf, NO_JOURNEY, type TraceStep } from './journey';
import type { AppState } from './state';

export type ToldStep = SentRequest['told']['steps'][number];

const NO_STEPS: readonly TraceStep[] = [];
const NO_TOLD: readonly ToldStep[] = [];

/** The cluster as drawn; null before the first answer. */
export const clusterView = (state: AppState): ClusterView | null => (state.live?.snapshot ?? state.snapshot)?.view ?? null;

/** The settings in force, with the one that was just chosen; null before the first answer. */
export function shownSettings(settings: SettingsView | null, pending: AppState['pendingSetting']): SettingsView | null {
  return settings === null || pending === null ? settings : { ...settings, [pending.setting]: pending.value };
}

/** The mode that the comparison sets beside the one in force: the reader's choice, else one that works otherwise. */
export function otherMode(state: AppState): ProxyModeName {
  const here = clusterView(state)?.settings.proxyMode ?? 'iptables';
  const chosen = state.otherMode;
  if (chosen !== null && chosen !== here) return chosen;
  return here === 'iptables' ? 'ipvs' : 'iptables';
}

export const traceSteps = (state: AppState): readonly TraceStep[] => state.sent?.told.trace.steps ?? NO_STEPS;

export const toldSteps = (state: AppState): readonly ToldStep[] => state.sent?.told.steps ?? NO_TOLD;

export const currentStep = (state: AppState): TraceStep | null => traceSteps(state)[state.playback.step] ?? null;

export const currentTold = (state: AppState): ToldStep | null => toldSteps(state)[state.playback.step] ?? null;

/** Whether nobody answered, or with a fault of the program, or the client could not even ask. */
export function hasFailed({ sent, problem }: AppState): boolean {
  if (problem !== null) return problem.code === 'source-not-running';
  const outcome = sent?.told.trace.outcome;
  if (outcome === undefined) return false;
  return outcome.kind !== 'delivered' || (outcome.status ?? 0) >= 500;
}

const journeys = new WeakMap<readonly TraceStep[], Journey>();

/** The trace as lines and stops. */
export function journey(state: AppState): Journey {
  const steps = traceSteps(state);
  if (steps.length === 0) return NO_JOURNEY;
  const known = journeys.get(steps) ?? journeyOf(steps);
  journeys.set(steps, known);
  return known;
}

export const language = (state: AppState): AppState['preferences']['language'] => state.preferences.language;

/** The places in the text behind the trace's evidence; null while the text is not the one that the trace was made from. */
export function traceSources(state: AppState): SentRequest['sources'] | null {
  const isOfText = state.live === null ? state.sent?.revision === state.revision : state.live.manifest === state.scenario.text;
  const current = isOfText && state.snapshot?.staleFromLine === null;
  return current ? (state.sent?.sources ?? null) : null;
}
