// CoreDNS' cache over time, where its Corefile has one: what it has answered it answers again, whatever has become of the Services since.

import { describe, expect, test } from 'vitest';
import { ask, cluster, stepsOf } from './course.test-support';
import { applied, backend, CLIENT, later, SERVICE } from './course-over-time.test-support';
import { beginLive, change, type Live, load, type ScenarioRequest, seek, sendNow, withSent } from './index';

const corefile = (cache: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: coredns, namespace: kube-system }
data:
  Corefile: |
    .:53 {
        errors
        kubernetes cluster.local in-addr.arpa ip6.arpa {
            pods insecure
            fallthrough in-addr.arpa ip6.arpa
            ttl 30
        }
        forward . /etc/resolv.conf
${cache}    }
---`;

const CLASSIC = corefile('        cache 30\n');
const NEWER = corefile(
  '        cache 30 {\n            disable success cluster.local\n            disable denial cluster.local\n        }\n',
);

/** One name server, so that it is always the same cache that is asked. */
const SINGLE = `
apiVersion: v1
kind: Pod
metadata: { name: dns, namespace: kube-system, labels: { k8s-app: kube-dns } }
spec: { nodeName: node-2, containers: [{ name: coredns, image: coredns, ports: [{ containerPort: 53, protocol: UDP }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec: { selector: { k8s-app: kube-dns }, clusterIP: 10.152.183.10, ports: [{ name: dns, port: 53, protocol: UDP }] }
---`;

const call: ScenarioRequest = { from: 'pod/client', to: 'http://backend.default.svc.cluster.local./', protocol: 'TCP', via: null };
const begun = (text: string): Live => seek(beginLive(load(text), text), 1000);

function answered(live: Live) {
  const sent = sendNow(live, call, 1);
  if (sent.kind === 'refused') throw new Error(JSON.stringify(sent.problem));
  const { trace, steps } = sent.sent.told;
  const at = trace.steps.findIndex(({ kind }) => kind === 'name-answered');
  const step = trace.steps[at];
  return { outcome: trace.outcome.kind, age: step?.kind === 'name-answered' ? step.age : null, told: steps[at] };
}

describe('with the line cache 30', () => {
  const without = CLIENT + SINGLE + CLASSIC;
  const whole = without + SERVICE + backend();

  test('a name that nobody knew stays unknown for half a minute after its Service was made', () => {
    const asked = withSent(begun(without), call, 1);
    const made = change(later(asked, 1), applied(whole));
    expect(answered(later(made, 15))).toMatchObject({ outcome: 'unresolved', age: 16 });
    expect(answered(later(made, 32))).toMatchObject({ outcome: 'delivered', age: null });
  });

  test('whoever asks for the first time is told the truth', () => {
    const made = change(later(begun(without), 1), applied(whole));
    expect(answered(later(made, 15))).toMatchObject({ outcome: 'delivered', age: null });
  });

  test('the addresses of a headless Service stay those of before, until their time is up', () => {
    const headless = (replicas: number) =>
      without +
      SERVICE.replace('spec: {', 'spec: { clusterIP: None,').replace('port: 80, targetPort', 'port: 8080, targetPort') +
      backend({ replicas });
    const request: ScenarioRequest = { ...call, to: 'http://backend.default.svc.cluster.local.:8080/' };
    const records = (live: Live): number => {
      const sent = sendNow(live, request, 1);
      const step = sent.kind === 'sent' ? sent.sent.told.trace.steps.find(({ kind }) => kind === 'name-answered') : undefined;
      return step?.kind === 'name-answered' ? step.records.length : -1;
    };
    const asked = withSent(begun(headless(3)), request, 1);
    const fewer = change(later(asked, 1), applied(headless(1)));
    expect([records(later(fewer, 20)), records(later(fewer, 32))]).toEqual([3, 1]);
  });

  test('a name server that is started again has forgotten everything', () => {
    const asked = withSent(begun(without), call, 1);
    const made = change(later(asked, 1), applied(whole));
    const crash = { kind: 'crash', pod: 'kube-system/dns', container: null, exitCode: 1 } as const;
    expect(answered(later(change(later(made, 5), { kind: 'set-fault', fault: crash }), 5))).toMatchObject({
      outcome: 'delivered',
      age: null,
    });
  });

  test('says in both languages that it remembers, and how old that is', () => {
    const asked = later(withSent(begun(whole), call, 1), 12);
    const { told } = answered(asked);
    expect(JSON.stringify(told)).toMatch(/12 seconds ago/);
    expect(JSON.stringify(told)).toMatch(/il y a 12 secondes/);
  });
});

describe('a cluster of today', () => {
  test.each([
    ['tells its cache to leave the cluster’s own names alone', NEWER],
    ['without a Corefile in the text remembers nothing', ''],
  ])('%s', (_, config) => {
    const without = CLIENT + SINGLE + config;
    const asked = withSent(begun(without), call, 1);
    const made = change(later(asked, 1), applied(without + SERVICE + backend()));
    expect(answered(later(made, 5))).toMatchObject({ outcome: 'delivered', age: null });
  });
});

test('a request alone changes what the name server remembers, and the laws of a trace hold for it', () => {
  const built = cluster(CLIENT + SINGLE + CLASSIC + SERVICE + backend());
  const made = ask(built, { from: 'pod/client', to: call.to });
  expect(stepsOf(made, 'name-answered').map(({ effects }) => effects.map(({ kind }) => kind))).toEqual([
    expect.arrayContaining(['answer-kept']),
  ]);
});
