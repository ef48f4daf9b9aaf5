// Traces of the real engine, told: which reason each stop is given, and what evidence stands beside it.

import { describe, expect, test } from 'vitest';
import type { Built } from '../built';
import { type Ask, ask, cluster, withKernel, withoutRules } from '../course.test-support';
import { namesOf } from '../explained-names';
import type { World } from '../linux/kernel';
import { LANGUAGES } from './language';
import type { StepFact } from './step-fact';
import { stepFact } from './step-fact';
import { tell } from './tell';
import type { ToldTrace } from './told';

interface Told {
  readonly told: ToldTrace;
  /** The reasons, in order, without those of the names. */
  readonly reasons: readonly StepFact[];
  readonly codes: readonly StepFact['code'][];
}

function explain(built: Built, request: Ask, world: World = built.world): Told {
  const { steps, outcome, backends } = ask(built, request, world);
  const names = namesOf(built.cluster);
  const trace = { steps, outcome, backends };
  const reasons = steps.flatMap((step, index) => (step.at.purpose === 'request' ? [stepFact(step, { names, trace, index })] : []));
  return { told: tell(trace, names), reasons, codes: reasons.map(({ code }) => code) };
}

const pod = (name: string, ip: string, over: { app?: string; port?: number } = {}): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${over.app ?? name} } }
spec:
  containers: [{ name: main, image: example/app:1, ports: [{ containerPort: ${over.port ?? 8080} }] }]
status: { phase: Running, podIP: ${ip}, conditions: [{ type: Ready, status: "True" }] }
---`;

const service = (rest = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: 10.152.183.40, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]${rest} }
---`;

const SHOP = pod('client', '10.1.1.5') + pod('web-1', '10.1.1.10', { app: 'web' }) + pod('web-2', '10.1.1.11', { app: 'web' });
const CALL: Ask = { from: 'pod/shop/client', to: '10.152.183.40:80' };

describe('a request to a Service', () => {
  const { told, codes, reasons } = explain(cluster(SHOP + service()), CALL);

  test('is told reason by reason', () => {
    expect(codes).toEqual([
      'opens-connection',
      'enters-from-pod',
      'service-address-replaced',
      'route-to-one-address',
      'accepted-by-default',
      'source-kept',
      'leaves-to-pod',
      'arrives-readdressed',
      'accepts-connection',
      'enters-from-pod',
      'answer-recognised',
      'route-to-one-address',
      'answer-let-through',
      'answer-restored',
      'leaves-to-pod',
      'hears-in-disguise',
      'ends-answered',
    ]);
  });

  test('names the Service and the draw', () => {
    expect(reasons[2]).toMatchObject({
      service: 'web',
      choice: { kind: 'drawn', among: 2 },
      marked: null,
      from: { text: '10.152.183.40:80' },
    });
  });

  test('shows the rules as they stand in their chains, each with what became of it', () => {
    const rules = told.steps[2]!.evidence.filter(({ kind }) => kind === 'iptables-rule');
    const service = rules.filter(({ group }) => group.startsWith('nat KUBE-SVC-'));
    expect(rules.at(-1)).toMatchObject({ matched: true, note: { en: expect.stringContaining('destination becomes') } });
    expect(service[0]).toMatchObject({
      matched: false,
      failed: '! -s 10.1.0.0/16',
      note: { en: 'source in 10.1.0.0/16', fr: 'source dans 10.1.0.0/16' },
    });
    for (const { text, failed } of rules) expect(text).toContain(failed ?? '');
    expect(rules.filter(({ matched }) => matched).every(({ failed }) => failed === null)).toBe(true);
  });

  test('marks the parts of the routes that lost', () => {
    expect(told.steps[3]!.evidence.map(({ kind, matched, note }) => [kind, matched, note?.en ?? null])).toEqual([
      ['route', true, null],
      ['route', false, 'shorter prefix'],
      ['route', false, 'shorter prefix'],
    ]);
  });

  test('shows the entry of the connection where it is made, and where it decides', () => {
    const entries = told.steps.map(({ evidence }) => evidence.filter(({ kind }) => kind === 'conntrack').map(({ note }) => note?.en));
    expect(entries.map((notes, index) => [codes[index], ...notes]).filter(({ length }) => length > 1)).toEqual([
      ['source-kept', 'new entry'],
      ['answer-recognised', 'remembered'],
      ['answer-restored', 'remembered'],
    ]);
  });

  test('has the titles and details of a timetable', () => {
    const row = (index: number): string => `${told.steps[index]!.title.fr} | ${told.steps[index]!.detail.fr}`;
    expect(row(0)).toBe('client SYN | 10.152.183.40:80');
    expect(row(2)).toMatch(/^PREROUTING DNAT \| 10\.1\.1\.1[01]:8080$/);
    expect(row(3)).toMatch(/^routage route locale \| cali\w+$/);
    expect(row(5)).toBe('POSTROUTING pas de masquerade | ');
    expect(row(13)).toBe('POSTROUTING NAT inverse | 10.152.183.40:80');
  });

  test('is summed up', () => {
    expect(told.clientAddress).toBe('10.1.1.5');
    for (const language of LANGUAGES) expect(told.summary[language]).toMatch(/client .+ web.+10\.1\.1\.5/);
  });
});

describe('why a source is replaced', () => {
  const reasonOf = ({ reasons }: Told) => reasons.find(({ code }) => code.startsWith('source-masqueraded'));

  test('a client outside of the Pod range', () => {
    const told = explain(cluster(SHOP + service()), { ...CALL, from: 'external/203.0.113.9' });
    expect(reasonOf(told)).toMatchObject({ why: { kind: 'outside', prefix: '10.1.0.0/16' } });
    expect(told.codes).toContain('arrives-masqueraded');
    expect(told.codes).toContain('answer-readdressed');
  });

  test('a Pod that the Service sends back to itself', () => {
    const alone = cluster(pod('web-1', '10.1.1.10', { app: 'web' }) + service());
    expect(reasonOf(explain(alone, { ...CALL, from: 'pod/shop/web-1' }))).toMatchObject({ why: { kind: 'hairpin' } });
  });

  test('a Pod that calls a host outside of the cluster', () => {
    expect(reasonOf(explain(cluster(SHOP), { ...CALL, to: '203.0.113.9:80' }))).toMatchObject({ why: { kind: 'outgoing' } });
  });
});

describe('why nobody answers', () => {
  const last = ({ reasons }: Told) => reasons.find(({ code }) => code.startsWith('dropped') || code.startsWith('rejected'));

  test('a Service without endpoints names its selector', () => {
    const told = explain(cluster(pod('client', '10.1.1.5') + service()), CALL);
    expect(told.codes).toContain('service-without-rule');
    expect(last(told)).toMatchObject({ code: 'rejected-no-endpoint', service: 'web', selector: 'app=web' });
  });

  test('a wrong targetPort names the ports that are open', () => {
    const told = explain(cluster(pod('client', '10.1.1.5') + pod('web-1', '10.1.1.10', { app: 'web', port: 3000 }) + service()), CALL);
    expect(last(told)).toMatchObject({ code: 'rejected-wrong-target-port', service: 'web', port: 8080, listening: ['3000/TCP'] });
  });

  test('a closed port without any Service', () => {
    expect(last(explain(cluster(SHOP), { ...CALL, to: '10.1.1.10:81' }))).toMatchObject({ code: 'rejected-closed-port', port: 81 });
  });

  test('an address that no Pod has', () => {
    expect(last(explain(cluster(SHOP), { ...CALL, to: '10.1.1.99:80' }))).toMatchObject({
      code: 'dropped-blackhole',
      prefix: '10.1.1.0/24',
    });
  });

  test('a port that the Service does not have', () => {
    expect(last(explain(cluster(SHOP + service()), { ...CALL, to: '10.152.183.40:81' }))).toMatchObject({
      code: 'dropped-service-port',
      service: 'web',
    });
  });

  test('a Pod that hears itself where the masquerade is missing', () => {
    const built = cluster(pod('web-1', '10.1.1.10', { app: 'web' }) + service());
    const unmarked = withKernel(built.world, 'node/node-1', (kernel) =>
      withoutRules(kernel, 'nat', ({ target }) => target.kind === 'jump' && target.chain === 'KUBE-MARK-MASQ'),
    );
    expect(last(explain(built, { ...CALL, from: 'pod/shop/web-1' }, unmarked))).toMatchObject({ code: 'dropped-martian' });
  });
});

describe('a session with affinity', () => {
  const built = cluster(SHOP + service(', sessionAffinity: ClientIP'));
  const first = ask(built, CALL);

  test('remembers the endpoint of the client', () => {
    const { reasons } = explain(built, CALL, first.world);
    expect(reasons.find(({ code }) => code === 'service-address-replaced')).toMatchObject({
      choice: { kind: 'remembered', seconds: 10800 },
    });
  });
});

describe('the search for a name', () => {
  const codesOf = (to: string): readonly string[] => {
    const built = cluster(SHOP + service());
    const { steps, outcome, backends } = ask(built, { from: 'pod/shop/client', to });
    const trace = { steps, outcome, backends };
    const names = namesOf(built.cluster);
    const kinds = ['search-planned', 'sent', 'name-answered', 'name-settled', 'concluded'];
    return steps.flatMap((step, index) =>
      kinds.includes(step.kind) && step.at.purpose === 'dns' && (step.kind !== 'sent' || step.at.direction === 'original')
        ? [stepFact(step, { names, trace, index }).code]
        : [],
    );
  };

  test('ends with the first name that exists', () => {
    expect(codesOf('http://web/')).toEqual(['search-along-list', 'ask-first', 'answer-addresses', 'name-found']);
  });

  test('goes on because a name does not exist', () => {
    expect(codesOf('http://web.shop/')).toEqual([
      'search-along-list',
      'ask-first',
      'answer-no-such-name',
      'ask-next',
      'answer-addresses',
      'name-found',
    ]);
  });

  test('is given up behind the last name', () => {
    const codes = codesOf('http://nothing/');
    expect(codes.slice(-4)).toEqual(['ask-as-written', 'answer-no-such-name', 'name-unknown', 'ends-unknown-name']);
    expect(codes.filter((code) => code === 'ask-next')).toHaveLength(2);
  });

  test('is a single question for a full name', () => {
    expect(codesOf('http://web.shop.svc.cluster.local./')).toEqual(['search-absolute', 'ask-first', 'answer-addresses', 'name-found']);
  });
});
