// The clock of a cluster: takes the next event that is due, works it off, and goes on until an instant. Nothing happens between events.

import { unreachable } from '../net/unreachable';
import { act } from './acting';
import type { Action } from './action';
import { giveBalancers } from './balancing';
import { syncWorkloads } from './controllers';
import { collectGarbage } from './deletion';
import { writeEndpoints } from './endpoints';
import { type Part, part } from './happening';
import { drive, watchPods } from './kubelet';
import type { Event, Life, Timed } from './life';
import { LifeDraft } from './life-draft';
import { boot, markUnreachable } from './node-life';
import { collectOrphans } from './orphans';
import { writeNames, writeRules } from './programming';
import { bindPods } from './scheduling';
import { evict, evictTainted } from './taint-eviction';

/** The life at a later instant, if nobody interferes. */
export function advance(life: Life, until: number): Life {
  let current = life;
  for (let next = current.queue[0]; next !== undefined && next.at <= until; next = current.queue[0])
    current = occur({ ...current, queue: current.queue.slice(1) }, next);
  return current.now < until ? { ...current, now: until } : current;
}

/** The life behind the next event; null where none is due, or not before the instant. */
export function step(life: Life, before: number): Life | null {
  const [next, ...queue] = life.queue;
  return next === undefined || next.at > before ? null : occur({ ...life, queue }, next);
}

/** The life with an action in it, at its own instant. */
export function interfere(life: Life, action: Action): Life {
  return occur(life, { at: life.now, event: { kind: 'action', action } });
}

function occur(life: Life, { at, event }: Timed): Life {
  const cause = 'cause' in event ? event.cause : null;
  const draft = new LifeDraft(life, { now: Math.max(at, life.now), by: actorOf(life, event), cause });
  work(draft, event);
  return draft.current;
}

function actorOf(life: Life, event: Event): Part {
  switch (event.kind) {
    case 'wake':
      return event.part;
    case 'pod-due':
      return part('kubelet', life.pods[event.pod]?.node ?? null);
    case 'node-booted':
      return part('kubelet', event.node);
    case 'node-gone':
      return part('garbage-collector');
    case 'node-silent':
    case 'eviction':
      return part('node-lifecycle-controller');
    case 'action':
      return part('user');
    default:
      return unreachable(event);
  }
}

function work(draft: LifeDraft, event: Event): void {
  switch (event.kind) {
    case 'wake':
      wake(draft, event.part);
      break;
    case 'pod-due':
      drive(draft, event.pod);
      break;
    case 'node-silent':
      markUnreachable(draft, event.node);
      break;
    case 'eviction':
      evict(draft, event);
      break;
    case 'node-booted':
      boot(draft, event.node);
      break;
    case 'node-gone':
      collectOrphans(draft, event.node);
      break;
    case 'action':
      act(draft, event.action);
      break;
    default:
      unreachable(event);
  }
}

function wake(draft: LifeDraft, woken: Part): void {
  const node = woken.node ?? '';
  switch (woken.name) {
    case 'kubelet':
      watchPods(draft, node);
      break;
    case 'kube-proxy':
      writeRules(draft, node);
      break;
    case 'coredns':
      writeNames(draft);
      break;
    case 'scheduler':
      bindPods(draft);
      break;
    case 'endpointslice-controller':
      writeEndpoints(draft);
      break;
    case 'service-controller':
      giveBalancers(draft);
      break;
    case 'garbage-collector':
      collectGarbage(draft);
      break;
    case 'deployment-controller':
    case 'replicaset-controller':
    case 'replication-controller':
    case 'statefulset-controller':
    case 'daemonset-controller':
    case 'job-controller':
    case 'cronjob-controller':
      syncWorkloads(draft, woken.name);
      break;
    case 'node-lifecycle-controller':
      evictTainted(draft);
      break;
    case 'user':
    case 'api-server':
      throw new Error(`${woken.name} watches nothing`);
    default:
      unreachable(woken.name);
  }
}
