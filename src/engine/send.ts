// Requests into a loaded cluster: one, or many in one world, each with its trace, its evidence and its sentences.

import { dispatch } from './dispatch';
import { tell } from './explain/tell';
import { namesOf } from './explained-names';
import type { World } from './linux/kernel';
import type { Loaded } from './loaded';
import type { SourceRange } from './manifest/parsed';
import { formatSocket } from './net/packet';
import { sourceOf } from './sources';
import { askedTarget } from './target';
import type { Trace } from './trace/step';
import { trace, walkOnce } from './trace/trace';
import type { RequestProblem, Sample, ScenarioRequest, SentRequest } from './view';

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
