// Objects of the manifest that the API server refuses: `kubectl apply` has said so, and they do not exist.

import type { PlacedFinding } from '../built';
import { formatPath } from '../kube/field-path';
import { errorKind } from '../kube/finding';
import type { Labels } from '../kube/meta';
import { selects } from '../kube/meta';
import { formatRef, type ObjectRef } from '../kube/ref';
import type { Service } from '../kube/service';
import type { Cause } from './diagnosis';
import { type Given, labelOf } from './given';
import { cause } from './stage';

/** The object of this name, refused; null where it is not even written. */
export function refusedObject(given: Given, ref: ObjectRef): Cause | null {
  const found = refusals(given).find(({ finding }) => formatRef(finding.object) === formatRef(ref));
  return found === undefined ? null : refusal(given, found, labelOf(given, ref));
}

/** A workload or Pod that the Service would have chosen, or that has its name, and that was refused. */
export function refusedBehind(given: Given, { metadata, spec }: Service): Cause | null {
  const found = refusals(given).find(({ finding: { object }, raw }) => {
    if (object.namespace !== metadata.namespace || !MAKERS.includes(object.kind)) return false;
    return object.name === metadata.name || (spec.selector !== null && selects(spec.selector, labelsIn(raw?.value)));
  });
  return found === undefined ? null : refusal(given, found, labelOf(given, metadata));
}

const MAKERS: readonly string[] = ['Pod', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job'];

function refusals({ built }: Given): readonly PlacedFinding[] {
  return built.findings.filter(({ finding }) => finding.severity === 'error');
}

function refusal(given: Given, { finding }: PlacedFinding, service: string): Cause {
  const { object, path } = finding;
  const fact = {
    refused: `${object.kind} ${labelOf(given, object)}`,
    service,
    field: formatPath(path),
    why: errorKind(finding) ?? 'Invalid',
  };
  return cause({ code: 'object-refused', ...fact }, { object, path });
}

/** Of the template, where there is one. */
function labelsIn(value: unknown): Labels {
  const template = field(field(value, 'spec'), 'template');
  const labels = field(field(template ?? value, 'metadata'), 'labels');
  return Object.fromEntries(Object.entries(labels ?? {}).map(([key, text]) => [key, String(text)]));
}

function field(value: unknown, key: string): object | null {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
  return typeof found === 'object' ? found : null;
}
