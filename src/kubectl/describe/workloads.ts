// `describe` of what makes Pods and keeps them: Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet.

import { canonicalQuantity, type Json, type StoredObject } from '../../engine/index';
import { selectorText } from '../column';
import { replicas } from '../columns-workloads';
import { at, isMap, listAt, numberAt, textAt } from '../fields';
import { jsonText } from '../json-text';
import {
  type Around,
  annotations,
  conditions,
  controllerOf,
  created,
  type Describer,
  events,
  head,
  isControlledBy,
  labels,
  labelsAndAnnotations,
  optional,
} from './common';
import type { Page } from './page';
import { podTemplate } from './pod';
import { pairsText } from './service';

export const describeDeployment: Describer = (page, around) => {
  const { json } = around.object;
  const status = (field: string) => numberAt(json, 'status', field);
  head(page, json);
  created(page, json);
  labelsAndAnnotations(page, json);
  page.line(0, 'Selector:', selectorText(at(json, 'spec', 'selector')));
  page.line(
    0,
    'Replicas:',
    `${replicas(json)} desired | ${status('updatedReplicas')} updated | ${status('replicas')} total | ${status('availableReplicas')} available | ${status('unavailableReplicas')} unavailable`,
  );
  const type = textAt(json, 'spec', 'strategy', 'type') || 'RollingUpdate';
  page.line(0, 'StrategyType:', type);
  page.line(0, 'MinReadySeconds:', textAt(json, 'spec', 'minReadySeconds') || '0');
  const rolling = (field: string) => textAt(json, 'spec', 'strategy', 'rollingUpdate', field) || '25%';
  if (type === 'RollingUpdate')
    page.line(0, 'RollingUpdateStrategy:', `${rolling('maxUnavailable')} max unavailable, ${rolling('maxSurge')} max surge`);
  podTemplate(page, at(json, 'spec', 'template'));
  conditions(page, json);
  replicaSets(page, around);
  events(page, around);
};

function replicaSets(page: Page, { object, objects }: Around): void {
  const own = objects.filter((one) => one.kind === 'ReplicaSet' && isControlledBy(one, object));
  if (own.length === 0) return;
  const newest = newReplicaSet(object, own);
  page.line(0, 'OldReplicaSets:', setsText(own.filter((one) => one !== newest)));
  page.line(0, 'NewReplicaSet:', setsText(newest === undefined ? [] : [newest]));
}

function setsText(sets: readonly StoredObject[]): string {
  const texts = sets.map(({ name, json }) => `${name} (${numberAt(json, 'status', 'replicas')}/${replicas(json)} replicas created)`);
  return texts.join(', ') || '<none>';
}

/** The one with the Deployment's own template, but for the hash that was put into its labels (FindNewReplicaSet). */
function newReplicaSet({ json }: StoredObject, sets: readonly StoredObject[]): StoredObject | undefined {
  const wanted = templateText(at(json, 'spec', 'template'));
  return sets.find((set) => templateText(at(set.json, 'spec', 'template')) === wanted);
}

function templateText(template: Json | undefined): string {
  const metadata = at(template, 'metadata');
  const written = at(metadata, 'labels');
  const kept = isMap(written) ? Object.fromEntries(Object.entries(written).filter(([key]) => key !== 'pod-template-hash')) : {};
  return jsonText({ labels: kept, annotations: at(metadata, 'annotations') ?? {}, spec: at(template, 'spec') ?? {} });
}

export const describeReplicaSet: Describer = (page, around) => {
  const { json } = around.object;
  head(page, json);
  page.line(0, 'Selector:', selectorText(at(json, 'spec', 'selector')));
  labelsAndAnnotations(page, json);
  optional(page, 'Controlled By', controllerOf(json));
  replicasAndPods(page, around);
};

export const describeReplicationController: Describer = (page, around) => {
  const { json } = around.object;
  head(page, json);
  page.line(0, 'Selector:', pairsText(at(json, 'spec', 'selector')));
  labelsAndAnnotations(page, json);
  replicasAndPods(page, around);
};

function replicasAndPods(page: Page, around: Around): void {
  const { json } = around.object;
  page.line(0, 'Replicas:', `${numberAt(json, 'status', 'replicas')} current / ${replicas(json)} desired`);
  podsStatus(page, around);
  podTemplate(page, at(json, 'spec', 'template'));
  conditions(page, json);
  events(page, around);
}

export function podsStatus(page: Page, { object, objects }: Around): void {
  const pods = objects.filter((one) => one.kind === 'Pod' && isControlledBy(one, object));
  const count = (phase: string) => pods.filter(({ json }) => textAt(json, 'status', 'phase') === phase).length;
  page.line(
    0,
    'Pods Status:',
    `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
  );
}

export const describeStatefulSet: Describer = (page, around) => {
  const { json } = around.object;
  head(page, json);
  created(page, json);
  page.line(0, 'Selector:', selectorText(at(json, 'spec', 'selector')));
  labelsAndAnnotations(page, json);
  page.line(0, 'Replicas:', `${replicas(json)} desired | ${numberAt(json, 'status', 'replicas')} total`);
  page.line(0, 'Update Strategy:', textAt(json, 'spec', 'updateStrategy', 'type') || 'RollingUpdate');
  const partition = textAt(json, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  if (partition !== '') page.line(1, 'Partition:', partition);
  podsStatus(page, around);
  podTemplate(page, at(json, 'spec', 'template'));
  claims(page, listAt(json, 'spec', 'volumeClaimTemplates'));
  events(page, around);
};

function claims(page: Page, all: readonly Json[]): void {
  if (all.length === 0) {
    page.line(0, 'Volume Claims:', '<none>');
    return;
  }
  page.line(0, 'Volume Claims:');
  for (const one of all) {
    const storage = textAt(one, 'spec', 'resources', 'requests', 'storage');
    page.line(1, 'Name:', textAt(one, 'metadata', 'name'));
    page.line(1, 'StorageClass:', textAt(one, 'spec', 'storageClassName'));
    labels(page, '  Labels', at(one, 'metadata', 'labels'));
    annotations(page, at(one, 'metadata', 'annotations'), '  Annotations');
    page.line(1, 'Capacity:', storage === '' ? '<default>' : canonicalQuantity(storage));
    page.line(1, 'Access Modes:', `[${listAt(one, 'spec', 'accessModes').map(String).join(' ')}]`);
  }
}

export const describeDaemonSet: Describer = (page, around) => {
  const { json } = around.object;
  const status = (field: string) => numberAt(json, 'status', field);
  head(page, json);
  page.line(0, 'Selector:', selectorText(at(json, 'spec', 'selector')));
  page.line(0, 'Node-Selector:', pairsText(at(json, 'spec', 'template', 'spec', 'nodeSelector')));
  labelsAndAnnotations(page, json);
  page.line(0, `Desired Number of Nodes Scheduled: ${status('desiredNumberScheduled')}`);
  page.line(0, `Current Number of Nodes Scheduled: ${status('currentNumberScheduled')}`);
  page.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status('updatedNumberScheduled')}`);
  page.line(0, `Number of Nodes Scheduled with Available Pods: ${status('numberAvailable')}`);
  page.line(0, `Number of Nodes Misscheduled: ${status('numberMisscheduled')}`);
  podsStatus(page, around);
  podTemplate(page, at(json, 'spec', 'template'));
  events(page, around);
};
