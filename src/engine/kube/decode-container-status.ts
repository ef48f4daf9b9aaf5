// What a kubelet reported of a container, read from a pasted status.

import { isPresent, map, type Raw, text, truth, whole } from './fields';
import type { ContainerState, ContainerStatus, Termination } from './pod';

export function decodeContainerStatus({ name, state, lastState, ready, started, restartCount }: Raw): ContainerStatus {
  const last = map(map(lastState).terminated);
  const decoded = decodeState(map(state));
  return {
    name: text(name) ?? '',
    state: decoded,
    last: isPresent(map(lastState).terminated) ? decodeTermination(last) : null,
    ready: truth(ready, false),
    started: truth(started, decoded.kind === 'running'),
    restartCount: whole(restartCount) ?? 0,
  };
}

/** Without any state the container waits (v1.ContainerState). */
function decodeState({ running, terminated, waiting }: Raw): ContainerState {
  if (isPresent(running)) return { kind: 'running', startedAt: text(map(running).startedAt) };
  if (isPresent(terminated)) return { kind: 'terminated', ...decodeTermination(map(terminated)) };
  return { kind: 'waiting', reason: text(map(waiting).reason) ?? 'ContainerCreating' };
}

function decodeTermination({ exitCode, reason, startedAt, finishedAt }: Raw): Termination {
  return { exitCode: whole(exitCode) ?? 0, reason: text(reason) ?? '', startedAt: text(startedAt), finishedAt: text(finishedAt) };
}
