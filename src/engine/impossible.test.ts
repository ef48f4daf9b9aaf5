// Networks that cannot be: each clash is told at what somebody wrote and names the other side, and the rest of the cluster answers.

import { describe, expect, test } from 'vitest';
import { ask, cluster } from './course.test-support';
import { formatPath } from './kube/field-path';
import { formatRef } from './kube/ref';
import { cidr } from './net/cidr';

const node = (name: string, address: string, range: string): string => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { podCIDR: ${range} }
status: { addresses: [{ type: InternalIP, address: ${address} }] }
---
`;

const pod = (name: string, spec = '', more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec: { ${spec} containers: [{ name: web, image: web, ports: [{ containerPort: 8080${more} }] }] }
---
`;

const service = (name: string, spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }], ${spec} }
---
`;

/** `code at Object field: other side`. */
function told(yaml: string): readonly string[] {
  return cluster(yaml).findings.flatMap(({ finding }) => {
    const other = 'other' in finding ? finding.other : null;
    if (other === null || finding.severity !== 'warning') return [];
    return [
      `${finding.code} ${formatRef(finding.object)} ${formatPath(finding.path)}: ${typeof other === 'string' ? other : formatRef(other)}`,
    ];
  });
}

/** What comes of a request between two Pods beside the clash. */
function outcome(yaml: string, from = 'pod/default/client', to = 'http://web/'): string {
  return ask(cluster(yaml), { from, to }).outcome.kind;
}

const REST = pod('client') + pod('web') + service('web');

describe('ranges', () => {
  test('of two nodes that overlap', () => {
    const yaml = node('a', '192.168.1.10', '10.1.0.0/16') + node('b', '192.168.1.11', '10.1.2.0/24') + REST;
    expect(told(yaml)).toContain('pod-ranges-overlap Node b spec.podCIDR: a');
    expect(['delivered', 'dropped', 'rejected']).toContain(outcome(yaml));
  });

  test('of Pods and of Services that overlap', () => {
    const yaml = node('a', '192.168.1.10', '10.152.183.0/24') + REST + service('fixed', 'clusterIP: 10.152.183.77');
    expect(told(yaml)).toContain('ranges-overlap Node a spec.podCIDR: 10.152.183.0/24');
    expect(told(yaml)).toContain('address-in-range Service default/fixed spec.clusterIP: Node a');
    expect(outcome(yaml)).toBe('delivered');
  });

  test('that an IPPool cuts out of the Services', () => {
    const pool =
      'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: pool }\nspec: { cidr: 10.152.0.0/16, natOutgoing: true }\n---\n';
    expect(told(pool + REST)).toContain('ranges-overlap IPPool pool spec.cidr: 10.152.183.0/24');
    expect(outcome(pool + REST)).toBe('delivered');
  });

  test('of Pods with a machine inside', () => {
    const yaml = node('a', '10.1.1.10', '10.1.1.0/24') + REST;
    expect(told(yaml)).toContain('address-in-range Node a status.addresses: Node a');
    expect(outcome(yaml)).toBe('delivered');
  });

  test('that have no address left for a Service', () => {
    const one = cluster(service('a'), { serviceCIDR: cidr('10.96.0.0/32') });
    expect(one.findings.map(({ finding }) => `${finding.code} ${formatRef(finding.object)}`)).toContain(
      'service-range-used-up Service default/a',
    );
  });
});

describe('addresses', () => {
  test('of two nodes that are the same', () => {
    const yaml = node('a', '192.168.1.10', '10.1.1.0/24') + node('b', '192.168.1.10', '10.1.2.0/24') + REST;
    expect(told(yaml)).toEqual(
      expect.arrayContaining(['address-taken Node a status.addresses: Node b', 'address-taken Node b status.addresses: Node a']),
    );
    expect(['delivered', 'dropped', 'rejected']).toContain(outcome(yaml));
  });

  test('of two Services that are the same: the second is refused, and the first goes on', () => {
    const yaml =
      REST.replace('targetPort: 8080 }],', 'targetPort: 8080 }], clusterIP: 10.152.183.9') + service('late', 'clusterIP: 10.152.183.9');
    const refused = cluster(yaml).findings.find(({ finding }) => finding.severity === 'error')?.finding;
    expect(refused).toMatchObject({ object: { name: 'late' }, path: ['spec', 'clusterIPs'] });
    expect(JSON.stringify(refused)).toContain('Service default/web');
    expect(outcome(yaml)).toBe('delivered');
  });
});

describe('ports', () => {
  test('of a node that two Pods want by hostPort', () => {
    const yaml = pod('a', 'nodeName: node-1,', ', hostPort: 80') + pod('b', 'nodeName: node-1,', ', hostPort: 80') + REST;
    expect(told(yaml)).toEqual(
      expect.arrayContaining([
        'port-taken Pod default/a spec.containers: Pod default/b',
        'port-taken Pod default/b spec.containers: Pod default/a',
      ]),
    );
    expect(outcome(yaml)).toBe('delivered');
  });

  test('of a node that a program and a node port want', () => {
    const yaml = `${pod('a', 'nodeName: node-1,', ', hostPort: 30080')}${service('np', 'type: NodePort').replace('targetPort: 8080', 'targetPort: 8080, nodePort: 30080')}${REST}`;
    expect(told(yaml)).toContain('port-taken Service default/np spec.ports[0].nodePort: Pod default/a');
    expect(outcome(yaml)).toBe('delivered');
  });

  test('that two Services want as node port: the second is refused', () => {
    const np = (name: string) => service(name, 'type: NodePort').replace('targetPort: 8080', 'targetPort: 8080, nodePort: 30080');
    const refused = cluster(np('a') + np('b') + REST).findings.find(({ finding }) => finding.severity === 'error')?.finding;
    expect(refused).toMatchObject({ object: { name: 'b' }, path: ['spec', 'ports', 0, 'nodePort'] });
    expect(JSON.stringify(refused)).toContain('Service default/a');
  });

  test('that the scheduler cannot give twice on any node names who has it', () => {
    const wanting = (name: string) => pod(name, '', ', hostPort: 80');
    const { findings } = cluster(wanting('a') + wanting('b') + wanting('c') + REST);
    const unplaced = findings.find(({ finding }) => finding.code === 'unschedulable')?.finding;
    expect(JSON.stringify(unplaced)).toMatch(/80\/TCP \(Pod default\/a\).*80\/TCP \(Pod default\/b\)/);
  });

  test('of one external address that two Services want', () => {
    const yaml = service('a', 'externalIPs: [198.51.100.9]') + service('b', 'externalIPs: [198.51.100.9]') + REST;
    expect(told(yaml)).toContain('port-taken Service default/a spec.ports[0].port: Service default/b');
    expect(outcome(yaml)).toBe('delivered');
  });

  test('of two nodes are no clash, nor are those of two addresses of one node', () => {
    const yaml = pod('a', 'nodeName: node-1,', ', hostPort: 80') + pod('b', 'nodeName: node-2,', ', hostPort: 80') + REST;
    expect(told(yaml)).toEqual([]);
    const bound = (name: string, ip: string) => pod(name, 'nodeName: node-1,', `, hostPort: 80, hostIP: ${ip}`);
    expect(told(bound('a', '192.168.1.10') + bound('b', '127.0.0.1'))).toEqual([]);
  });
});

test('a cluster in order has nothing of the kind', () => {
  expect(told(REST)).toEqual([]);
});
