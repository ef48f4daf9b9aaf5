// Runs an environment case of the conformance files: the variables of a Pod's first container.
// What a container declares is read from the manifest as written: it plays no part in the network, so the Pod's type lacks it.

import type { Cluster, RunningPod } from '../controlplane/cluster';
import {
  containerEnvironment,
  type Declarations,
  type DeclaredVariable,
  type Environment,
  serviceEnvironment,
} from '../controlplane/service-environment';
import { refOf } from '../kube/meta';
import { compareText, formatRef } from '../kube/ref';
import { CASE_SETTINGS, caseCluster } from './case-cluster';

export interface EnvCase {
  readonly id: string;
  readonly manifest: string;
  /** `NAMESPACE/NAME`. */
  readonly pod: string;
  /** Services that did not exist yet when the container started: `service/NAMESPACE/NAME`. */
  readonly startedBefore?: readonly string[];
  readonly expect: { readonly env?: Environment };
}

export interface JudgedEnvironment {
  readonly expect: EnvCase['expect'];
  readonly actual: { readonly env: Environment };
  /** null where the case expects nothing. */
  readonly ok: boolean | null;
}

export function judgeEnv(env: EnvCase): JudgedEnvironment {
  const actual = { env: sortedByName(environmentOf(env)) };
  const { expect } = env;
  return { expect, actual, ok: expect.env === undefined ? null : JSON.stringify(sortedByName(expect.env)) === JSON.stringify(actual.env) };
}

function environmentOf(env: EnvCase): Environment {
  const { cluster, written } = caseCluster(env.manifest, CASE_SETTINGS);
  const pod = podNamed(cluster, env.pod);
  const late = new Set(env.startedBefore ?? []);
  const services = cluster.services.filter(({ metadata }) => !late.has(`service/${metadata.namespace}/${metadata.name}`));
  const raw = written.get(formatRef(refOf(pod)))?.value;
  const [container] = listAt(raw, 'spec', 'containers');
  return containerEnvironment(serviceEnvironment(pod, services), declarations(container, cluster, pod.metadata.namespace));
}

function podNamed(cluster: Cluster, name: string): RunningPod {
  const pod = cluster.pods.find(({ metadata }) => name === `${metadata.namespace}/${metadata.name}`);
  if (pod === undefined) throw new Error(`the case asks for the Pod ${name}, which its manifest lacks`);
  return pod;
}

function declarations(container: unknown, cluster: Cluster, namespace: string | null): Declarations {
  const mapNamed = (name: string): Environment =>
    cluster.configMaps.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name)?.data ?? {};
  return {
    from: listAt(container, 'envFrom').map((source) =>
      prefixed(mapNamed(textAt(source, 'configMapRef', 'name')), textAt(source, 'prefix')),
    ),
    env: listAt(container, 'env').map((variable) => declared(variable, mapNamed)),
  };
}

function prefixed(source: Environment, prefix: string): Environment {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [prefix + name, value]));
}

function declared(variable: unknown, mapNamed: (name: string) => Environment): DeclaredVariable {
  const name = textAt(variable, 'name');
  const from = at(variable, 'valueFrom');
  if (from === undefined) return { name, value: textAt(variable, 'value'), expand: true };
  return { name, value: mapNamed(textAt(from, 'configMapKeyRef', 'name'))[textAt(from, 'configMapKeyRef', 'key')] ?? null, expand: false };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path)
    found = typeof found === 'object' && found !== null ? new Map<string, unknown>(Object.entries(found)).get(key) : undefined;
  return found;
}

function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

function sortedByName(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).sort(([a], [b]) => compareText(a, b)));
}
