// The same request under another mode of kube-proxy: the objects stay as they are, the nodes are programmed anew, and both requests
// begin on fresh kernels with the same dice.

import type { Built } from './built';
import type { ProxyModeName } from './controlplane/cluster';
import { compile } from './dataplane/compile';
import { dispatch } from './dispatch';
import { tell } from './explain/tell';
import type { ToldTrace } from './explain/told';
import { namesOf } from './explained-names';
import { compareText } from './kube/ref';
import { formatSocket, type SocketAddress } from './net/packet';
import { askedTarget } from './target';
import { trace } from './trace/trace';
import type { Comparison, Difference, ModeResult, RequestProblem, ScenarioRequest } from './view';

export interface Compared {
  readonly request: ScenarioRequest;
  readonly seed: number;
  /** The mode that is set beside the one in force. */
  readonly mode: ProxyModeName;
}

/** Both results and what differs between them, or why the request makes no sense in either. */
export function comparison(
  built: Built,
  { request, seed, mode }: Compared,
): Omit<Comparison, 'revision'> | { readonly problem: RequestProblem } {
  const here = resultIn(built, request, seed);
  if ('problem' in here) return here;
  const there = resultIn(programmed(built, mode), request, seed);
  if ('problem' in there) return there;
  return { here, there, differences: differences(here, there) };
}

/** What the controllers made does not depend on kube-proxy: only the nodes are compiled again. */
function programmed(built: Built, proxyMode: ProxyModeName): Built {
  const { cluster } = built;
  if (cluster.settings.proxyMode === proxyMode) return built;
  const other = { ...cluster, settings: { ...cluster.settings, proxyMode } };
  return { ...built, cluster: other, world: compile(other) };
}

function resultIn(built: Built, request: ScenarioRequest, seed: number): ModeResult | { readonly problem: RequestProblem } {
  const ready = dispatch(built, built.world, request);
  if ('problem' in ready) return ready;
  const made = trace({ ...ready.world, seed: seed >>> 0 }, ready.request).trace;
  return modeResult(built.cluster.settings.proxyMode, tell(made, namesOf(built.cluster), askedTarget(request)));
}

function modeResult(mode: ProxyModeName, told: ToldTrace): ModeResult {
  const { outcome, backends, steps } = told.trace;
  const way = steps.filter(({ at }) => at.purpose === 'request' && at.direction === 'original');
  return {
    mode,
    outcome: outcome.kind,
    status: 'status' in outcome ? outcome.status : null,
    summary: told.summary,
    backends: backends
      .map(({ address, owner, probability }) => ({ address: socketText(address), owner, probability }))
      .sort((a, b) => compareText(a.address, b.address)),
    seenSource: outcome.kind === 'delivered' ? outcome.seenSource.ip : null,
    rulesRead: way.reduce((sum, step) => sum + ('rulesRead' in step ? step.rulesRead : 0), 0),
    chosenBy: chosenBy(told),
  };
}

/** A ping has no port. */
function socketText(address: SocketAddress): string {
  return address.port === 0 ? address.ip : formatSocket(address);
}

/** What gave the request's packet its new destination: the last line that applied at that stop. */
function chosenBy({ trace: { steps }, steps: words }: ToldTrace): string | null {
  const index = steps.findIndex(
    (step) =>
      step.at.purpose === 'request' &&
      step.kind === 'hook-passed' &&
      step.translations.some(({ which, by }) => which === 'destination' && by !== 'connection'),
  );
  const kinds = ['iptables-rule', 'nft-rule', 'ipvs'];
  return words[index]?.evidence.findLast(({ kind, matched }) => matched === true && kinds.includes(kind))?.text ?? null;
}

function differences(here: ModeResult, there: ModeResult): readonly Difference[] {
  const told: readonly (readonly [Difference, boolean])[] = [
    ['outcome', here.outcome !== there.outcome || here.status !== there.status],
    ['backends', backendsText(here) !== backendsText(there)],
    ['source', here.seenSource !== there.seenSource],
    ['rules', here.rulesRead !== there.rulesRead],
  ];
  return told.flatMap(([what, differs]) => (differs ? [what] : []));
}

function backendsText({ backends }: ModeResult): string {
  return backends.map(({ address, probability }) => `${address} ${probability.toFixed(9)}`).join();
}
