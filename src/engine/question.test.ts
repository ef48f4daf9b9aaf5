// A request that is nothing but a question for a name server: a DNS packet of its own, through the same kernels as any other.

import { describe, expect, it } from 'vitest';
import { dispatch } from './dispatch';
import { load } from './loaded';
import { send } from './send';
import { checkTrace } from './trace/laws';
import { trace } from './trace/trace';
import type { ScenarioRequest } from './view';

const TEXT = `
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: client, image: busybox }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db-0, labels: { app: db } }
spec: { nodeName: node-2, hostname: db-0, subdomain: db, containers: [{ name: db, image: postgres }] }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db }, ports: [{ name: sql, port: 5432 }] }
`;

const loaded = load(TEXT);

function asked(to: string, more: Partial<ScenarioRequest> = {}) {
  const request: ScenarioRequest = { from: 'pod/client', to, protocol: 'UDP', via: null, ...more };
  const ready = dispatch(loaded.built, loaded.built.world, request);
  if ('problem' in ready) return ready.problem;
  const { trace: made, world: after } = trace(ready.world, ready.request);
  checkTrace({ before: ready.world, request: ready.request, trace: made, after });
  const answer = made.steps.find((step) => step.kind === 'name-answered');
  const told = send(loaded, request, 1);
  const titles = told.kind === 'sent' ? told.sent.told.steps.map(({ title }) => title.en) : [];
  return {
    outcome: made.outcome.kind,
    rcode: answer?.kind === 'name-answered' ? answer.rcode : null,
    data: answer?.kind === 'name-answered' ? answer.records.map(({ type, data }) => `${type} ${data}`) : [],
    client: told.kind === 'sent' ? told.sent.told.client : null,
    titles,
  };
}

describe('a question for a name server', () => {
  it('is asked as it is written, of the first server of resolv.conf, and reaches a Pod of CoreDNS through its Service', () => {
    const { outcome, rcode, data, titles } = asked('dns:db.default.svc.cluster.local') as Exclude<
      ReturnType<typeof asked>,
      { code: string }
    >;
    expect([outcome, rcode, data]).toEqual(['delivered', 'NOERROR', [expect.stringMatching(/^A 10\./)]]);
    expect(titles).toEqual(expect.arrayContaining([expect.stringMatching(/gets the question$/)]));
  });

  it.each([
    ['dns:db', 'NXDOMAIN', []],
    ['dns:_sql._tcp.db.default.svc.cluster.local?type=SRV', 'NOERROR', ['SRV 0 100 5432 db-0.db.default.svc.cluster.local.']],
    ['dns:db.default.svc.cluster.local?type=AAAA;class=IN', 'NOERROR', []],
  ])('%s is answered %s', (to, rcode, data) => {
    expect(asked(to)).toMatchObject({ outcome: 'delivered', rcode, data });
  });

  it('is refused by a host that is no name server, and lost where nobody is', () => {
    const { built } = loaded;
    const client = built.cluster.pods.find(({ metadata }) => metadata.name === 'db-0')?.status.podIPs[0];
    expect(asked(`dns://${client}/db`)).toMatchObject({
      outcome: 'rejected',
      rcode: null,
      client: { output: ';; no servers could be reached' },
    });
    expect(asked('dns://203.0.113.77/db')).toMatchObject({ outcome: 'delivered', rcode: null });
  });

  it('is no question with a type that nobody knows', () => {
    expect(asked('dns:db?type=NOPE')).toMatchObject({ code: 'bad-target' });
  });
});

describe('the time to live of a request', () => {
  it('ends it at the first router that it is too short for', () => {
    const far = loaded.built.cluster.pods.find(({ metadata }) => metadata.name === 'db-0')?.status.podIPs[0];
    expect(asked(`ping:${far}`, { ttl: 1 })).toMatchObject({ outcome: 'rejected' });
    expect(asked(`ping:${far}`, { ttl: 9 })).toMatchObject({ outcome: 'delivered' });
  });
});
