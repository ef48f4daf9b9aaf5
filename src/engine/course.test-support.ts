// A mini-language for tests of the whole engine: a text becomes a cluster, a request a trace whose laws were checked, in both languages.

import { expect } from 'vitest';
import { type Built, build } from './built';
import type { ClusterSettings } from './controlplane/cluster';
import { dispatch } from './dispatch';
import { LANGUAGES } from './explain/language';
import { tell } from './explain/tell';
import { namesOf } from './explained-names';
import { formatRoute } from './linux/ip-route';
import { formatRule } from './linux/iptables-save';
import type { Kernel, World } from './linux/kernel';
import type { Chain, Rule, Ruleset, TableName } from './linux/netfilter';
import { bucketsOf, entriesOf } from './net/buckets';
import type { Protocol } from './net/packet';
import { formatSocket } from './net/packet';
import { PLAYGROUND } from './settings';
import { checkTrace } from './trace/laws';
import type { Step, StepKind, StepOf, Trace } from './trace/step';
import { trace } from './trace/trace';

export function cluster(yaml: string, settings: Partial<ClusterSettings> = {}): Built {
  return build(yaml, { ...PLAYGROUND, ...settings });
}

export interface Ask {
  readonly from: string;
  readonly to: string;
  readonly via?: string;
  readonly protocol?: Protocol;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly seed?: number;
}

/** Sends a request into fresh kernels, or into `world`; every law is checked, and every step told. */
export function ask(
  built: Built,
  { from, to, via, protocol, seed, ...http }: Ask,
  world: World = built.world,
): Trace & { readonly world: World } {
  const ready = dispatch(built, world, { from, to, protocol: protocol ?? 'TCP', via: via ?? null, ...http });
  if ('problem' in ready) throw new Error(JSON.stringify(ready.problem));
  const before = { ...ready.world, seed: seed ?? 1 };
  const made = trace(before, ready.request);
  checkTrace({ before, request: ready.request, trace: made.trace, after: made.world });
  everyStepIsTold(built, made.trace);
  return { ...made.trace, world: made.world };
}

function everyStepIsTold(built: Built, made: Trace): void {
  const { steps } = tell(made, namesOf(built.cluster));
  expect(steps).toHaveLength(made.steps.length);
  for (const [index, step] of steps.entries()) {
    for (const language of LANGUAGES) {
      const sentence = step.sentence[language];
      expect(sentence, `step ${index} ${made.steps[index]?.kind} in ${language}`).toMatch(/^.{8,}[.!?]$/su);
      expect(sentence).not.toMatch(/undefined|null|\[object|NaN/u);
    }
  }
}

export function stepsOf<Kind extends StepKind>(made: Trace, kind: Kind): readonly StepOf<Kind>[] {
  return made.steps.filter((step): step is StepOf<Kind> => step.kind === kind);
}

/** The last steps of the request itself, without those of the names. */
export function requestSteps(made: Trace): readonly Step[] {
  return made.steps.filter((step) => step.at.purpose === 'request');
}

/** The text of every rule that matched, in order, as iptables-save prints it. */
export function rulesMatched(made: Trace): readonly string[] {
  return requestSteps(made).flatMap((step) =>
    'reads' in step ? step.reads.filter(({ result }) => result.kind === 'matched').map(({ chain, rule }) => formatRule(chain, rule)) : [],
  );
}

export function routesTaken(made: Trace): readonly string[] {
  return requestSteps(made).flatMap((step) =>
    'route' in step && step.route !== null ? [`${step.at.netns}: ${formatRoute(step.route)}`] : [],
  );
}

export function backendsOf(made: Trace): Readonly<Record<string, number>> {
  return Object.fromEntries(made.backends.map(({ address, probability }) => [formatSocket(address), probability]));
}

/** The world with one kernel changed. */
export function withKernel(world: World, netns: string, change: (kernel: Kernel) => Kernel): World {
  const kernel = world.kernels[netns];
  if (kernel === undefined) throw new Error(`no namespace ${netns}`);
  return { ...world, kernels: { ...world.kernels, [netns]: change(kernel) } };
}

/** The kernel without the rules of a table for which `gone` holds; fails where there is none. */
export function withoutRules(kernel: Kernel, table: TableName, gone: (rule: Rule, chain: string) => boolean): Kernel {
  let taken = 0;
  const kept = (rules: readonly Rule[], chain: string): readonly Rule[] => {
    const rest = rules.filter((rule) => !gone(rule, chain));
    taken += rules.length - rest.length;
    return rest;
  };
  const old = kernel.iptables[table];
  if (old === undefined) throw new Error(`no table ${table}`);
  const thinned = (chain: Chain): [string, Chain] => [chain.name, { ...chain, rules: kept(chain.rules, chain.name) }];
  const chains = Object.fromEntries(Object.values(old.chains).map(thinned));
  const owned = bucketsOf(entriesOf(old.owned).map(([, chain]) => thinned(chain)));
  if (taken === 0) throw new Error('no rule was taken away');
  const iptables: Ruleset = { ...kernel.iptables, [table]: { ...old, chains, owned } };
  return { ...kernel, iptables };
}
