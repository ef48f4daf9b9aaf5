// The template of a workload: when two are the same version, and the Pods that are made from one.

import { usualPullPolicy } from '../kube/decode-pod';
import { isPresent, list, map, type Raw, text } from '../kube/fields';
import type { ApiObject, Labels } from '../kube/meta';
import type { Pod, PodSpec } from '../kube/pod';
import { compareText } from '../kube/ref';
import type { PodTemplate } from '../kube/workload';
import type { Birth } from './birth';
import { ownerReference } from './ownership';

/** Tells the Pods of one version of a Deployment from those of another. */
export const TEMPLATE_HASH_LABEL = 'pod-template-hash';

/** As many Pods as one workload gets here, so that a zero too many does not stop the page. */
export const MOST_REPLICAS = 1000;

// Every look of a controller compares templates, and a template never changes.
const texts = new WeakMap<PodTemplate, string>();

/** The template as a text that is the same for the same version (EqualIgnoreHash). */
export function templateText(template: PodTemplate): string {
  const known = texts.get(template);
  if (known !== undefined) return known;
  const { metadata, spec, written } = template;
  const { [TEMPLATE_HASH_LABEL]: _, ...labels } = metadata.labels;
  const text = JSON.stringify([sortedPairs(labels), sortedPairs(metadata.annotations), spec, unread(map(written.spec), spec)]);
  texts.set(template, text);
  return text;
}

function sortedPairs(labels: Labels): readonly (readonly [string, string])[] {
  return Object.entries(labels).sort(([a], [b]) => compareText(a, b));
}

/** What is written beyond the fields that `PodSpec` has: variables, volumes, limits. A change there is a new version as well. */
function unread(written: Raw, spec: PodSpec): unknown {
  const containers = (field: 'containers' | 'initContainers'): unknown =>
    list(written[field]).map((one) => canonical(unreadOfContainer(map(one))));
  return canonical({
    ...without(written, Object.keys(spec)),
    containers: containers('containers'),
    initContainers: containers('initContainers'),
  });
}

const READ_OF_CONTAINER = ['name', 'image', 'ports', 'command', 'args', 'restartPolicy'];
const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];
const READ_OF_PROBE = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'successThreshold',
  'failureThreshold',
  'exec',
  'tcpSocket',
  'grpc',
];

function unreadOfContainer({ imagePullPolicy, ...container }: Raw): Raw {
  const policy = imagePullPolicy === usualPullPolicy(text(container.image) ?? '') ? {} : { imagePullPolicy };
  const probes = PROBES.filter((field) => isPresent(container[field])).map((field) => [field, unreadOfProbe(map(container[field]))]);
  return { ...without(container, READ_OF_CONTAINER), ...policy, ...Object.fromEntries(probes) };
}

function unreadOfProbe(probe: Raw): Raw {
  return { ...without(probe, READ_OF_PROBE), httpGet: without(map(probe.httpGet), ['path', 'port']) };
}

function without(raw: Raw, fields: readonly string[]): Raw {
  return Object.fromEntries(Object.entries(raw).filter(([field]) => !fields.includes(field)));
}

/** What the API server fills in (SetDefaults_PodSpec, SetDefaults_Container): a paste has it, a manifest rarely. */
const FILLED_IN: Readonly<Record<string, string>> = {
  schedulerName: 'default-scheduler',
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  scheme: 'HTTP',
};

/** The value with its keys in order, and without what is empty or as the API server would fill it in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .map(([key, part]: [string, unknown]) => [key, canonical(part)] as const)
    .filter(([key, part]) => FILLED_IN[key] !== part && !isEmpty(part));
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
}

function isEmpty(value: unknown): boolean {
  return !isPresent(value) || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

export interface Variation {
  readonly name: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly spec?: Partial<PodSpec>;
}

/** A Pod of the template (GetPodFromTemplate), with what its controller adds. */
export function podFrom(
  maker: ApiObject,
  template: PodTemplate,
  { name, labels = {}, annotations = {}, spec = {} }: Variation,
  birth: Birth,
): Pod {
  return {
    kind: 'Pod',
    metadata: {
      name,
      namespace: maker.metadata.namespace,
      labels: { ...template.metadata.labels, ...labels },
      annotations: { ...template.metadata.annotations, ...annotations },
      uid: null,
      creationTimestamp: birth.created,
      deletionTimestamp: null,
      generation: null,
      ownerReferences: [ownerReference(maker)],
    },
    spec: { ...instantiate(template.spec), ...spec },
    status: null,
  };
}

/** Pods on the host network hold their ports on the node; templates do not say so, Pods do (SetDefaults_PodSpec). */
function instantiate(spec: PodSpec): PodSpec {
  if (!spec.hostNetwork) return spec;
  const containers = spec.containers.map((container) => ({
    ...container,
    ports: container.ports.map((port) => ({ ...port, hostPort: port.hostPort ?? port.containerPort })),
  }));
  return { ...spec, containers };
}
