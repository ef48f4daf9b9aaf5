// `describe` of what Pods are configured with, and of namespaces.

import { compareText, type Json } from '../../engine/index';
import { at, isMap, listAt, textAt } from '../fields';
import { type Around, annotations, type Describer, events, head, labels, labelsAndAnnotations, sortedPairs } from './common';
import type { Page } from './page';

export const describeConfigMap: Describer = (page, around) => {
  const { json } = around.object;
  head(page, json);
  labelsAndAnnotations(page, json);
  page.write(0, '\nData\n====\n');
  for (const [key, value] of sortedPairs(at(json, 'data'))) page.write(0, `${key}:\n----\n${value}\n\n`);
  page.write(0, '\nBinaryData\n====\n');
  for (const [key, value] of sortedPairs(at(json, 'binaryData'))) page.write(0, `${key}: ${bytes(value)} bytes\n`);
  page.write(0, '\n');
  events(page, around);
};

/** The values are never shown. */
export const describeSecret: Describer = (page, { object: { json } }) => {
  head(page, json);
  labelsAndAnnotations(page, json);
  page.write(0, `\nType:\t${textAt(json, 'type') || 'Opaque'}\n`);
  page.write(0, '\nData\n====\n');
  for (const [key, value] of sortedPairs(secretData(json))) page.line(0, `${key}:`, `${bytes(value)} bytes`);
};

/** Of base64. */
function bytes(text: string): number {
  return Math.floor((text.replace(/=+$/, '').length * 3) / 4);
}

function secretData(json: Json): Json {
  const data = at(json, 'data');
  return isMap(data) ? data : {};
}

export const describeServiceAccount: Describer = (page, around) => {
  const { json } = around.object;
  head(page, json);
  labelsAndAnnotations(page, json);
  const secrets = listAt(json, 'imagePullSecrets').map((one) => textAt(one, 'name'));
  const [first = '<none>', ...rest] = secrets;
  page.line(0, 'Image pull secrets:', first);
  for (const name of rest) page.line(0, '                   ', name);
  events(page, around);
};

export const describeNamespace: Describer = (page, around) => {
  const { json } = around.object;
  page.line(0, 'Name:', textAt(json, 'metadata', 'name'));
  labels(page, 'Labels', at(json, 'metadata', 'labels'));
  annotations(page, at(json, 'metadata', 'annotations'));
  page.line(0, 'Status:', textAt(json, 'status', 'phase'));
  page.line(0, '');
  quotas(page, around);
  page.line(0, '');
  limitRanges(page, around);
};

function quotas(page: Page, { object, objects }: Around): void {
  const all = objects.filter((one) => one.kind === 'ResourceQuota' && one.namespace === object.name);
  if (all.length === 0) {
    page.line(0, 'No resource quota.');
    return;
  }
  page.line(0, 'Resource Quotas');
  for (const { name, json } of all) {
    const hard = at(json, 'status', 'hard') ?? at(json, 'spec', 'hard');
    page.line(1, 'Name:', name);
    page.line(1, 'Resource', 'Used', 'Hard');
    page.line(1, '--------', '---', '---');
    for (const [resource, most] of sortedPairs(hard)) page.line(1, resource, textAt(json, 'status', 'used', resource) || '0', most);
  }
}

const COLUMNS = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'];

function limitRanges(page: Page, { object, objects }: Around): void {
  const limits = objects
    .filter((one) => one.kind === 'LimitRange' && one.namespace === object.name)
    .flatMap(({ json }) => listAt(json, 'spec', 'limits'));
  if (limits.length === 0) {
    page.line(0, 'No LimitRange resource.');
    return;
  }
  page.line(0, 'Resource Limits');
  page.line(0, ' Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio');
  page.line(0, ' ----', '--------', '---', '---', '---------------', '-------------', '-----------------------');
  for (const limit of limits) {
    const names = new Set(COLUMNS.flatMap((column) => sortedPairs(at(limit, column)).map(([name]) => name)));
    for (const name of [...names].sort(compareText))
      page.line(0, ` ${textAt(limit, 'type')}`, name, ...COLUMNS.map((column) => textAt(limit, column, name) || '-'));
  }
}
