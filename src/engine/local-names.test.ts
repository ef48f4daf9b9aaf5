// Row A1: the containers of a Pod share one network namespace; and what /etc/hosts answers before any name server is asked.

import { describe, expect, test } from 'vitest';
import { ask, cluster, stepsOf } from './course.test-support';

const built = cluster(`
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  hostname: front
  subdomain: web
  hostAliases: [{ ip: 192.0.2.7, hostnames: [legacy, legacy.example] }]
  containers:
    - { name: server, image: example/server:1, ports: [{ containerPort: 8080 }] }
    - { name: cache, image: example/cache:1, ports: [{ containerPort: 6379 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop }
spec: { hostNetwork: true, containers: [{ name: main, image: example/agent:1, ports: [{ containerPort: 9100 }] }] }
`);

const from = 'pod/shop/web';

describe('[A1] inside one Pod', () => {
  test('the containers reach each other at localhost, and no packet leaves the namespace', () => {
    const made = ask(built, { from, to: 'localhost:6379' });
    expect(made.outcome).toMatchObject({
      kind: 'delivered',
      owner: 'shop/web',
      masqueraded: false,
      backend: { ip: '127.0.0.1', port: 6379 },
    });
    expect(new Set(made.steps.map(({ at }) => at.netns))).toEqual(new Set(['pod/shop/web']));
  });

  test('a port where neither listens is refused', () => {
    expect(ask(built, { from, to: 'localhost:9999' }).outcome).toMatchObject({ kind: 'rejected', reason: 'no-socket' });
  });
});

describe('/etc/hosts', () => {
  test('answers localhost, the own host name in both forms, and aliases, without any question to a server', () => {
    const own = built.cluster.pods.find(({ metadata }) => metadata.name === 'web')?.status.podIPs[0];
    for (const [name, address] of [
      ['localhost', '127.0.0.1'],
      ['FRONT', own],
      ['front.web.shop.svc.cluster.local', own],
      ['legacy.example', '192.0.2.7'],
    ]) {
      const made = ask(built, { from, to: `${name}:8080` });
      expect(stepsOf(made, 'name-in-hosts')).toMatchObject([{ entry: { ip: address } }]);
      expect(stepsOf(made, 'search-planned')).toEqual([]);
    }
  });

  test('of a Pod on the host network is that of its node', () => {
    const made = ask(built, { from: 'pod/shop/agent', to: 'localhost:9100' });
    expect(made.outcome).toMatchObject({ kind: 'delivered', owner: 'shop/agent' });
  });

  test('says nothing of other names', () => {
    expect(stepsOf(ask(built, { from, to: 'http://elsewhere/' }), 'name-in-hosts')).toEqual([]);
  });
});

describe('a resolver of musl', () => {
  const alpine = cluster(`
apiVersion: v1
kind: Pod
metadata: { name: client }
spec:
  dnsConfig: { options: [{ name: ndots, value: "1" }] }
  containers: [{ name: main, image: alpine:3.20 }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
`);

  test('does not try the search list for a name with dots enough, where glibc does', () => {
    const asked = (from: string, over = alpine) => stepsOf(ask(over, { from, to: 'http://web.shop/' }), 'search-planned')[0];
    expect(asked('pod/client')).toMatchObject({ libc: 'musl', candidates: ['web.shop.'] });
    const debian = cluster('apiVersion: v1\nkind: Pod\nmetadata: { name: client }\nspec: { containers: [{ name: main, image: debian }] }');
    expect(asked('pod/client', debian)).toMatchObject({ libc: 'glibc' });
    expect(asked('pod/client', debian)?.candidates.length).toBeGreaterThan(1);
  });

  test('is also that of a Pod whose annotation says so', () => {
    const said = cluster(
      'apiVersion: v1\nkind: Pod\nmetadata: { name: client, annotations: { kubehop.dev/libc: musl } }\nspec: { containers: [{ name: main, image: own }] }',
    );
    expect(stepsOf(ask(said, { from: 'pod/client', to: 'http://a.b/' }), 'search-planned')[0]).toMatchObject({ libc: 'musl' });
  });
});
