import { describe, expect, test } from 'vitest';
import { compiled, node, service, slice } from './compiled.test-support';
import { endpointsOf, slicesByService, usableEndpoints } from './endpoints';
import { proxiedPorts } from './service-ports';

const nodes =
  node('node-1', '192.168.1.11', '10.244.1.0/24', { zone: 'a' }) + node('node-2', '192.168.1.12', '10.244.2.0/24', { zone: 'b' });
const PORT = '{ name: "", port: 8080, protocol: TCP }';
const LOCAL = 'type: NodePort, externalTrafficPolicy: Local,';

/** What kube-proxy of node-1 may use: of the cluster, of the node, and whether there is anybody at all. */
function usable(spec: string, ...slices: readonly string[]) {
  const { cluster } = compiled(nodes + service('shop/web', `{ clusterIP: 10.96.7.7, ${spec} ports: [{ port: 80 }] }`) + slices.join(''));
  const [port] = proxiedPorts(cluster, 4);
  const here = cluster.nodes.find(({ metadata }) => metadata.name === 'node-1');
  if (port === undefined || here === undefined) throw new Error('the cluster lacks its parts');
  const found = usableEndpoints(port, endpointsOf(port, slicesByService(cluster), here), here);
  const last = (endpoints: readonly { readonly key: string }[]): string =>
    endpoints.map(({ key }) => key.replace(/^10\.244\.(\d)\.(\d+):8080$/, '$1.$2')).join(' ');
  return `cluster ${last(found.cluster)} | local ${last(found.local)} | ${found.any ? 'somebody' : 'nobody'}`;
}

const endpoints = (...listed: readonly string[]): string => slice('shop/web', PORT, listed);

describe('the endpoints that a node may use', () => {
  test('are all that are ready, in the order of their text', () => {
    expect(usable('', endpoints('10.244.2.9@node-2', '10.244.1.10@node-1', '10.244.1.9@node-1!'))).toBe(
      'cluster 1.10 2.9 | local  | somebody',
    );
  });

  test('are the terminating ones where nobody is ready', () => {
    expect(usable('', endpoints('10.244.1.5@node-1!', '10.244.2.5@node-2~'))).toBe('cluster 2.5 | local  | somebody');
    expect(usable(LOCAL, endpoints('10.244.1.5@node-1~', '10.244.2.5@node-2'))).toBe('cluster 2.5 | local 1.5 | somebody');
  });

  test('are those of the node alone where the policy says so', () => {
    expect(usable('internalTrafficPolicy: Local,', endpoints('10.244.1.5@node-1', '10.244.2.5@node-2'))).toBe(
      'cluster  | local 1.5 | somebody',
    );
    expect(usable('internalTrafficPolicy: Local,', endpoints('10.244.2.5@node-2'))).toBe('cluster  | local  | somebody');
    expect(usable('internalTrafficPolicy: Local,', endpoints('10.244.1.5'))).toBe('cluster  | local  | somebody');
  });

  test('do not depend on the external policy of a Service that cannot be reached from outside', () => {
    expect(usable('externalIPs: [203.0.113.1], externalTrafficPolicy: Local,', endpoints('10.244.1.5@node-1'))).toBe(
      'cluster 1.5 | local 1.5 | somebody',
    );
    expect(usable('', endpoints('10.244.1.5@node-1'))).toBe('cluster 1.5 | local  | somebody');
  });

  test('are nobody where nobody is ready or about to end', () => {
    expect(usable('', endpoints('10.244.1.5@node-1!'))).toBe('cluster  | local  | nobody');
    expect(usable('')).toBe('cluster  | local  | nobody');
  });

  test('follow the hints: of the node, else of its zone', () => {
    expect(usable('', endpoints('10.244.1.5@node-1>a', '10.244.2.5@node-2>b'))).toBe('cluster 1.5 | local  | somebody');
    expect(usable('', endpoints('10.244.1.5@node-1>a>>node-2', '10.244.2.5@node-2>b>>node-1'))).toBe('cluster 2.5 | local  | somebody');
    expect(usable('', endpoints('10.244.1.5@node-1>a>>node-2', '10.244.2.5@node-2>b>>node-2'))).toBe('cluster 1.5 | local  | somebody');
  });

  test('are all where one that is ready has no hint, or none is for here', () => {
    expect(usable('', endpoints('10.244.1.5@node-1>a', '10.244.2.5@node-2'))).toBe('cluster 1.5 2.5 | local  | somebody');
    expect(usable('', endpoints('10.244.1.5@node-1>b', '10.244.2.5@node-2>b'))).toBe('cluster 1.5 2.5 | local  | somebody');
    expect(usable('', endpoints('10.244.1.5@node-1>a', '10.244.2.5@node-2!'))).toBe('cluster 1.5 | local  | somebody');
  });

  test('count once where two slices list them, on this node if one of the two says so', () => {
    const twice = [slice('shop/web', PORT, ['10.244.1.5@node-1'], 'first'), slice('shop/web', PORT, ['10.244.1.5@node-2'], 'second')];
    expect(usable(LOCAL, ...twice)).toBe('cluster 1.5 | local 1.5 | somebody');
    expect(usable(LOCAL, ...twice.toReversed())).toBe('cluster 1.5 | local 1.5 | somebody');
  });

  test('belong to the port of the same name and protocol', () => {
    const wrong = [
      slice('shop/web', '{ name: other, port: 8080, protocol: TCP }', ['10.244.1.5'], 'name'),
      slice('shop/web', '{ name: "", port: 8080, protocol: UDP }', ['10.244.1.6'], 'protocol'),
    ];
    expect(usable('', ...wrong)).toBe('cluster  | local  | nobody');
  });
});
