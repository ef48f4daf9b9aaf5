// The spec of a Pod, and templates, as JSON: as they were written, with what controllers and the scheduler changed. What is read from it again
// is what the cluster has; a test holds that.

import { decodePodSpec } from './kube/decode-pod';
import type { PodSpec, Toleration } from './kube/pod';
import type { FilledVolume } from './kube/pod-source';
import type { PodTemplate } from './kube/workload';
import type { Json, JsonMap } from './objects';
import { affinityJson, spreadJson } from './stored-affinity';
import { containersJson } from './stored-container';
import { filled, isSame, jsonMap, mapIn, present, some } from './stored-json';

type Writer<Field extends keyof PodSpec> = (value: PodSpec[Field], written: Json | undefined) => Json;

/** How each field is written that is not as somebody wrote it. */
const WRITERS: { readonly [Field in keyof PodSpec]: Writer<Field> } = {
  containers: containersJson,
  initContainers: (containers, written) => some(containersJson(containers, written)),
  volumes: (volumes) => some(volumes.map(volumeJson)),
  nodeName: (name) => name,
  nodeSelector: filled,
  tolerations: (tolerations) => some(tolerations.map(tolerationJson)),
  affinity: affinityJson,
  topologySpreadConstraints: (constraints) => some(constraints.map(spreadJson)),
  hostNetwork: (value) => (value ? true : null),
  hostname: (name) => name,
  subdomain: (name) => name,
  dnsPolicy: (policy) => policy,
  dnsConfig: (config) =>
    config === null
      ? null
      : present({
          nameservers: some(config.nameservers),
          options: some(config.options.map(({ name, value }) => present({ name, value }))),
          searches: some(config.searches),
        }),
  hostAliases: (aliases) => some(aliases.map(({ hostnames, ip }) => ({ hostnames, ip }))),
  enableServiceLinks: (value) => value,
  restartPolicy: (policy) => policy,
  terminationGracePeriodSeconds: (seconds) => seconds,
  readinessGates: (gates) => some(gates.map((conditionType) => ({ conditionType }))),
};

export function podSpecJson(spec: PodSpec, written: JsonMap): JsonMap {
  const readable = decodePodSpec(written);
  const changed = (Object.keys(WRITERS) as (keyof PodSpec)[]).filter((field) => !isSame(readable[field], spec[field]));
  return present({
    dnsPolicy: spec.dnsPolicy,
    restartPolicy: spec.restartPolicy,
    ...written,
    ...Object.fromEntries(changed.map((field) => [field, fieldJson(field, spec, written[field])])),
  });
}

function fieldJson<Field extends keyof PodSpec>(field: Field, spec: PodSpec, written: Json | undefined): Json {
  return WRITERS[field](spec[field], written);
}

/** A volume of one source and one of several are the same to whoever waits for them. */
function volumeJson({ name, sources }: FilledVolume): JsonMap {
  return { name, projected: { sources: sources.map((source) => ({ [FIELD_OF_SOURCE[source.kind]]: { name: source.name } })) } };
}

const FIELD_OF_SOURCE = { ConfigMap: 'configMap', Secret: 'secret' } as const;

function tolerationJson({ key, operator, value, effect, tolerationSeconds }: Toleration): JsonMap {
  const text = (one: string): Json => (one === '' ? null : one);
  return present({ effect: text(effect), key: text(key), operator, tolerationSeconds, value: text(value) });
}

export function templateJson({ metadata, spec, written }: PodTemplate): JsonMap {
  const raw = jsonMap(written);
  const { labels: _, annotations: __, ...rest } = mapIn(raw, 'metadata');
  return {
    metadata: present({ ...rest, annotations: filled(metadata.annotations), labels: filled(metadata.labels) }),
    spec: podSpecJson(spec, mapIn(raw, 'spec')),
  };
}
