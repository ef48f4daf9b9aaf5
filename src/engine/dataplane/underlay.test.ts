import { describe, expect, test } from 'vitest';
import { ip } from '../net/ip';
import { compiled, kernelOf, node, routesOf, service, slice } from './compiled.test-support';
import { addExternal, routeThrough, UNDERLAY } from './underlay';

const twoNodes = node('node-1', '192.168.1.10', '10.1.1.0/24') + node('node-2', '192.168.1.11', '10.1.2.0/24');
const { world } = compiled(twoNodes);
const far = ip('203.0.113.9');

const routers = (yaml: string): readonly string[] =>
  Object.keys(compiled(yaml).world.kernels).filter((netns) => netns.startsWith('router/'));

describe('the router', () => {
  test('knows its link and nothing else', () => {
    expect(routesOf(kernelOf({ world }, 'router/192.168.1.1'))).toEqual([
      'blackhole default',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.1',
    ]);
  });

  test('takes another address where a node has the first', () => {
    expect(routers(node('gate', '192.168.1.1', '10.1.1.0/24'))).toEqual(['router/192.168.1.254']);
  });

  test('gives way to a host that somebody names by its address, and all follow', () => {
    const crowded = addExternal(addExternal(world, far), ip('192.168.1.1'));
    expect(
      Object.keys(crowded.kernels)
        .filter((netns) => /^(router|external)/.test(netns))
        .sort(),
    ).toEqual(['external/192.168.1.1', 'external/203.0.113.9', 'router/192.168.1.254']);
    expect(crowded.segments[UNDERLAY]?.['192.168.1.1']?.netns).toBe('external/192.168.1.1');
    expect(crowded.segments[UNDERLAY]?.['192.168.1.254']?.netns).toBe('router/192.168.1.254');
    expect(routesOf(kernelOf({ world: crowded }, 'node/node-1'))[0]).toBe('default via 192.168.1.254 dev eth0');
    expect(routesOf(kernelOf({ world: crowded }, 'external/203.0.113.9'))[0]).toBe('default via 192.168.1.254 dev eth0 onlink');
    expect(kernelOf({ world: crowded }, 'external/203.0.113.9').devices[1]?.attachment).toMatchObject({
      peer: { netns: 'router/192.168.1.254' },
    });
  });
});

describe('the nodes’ link', () => {
  test('is as wide as its nodes are apart', () => {
    const wide = compiled(node('node-1', '10.20.1.10', '10.1.1.0/24') + node('node-2', '10.20.7.10', '10.1.2.0/24'));
    expect(routesOf(kernelOf(wide, 'node/node-1'))).toContain('10.20.0.0/21 dev eth0 proto kernel scope link src 10.20.1.10');
  });

  test('carries several prefixes where they are too far apart for one', () => {
    const apart = compiled(node('node-1', '192.168.1.10', '10.1.1.0/24') + node('node-2', '172.20.0.5', '10.1.2.0/24'));
    expect(routesOf(kernelOf(apart, 'node/node-2'))).toEqual([
      'default via 192.168.1.1 dev eth0 onlink',
      '10.1.1.0/24 via 192.168.1.10 dev eth0 proto bird',
      'blackhole 10.1.2.0/24 proto bird',
      '172.20.0.0/24 dev eth0 proto kernel scope link src 172.20.0.5',
      '192.168.1.0/24 dev eth0 scope link',
    ]);
  });

  test('knows a second address of a node', () => {
    const two = compiled(node('node-1', '192.168.1.10', '10.1.1.0/24', { also: '172.16.5.10' }));
    expect(two.world.segments[UNDERLAY]?.['172.16.5.10']).toEqual({ netns: 'node/node-1', device: 'eth0' });
  });
});

describe('a host outside', () => {
  test('is behind the router, which knows the way back', () => {
    const reached = addExternal(world, far);
    expect(routesOf(kernelOf({ world: reached }, 'external/203.0.113.9'))).toEqual(['default via 192.168.1.1 dev eth0 onlink']);
    expect(
      routesOf(kernelOf({ world: reached }, 'router/192.168.1.1')).some((route) => /^203\.0\.113\.9 dev ext\w+ scope link$/.test(route)),
    ).toBe(true);
    expect(kernelOf({ world: reached }, 'external/203.0.113.9').sockets.map(({ protocol, port }) => [protocol, port])).toEqual([
      ['TCP', null],
      ['UDP', null],
      ['SCTP', null],
    ]);
  });

  test('is on the link itself where its address is at home there', () => {
    const reached = addExternal(world, ip('192.168.1.77'));
    expect(reached.segments[UNDERLAY]?.['192.168.1.77']).toEqual({ netns: 'external/192.168.1.77', device: 'eth0' });
    expect(routesOf(kernelOf({ world: reached }, 'external/192.168.1.77'))).toEqual([
      'default via 192.168.1.1 dev eth0',
      '192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.77',
    ]);
  });

  test('is made once', () => {
    const reached = addExternal(world, far);
    expect(addExternal(reached, far)).toBe(reached);
  });

  test('of a family that no node speaks has an address and no way', () => {
    const reached = addExternal(world, ip('2001:db8::9'));
    expect(routesOf(kernelOf({ world: reached }, 'external/2001:db8::9'), 6)).toEqual([]);
  });

  test('leaves the old world as it was', () => {
    addExternal(world, ip('198.51.100.1'));
    expect(world.kernels['external/198.51.100.1']).toBeUndefined();
  });

  test('[B9] is there from the start where endpoints name it', () => {
    const yaml =
      service('shop/db', '{ clusterIP: 10.96.7.7, ports: [{ port: 80 }] }') +
      slice('shop/db', '{ name: "", port: 9376, protocol: TCP }', ['192.0.2.42', '10.1.1.9']);
    const externals = Object.keys(compiled(twoNodes + yaml).world.kernels).filter((netns) => netns.startsWith('external/'));
    expect(externals).toEqual(['external/192.0.2.42']);
  });
});

describe('the way of a host outside into the cluster', () => {
  const detours = (of: typeof world) => routesOf(kernelOf({ world: of }, 'router/192.168.1.1')).filter((route) => route.includes('onlink'));
  const through = (of: typeof world, destination: string, name: string) =>
    routeThrough(of, { external: far, destination: ip(destination), node: name });

  test('leads to the node that is asked for, the last one asked', () => {
    const first = through(addExternal(world, far), '198.51.100.10', 'node-1');
    expect(detours(first)).toEqual(['198.51.100.10 via 192.168.1.10 dev eth0 onlink']);
    expect(detours(through(first, '198.51.100.10', 'node-2'))).toEqual(['198.51.100.10 via 192.168.1.11 dev eth0 onlink']);
  });

  test('needs no detour to the node’s own address', () => {
    const first = through(addExternal(world, far), '192.168.1.10', 'node-2');
    expect(detours(first)).toEqual(['192.168.1.10 via 192.168.1.11 dev eth0 onlink']);
    expect(detours(through(first, '192.168.1.10', 'node-1'))).toEqual([]);
  });

  test('begins on the host itself where that is on the link', () => {
    const near = addExternal(world, ip('192.168.1.77'));
    const led = routeThrough(near, { external: ip('192.168.1.77'), destination: ip('10.96.7.7'), node: 'node-2' });
    expect(routesOf(kernelOf({ world: led }, 'external/192.168.1.77'))).toContain('10.96.7.7 via 192.168.1.11 dev eth0 onlink');
    expect(detours(led)).toEqual([]);
  });
});
