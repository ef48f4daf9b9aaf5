// `describe ingress`, `describe ingressclass`.

import type { Json } from '../../engine/index';
import { balancerPoints } from '../columns-network';
import { at, listAt, textAt } from '../fields';
import { type Around, annotations, type Describer, events, labels } from './common';
import type { Page } from './page';
import { endpointsText, slicesOf } from './service';

export const describeIngress: Describer = (page, around) => {
  const { json } = around.object;
  const fallback = at(json, 'spec', 'defaultBackend');
  const fallbackText = fallback === undefined ? '<default>' : backendText(fallback, around);
  page.line(0, 'Name:', textAt(json, 'metadata', 'name'));
  labels(page, 'Labels', at(json, 'metadata', 'labels'));
  page.line(0, 'Namespace:', textAt(json, 'metadata', 'namespace'));
  page.line(0, 'Address:', [...new Set(balancerPoints(json))].sort().join(','));
  page.line(0, 'Ingress Class:', textAt(json, 'spec', 'ingressClassName') || '<none>');
  page.line(0, 'Default backend:', fallbackText);
  tls(page, listAt(json, 'spec', 'tls'));
  page.line(0, 'Rules:');
  page.line(1, 'Host', 'Path', 'Backends');
  page.line(1, '----', '----', '--------');
  const rules = listAt(json, 'spec', 'rules').filter((rule) => at(rule, 'http') !== undefined);
  for (const rule of rules) {
    page.line(1, textAt(rule, 'host') || '*', '');
    for (const path of listAt(rule, 'http', 'paths'))
      page.line(2, '', `${textAt(path, 'path')} `, backendText(at(path, 'backend') ?? null, around));
  }
  if (rules.length === 0) page.line(1, '*', '*', fallbackText);
  annotations(page, at(json, 'metadata', 'annotations'));
  events(page, around);
};

function tls(page: Page, all: readonly Json[]): void {
  if (all.length === 0) return;
  page.line(0, 'TLS:');
  for (const one of all) {
    const hosts = listAt(one, 'hosts').map(String).join(',');
    const secret = textAt(one, 'secretName');
    page.line(1, secret === '' ? `SNI routes ${hosts}` : `${secret} terminates ${hosts}`);
  }
}

/** `web:80 (10.1.1.11:8080)`, or why there is nothing behind it. */
function backendText(backend: Json, { object, objects }: Around): string {
  const service = at(backend, 'service');
  const resource = at(backend, 'resource');
  if (service === undefined) {
    if (resource === undefined) return '';
    return `APIGroup: ${textAt(resource, 'apiGroup') || '<none>'}, Kind: ${textAt(resource, 'kind')}, Name: ${textAt(resource, 'name')}`;
  }
  const name = textAt(service, 'name');
  const wanted = textAt(service, 'port', 'number') || textAt(service, 'port', 'name');
  const found = objects.find((one) => one.kind === 'Service' && one.namespace === object.namespace && one.name === name);
  if (found === undefined) return `${name}:${wanted} (<error: services "${name}" not found>)`;
  const port = listAt(found.json, 'spec', 'ports').find((one) => textAt(one, 'port') === wanted || textAt(one, 'name') === wanted);
  return `${name}:${wanted} (${endpointsText(slicesOf(objects, object.namespace, name), textAt(port, 'name'))})`;
}

export const describeIngressClass: Describer = (page, around) => {
  const { json } = around.object;
  const parameters = at(json, 'spec', 'parameters');
  page.line(0, 'Name:', textAt(json, 'metadata', 'name'));
  labels(page, 'Labels', at(json, 'metadata', 'labels'));
  annotations(page, at(json, 'metadata', 'annotations'));
  page.line(0, 'Controller:', textAt(json, 'spec', 'controller'));
  if (parameters !== undefined) {
    page.line(0, 'Parameters:');
    if (textAt(parameters, 'apiGroup') !== '') page.line(1, 'APIGroup:', textAt(parameters, 'apiGroup'));
    page.line(1, 'Kind:', textAt(parameters, 'kind'));
    page.line(1, 'Name:', textAt(parameters, 'name'));
  }
  events(page, around);
};
