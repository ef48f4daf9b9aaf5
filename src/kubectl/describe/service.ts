// `describe service`, `describe endpoints`, `describe endpointslice`.

import type { Json, StoredObject } from '../../engine/index';
import { hostPort } from '../columns-network';
import { at, listAt, textAt } from '../fields';
import { type Describer, events, head, labelsAndAnnotations, optional, sortedPairs } from './common';
import type { Page } from './page';

export const describeService: Describer = (page, around) => {
  const { json } = around.object;
  const spec = at(json, 'spec');
  head(page, json);
  labelsAndAnnotations(page, json);
  page.line(0, 'Selector:', pairsText(at(spec, 'selector')));
  page.line(0, 'Type:', textAt(spec, 'type') || 'ClusterIP');
  optional(page, 'IP Family Policy', textAt(spec, 'ipFamilyPolicy'));
  page.line(0, 'IP Families:', joined(spec, 'ipFamilies') || '<none>');
  page.line(0, 'IP:', textAt(spec, 'clusterIP'));
  page.line(0, 'IPs:', joined(spec, 'clusterIPs') || '<none>');
  optional(page, 'External IPs', joined(spec, 'externalIPs'));
  optional(page, 'Desired LoadBalancer IP', textAt(spec, 'loadBalancerIP'));
  optional(page, 'External Name', textAt(spec, 'externalName'));
  optional(page, 'LoadBalancer Ingress', listAt(json, 'status', 'loadBalancer', 'ingress').map(balancerPoint).join(', '));
  const slices = slicesOf(around.objects, around.object.namespace, around.object.name);
  for (const port of listAt(spec, 'ports')) describePort(page, port, slices);
  page.line(0, 'Session Affinity:', textAt(spec, 'sessionAffinity') || 'None');
  optional(page, 'External Traffic Policy', textAt(spec, 'externalTrafficPolicy'));
  optional(page, 'Internal Traffic Policy', textAt(spec, 'internalTrafficPolicy'));
  optional(page, 'HealthCheck NodePort', textAt(spec, 'healthCheckNodePort'));
  optional(page, 'LoadBalancer Source Ranges', joined(spec, 'loadBalancerSourceRanges'));
  optional(page, 'Traffic Distribution', textAt(spec, 'trafficDistribution'));
  events(page, around);
};

function describePort(page: Page, port: Json, slices: readonly Json[]): void {
  const name = textAt(port, 'name') || '<unset>';
  const protocol = textAt(port, 'protocol') || 'TCP';
  page.line(0, 'Port:', name, `${textAt(port, 'port')}/${protocol}`);
  page.line(0, 'TargetPort:', `${textAt(port, 'targetPort') || textAt(port, 'port')}/${protocol}`);
  optional(page, 'AppProtocol', textAt(port, 'appProtocol'));
  const nodePort = textAt(port, 'nodePort');
  if (nodePort !== '' && nodePort !== '0') page.line(0, 'NodePort:', name, `${nodePort}/${protocol}`);
  page.line(0, 'Endpoints:', endpointsText(slices, textAt(port, 'name')));
}

/** labels.FormatLabels. */
export function pairsText(map: Json | undefined): string {
  return (
    sortedPairs(map)
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || '<none>'
  );
}

function joined(json: Json | undefined, field: string): string {
  return listAt(json, field).map(String).join(',');
}

function balancerPoint(point: Json): string {
  const mode = textAt(point, 'ipMode');
  const ip = textAt(point, 'ip');
  return ip === '' ? textAt(point, 'hostname') : `${ip}${mode === '' ? '' : ` (${mode})`}`;
}

/** The slices that belong to a Service. */
export function slicesOf(objects: readonly StoredObject[], namespace: string | null, service: string): readonly Json[] {
  const own = objects.filter(
    (one) => one.kind === 'EndpointSlice' && one.namespace === namespace && one.labels['kubernetes.io/service-name'] === service,
  );
  return own.map(({ json }) => json);
}

const MOST = 3;

/** Ready ones alone, three at most; one that is not ready behind the third counts as `+ 0 more` (formatEndpointSlices). */
export function endpointsText(slices: readonly Json[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const listed: string[] = [];
  let isMore = false;
  let count = 0;
  for (const { endpoint, port } of slices.flatMap((slice) => targets(slice, portName))) {
    if (listed.length === MOST) isMore = true;
    if (at(endpoint, 'conditions', 'ready') === false) continue;
    const address = String(listAt(endpoint, 'addresses')[0] ?? '');
    if (!isMore) listed.push(port === null ? address : hostPort(address, port));
    count += 1;
  }
  return isMore ? `${listed.join(',')} + ${count - MOST} more...` : listed.join(',');
}

interface Target {
  readonly endpoint: Json;
  /** null where the slice has no ports. */
  readonly port: string | null;
}

function targets(slice: Json, portName: string): readonly Target[] {
  const ports = listAt(slice, 'ports');
  const endpoints = listAt(slice, 'endpoints');
  if (ports.length === 0) return endpoints.map((endpoint) => ({ endpoint, port: null }));
  const meant = ports.filter((port) => textAt(port, 'name') === portName);
  return meant.flatMap((port) => endpoints.map((endpoint) => ({ endpoint, port: textAt(port, 'port') })));
}

export const describeEndpoints: Describer = (page, around) => {
  const { json } = around.object;
  head(page, json);
  labelsAndAnnotations(page, json);
  page.line(0, 'Subsets:');
  for (const subset of listAt(json, 'subsets')) {
    const addresses = (field: string) =>
      listAt(subset, field)
        .map((one) => textAt(one, 'ip'))
        .join(',') || '<none>';
    page.line(1, 'Addresses:', addresses('addresses'));
    page.line(1, 'NotReadyAddresses:', addresses('notReadyAddresses'));
    portTable(page, 2, listAt(subset, 'ports'));
    page.line(0, '');
  }
  events(page, around);
};

function portTable(page: Page, level: number, ports: readonly Json[]): void {
  if (ports.length === 0) return;
  page.line(level - 1, 'Ports:');
  page.line(level, 'Name', 'Port', 'Protocol');
  page.line(level, '----', '----', '--------');
  for (const port of ports)
    page.line(level, textAt(port, 'name') || '<unset>', textAt(port, 'port') || '<unset>', textAt(port, 'protocol') || 'TCP');
}

export const describeEndpointSlice: Describer = (page, around) => {
  const { json } = around.object;
  head(page, json);
  labelsAndAnnotations(page, json);
  page.line(0, 'AddressType:', textAt(json, 'addressType'));
  const endpoints = listAt(json, 'endpoints');
  if (listAt(json, 'ports').length === 0) page.line(0, 'Ports: <unset>');
  portTable(page, 1, listAt(json, 'ports'));
  page.line(0, endpoints.length === 0 ? 'Endpoints: <none>' : 'Endpoints:');
  for (const endpoint of endpoints) {
    const ref = at(endpoint, 'targetRef');
    page.line(1, '- Addresses:', listAt(endpoint, 'addresses').map(String).join(', ') || '<none>');
    page.line(2, 'Conditions:');
    page.line(3, 'Ready:', textAt(endpoint, 'conditions', 'ready') || '<unset>');
    page.line(2, 'Hostname:', textAt(endpoint, 'hostname') || '<unset>');
    if (ref !== undefined) page.line(2, 'TargetRef:', `${textAt(ref, 'kind')}/${textAt(ref, 'name')}`);
    page.line(2, 'NodeName:', textAt(endpoint, 'nodeName') || '<unset>');
    page.line(2, 'Zone:', textAt(endpoint, 'zone') || '<unset>');
  }
  events(page, around);
};
