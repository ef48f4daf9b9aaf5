// A container of a Pod, as far as the network and the course need it (validateContainerCommon, validateContainerPorts, ValidateEnv).

import { parseIp } from '../net/ip';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { choiceFaults } from './field-rules';
import { isPresent, list, map, type Raw, text, whole } from './fields';
import { isDnsLabel, isPort, isPortName } from './lexical';
import { lifecycleFaults, probeFaults } from './validate-probe';

export interface AroundContainer {
  readonly hostNetwork: boolean;
  /** In a Pod hostPort is filled in for hostNetwork, in a template it is not. */
  readonly of: 'pod' | 'template';
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

export function containerFaults(container: Raw, path: FieldPath, around: AroundContainer): readonly Fault[] {
  return [
    ...commonFaults(container, path, around),
    ...hostPortFaults(container, path, around),
    ...PROBES.flatMap((kind) => probeFaults(container[kind], [...path, kind], kind)),
    ...lifecycleFaults(container.lifecycle, [...path, 'lifecycle']),
  ];
}

/** An init container runs to its end, so nobody asks whether it is ready; one that restarts Always is a sidecar, and like any other. */
export function initContainerFaults(container: Raw, path: FieldPath, around: AroundContainer): readonly Fault[] {
  const common = commonFaults(container, path, around);
  if (container.restartPolicy === 'Always')
    return [
      ...common,
      ...PROBES.flatMap((kind) => probeFaults(container[kind], [...path, kind], kind)),
      ...lifecycleFaults(container.lifecycle, [...path, 'lifecycle']),
    ];
  return [
    ...common,
    ...([...PROBES, 'lifecycle'] as const).flatMap((field) =>
      isPresent(container[field]) ? [fault([...path, field], 'not-for-init-container')] : [],
    ),
  ];
}

function commonFaults(container: Raw, path: FieldPath, { of }: AroundContainer): readonly Fault[] {
  const name = text(container.name);
  const image = text(container.image);
  return [
    ...(name === null ? [fault([...path, 'name'], 'missing')] : isDnsLabel(name) ? [] : [fault([...path, 'name'], 'not-dns-label', name)]),
    ...(image === null ? [fault([...path, 'image'], 'missing')] : []),
    ...(image !== null && of === 'pod' && image !== image.trim() ? [fault([...path, 'image'], 'blank-around', image)] : []),
    ...portsFaults(list(container.ports).map(map), [...path, 'ports']),
    ...choiceFaults(container.imagePullPolicy, [...path, 'imagePullPolicy'], ['Always', 'IfNotPresent', 'Never']),
    ...choiceFaults(container.terminationMessagePolicy, [...path, 'terminationMessagePolicy'], ['FallbackToLogsOnError', 'File']),
    ...list(container.env).flatMap((entry, index) => variableFaults(map(entry), [...path, 'env', index])),
  ];
}

/** A name that is none is not compared with the others. */
function portsFaults(ports: readonly Raw[], path: FieldPath): readonly Fault[] {
  const seen = new Set<string>();
  return ports.flatMap((port, index) => {
    const name = text(port.name);
    const at = [...path, index, 'name'];
    const wrong = name !== null && !isPortName(name);
    const twice = name !== null && !wrong && seen.has(name);
    if (name !== null && !wrong) seen.add(name);
    return [
      ...(wrong ? [fault(at, 'not-port-name', name)] : twice ? [fault(at, 'duplicate', name)] : []),
      ...portFaults(port, [...path, index]),
    ];
  });
}

function portFaults(port: Raw, path: FieldPath): readonly Fault[] {
  const number = port.containerPort;
  const host = whole(port.hostPort) ?? 0;
  return [
    ...(!isPresent(number) || number === 0
      ? [fault([...path, 'containerPort'], 'missing')]
      : isPort(number)
        ? []
        : [fault([...path, 'containerPort'], 'not-a-port', number)]),
    ...(host !== 0 && !isPort(host) ? [fault([...path, 'hostPort'], 'not-a-port', host)] : []),
    ...choiceFaults(port.protocol, [...path, 'protocol'], ['TCP', 'UDP', 'SCTP']),
    ...(text(port.hostIP) !== null && parseIp(String(port.hostIP)) === null
      ? [fault([...path, 'hostIP'], 'not-an-address', port.hostIP)]
      : []),
  ];
}

/** Under hostNetwork there is no other port than the container's (validatePodHostNetworkDeps). */
function hostPortFaults(container: Raw, path: FieldPath, { hostNetwork }: AroundContainer): readonly Fault[] {
  if (!hostNetwork) return [];
  return list(container.ports).flatMap((entry, index) => {
    const port = map(entry);
    const host = whole(port.hostPort) ?? 0;
    return host === 0 || host === whole(port.containerPort)
      ? []
      : [fault([...path, 'ports', index, 'hostPort'], 'host-port-differs', host, [String(port.containerPort)])];
  });
}

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

function variableFaults(variable: Raw, path: FieldPath): readonly Fault[] {
  const name = text(variable.name);
  const from = [...path, 'valueFrom'];
  const sources = SOURCES.filter((source) => isPresent(map(variable.valueFrom)[source]));
  return [
    ...(name === null
      ? [fault([...path, 'name'], 'missing')]
      : isVariableName(name)
        ? []
        : [fault([...path, 'name'], 'not-variable-name', name)]),
    ...(!isPresent(variable.valueFrom) || (sources.length === 1 && text(variable.value) === null)
      ? []
      : [fault(from, 'one-source-of-value', sources.length > 0 ? sources.join(', ') : null, SOURCES)]),
  ];
}

/** Any printable ASCII but the equals sign (RelaxedEnvironmentVariableValidation). */
function isVariableName(name: string): boolean {
  return /^[\x20-\x3C\x3E-\x7E]+$/.test(name);
}
