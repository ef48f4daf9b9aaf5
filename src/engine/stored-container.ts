// A container as JSON: as it was written, unless it is otherwise now.

import { decodeContainer } from './kube/decode-pod';
import type { Container, ContainerPort, LifecycleHook, Probe } from './kube/pod';
import type { Json, JsonMap } from './objects';
import { filled, isSame, jsonMap, mapIn, present, some } from './stored-json';

/** The containers, each over the written one of its name. */
export function containersJson(containers: readonly Container[], written: Json | undefined): readonly JsonMap[] {
  const raws = Array.isArray(written) ? written.map(jsonMap) : [];
  return containers.map((container) => containerJson(container, raws.find(({ name }) => name === container.name) ?? {}));
}

function containerJson(container: Container, written: JsonMap): JsonMap {
  const readable = decodeContainer(written);
  const { name, image, command, args, stdin, ports, restartPolicy, postStart, preStop } = container;
  const { readinessProbe, livenessProbe, startupProbe, resources } = container;
  const { limits } = mapIn(written, 'resources');
  const hook = (one: LifecycleHook | null): Json => (one === null ? null : hookJson(one));
  const lifecycle = present({ ...mapIn(written, 'lifecycle'), postStart: hook(postStart), preStop: hook(preStop) });
  const areHooksWritten = isSame([readable.postStart, readable.preStop], [postStart, preStop]);
  const requests = present({ cpu: resources.cpuRequest, memory: resources.memoryRequest });
  /** As written, where that means the same. */
  const kept = (field: keyof Container, under: string, json: Json): JsonMap => ({
    [under]: isSame(readable[field], container[field]) ? (written[under] ?? null) : json,
  });
  return present({
    ...written,
    name,
    image,
    ...kept('command', 'command', some(command)),
    ...kept('args', 'args', some(args)),
    ...kept('stdin', 'stdin', stdin ? true : null),
    ...kept('ports', 'ports', some(ports.map(portJson))),
    ...kept('readinessProbe', 'readinessProbe', probeJson(readinessProbe)),
    ...kept('livenessProbe', 'livenessProbe', probeJson(livenessProbe)),
    ...kept('startupProbe', 'startupProbe', probeJson(startupProbe)),
    ...kept('restartPolicy', 'restartPolicy', restartPolicy),
    lifecycle: areHooksWritten ? (written.lifecycle ?? null) : filled(lifecycle),
    ...kept('resources', 'resources', filled(present({ limits: resources.hasLimits ? (limits ?? {}) : null, requests: filled(requests) }))),
  });
}

function portJson({ name, containerPort, protocol, hostPort, hostIP }: ContainerPort): JsonMap {
  return present({ containerPort, hostIP, hostPort, name, protocol });
}

function probeJson(probe: Probe | null): Json {
  if (probe === null) return null;
  const { action, initialDelaySeconds, periodSeconds, timeoutSeconds, successThreshold, failureThreshold } = probe;
  return present({
    ...actionJson(action),
    failureThreshold,
    initialDelaySeconds: initialDelaySeconds === 0 ? null : initialDelaySeconds,
    periodSeconds,
    successThreshold,
    timeoutSeconds,
  });
}

function actionJson(action: Probe['action']): JsonMap {
  switch (action.kind) {
    case 'http':
      return { httpGet: { path: action.path, port: action.port, scheme: action.scheme } };
    case 'tcp':
      return { tcpSocket: { port: action.port } };
    case 'grpc':
      return { grpc: { port: action.port } };
    case 'exec':
      return { exec: { command: action.command } };
  }
}

function hookJson(hook: LifecycleHook): JsonMap {
  switch (hook.kind) {
    case 'sleep':
      return { sleep: { seconds: hook.seconds } };
    case 'exec':
      return { exec: { command: hook.command } };
    case 'http':
      return { httpGet: { path: hook.path, port: hook.port, scheme: 'HTTP' } };
  }
}
