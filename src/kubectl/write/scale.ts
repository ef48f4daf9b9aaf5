// `kubectl scale`: another number of replicas (cmd/scale/scale.go).

import { type Answer, refused } from '../answer';
import type { Call } from '../call';
import { numberAt } from '../fields';
import type { ChosenObject } from './chosen';
import { withAt } from './cluster-change';
import { each, edited } from './each';
import { numberIn } from './options';
import { client, failed, type Progress } from './progress';

const SCALABLE = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'];

export function scale(call: Call): Answer {
  const replicas = numberIn(call, 'replicas') ?? -1;
  if (replicas < 0) return refused('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  return each(call, { words: call.words, step: (progress, one) => scaled(progress, call, { one, replicas }) });
}

function scaled(progress: Progress, call: Call, { one, replicas }: { readonly one: ChosenObject; readonly replicas: number }): Progress {
  const { resource, live } = one;
  if (!SCALABLE.includes(resource.kind))
    return failed(progress, { kind: 'server', reason: 'NotFound', text: 'the server could not find the requested resource' });
  const [expected, now] = [numberIn(call, 'current-replicas') ?? -1, numberAt(live.json, 'spec', 'replicas')];
  if (expected !== -1 && expected !== now) return failed(progress, client(`Expected replicas to be ${expected}, was ${now}`));
  return edited(progress, call, { one, change: (object) => withAt(object, ['spec', 'replicas'], replicas), operation: 'scaled' });
}
