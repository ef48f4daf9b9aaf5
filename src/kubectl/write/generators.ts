// The objects that `create`, `run` and `expose` make of their flags, as `--dry-run=client -o yaml` prints them: with the empty parts that
// Go's types always write (`status: {}`). What goes into the manifest leaves those out, as a person would.

import type { Json, JsonMap } from '../../engine/index';
import { isList, isMap } from '../fields';

export type Labels = Readonly<Record<string, string>>;

/** With only those of the fields that are there. */
export function present(fields: Readonly<Record<string, Json | undefined>>): JsonMap {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}

export interface Named {
  readonly name: string;
  /** Named in the object only where the command names one. */
  readonly namespace: string | undefined;
}

export function metadata({ name, namespace }: Named, labels?: Labels): JsonMap {
  return present({ name, namespace, labels: labels === undefined || Object.keys(labels).length === 0 ? undefined : labels });
}

/** The object as it is written by hand: no status, no empty mapping of which nothing follows. */
export function asWritten(object: JsonMap): JsonMap {
  const { status: _, ...written } = object;
  return withoutEmpty(written, ['metadata', 'resources', 'spec', 'strategy']);
}

function withoutEmpty(value: JsonMap, keys: readonly string[]): JsonMap {
  const within = (inner: Json): Json => (isList(inner) ? inner.map(within) : isMap(inner) ? withoutEmpty(inner, keys) : inner);
  const kept = Object.entries(value).filter(([key, inner]) => !(keys.includes(key) && isMap(inner) && Object.keys(inner).length === 0));
  return Object.fromEntries(kept.map(([key, inner]) => [key, within(inner)]));
}

export interface DeploymentWish extends Named {
  readonly images: readonly string[];
  readonly replicas: number;
  readonly port: number | undefined;
  readonly command: readonly string[];
}

export function deployment({ images, replicas, port, command, ...named }: DeploymentWish): JsonMap {
  const labels = { app: named.name };
  const containers = images.map((image, index) =>
    present({
      name: containerName(image),
      image,
      command: command.length === 0 ? undefined : command,
      ports: port === undefined || index > 0 ? undefined : [{ containerPort: port }],
      resources: {},
    }),
  );
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(named, labels),
    spec: { replicas, selector: { matchLabels: labels }, strategy: {}, template: { metadata: { labels }, spec: { containers } } },
    status: {},
  };
}

/** The last part of the image's path without tag and digest; what a name may not hold becomes a hyphen, and five letters tell it from others. */
function containerName(image: string): string {
  const [base = ''] = (image.split('/').at(-1) ?? '').split(/[:@]/);
  return /[_.]/.test(base) ? `${base.replace(/[_.]/g, '-')}-${letters(image)}` : base;
}

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Where kubectl throws dice: the same image has the same letters. */
function letters(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return Array.from({ length: 5 }, (_, index) => SUFFIX_LETTERS[Math.floor(hash / 27 ** index) % 27] ?? 'b').join('');
}

export interface ServiceWish extends Named {
  readonly type: string;
  /** `80`, `80:8080`, `80:http`. */
  readonly ports: readonly TcpPort[];
  readonly nodePort: number | undefined;
  readonly clusterIP: string | undefined;
  readonly externalName: string | undefined;
}

export interface TcpPort {
  readonly written: string;
  readonly port: number;
  readonly targetPort: number | string;
}

export function service({ type, ports, nodePort, clusterIP, externalName, ...named }: ServiceWish): JsonMap {
  const labels = { app: named.name };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(named, labels),
    spec: present({
      type,
      externalName,
      clusterIP,
      selector: labels,
      ports:
        ports.length === 0
          ? undefined
          : ports.map(({ written, port, targetPort }) =>
              present({ name: written.replace(':', '-'), port, protocol: 'TCP', targetPort, nodePort }),
            ),
    }),
    status: { loadBalancer: {} },
  };
}

/** As many of a Service's fields as `expose` sets. */
export function exposing(named: Named, labels: Labels, spec: JsonMap): JsonMap {
  return { apiVersion: 'v1', kind: 'Service', metadata: metadata(named, labels), spec, status: { loadBalancer: {} } };
}

export function configMap(named: Named, entries: Labels): JsonMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(named),
    ...(Object.keys(entries).length === 0 ? {} : { data: entries }),
  };
}

export function secret(named: Named, entries: Labels, type: string | undefined): JsonMap {
  const encoded = Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, base64(value)]));
  return present({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata(named),
    type,
    data: Object.keys(encoded).length === 0 ? undefined : encoded,
  });
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Of the text in UTF-8. */
export function base64(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const four = [18, 12, 6, 0].map((shift) => DIGITS[(bits >> shift) & 63]).join('');
    out += four.slice(0, Math.min(4, bytes.length - at + 1)).padEnd(4, '=');
  }
  return out;
}

export function namespace(name: string): JsonMap {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} };
}

export function serviceAccount(named: Named): JsonMap {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(named) };
}

export interface JobWish extends Named {
  readonly image: string;
  readonly command: readonly string[];
  readonly restartPolicy: string;
}

export function job(wish: JobWish): JsonMap {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: metadata(wish), spec: jobSpec(wish), status: {} };
}

function jobSpec({ name, image, command, restartPolicy }: JobWish): JsonMap {
  const container = present({ name, image, command: command.length === 0 ? undefined : command, resources: {} });
  return { template: { metadata: {}, spec: { containers: [container], restartPolicy } } };
}

export function cronJob({ schedule, ...wish }: JobWish & { readonly schedule: string }): JsonMap {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(wish),
    spec: { schedule, jobTemplate: { metadata: { name: wish.name }, spec: jobSpec(wish) } },
    status: {},
  };
}

export interface PodWish extends Named {
  readonly image: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly env: readonly JsonMap[];
  readonly port: number | undefined;
  readonly words: readonly string[];
  /** The words are the command, not its arguments. */
  readonly isCommand: boolean;
  readonly restartPolicy: string;
  readonly imagePullPolicy: string | undefined;
  readonly interactive: { readonly stdin: boolean; readonly tty: boolean };
}

export function pod({
  image,
  labels,
  annotations,
  env,
  port,
  words,
  isCommand,
  restartPolicy,
  imagePullPolicy,
  interactive,
  ...named
}: PodWish): JsonMap {
  const said = words.length === 0 ? undefined : words;
  const container = present({
    name: named.name,
    image,
    imagePullPolicy,
    command: isCommand ? said : undefined,
    args: isCommand ? undefined : said,
    env: env.length === 0 ? undefined : env,
    ports: port === undefined ? undefined : [{ containerPort: port }],
    resources: {},
    ...(interactive.stdin ? { stdin: true, stdinOnce: true } : {}),
    ...(interactive.tty ? { tty: true } : {}),
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata(named, labels), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy },
    status: {},
  };
}

export function autoscaler(named: Named, spec: JsonMap): JsonMap {
  return { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: metadata(named), spec, status: {} };
}
