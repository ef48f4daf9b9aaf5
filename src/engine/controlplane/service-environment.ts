// The environment of a container: the variables that the kubelet makes from Services, and what the container declares itself
// (pkg/kubelet/envvars FromServices, kubelet_pods.go makeEnvironmentVariables, third_party/forked/golang/expansion).
// Taken once, when the container starts: give the Services of that moment. Left out: Secrets, the downward API.

import type { ObjectMeta } from '../kube/meta';
import type { PodSpec } from '../kube/pod';
import type { Service, ServicePort } from '../kube/service';
import { family, type Ip } from '../net/ip';

/** Names to values, in the order in which they were set. */
export type Environment = Readonly<Record<string, string>>;

export interface DeclaredVariable {
  readonly name: string;
  /** As written; null where it comes from a source that gives nothing. */
  readonly value: string | null;
  /** Values from elsewhere (valueFrom) are taken as they are. */
  readonly expand: boolean;
}

/** What a container declares, its sources already read. */
export interface Declarations {
  /** Every envFrom in order, prefixes put on. */
  readonly from: readonly Environment[];
  readonly env: readonly DeclaredVariable[];
}

/** `env` wins over `envFrom`, both over the variables of Services. */
export function containerEnvironment(services: Environment, declarations: Declarations): Environment {
  const declared = new Map<string, string>();
  for (const source of declarations.from) for (const [name, value] of Object.entries(source)) declared.set(name, value);
  const lookUp = (name: string) => declared.get(name) ?? services[name] ?? null;
  for (const { name, value, expand } of declarations.env) {
    if (value !== null) declared.set(name, expand ? expanded(value, lookUp) : value);
  }
  return { ...services, ...Object.fromEntries(declared) };
}

/** The variables of every Service that the Pod is told about, in the order of the Services. */
export function serviceEnvironment(
  pod: { readonly metadata: ObjectMeta; readonly spec: PodSpec },
  services: readonly Service[],
): Environment {
  return Object.assign({}, ...linkedServices(pod, services).map(variablesOf));
}

/** Those of the Pod's namespace with a cluster IP, and always default/kubernetes unless its own namespace has one of that name (getServiceEnvVarMap). */
function linkedServices(
  { metadata, spec }: { readonly metadata: ObjectMeta; readonly spec: PodSpec },
  services: readonly Service[],
): readonly Service[] {
  const addressed = services.filter((service) => clusterIpOf(service) !== null);
  const isMaster = (service: Service) => service.metadata.namespace === 'default' && service.metadata.name === 'kubernetes';
  const own = spec.enableServiceLinks
    ? addressed.filter((service) => service.metadata.namespace === metadata.namespace && !isMaster(service))
    : [];
  const replaced = own.some((service) => service.metadata.name === 'kubernetes');
  return [...(replaced ? [] : addressed.filter(isMaster)), ...own];
}

function clusterIpOf(service: Service): Ip | null {
  const { type, clusterIPs } = service.spec;
  return type === 'ExternalName' || clusterIPs === 'None' ? null : (clusterIPs[0] ?? null);
}

function variablesOf(service: Service): Environment {
  const address = clusterIpOf(service);
  const [first] = service.spec.ports;
  if (address === null || first === undefined) return {};
  const name = variableName(service.metadata.name);
  const named = service.spec.ports.filter((port) => port.name !== null && port.name !== '');
  return {
    [`${name}_SERVICE_HOST`]: address,
    [`${name}_SERVICE_PORT`]: String(first.port),
    ...Object.fromEntries(named.map((port) => [`${name}_SERVICE_PORT_${variableName(port.name ?? '')}`, String(port.port)])),
    [`${name}_PORT`]: url(address, first),
    ...Object.assign({}, ...service.spec.ports.map((port) => linkVariables(name, address, port))),
  };
}

/** The style of Docker's container links. */
function linkVariables(name: string, address: Ip, port: ServicePort): Environment {
  const prefix = `${name}_PORT_${port.port}_${port.protocol}`;
  return {
    [prefix]: url(address, port),
    [`${prefix}_PROTO`]: port.protocol.toLowerCase(),
    [`${prefix}_PORT`]: String(port.port),
    [`${prefix}_ADDR`]: address,
  };
}

function url(address: Ip, { protocol, port }: ServicePort): string {
  return `${protocol.toLowerCase()}://${family(address) === 6 ? `[${address}]` : address}:${port}`;
}

function variableName(text: string): string {
  return text.replaceAll('-', '_').toUpperCase();
}

/** `$(X)` becomes the value of X where it has one, `$$` a plain dollar; everything else stays. */
function expanded(text: string, lookUp: (name: string) => string | null): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (written, name: string | undefined) =>
    name === undefined ? '$' : (lookUp(name) ?? written),
  );
}
