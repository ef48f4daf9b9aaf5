// One cluster and its requests through the laboratory: built once, every request compared, the lost ones together.

import { type Built, build } from '../../src/engine/built';
import type { ClusterSettings } from '../../src/engine/controlplane/cluster';
import { dispatch } from '../../src/engine/dispatch';
import { labCase } from '../../src/engine/lab-case';
import type { World } from '../../src/engine/linux/kernel';
import { PLAYGROUND } from '../../src/engine/settings';
import type { ScenarioRequest } from '../../src/engine/view';
import { beyond } from './ability';
import { compareLost, compareRequest, isLost } from './compare';
import { type Expected, expectedOf } from './expected';
import type { Laboratory } from './lab';
import { routeLines } from './wiring';

export interface Scenario {
  readonly text: string;
  readonly settings: Partial<ClusterSettings>;
  readonly requests: readonly ScenarioRequest[];
}

/** What became of one request. */
export type Verdict =
  | { readonly kind: 'agreed'; readonly request: ScenarioRequest; readonly endings: readonly string[] }
  | { readonly kind: 'differed'; readonly request: ScenarioRequest; readonly differences: readonly string[] }
  | { readonly kind: 'skipped'; readonly request: ScenarioRequest; readonly reason: string };

export async function compareScenario(lab: Laboratory, { text, settings, requests }: Scenario): Promise<readonly Verdict[]> {
  const built = build(text, PLAYGROUND, { chosen: settings });
  const missing = beyond(built.cluster.settings);
  if (missing !== null) return requests.map((request) => ({ kind: 'skipped', request, reason: missing }));
  const world = withEveryHost(built, requests);
  const verdicts = new Map<ScenarioRequest, Verdict>();
  const ready = new Map<ScenarioRequest, Expected>();
  for (const request of requests) {
    const expected = expectedOf(built, world, request);
    if ('reason' in expected) verdicts.set(request, { kind: 'skipped', request, reason: expected.reason });
    else ready.set(request, expected);
  }
  await lab.build({ world, texts: labCase({ built }), outsidePorts: portsOf(built, [...ready.values()]) });
  const note = (request: ScenarioRequest, differences: readonly string[]): void => {
    const endings = [...new Set(ready.get(request)?.endings.map(({ kind }) => kind))];
    verdicts.set(request, differences.length === 0 ? { kind: 'agreed', request, endings } : { kind: 'differed', request, differences });
  };
  for (const [request, expected] of ready) if (!isLost(expected)) note(request, await compareRequest(lab, expected));
  for (const group of together([...ready].filter(([, expected]) => isLost(expected)))) {
    const found = await compareLost(
      lab,
      group.map(([, expected]) => expected),
    );
    for (const [index, [request, expected]] of group.entries())
      note(request, (found[index] ?? []).length === 0 ? [] : await compareRequest(lab, expected));
  }
  return requests.flatMap((request) => verdicts.get(request) ?? []);
}

/** The world that holds every host outside which a request names. */
function withEveryHost(built: Built, requests: readonly ScenarioRequest[]): World {
  return requests.reduce((world, request) => {
    const ready = dispatch(built, world, request);
    return 'problem' in ready ? world : ready.world;
  }, built.world);
}

function portsOf({ cluster }: Built, asked: readonly Expected[]): readonly number[] {
  const written = cluster.endpointSlices.flatMap(({ ports }) => ports.flatMap(({ port }) => port ?? []));
  return [...new Set([80, ...written, ...asked.map(({ port }) => port)])].filter((port) => port > 0);
}

/** Requests that need the same routes. */
function together(lost: readonly (readonly [ScenarioRequest, Expected])[]): readonly (readonly (readonly [ScenarioRequest, Expected])[])[] {
  const groups = new Map<string, (readonly [ScenarioRequest, Expected])[]>();
  for (const one of lost) {
    const outside = Object.values(one[1].world.kernels).filter(({ netns }) => !/^(node|pod)\//.test(netns));
    const key = JSON.stringify(outside.map((kernel) => [...routeLines(kernel, 4), ...routeLines(kernel, 6)]));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** A request as one types it. */
export function formatRequest({ from, to, protocol, via }: ScenarioRequest): string {
  return `${protocol} ${from} -> ${to}${via === null ? '' : ` by way of ${via}`}`;
}
