// Speed, as ratios within one run: each group is compared with its first member. Absolute figures depend on the machine and are not kept.

import { bench, describe } from 'vitest';
import { serviceThreePods } from '../gallery/service-three-pods';
import { build } from './built';
import { reuse } from './controlplane/reuse';
import { compile } from './dataplane/compile';
import { recompile } from './dataplane/recompile';
import { dispatch } from './dispatch';
import { load, type ScenarioRequest, send } from './index';
import { cidr } from './net/cidr';
import { PLAYGROUND } from './settings';
import { trace } from './trace/trace';

const ALTOGETHER = { time: 1000, warmupIterations: 2 };

/** Services that share two hundred Pods; the port of one of them may differ. */
function clusterOf(services: number, port = 80): string {
  const pods = Array.from(
    { length: Math.min(services, 200) },
    (_, index) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: pod-${index}, labels: { app: app-${index} } }\nspec: { containers: [{ name: main, image: nginx }] }`,
  );
  const fronts = Array.from(
    { length: services },
    (_, index) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: svc-${index} }\nspec: { selector: { app: app-${index % pods.length} }, ports: [{ port: ${index === 7 ? port : 80}, targetPort: 80 }] }`,
  );
  return [...pods, ...fronts].join('\n---\n');
}

const built = (services: number, port = 80) => build(clusterOf(services, port), { ...PLAYGROUND, serviceCIDR: cidr('10.96.0.0/12') });

describe('one trace of a Service, with all steps and every back end, by the number of Services', () => {
  const request: ScenarioRequest = { from: 'pod/default/pod-0', to: 'http://svc-9/', protocol: 'TCP', via: null };
  for (const services of [100, 1000, 10_000]) {
    const ready = dispatched(built(services), request);
    bench(`${services} Services`, () => void trace(ready.world, ready.request), ALTOGETHER);
  }
});

describe('programming the kernels of 10000 Services', () => {
  const before = built(10_000);
  const cluster = reuse(before.cluster, built(10_000, 81).cluster);
  bench('one of them changed', () => void recompile(before, cluster), ALTOGETHER);
  bench('all of them', () => void compile(before.cluster), { time: 4000, warmupIterations: 1 });
});

describe('the request of the course', () => {
  const loaded = load(serviceThreePods.text);
  const ready = dispatched(loaded.built, serviceThreePods.request);
  bench('traced, with all steps and every back end', () => void trace(ready.world, ready.request), ALTOGETHER);
  bench('traced and told in both languages', () => void send(loaded, serviceThreePods.request, 1), ALTOGETHER);
});

describe('from text to programmed kernels, by the number of Services', () => {
  for (const services of [10, 100, 1000]) {
    const text = clusterOf(services);
    bench(`${services} Services`, () => void load(text), ALTOGETHER);
  }
});

function dispatched(of: ReturnType<typeof built>, request: ScenarioRequest) {
  const ready = dispatch(of, of.world, request);
  if ('problem' in ready) throw new Error(JSON.stringify(ready.problem));
  return ready;
}
