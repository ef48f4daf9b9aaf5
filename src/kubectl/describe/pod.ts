// `describe pod`, and the Pod template in the description of what makes Pods.

import { compareText, type Json } from '../../engine/index';
import { since } from '../age';
import { selectorText } from '../column';
import { at, isMap, listAt, textAt } from '../fields';
import { annotations, controllerOf, type Describer, events, head, labels, labelsAndAnnotations, multiline, optional, time } from './common';
import { describeContainers } from './containers';
import type { Page } from './page';
import { describeVolumes } from './volumes';

export const describePod: Describer = (page, around) => {
  const { json } = around.object;
  const spec = at(json, 'spec');
  head(page, json);
  page.line(0, 'Priority:', textAt(spec, 'priority') || '0');
  optional(page, 'Priority Class Name', textAt(spec, 'priorityClassName'));
  optional(page, 'Runtime Class Name', textAt(spec, 'runtimeClassName'));
  page.line(0, 'Service Account:', textAt(spec, 'serviceAccountName') || 'default');
  const node = textAt(spec, 'nodeName');
  page.line(0, 'Node:', node === '' ? '<none>' : `${node}/${textAt(json, 'status', 'hostIP')}`);
  if (textAt(json, 'status', 'startTime') !== '') page.line(0, 'Start Time:', time(json, 'status', 'startTime'));
  labelsAndAnnotations(page, json);
  status(page, json, around.now);
  addresses(page, json);
  optional(page, 'Controlled By', controllerOf(json));
  optional(page, 'NominatedNodeName', textAt(json, 'status', 'nominatedNodeName'));
  const inits = listAt(spec, 'initContainers');
  if (inits.length > 0)
    describeContainers(page, {
      title: 'Init Containers',
      containers: inits,
      statuses: listAt(json, 'status', 'initContainerStatuses'),
      pod: json,
    });
  describeContainers(page, {
    title: 'Containers',
    containers: listAt(spec, 'containers'),
    statuses: listAt(json, 'status', 'containerStatuses'),
    pod: json,
  });
  gates(page, json);
  podConditions(page, json);
  describeVolumes(page, listAt(spec, 'volumes'), '');
  page.line(0, 'QoS Class:', textAt(json, 'status', 'qosClass') || qosClass(spec));
  labels(page, 'Node-Selectors', at(spec, 'nodeSelector'));
  tolerations(page, 'Tolerations', spec);
  spread(page, spec, '');
  events(page, around);
};

function status(page: Page, json: Json, now: number): void {
  const phase = textAt(json, 'status', 'phase');
  const leaves = textAt(json, 'metadata', 'deletionTimestamp');
  if (leaves !== '' && phase !== 'Failed' && phase !== 'Succeeded') {
    page.line(0, 'Status:', `Terminating (lasts ${since(leaves, now)})`);
    page.line(0, 'Termination Grace Period:', `${textAt(json, 'metadata', 'deletionGracePeriodSeconds') || '30'}s`);
  } else page.line(0, 'Status:', phase);
  optional(page, 'Reason', textAt(json, 'status', 'reason'));
  optional(page, 'Message', textAt(json, 'status', 'message'));
  optional(page, 'SeccompProfile', textAt(json, 'spec', 'securityContext', 'seccompProfile', 'type'));
}

function addresses(page: Page, json: Json): void {
  page.line(0, 'IP:', textAt(json, 'status', 'podIP'));
  const all = listAt(json, 'status', 'podIPs');
  if (all.length === 0) page.line(0, 'IPs:', '<none>');
  else page.line(0, 'IPs:');
  for (const one of all) page.line(1, 'IP:', textAt(one, 'ip'));
}

function gates(page: Page, json: Json): void {
  const all = listAt(json, 'spec', 'readinessGates');
  if (all.length === 0) return;
  page.line(0, 'Readiness Gates:');
  page.line(1, 'Type', 'Status');
  for (const gate of all) {
    const type = textAt(gate, 'conditionType');
    const found = listAt(json, 'status', 'conditions').find((one) => textAt(one, 'type') === type);
    page.line(1, `${type} `, `${found === undefined ? '<none>' : textAt(found, 'status')} `);
  }
}

function podConditions(page: Page, json: Json): void {
  const all = listAt(json, 'status', 'conditions');
  if (all.length === 0) return;
  page.line(0, 'Conditions:');
  page.line(1, 'Type', 'Status');
  for (const one of all) page.line(1, `${textAt(one, 'type')} `, `${textAt(one, 'status')} `);
}

/** GetPodQOS: what is asked for is what is allowed, for processor and memory of every container; or something; or nothing. */
function qosClass(spec: Json | undefined): string {
  const containers = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')];
  const lists = containers.map((one) => ({ limits: at(one, 'resources', 'limits'), requests: at(one, 'resources', 'requests') }));
  const named = (list: Json | undefined) => (isMap(list) ? Object.keys(list).filter((name) => name === 'cpu' || name === 'memory') : []);
  if (lists.every(({ limits, requests }) => named(limits).length + named(requests).length === 0)) return 'BestEffort';
  const isGuaranteed = lists.every(
    ({ limits, requests }) =>
      named(limits).length === 2 && named(requests).every((name) => textAt(requests, name) === textAt(limits, name)),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

export function tolerations(page: Page, title: string, spec: Json | undefined): void {
  const all = [...listAt(spec, 'tolerations')].sort((a, b) => compareText(textAt(a, 'key'), textAt(b, 'key')));
  multiline(page, title, all.map(tolerationText));
}

function tolerationText(one: Json): string {
  const [key, value, effect] = [textAt(one, 'key'), textAt(one, 'value'), textAt(one, 'effect')];
  const name = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
  const exists = textAt(one, 'operator') === 'Exists' && value === '' ? `${name === '' ? '' : ' '}op=Exists` : '';
  const seconds = textAt(one, 'tolerationSeconds');
  return `${name}${exists}${seconds === '' ? '' : ` for ${seconds}s`}`;
}

function spread(page: Page, spec: Json | undefined, space: string): void {
  const all = [...listAt(spec, 'topologySpreadConstraints')].sort((a, b) =>
    compareText(textAt(a, 'topologyKey'), textAt(b, 'topologyKey')),
  );
  for (const [index, one] of all.entries()) {
    const selector = at(one, 'labelSelector');
    const whom = selector === undefined ? '' : ` for selector ${selectorText(selector)}`;
    const text = `${textAt(one, 'topologyKey')}:${textAt(one, 'whenUnsatisfiable') || 'DoNotSchedule'} when max skew ${textAt(one, 'maxSkew')} is exceeded${whom}`;
    page.line(0, index === 0 ? `${space}Topology Spread Constraints:` : space, text);
  }
}

export function podTemplate(page: Page, template: Json | undefined): void {
  const spec = at(template, 'spec');
  page.line(0, 'Pod Template:');
  labels(page, '  Labels', at(template, 'metadata', 'labels'));
  const noted = at(template, 'metadata', 'annotations');
  if (isMap(noted) && Object.keys(noted).length > 0) annotations(page, noted, '  Annotations');
  const account = textAt(spec, 'serviceAccountName');
  if (account !== '') page.line(1, 'Service Account:', account);
  const inits = listAt(spec, 'initContainers');
  if (inits.length > 0) describeContainers(page, { title: 'Init Containers', containers: inits, statuses: [], pod: null });
  describeContainers(page, { title: 'Containers', containers: listAt(spec, 'containers'), statuses: [], pod: null });
  describeVolumes(page, listAt(spec, 'volumes'), '  ');
  spread(page, spec, '  ');
  const priority = textAt(spec, 'priorityClassName');
  if (priority !== '') page.line(1, 'Priority Class Name:', priority);
  labels(page, '  Node-Selectors', at(spec, 'nodeSelector'));
  tolerations(page, '  Tolerations', spec);
}
