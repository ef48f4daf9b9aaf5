import { describe, expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse';
import { readObjects } from '../manifest/read';
import { BARE, PLAYGROUND } from '../settings';
import type { ClusterSettings } from './cluster';
import { type Settled, settle } from './settle';

function settled(manifest: string, settings: Partial<ClusterSettings> = {}): Settled {
  const { objects } = readObjects(parseManifest(manifest));
  return settle(
    objects.map(({ object }) => object),
    { ...PLAYGROUND, ...settings },
  );
}

function service(name: string, spec = '', metadata = ''): string {
  return `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, ${metadata} }
spec: { type: LoadBalancer, selector: { app: ${name} }, ports: [{ port: 80 }], ${spec} }
`;
}

const POOL = (addresses: string, spec = '') => `
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: lan, namespace: metallb-system }
spec: { addresses: [${addresses}], ${spec} }
`;

/** External addresses by Service. */
function addresses({ cluster }: Settled): Readonly<Record<string, readonly (string | null)[]>> {
  const balanced = cluster.services.filter(({ spec }) => spec.type === 'LoadBalancer');
  return Object.fromEntries(balanced.map(({ metadata, status }) => [metadata.name, status.loadBalancer.map(({ ip }) => ip)]));
}

function pending({ findings }: Settled): readonly string[] {
  return findings.flatMap((finding) =>
    finding.code === 'load-balancer-pending' ? [`${finding.object.name} ${finding.reason} ${finding.detail}`.trim()] : [],
  );
}

describe('[B6] a Service of type LoadBalancer', () => {
  test('has an address of the cloud, each its own', () => {
    expect(addresses(settled(service('a') + service('b')))).toEqual({ a: ['203.0.113.10'], b: ['203.0.113.11'] });
  });

  test('keeps the address that its status has, and nobody else gets it', () => {
    const written = service('a').replace('spec:', 'status: { loadBalancer: { ingress: [{ ip: 203.0.113.10 }] } }\nspec:');
    expect(addresses(settled(service('b') + written))).toEqual({ a: ['203.0.113.10'], b: ['203.0.113.11'] });
  });

  test('has one of the nodes’ own network where MetalLB gives them', () => {
    expect(addresses(settled(service('a'), { loadBalancer: 'metallb' }))).toEqual({ a: ['192.168.1.240'] });
  });

  test('has one of the pool that the text writes, ranges and prefixes in order', () => {
    const text = POOL('192.168.1.100-192.168.1.100, 192.168.9.0/31') + service('a') + service('b') + service('c') + service('d');
    const made = settled(text, { loadBalancer: 'none' });
    expect(addresses(made)).toEqual({ a: ['192.168.1.100'], b: ['192.168.9.0'], c: ['192.168.9.1'], d: [] });
    expect(pending(made)).toEqual(['d pool-used-up lan']);
  });

  test('takes no address by itself from a pool that gives none by itself, and may name it', () => {
    const text =
      POOL('192.168.1.100/32', 'autoAssign: false') + service('a') + service('b', '', 'annotations: { metallb.io/address-pool: lan }');
    expect(addresses(settled(text))).toEqual({ a: [], b: ['192.168.1.100'] });
  });

  test('has the address that it asks for, by field or by annotation', () => {
    const text =
      service('a', 'loadBalancerIP: 192.168.1.244') + service('b', '', 'annotations: { metallb.io/loadBalancerIPs: 192.168.1.246 }');
    expect(addresses(settled(text, { loadBalancer: 'metallb' }))).toEqual({ a: ['192.168.1.244'], b: ['192.168.1.246'] });
  });

  test('waits where the address asked for is taken or in no pool', () => {
    const text =
      service('a', 'loadBalancerIP: 203.0.113.20') +
      service('b', 'loadBalancerIP: 203.0.113.20') +
      service('c', 'loadBalancerIP: 10.9.9.9');
    const made = settled(text);
    expect(addresses(made)).toEqual({ a: ['203.0.113.20'], b: [], c: [] });
    expect(pending(made)).toEqual(['b address-refused 203.0.113.20', 'c address-refused 10.9.9.9']);
  });

  test('waits where nobody gives addresses, and where its class is somebody else’s', () => {
    expect(pending(settled(service('a'), { loadBalancer: 'none' }))).toEqual(['a no-provider']);
    expect(pending(settled(service('a', 'loadBalancerClass: example.com/mine')))).toEqual(['a class-unserved example.com/mine']);
  });

  test('stays as it is written where the manifest is the whole cluster', () => {
    expect(addresses(settled(service('a'), BARE))).toEqual({ a: [] });
  });
});
