// A Pod and the template of a workload, as far as the network and the course need it (ValidatePodSpec, validateContainers, validateProbe).

import { parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { boundsFaults, choiceFaults, duplicates, MOST, portOrNameFaults } from './field-rules';
import { isPresent, list, map, type Raw, text, texts, whole } from './fields';
import { isDnsLabel, isDnsSubdomain, isPort, isPortName } from './lexical';
import { labelFaults } from './validate-meta';

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];

export function podFaults(raw: Raw): readonly Fault[] {
  return podSpecFaults(map(raw.spec), ['spec'], 'pod');
}

/** `of`: in a template hostPort is not filled in for hostNetwork. */
export function podSpecFaults(spec: Raw, path: FieldPath, of: 'pod' | 'template'): readonly Fault[] {
  const containers = list(spec.containers).map(map);
  const inits = list(spec.initContainers).map(map);
  const around = { hostNetwork: spec.hostNetwork === true, fillsHostPort: of === 'pod' };
  return [
    ...(containers.length === 0 ? [fault([...path, 'containers'], 'missing')] : []),
    ...containers.flatMap((container, index) => containerFaults(container, [...path, 'containers', index], around)),
    ...inits.flatMap((container, index) => containerFaults(container, [...path, 'initContainers', index], around)),
    ...nameClashes(containers, inits, path),
    ...hostPortClashes(containers, path, around),
    ...choiceFaults(spec.restartPolicy, [...path, 'restartPolicy'], RESTART_POLICIES),
    ...dnsFaults(spec, path),
    ...(['hostname', 'subdomain'] as const).flatMap((field) => labelField(spec, field, path)),
    ...(text(spec.nodeName) !== null && !isDnsSubdomain(String(spec.nodeName))
      ? [fault([...path, 'nodeName'], 'not-dns-subdomain', spec.nodeName)]
      : []),
    ...labelFaults(spec.nodeSelector, [...path, 'nodeSelector']),
    ...list(spec.tolerations).flatMap((toleration, index) => tolerationFaults(map(toleration), [...path, 'tolerations', index])),
    ...boundsFaults(spec.terminationGracePeriodSeconds, [...path, 'terminationGracePeriodSeconds'], [0, MOST]),
    ...list(spec.hostAliases).flatMap((alias, index) => aliasFaults(map(alias), [...path, 'hostAliases', index])),
  ];
}

interface AroundContainer {
  readonly hostNetwork: boolean;
  readonly fillsHostPort: boolean;
}

function labelField(spec: Raw, field: string, path: FieldPath): readonly Fault[] {
  const value = text(spec[field]);
  return value === null || isDnsLabel(value) ? [] : [fault([...path, field], 'not-dns-label', value)];
}

function nameClashes(containers: readonly Raw[], inits: readonly Raw[], path: FieldPath): readonly Fault[] {
  const all = [
    ...inits.map((container, index) => ({ container, at: ['initContainers', index] })),
    ...containers.map((container, index) => ({ container, at: ['containers', index] })),
  ];
  return duplicates(all, ({ container }) => text(container.name)).flatMap(({ index, key }) => {
    const clash = all[index];
    return clash === undefined ? [] : [fault([...path, ...clash.at, 'name'], 'duplicate', key)];
  });
}

/** One number of the host serves one container port of a protocol (AccumulateUniqueHostPorts). */
function hostPortClashes(containers: readonly Raw[], path: FieldPath, around: AroundContainer): readonly Fault[] {
  const ports = containers.flatMap((container, c) =>
    list(container.ports).map((port, p) => ({ port: map(port), at: [...path, 'containers', c, 'ports', p, 'hostPort'] })),
  );
  const key = ({ port }: { port: Raw }): string | null => {
    const number = whole(port.hostPort) || (around.hostNetwork && around.fillsHostPort ? whole(port.containerPort) : null);
    return number ? `${number}/${text(port.protocol) ?? 'TCP'}/${text(port.hostIP) ?? ''}` : null;
  };
  return duplicates(ports, key).flatMap(({ index, key: clash }) => {
    const port = ports[index];
    return port === undefined ? [] : [fault(port.at, 'duplicate', clash.replace(/\/$/, ''))];
  });
}

function containerFaults(container: Raw, path: FieldPath, around: AroundContainer): readonly Fault[] {
  const name = text(container.name);
  const ports = list(container.ports).map(map);
  return [
    ...(name === null ? [fault([...path, 'name'], 'missing')] : isDnsLabel(name) ? [] : [fault([...path, 'name'], 'not-dns-label', name)]),
    ...(text(container.image) === null ? [fault([...path, 'image'], 'missing')] : []),
    ...ports.flatMap((port, index) => portFaults(port, [...path, 'ports', index], around)),
    ...duplicates(ports, (port) => text(port.name)).map(({ index, key }) => fault([...path, 'ports', index, 'name'], 'duplicate', key)),
    ...choiceFaults(container.imagePullPolicy, [...path, 'imagePullPolicy'], ['Always', 'IfNotPresent', 'Never']),
    ...(['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((kind) =>
      probeFaults(container[kind], [...path, kind], kind),
    ),
    ...environmentFaults(container, path),
  ];
}

function portFaults(port: Raw, path: FieldPath, { hostNetwork, fillsHostPort }: AroundContainer): readonly Fault[] {
  const name = text(port.name);
  const number = port.containerPort;
  const host = whole(port.hostPort) ?? 0;
  const hostPath = [...path, 'hostPort'];
  const differs = hostNetwork && host !== whole(number) && (host !== 0 || !fillsHostPort);
  return [
    ...(name !== null && !isPortName(name) ? [fault([...path, 'name'], 'not-port-name', name)] : []),
    ...(!isPresent(number) || number === 0
      ? [fault([...path, 'containerPort'], 'missing')]
      : isPort(number)
        ? []
        : [fault([...path, 'containerPort'], 'not-a-port', number)]),
    ...(host !== 0 && !isPort(host)
      ? [fault(hostPath, 'not-a-port', host)]
      : differs
        ? [fault(hostPath, 'host-port-differs', host, [String(number)])]
        : []),
    ...choiceFaults(port.protocol, [...path, 'protocol'], ['TCP', 'UDP', 'SCTP']),
    ...(text(port.hostIP) !== null && parseIp(String(port.hostIP)) === null
      ? [fault([...path, 'hostIP'], 'not-an-address', port.hostIP)]
      : []),
  ];
}

function environmentFaults(container: Raw, path: FieldPath): readonly Fault[] {
  return list(container.env).flatMap((entry, index): readonly Fault[] => {
    const name = text(map(entry).name);
    return name === null ? [fault([...path, 'env', index, 'name'], 'missing')] : [];
  });
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;

function probeFaults(value: unknown, path: FieldPath, kind: string): readonly Fault[] {
  if (!isPresent(value)) return [];
  const probe = map(value);
  const present = HANDLERS.filter((handler) => isPresent(probe[handler]));
  const once = kind !== 'readinessProbe';
  return [
    ...(present.length === 0 ? [fault(path, 'no-handler', null, HANDLERS)] : []),
    ...present.slice(1).map((handler) => fault([...path, handler], 'one-handler', handler, present.slice(0, 1))),
    ...present.slice(0, 1).flatMap((handler) => handlerFaults(handler, map(probe[handler]), [...path, handler])),
    ...(['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const).flatMap((field) =>
      boundsFaults(probe[field], [...path, field], [0, MOST]),
    ),
    ...(once && (whole(probe.successThreshold) ?? 1) > 1
      ? [fault([...path, 'successThreshold'], 'must-be-one', probe.successThreshold, ['1'])]
      : []),
    ...graceFaults(probe, [...path, 'terminationGracePeriodSeconds'], kind),
  ];
}

function graceFaults(probe: Raw, path: FieldPath, kind: string): readonly Fault[] {
  const seconds = probe.terminationGracePeriodSeconds;
  if (!isPresent(seconds)) return [];
  return kind === 'readinessProbe'
    ? [fault(path, 'must-be-one', seconds, ['livenessProbe', 'startupProbe'])]
    : boundsFaults(seconds, path, [1, MOST]);
}

function handlerFaults(handler: (typeof HANDLERS)[number], value: Raw, path: FieldPath): readonly Fault[] {
  switch (handler) {
    case 'exec':
      return texts(value.command).length === 0 ? [fault([...path, 'command'], 'missing')] : [];
    case 'httpGet':
      return [
        ...portOrNameFaults(value.port ?? 0, [...path, 'port']),
        ...choiceFaults(value.scheme, [...path, 'scheme'], ['HTTP', 'HTTPS']),
      ];
    case 'tcpSocket':
      return portOrNameFaults(value.port ?? 0, [...path, 'port']);
    case 'grpc':
      return isPort(value.port) ? [] : [fault([...path, 'port'], 'not-a-port', value.port ?? 0)];
  }
}

/** The API takes at most three servers and 32 search domains. */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;

function dnsFaults(spec: Raw, path: FieldPath): readonly Fault[] {
  const config = map(spec.dnsConfig);
  const servers = texts(config.nameservers);
  const at = [...path, 'dnsConfig'];
  return [
    ...choiceFaults(spec.dnsPolicy, [...path, 'dnsPolicy'], DNS_POLICIES),
    ...(spec.dnsPolicy === 'None' && !isPresent(spec.dnsConfig)
      ? [fault(at, 'needs-nameserver')]
      : spec.dnsPolicy === 'None' && servers.length === 0
        ? [fault([...at, 'nameservers'], 'needs-nameserver')]
        : []),
    ...(servers.length > MAX_NAMESERVERS ? [fault([...at, 'nameservers'], 'too-many', null, [String(MAX_NAMESERVERS)])] : []),
    ...servers.flatMap((server, index) =>
      parseIp(server) === null ? [fault([...at, 'nameservers', index], 'not-an-address', server)] : [],
    ),
    ...(texts(config.searches).length > MAX_SEARCHES ? [fault([...at, 'searches'], 'too-many', null, [String(MAX_SEARCHES)])] : []),
    ...texts(config.searches).flatMap((domain, index) =>
      domain === '.' || isDnsSubdomain(domain.replace(/\.$/, '')) ? [] : [fault([...at, 'searches', index], 'not-dns-subdomain', domain)],
    ),
    ...list(config.options).flatMap((option, index) =>
      text(map(option).name) === null ? [fault([...at, 'options', index], 'missing')] : [],
    ),
  ];
}

function tolerationFaults(toleration: Raw, path: FieldPath): readonly Fault[] {
  const operator = text(toleration.operator) ?? 'Equal';
  const at = [...path, 'operator'];
  const unknown = ['Equal', 'Exists'].includes(operator) ? [] : [fault(at, 'not-a-choice', operator, ['Equal', 'Exists'])];
  const keyless = text(toleration.key) === null && operator !== 'Exists' ? [fault(at, 'toleration-needs-exists', operator)] : [];
  const valued = operator === 'Exists' && text(toleration.value) !== null ? [fault(at, 'toleration-has-value', toleration.value)] : [];
  return [
    ...unknown,
    ...keyless,
    ...valued,
    ...choiceFaults(toleration.effect, [...path, 'effect'], ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
  ];
}

function aliasFaults(alias: Raw, path: FieldPath): readonly Fault[] {
  const address = text(alias.ip);
  return [
    ...(address === null || parseIp(address) === null ? [fault([...path, 'ip'], 'not-an-address', address ?? '')] : []),
    ...texts(alias.hostnames).flatMap((name, index) =>
      isDnsSubdomain(name) ? [] : [fault([...path, 'hostnames', index], 'not-dns-subdomain', name)],
    ),
  ];
}
