// An action takes effect.

import { refOf } from '../kube/meta';
import { unreachable } from '../net/unreachable';
import type { Action } from './action';
import { applyManifest } from './apply';
import { ended, isRunning } from './container-life';
import { deleteObject } from './deletion';
import { type Fault, sameFault } from './fault';
import { part } from './happening';
import type { LifeDraft } from './life-draft';
import { fallSilent, hear, switchOff, switchOn } from './node-life';
import { restarts } from './pod-life';
import { silentNodes } from './silence';

export function act(draft: LifeDraft, action: Action): void {
  switch (action.kind) {
    case 'apply':
      applyManifest(draft, action.manifest);
      break;
    case 'put':
      draft.tell(refOf(action.object), { code: 'configured' });
      draft.put(action.object);
      break;
    case 'delete':
      deleteObject(draft, action.object, action);
      break;
    case 'set-fault':
      setFault(draft, action.fault);
      break;
    case 'mend-fault':
      mendFault(draft, action.fault);
      break;
    default:
      unreachable(action);
  }
}

function setFault(draft: LifeDraft, fault: Fault): void {
  const { faults } = draft.current;
  if (fault.kind !== 'crash' && faults.some((each) => sameFault(each, fault))) return;
  draft.tell(subject(fault), { code: 'fault-set', fault });
  if (fault.kind === 'crash') {
    crash(draft, fault);
    return;
  }
  const silent = silentNodes(draft.current);
  draft.change({ faults: [...faults, fault] });
  if (fault.kind === 'node-lost') switchOff(draft, fault.node);
  for (const node of silentNodes(draft.current)) if (!silent.includes(node)) fallSilent(draft, node);
  if (fault.kind === 'ill') unpin(draft, fault.pod);
}

function mendFault(draft: LifeDraft, fault: Fault): void {
  const { faults } = draft.current;
  const left = faults.filter((each) => !sameFault(each, fault));
  if (left.length === faults.length) return;
  draft.tell(subject(fault), { code: 'fault-mended', fault });
  const silent = silentNodes(draft.current);
  draft.change({ faults: left });
  if (fault.kind === 'node-lost') switchOn(draft, fault.node);
  const now = silentNodes(draft.current);
  for (const node of silent) if (!now.includes(node)) hear(draft, node);
  if (fault.kind === 'proxy-stopped') draft.wake(part('kube-proxy', fault.node), 1000);
}

function subject(fault: Fault): { kind: string; namespace: string | null; name: string } | null {
  if (fault.kind === 'crash' || fault.kind === 'ill') {
    const [namespace = '', name = ''] = fault.pod.split('/');
    return { kind: 'Pod', namespace, name };
  }
  return fault.kind === 'link-cut' ? null : { kind: 'Node', namespace: null, name: fault.node };
}

/** The program ends by itself, as far as its node can tell: the container is restarted, as the Pod's restartPolicy says. */
function crash(draft: LifeDraft, { pod: key, container, exitCode }: Extract<Fault, { kind: 'crash' }>): void {
  unpin(draft, key);
  const life = draft.current.pods[key];
  const pod = draft.cluster.pods.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key);
  if (life === undefined || pod === undefined) return;
  const victim = life.containers.find(
    (each) => isRunning(each) && (container === null ? each.role === 'ordinary' : each.name === container),
  );
  if (victim === undefined) return;
  const comesBack = life.ending === null && restarts(pod, victim, exitCode);
  draft.tell(refOf(pod), { code: 'container-exited', container: victim.name, exitCode });
  const containers = life.containers.map((each) =>
    each === victim ? ended(each, { now: draft.now, exitCode, restarts: comesBack }) : each,
  );
  draft.setPod({ ...life, containers });
  draft.due(draft.now, { kind: 'pod-due', pod: key });
}

/** From now on the kubelet tells of the Pod, not the paste. */
function unpin(draft: LifeDraft, key: string): void {
  const life = draft.current.pods[key];
  if (life === undefined || !life.pinned) return;
  draft.setPod({ ...life, pinned: false });
  draft.due(draft.now, { kind: 'pod-due', pod: key });
}
