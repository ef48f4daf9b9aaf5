import { expect, test } from 'vitest';
import { isUsable } from '../kube/allocation';
import type { Service } from '../kube/service';
import { cidr, contains, offsetOf } from '../net/cidr';
import { ip } from '../net/ip';
import { allocate } from './services';
import { service, servicePort } from './specimens.test-support';

const RANGE = cidr('10.152.183.0/24');

function addresses(services: readonly Service[]): readonly string[] {
  return services.flatMap(({ spec }) => (spec.clusterIPs === 'None' ? [] : spec.clusterIPs));
}

function nodePorts(services: readonly Service[]): readonly (number | null)[] {
  return services.flatMap(({ spec }) => spec.ports.map(({ nodePort }) => nodePort));
}

test('a cluster IP comes from above the band that is left for choosing by hand', () => {
  const many = Array.from({ length: 238 }, (_, index) => service(`s${index}`));
  const offsets = addresses(allocate(many, [RANGE], new Set())).map((text) => Number(offsetOf(RANGE, ip(text))));
  expect(new Set(offsets).size).toBe(238);
  expect(Math.min(...offsets)).toBe(17);
  expect(Math.max(...offsets)).toBe(254);
});

test('the band is entered when the rest of the range is used up, and then nothing is left', () => {
  const many = Array.from({ length: 256 }, (_, index) => service(`s${index}`));
  const given = addresses(allocate(many, [RANGE], new Set()));
  expect(given).toHaveLength(254);
  expect(given).toContain('10.152.183.1');
  expect(given).not.toContain('10.152.183.255');
});

test('an address that is fixed anywhere in the text is given to nobody else', () => {
  const small = cidr('10.152.183.0/29');
  const services = [service('a'), service('b'), service('fixed', { clusterIPs: [ip('10.152.183.3')] })];
  expect(addresses(allocate(services, [small], new Set([ip('10.152.183.1'), ip('10.152.183.2')])))).not.toContain('10.152.183.1');
  expect(new Set(addresses(allocate(services, [small], new Set()))).size).toBe(3);
});

test('headless Services and ExternalName get no address', () => {
  expect(
    addresses(
      allocate(
        [service('a', { clusterIPs: 'None' }), service('b', { type: 'ExternalName', externalName: 'db.example' })],
        [RANGE],
        new Set(),
      ),
    ),
  ).toEqual([]);
});

test('a node port comes from 30086 upwards, and ports of one number share theirs', () => {
  const dns = service('dns', {
    type: 'NodePort',
    ports: [servicePort(53, { name: 'udp', protocol: 'UDP' }), servicePort(53, { name: 'tcp' }), servicePort(80, { name: 'web' })],
  });
  const [udp, tcp, web] = nodePorts(allocate([dns], [RANGE], new Set()));
  expect(udp).toBe(tcp);
  expect(web).not.toBe(udp);
  expect(Math.min(udp ?? 0, web ?? 0)).toBeGreaterThanOrEqual(30086);
});

test('a fixed node port stays, and a ClusterIP Service gets none', () => {
  const [fixed] = nodePorts(
    allocate([service('a', { type: 'NodePort', ports: [servicePort(80, { nodePort: 30008 })] })], [RANGE], new Set()),
  );
  expect([fixed, ...nodePorts(allocate([service('b')], [RANGE], new Set()))]).toEqual([30008, null]);
});

test('a load balancer with the policy Local gets a port for health checks, others do not', () => {
  const health = (policy: 'Local' | 'Cluster') =>
    allocate([service('lb', { type: 'LoadBalancer', externalTrafficPolicy: policy })], [RANGE], new Set())[0]?.spec.healthCheckNodePort;
  expect(health('Local')).toBeGreaterThanOrEqual(30086);
  expect(health('Cluster')).toBeNull();
});

test('a load balancer that wants no node ports gets none', () => {
  expect(nodePorts(allocate([service('lb', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false })], [RANGE], new Set()))).toEqual([
    null,
  ]);
});

test('the first and the last address of a range are not for Services', () => {
  expect(
    ['10.152.183.0', '10.152.183.1', '10.152.183.254', '10.152.183.255', '10.152.184.1'].map((text) => isUsable(RANGE, ip(text))),
  ).toEqual([false, true, true, false, false]);
  expect(contains(RANGE, ip('10.152.183.255'))).toBe(true);
});
