// The columns of Services, of what stands behind them, and of the ways in.

import { compareText, type Json } from '../engine/index';
import { AGE, type CellContext, type Column, field, NAME, NONE, pairs, selectorText, wide } from './column';
import { at, listAt, textAt } from './fields';
import { firstThree } from './table';

export const NETWORK_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Service: [
    NAME,
    field('TYPE', ['spec', 'type'], 'ClusterIP'),
    { name: 'CLUSTER-IP', cell: (one) => textAt(listAt(one, 'spec', 'clusterIPs')[0]) || textAt(one, 'spec', 'clusterIP') || NONE },
    { name: 'EXTERNAL-IP', cell: externalAddress },
    { name: 'PORT(S)', cell: (one) => listAt(one, 'spec', 'ports').map(servicePort).join(',') || NONE },
    AGE,
    wide('SELECTOR', (one) => pairs(at(one, 'spec', 'selector'))),
  ],
  Endpoints: [NAME, { name: 'ENDPOINTS', cell: endpoints }, AGE],
  EndpointSlice: [
    NAME,
    field('ADDRESSTYPE', ['addressType']),
    { name: 'PORTS', cell: (one) => firstThree(listAt(one, 'ports').map((port) => textAt(port, 'port') || '*')) || '<unset>' },
    {
      name: 'ENDPOINTS',
      cell: (one) => firstThree(listAt(one, 'endpoints').flatMap((each) => listAt(each, 'addresses').map(String))) || '<unset>',
    },
    AGE,
  ],
  Ingress: [
    NAME,
    field('CLASS', ['spec', 'ingressClassName'], NONE),
    { name: 'HOSTS', cell: ingressHosts },
    { name: 'ADDRESS', cell: (one) => balancerPoints(one).join(',') },
    { name: 'PORTS', cell: (one) => (listAt(one, 'spec', 'tls').length > 0 ? '80, 443' : '80') },
    AGE,
  ],
  IngressClass: [NAME, field('CONTROLLER', ['spec', 'controller']), { name: 'PARAMETERS', cell: classParameters }, AGE],
  NetworkPolicy: [NAME, { name: 'POD-SELECTOR', cell: (one) => selectorText(at(one, 'spec', 'podSelector')) }, AGE],
  ServiceCIDR: [NAME, { name: 'CIDRS', cell: (one) => listAt(one, 'spec', 'cidrs').map(String).join(',') }, AGE],
  // The columns that the Gateway API's own definitions ask for.
  GatewayClass: [
    NAME,
    field('CONTROLLER', ['spec', 'controllerName']),
    { name: 'ACCEPTED', cell: (one) => condition(one, 'Accepted') },
    AGE,
    wide('DESCRIPTION', (one) => textAt(one, 'spec', 'description')),
  ],
  Gateway: [
    NAME,
    field('CLASS', ['spec', 'gatewayClassName']),
    { name: 'ADDRESS', cell: (one) => textAt(listAt(one, 'status', 'addresses')[0], 'value') },
    { name: 'PROGRAMMED', cell: (one) => condition(one, 'Programmed') },
    AGE,
  ],
  HTTPRoute: [NAME, { name: 'HOSTNAMES', cell: hostnames }, AGE],
  GRPCRoute: [NAME, { name: 'HOSTNAMES', cell: hostnames }, AGE],
};

export function servicePort(port: Json): string {
  const nodePort = textAt(port, 'nodePort');
  return `${textAt(port, 'port')}${nodePort === '' ? '' : `:${nodePort}`}/${textAt(port, 'protocol') || 'TCP'}`;
}

/** getServiceExternalIP. */
function externalAddress(one: Json, { wide: isWide }: CellContext): string {
  const type = textAt(one, 'spec', 'type') || 'ClusterIP';
  const fixed = listAt(one, 'spec', 'externalIPs').map(String);
  if (type === 'ExternalName') return textAt(one, 'spec', 'externalName');
  if (type === 'ClusterIP' || type === 'NodePort') return fixed.join(',') || NONE;
  if (type !== 'LoadBalancer') return '<unknown>';
  const balanced = [...balancerPoints(one)].sort(compareText).join(',');
  const shown = balanced.length > 16 && !isWide ? `${balanced.slice(0, 13)}...` : balanced;
  return [...(shown === '' ? [] : [shown]), ...fixed].join(',') || '<pending>';
}

export function balancerPoints(one: Json): readonly string[] {
  return listAt(one, 'status', 'loadBalancer', 'ingress').map((point) => textAt(point, 'ip') || textAt(point, 'hostname'));
}

function endpoints(one: Json): string {
  const subsets = listAt(one, 'subsets');
  if (subsets.length === 0) return NONE;
  return firstThree(subsets.flatMap(subsetEndpoints));
}

function subsetEndpoints(subset: Json): readonly string[] {
  const addresses = listAt(subset, 'addresses').map((address) => textAt(address, 'ip'));
  const ports = listAt(subset, 'ports').map((port) => textAt(port, 'port'));
  if (ports.length === 0) return addresses;
  return ports.flatMap((port) => addresses.map((ip) => hostPort(ip, port)));
}

/** net.JoinHostPort. */
export function hostPort(ip: string, port: string): string {
  return `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
}

function ingressHosts(one: Json): string {
  const hosts = listAt(one, 'spec', 'rules').map((rule) => textAt(rule, 'host'));
  return firstThree(hosts.filter((host) => host !== '')) || '*';
}

function classParameters(one: Json): string {
  const parameters = at(one, 'spec', 'parameters');
  if (parameters === undefined) return NONE;
  const group = textAt(parameters, 'apiGroup');
  return `${textAt(parameters, 'kind')}${group === '' ? '' : `.${group}`}/${textAt(parameters, 'name')}`;
}

function condition(one: Json, type: string): string {
  return textAt(
    listAt(one, 'status', 'conditions').find((each) => textAt(each, 'type') === type),
    'status',
  );
}

/** A column of a list prints it as JSON. */
function hostnames(one: Json): string {
  const listed = listAt(one, 'spec', 'hostnames');
  return listed.length === 0 ? '' : JSON.stringify(listed);
}
