// Probes and lifecycle hooks: one way to ask, and its numbers (validateProbe, validateHandler).

import { unreachable } from '../net/unreachable';
import { type Fault, fault } from './field-error';
import type { FieldPath } from './field-path';
import { boundsFaults, choiceFaults, MOST, portOrNameFaults } from './field-rules';
import { isPresent, list, map, type Raw, text, whole } from './fields';
import { isPort } from './lexical';

type Handler = 'exec' | 'httpGet' | 'tcpSocket' | 'grpc' | 'sleep';

/** Of several handlers the first in the order of the API is taken, and the others are in the way. */
function oneHandler(holder: Raw, path: FieldPath, handlers: readonly Handler[]): readonly Fault[] {
  const [first, ...others] = handlers.filter((handler) => isPresent(holder[handler]));
  if (first === undefined) return [fault(path, 'no-handler', null, handlers)];
  return [
    ...handlerFaults(first, map(holder[first]), [...path, first]),
    ...others.map((handler) => fault([...path, handler], 'one-handler', handler, [first])),
  ];
}

export function lifecycleFaults(value: unknown, path: FieldPath): readonly Fault[] {
  return (['postStart', 'preStop'] as const).flatMap((hook) =>
    isPresent(map(value)[hook]) ? oneHandler(map(map(value)[hook]), [...path, hook], ['exec', 'httpGet', 'tcpSocket', 'sleep']) : [],
  );
}

export function probeFaults(value: unknown, path: FieldPath, kind: string): readonly Fault[] {
  if (!isPresent(value)) return [];
  const probe = map(value);
  const once = kind !== 'readinessProbe';
  return [
    ...oneHandler(probe, path, ['exec', 'httpGet', 'tcpSocket', 'grpc']),
    ...(['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const).flatMap((field) =>
      boundsFaults(probe[field], [...path, field], [0, MOST]),
    ),
    ...(once && (whole(probe.successThreshold) || 1) !== 1
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

function handlerFaults(handler: Handler, value: Raw, path: FieldPath): readonly Fault[] {
  switch (handler) {
    case 'exec':
      return list(value.command).length === 0 ? [fault([...path, 'command'], 'missing')] : [];
    case 'httpGet':
      return [
        ...portOrNameFaults(value.port ?? 0, [...path, 'port']),
        ...choiceFaults(value.scheme, [...path, 'scheme'], ['HTTP', 'HTTPS']),
        ...list(value.httpHeaders).flatMap((header) => headerFaults(text(map(header).name) ?? '', [...path, 'httpHeaders'])),
      ];
    case 'tcpSocket':
      return portOrNameFaults(value.port ?? 0, [...path, 'port']);
    case 'sleep':
      return boundsFaults(value.seconds, path, [0, MOST]);
    case 'grpc':
      return isPort(value.port) ? [] : [fault([...path, 'port'], 'not-a-port', value.port ?? 0)];
    default:
      return unreachable(handler);
  }
}

/** Stricter than HTTP itself (IsHTTPHeaderName). */
function headerFaults(name: string, path: FieldPath): readonly Fault[] {
  return /^[-A-Za-z0-9]+$/.test(name) ? [] : [fault(path, 'not-header-name', name)];
}
