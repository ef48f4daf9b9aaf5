// `describe networkpolicy`: who is let in and out, in words.

import type { Json } from '../../engine/index';
import { selectorText } from '../column';
import { at, listAt, textAt } from '../fields';
import { type Describer, head, labelsAndAnnotations } from './common';
import type { Page } from './page';

export const describeNetworkPolicy: Describer = (page, { object: { json } }) => {
  const spec = at(json, 'spec');
  head(page, json);
  page.line(0, 'Created on:', textAt(json, 'metadata', 'creationTimestamp').replace('T', ' ').replace('Z', ' +0000 UTC'));
  labelsAndAnnotations(page, json);
  page.line(0, 'Spec:');
  const selector = selectorText(at(spec, 'podSelector'));
  page.line(
    1,
    `PodSelector:     ${selector === '<none>' ? `${selector} (Allowing the specific traffic to all pods in this namespace)` : selector}`,
  );
  const types = policyTypes(spec);
  for (const direction of [INGRESS, EGRESS]) {
    if (!types.includes(direction.type)) page.line(1, `Not affecting ${direction.noun} traffic`);
    else {
      page.line(1, `Allowing ${direction.noun} traffic:`);
      rules(page, listAt(spec, direction.noun), direction);
    }
  }
  page.line(1, `Policy Types: ${types.join(', ') || '<none>'}`);
};

interface Direction {
  readonly type: string;
  readonly noun: 'ingress' | 'egress';
  readonly peers: 'from' | 'to';
  readonly title: string;
  readonly anybody: string;
}

const INGRESS: Direction = { type: 'Ingress', noun: 'ingress', peers: 'from', title: 'From', anybody: 'traffic not restricted by source' };
const EGRESS: Direction = { type: 'Egress', noun: 'egress', peers: 'to', title: 'To', anybody: 'traffic not restricted by destination' };

/** The API server writes them down where nobody did. */
function policyTypes(spec: Json | undefined): readonly string[] {
  const written = listAt(spec, 'policyTypes').map(String);
  if (written.length > 0) return written;
  return listAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function rules(page: Page, all: readonly Json[], { noun, peers, title, anybody }: Direction): void {
  if (all.length === 0) page.line(2, `<none> (Selected pods are isolated for ${noun} connectivity)`);
  for (const [index, rule] of all.entries()) {
    const ports = listAt(rule, 'ports');
    if (ports.length === 0) page.line(2, 'To Port: <any> (traffic allowed to all ports)');
    for (const port of ports) page.line(2, portText(port));
    const listed = listAt(rule, peers);
    if (listed.length === 0) page.line(2, `${title}: <any> (${anybody})`);
    for (const peer of listed) {
      page.line(2, `${title}:`);
      describePeer(page, peer);
    }
    if (index < all.length - 1) page.line(2, '----------');
  }
}

function portText(port: Json): string {
  const [number, end, protocol] = [textAt(port, 'port'), textAt(port, 'endPort'), textAt(port, 'protocol') || 'TCP'];
  return end === '' ? `To Port: ${number || '<nil>'}/${protocol}` : `To Port Range: ${number}-${end}/${protocol}`;
}

function describePeer(page: Page, peer: Json): void {
  const [pods, namespaces, block] = [at(peer, 'podSelector'), at(peer, 'namespaceSelector'), at(peer, 'ipBlock')];
  if (namespaces !== undefined) page.line(3, `NamespaceSelector: ${selectorText(namespaces)}`);
  if (pods !== undefined) page.line(3, `PodSelector: ${selectorText(pods)}`);
  if (block === undefined || pods !== undefined || namespaces !== undefined) return;
  page.line(3, 'IPBlock:');
  page.line(4, `CIDR: ${textAt(block, 'cidr')}`);
  page.line(4, `Except: ${listAt(block, 'except').map(String).join(', ')}`);
}
