// `kubectl autoscale`: a HorizontalPodAutoscaler in the manifest (cmd/autoscale/autoscale.go). Nothing measures load here, so that it never
// acts: that is said in a line of its own.

import type { Json, JsonMap } from '../../engine/index';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { textAt } from '../fields';
import type { ChosenObject } from './chosen';
import { createdAndTold } from './create';
import { each } from './each';
import { autoscaler, present } from './generators';
import { slashed } from './naming';
import { dryRun, numberIn } from './options';
import { client, failed, type Progress, refusedBy, warned } from './progress';

const SCALABLE = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'];

export function autoscale(call: Call): Answer {
  const [max, min] = [numberIn(call, 'max') ?? -1, numberIn(call, 'min') ?? -1];
  if (max < 1) return refusedBy(call.server, client('--max=MAXPODS is required and must be at least 1, max: '.concat(String(max))));
  if (max < min) return refusedBy(call.server, client(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`));
  return each(call, { words: call.words, step: (progress, one) => autoscaled(progress, call, { one, max, min }) });
}

interface Bounds {
  readonly one: ChosenObject;
  readonly max: number;
  readonly min: number;
}

function autoscaled(progress: Progress, call: Call, { one, max, min }: Bounds): Progress {
  const { live, resource } = one;
  if (!SCALABLE.includes(live.kind)) return failed(progress, client(withoutScale(resource)));
  const metrics = metricsOf(call);
  const spec = present({
    scaleTargetRef: { apiVersion: textAt(live.json, 'apiVersion'), kind: live.kind, name: live.name },
    minReplicas: min > 0 ? min : undefined,
    maxReplicas: max,
    metrics: metrics.length === 0 ? undefined : metrics,
  });
  const named = { name: call.flags.one('name') ?? live.name, namespace: call.isNamespaceNamed ? call.namespace : undefined };
  const done = createdAndTold(progress, call, {
    object: autoscaler(named, spec),
    prefix: null,
    operation: dryRun(call) === 'client' ? 'created' : 'autoscaled',
  });
  if (done.failures.length > progress.failures.length || dryRun(call) !== 'none') return done;
  return warned(done, `# nothing measures load here: ${slashed(live.json)} keeps its number of replicas`);
}

function metricsOf({ flags }: Call): readonly Json[] {
  const percent = flags.one('cpu-percent');
  const old =
    percent === undefined || Number(percent) <= 0 ? [] : [resource('cpu', { type: 'Utilization', averageUtilization: Number(percent) })];
  const given = (['cpu', 'memory'] as const).flatMap((name) => {
    const value = flags.one(name);
    return value === undefined ? [] : [resource(name, target(name, value))];
  });
  return [...old, ...given];
}

function resource(name: string, of: JsonMap): JsonMap {
  return { type: 'Resource', resource: { name, target: of } };
}

/** A percentage, or a quantity; a bare number counts thousandths of a processor, or mebibytes. */
function target(name: 'cpu' | 'memory', value: string): JsonMap {
  if (value.endsWith('%')) return { type: 'Utilization', averageUtilization: Number(value.slice(0, -1)) };
  return { type: 'AverageValue', averageValue: /^\d+(?:\.\d+)?$/.test(value) ? `${value}${name === 'cpu' ? 'm' : 'Mi'}` : value };
}

function withoutScale({ kind, group, version, plural }: ChosenObject['resource']): string {
  return `cannot autoscale a ${kind}: could not find scale subresource for ${group}/${version}, Resource=${plural} in discovery information`;
}
