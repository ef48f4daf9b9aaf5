// How a test breaks a cluster of which it knows the roles alone: the Service that a request is for, what makes the Pods behind it, the client.

import { parseAllDocuments } from 'yaml';
import { type Built, build } from '../built';
import type { ClusterSettings } from '../controlplane/cluster';
import type { World } from '../linux/kernel';
import { PLAYGROUND } from '../settings';
import type { ScenarioRequest } from '../view';
import type { CauseFact } from './cause-fact';
import type { TestWorld } from './worlds.test-support';

// biome-ignore lint/suspicious/noExplicitAny: objects as somebody wrote them
export type Written = any;

/** A broken cluster, and a request into it. */
export interface Broken {
  readonly built: Built;
  readonly world: World;
  readonly request: ScenarioRequest;
  readonly text: string;
  readonly settings: Partial<ClusterSettings>;
}

export interface Fault {
  readonly name: string;
  readonly set: (world: TestWorld) => Broken;
  readonly code: CauseFact['code'];
  /** The object at fault: its kind and a part of its name; null where nothing of the API is. */
  readonly object: ((world: TestWorld) => { readonly kind: string; readonly name: string | RegExp }) | null;
  /** How many of the requests fail, where that is not all of them; `any`: as many as the world has it. */
  readonly share?: 'some' | 'any';
}

export function objectsIn(text: string): Written[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

export function textOf(objects: readonly Written[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

/** The cluster as it is meant. */
export function sound(world: TestWorld): Broken {
  return broken(world, {});
}

export function broken(
  { text, settings, request }: TestWorld,
  change: { text?: string; settings?: Partial<ClusterSettings>; request?: Partial<ScenarioRequest>; world?: (built: Built) => World },
): Broken {
  const all = { ...settings, ...change.settings };
  const changed = change.text ?? text;
  const built = build(changed, PLAYGROUND, { chosen: all });
  return { built, world: change.world?.(built) ?? built.world, request: { ...request, ...change.request }, text: changed, settings: all };
}

// The parts of a cluster that play a role, whatever they are called

export function serviceIn(objects: Written[], { service }: TestWorld): Written {
  return objects.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.namespace === service.namespace && metadata.name === service.name,
  );
}

export function clientIn(objects: Written[], { client }: TestWorld): Written {
  return objects.find(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === client.namespace && metadata.name === client.name);
}

/** What makes the Pods behind the Service: templates of workloads, or Pods themselves. */
export function makersIn(objects: Written[], world: TestWorld): Written[] {
  const { namespace } = world.service;
  const selector: Record<string, string> = serviceIn(objects, world)?.spec.selector ?? {};
  return objects.filter((object) => {
    if (!['Pod', 'Deployment'].includes(object.kind) || object.metadata.namespace !== namespace) return false;
    const labels = templateOf(object).metadata.labels ?? {};
    return Object.entries(selector).every(([key, value]) => labels[key] === value);
  });
}

export function templateOf(object: Written): Written {
  return object.kind === 'Pod' ? object : object.spec.template;
}

export interface Roles {
  readonly objects: Written[];
  readonly service: Written;
  readonly makers: Written[];
  /** Of the Pods behind the Service. */
  readonly templates: Written[];
  readonly client: Written;
  readonly world: TestWorld;
}

export function rolesOf(world: TestWorld): Roles {
  const objects = objectsIn(world.text);
  const makers = makersIn(objects, world);
  return {
    objects,
    service: serviceIn(objects, world),
    makers,
    templates: makers.map(templateOf),
    client: clientIn(objects, world),
    world,
  };
}

/** A fault in the objects; what is returned takes their place. */
export function inText(change: (roles: Roles) => Written[] | undefined): Fault['set'] {
  return (world) => {
    const roles = rolesOf(world);
    const changed = change(roles);
    return broken(world, { text: textOf(changed ?? roles.objects) });
  };
}

/** A fault in the world that runs, while the objects are as they should be. */
export function running(
  change: (built: Built, world: TestWorld, other: (change: (roles: Roles) => Written[] | undefined) => Built) => World,
): Fault['set'] {
  return (world) => broken(world, { world: (built) => change(built, world, (edit) => inText(edit)(world).built) });
}

export const theService: Fault['object'] = ({ service }) => ({ kind: 'Service', name: service.name });
export const theClient: Fault['object'] = ({ client }) => ({ kind: 'Pod', name: client.name });
export const theMaker: Fault['object'] = (world) => {
  const [maker] = makersIn(objectsIn(world.text), world);
  return { kind: maker.kind, name: maker.metadata.name };
};

export function port(objects: { service: Written }): Written {
  return objects.service.spec.ports[0];
}

export function policy(namespace: string, labels: Record<string, string>, spec: object): Written {
  const metadata = { name: 'surprise', namespace };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: { podSelector: { matchLabels: labels }, ...spec } };
}

/** The Service kube-dns as the playground adds it, to be written otherwise. */
export function nameService(spec: object): Written {
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system' },
    spec: { selector: { 'k8s-app': 'kube-dns' }, ports, ...spec },
  };
}

export function nameServers(template: object, replicas = 2): Written {
  const labels = { 'k8s-app': 'kube-dns' };
  const container = {
    name: 'coredns',
    image: 'coredns/coredns:1.14',
    ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: 'kube-system' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], ...template } },
    },
  };
}

export const TAINT = { key: 'maintenance', value: 'true', effect: 'NoSchedule' };

export function handWritten(service: Written, name: string, address: string): Written {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'by-hand', namespace: service.metadata.namespace, labels: { 'kubernetes.io/service-name': service.metadata.name } },
    addressType: 'IPv4',
    ports: [{ name, port: 9376, protocol: 'TCP' }],
    endpoints: [{ addresses: [address] }],
  };
}

/** The labels that all of them bear. */
export function commonLabels(templates: Written[]): Record<string, string> {
  const [first, ...others] = templates.map(({ metadata }) => metadata.labels);
  return Object.fromEntries(Object.entries<string>(first).filter(([key, value]) => others.every((labels) => labels[key] === value)));
}

/** The same request to another host. */
export function retargeted({ request }: TestWorld, host: string): Partial<ScenarioRequest> {
  const name = /^(?:http:\/\/)?([^:/]+)/.exec(request.to)?.[1] ?? '';
  return { to: request.to.replace(name, host) };
}
