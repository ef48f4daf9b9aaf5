import { describe, expect, test } from 'vitest';
import { formatListening } from '../linux/ss';
import { compiled, kernelOf, node, pod, service, slice } from './compiled.test-support';

const nodes = node('node-1', '192.168.1.10', '10.1.1.0/24') + node('node-2', '192.168.1.11', '10.1.2.0/24');
const ports = (...numbers: readonly string[]): string =>
  `containers: [{ name: main, image: example/app, ports: [${numbers.map((text) => `{ containerPort: ${text.split('/')[0]}, protocol: ${text.split('/')[1] ?? 'TCP'} }`).join(', ')}] }]`;
const listening = (yaml: string, netns: string) => kernelOf(compiled(nodes + yaml), netns).sockets;

describe('what listens', () => {
  test('in a Pod is what it declares', () => {
    expect(listening(pod('shop/web', 'node-1', '10.1.1.5', ports('8080', '53/UDP')), 'pod/shop/web').map(formatListening)).toEqual([
      'udp UNCONN *:53 shop/web',
      'tcp LISTEN *:8080 shop/web',
    ]);
  });

  test('in a Pod on the host network listens on the node', () => {
    const yaml = pod('shop/agent', 'node-1', '192.168.1.10', `hostNetwork: true, ${ports('9100')}`);
    expect(listening(yaml, 'node/node-1').map(formatListening)).toEqual(['tcp LISTEN *:9100 shop/agent']);
    expect(Object.keys(compiled(nodes + yaml).world.kernels)).not.toContain('pod/shop/agent');
  });

  test('behind kube-system/kube-dns answers names, on the ports that the Service aims at', () => {
    const dns = service(
      'kube-system/kube-dns',
      '{ clusterIP: 10.96.0.10, selector: { app: dns }, ports: [{ name: dns, port: 53, targetPort: 5353, protocol: UDP }, { name: dns-tcp, port: 53, targetPort: 5353 }] }',
    );
    const sockets = listening(pod('kube-system/dns', 'node-1', '10.1.1.2', ports('8080')) + dns, 'pod/kube-system/dns');
    const names = sockets.filter(({ application }) => application.kind === 'dns');
    expect(names.map(({ protocol, port }) => `${port}/${protocol}`)).toEqual(expect.arrayContaining(['5353/TCP', '5353/UDP']));
  });

  test('is the API server where the endpoints of its Service name the node', () => {
    const api =
      service('default/kubernetes', '{ clusterIP: 10.96.0.1, ports: [{ name: https, port: 443 }] }') +
      slice('default/kubernetes', '{ name: https, port: 6443, protocol: TCP }', ['192.168.1.11']);
    expect(listening(api, 'node/node-2').map(formatListening)).toEqual(['tcp LISTEN 192.168.1.11:6443 kube-apiserver']);
    expect(listening(api, 'node/node-1')).toEqual([]);
  });

  test('is kube-proxy, which tells a load balancer whether this node has a ready endpoint', () => {
    const balancer = service(
      'shop/web',
      '{ type: LoadBalancer, clusterIP: 10.96.7.7, externalTrafficPolicy: Local, healthCheckNodePort: 32000, ports: [{ port: 80 }] }',
    );
    const status = (endpoint: string, name: string) =>
      listening(balancer + slice('shop/web', '{ name: "", port: 8080, protocol: TCP }', [endpoint]), `node/${name}`).map(
        ({ port, owner, application }) => [port, owner, application],
      );
    const says = (code: number, localEndpoints: number) => {
      const body = JSON.stringify({ service: { namespace: 'shop', name: 'web' }, localEndpoints, serviceProxyHealthy: true });
      return [[32000, 'kube-proxy', { kind: 'http', status: code, body }]];
    };
    expect(status('10.1.1.5@node-1', 'node-1')).toEqual(says(200, 1));
    expect(status('10.1.1.5@node-1', 'node-2')).toEqual(says(503, 0));
    expect(status('10.1.1.5@node-1~', 'node-1')).toEqual(says(503, 0));
  });
});
