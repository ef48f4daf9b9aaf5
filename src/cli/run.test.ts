// The commands as a user calls them, on files that live in this test.

import { describe, expect, test } from 'vitest';
import { run } from './run';
import type { TraceReport } from './trace-json';
import { UsageError } from './usage-error';

const POD = (name: string, ip: string, labels = '{}'): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: ${labels} }
spec:
  nodeName: node-1
  containers: [{ name: main, image: example/app:1, ports: [{ containerPort: 8080 }] }]
status: { phase: Running, podIP: ${ip}, conditions: [{ type: Ready, status: "True" }] }
---`;

const FILES: Readonly<Record<string, string>> = {
  'shop.yaml': `${POD('client', '10.1.1.5')}${POD('web-1', '10.1.1.10', '{ app: web }')}${POD('web-2', '10.1.1.11', '{ app: web }')}
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: 10.152.183.40, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`,
  'typo.yaml': `${POD('client', '10.1.1.5')}${POD('web-1', '10.1.1.10', '{ app: web }')}
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: wbe }, ports: [{ port: 80, targetPort: 8080 }] }
`,
  'broken.yaml': 'kind: Pod\n  name: x\n: [\n',
  'wrong.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: odd, namespace: shop }\nspec:\n  ports:\n  - port: 70000\n    targetPort: 80\n',
  'cases.json': JSON.stringify([
    { id: 'a', manifest: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n', expect: { valid: true } },
    { id: 'b', manifest: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n', expect: { valid: false } },
    { id: 'c', manifest: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n', expect: {} },
    { id: 'd' },
  ]),
  'no.json': '[\n{ "id": }\n]',
};

function read(file: string): string {
  const text = FILES[file];
  if (text === undefined) throw new UsageError(`${file}:1:1: cannot be read (ENOENT)`);
  return text;
}

const kubehop = (line: string) => run(line.split(' '), read);
const CALL = 'trace -f shop.yaml --from pod/shop/client --to http://web/';
const report = (line: string): TraceReport => JSON.parse(kubehop(line).out);

describe('kubehop trace -o json', () => {
  test('tells outcome, back ends and hops', () => {
    const { status, err } = kubehop(`${CALL} -o json`);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const told = report(`${CALL} -o json`);
    expect(told).toMatchObject({
      schema: 'kubehop/trace@1',
      request: { from: 'pod/shop/client', to: 'http://web/', protocol: 'TCP' },
      outcome: 'delivered',
      status: 200,
      masquerade: false,
      backends: [
        { address: '10.1.1.10:8080', pod: 'shop/web-1', probability: 0.5 },
        { address: '10.1.1.11:8080', pod: 'shop/web-2', probability: 0.5 },
      ],
    });
    expect(told).not.toHaveProperty('counts');
  });

  test('has one hop for each stay in a namespace, in each direction', () => {
    const way = report(`${CALL} -o json`).hops.filter(({ leg }) => leg !== 'dns');
    expect(way.map(({ leg, stage, at }) => `${leg} ${stage} ${at.kind}`)).toEqual([
      'request sent pod',
      'request forwarded node',
      'request delivered pod',
      'reply sent pod',
      'reply forwarded node',
      'reply delivered pod',
    ]);
    const node = way[1]!;
    expect(node.before.destination).toBe('10.152.183.40:80');
    expect(node.after.destination).toMatch(/^10\.1\.1\.1[01]:8080$/);
    expect(node.interface.in).toMatch(/^cali/);
    expect(node.interface.out).toMatch(/^cali/);
    expect(way[4]!.after.source).toBe('10.152.183.40:80');
  });

  test('numbers the hops, and each packet enters as it left the hop before', () => {
    const { hops } = report(`${CALL} -o json`);
    expect(hops.map(({ n }) => n)).toEqual(hops.map((_, index) => index + 1));
    for (const [index, hop] of hops.entries()) {
      const before = hops[index - 1];
      if (hop.stage !== 'sent') expect(hop.before).toEqual(before?.after);
    }
  });

  test('gives the evidence of each hop, at a random choice every rule that was tried', () => {
    const { hops } = report(`${CALL} -o json`);
    const node = hops.find(({ leg, at }) => leg === 'request' && at.kind === 'node')!;
    const draws = node.evidence.filter(({ text }) => text.includes('--probability'));
    expect(draws.map(({ text }) => /--probability (\S+)/.exec(text)?.[1])).toEqual(['0.50000000000']);
    expect(node.evidence.filter(({ kind }) => kind === 'route').map(({ matched }) => matched)[0]).toBe(true);
    const record = hops.flatMap(({ evidence }) => evidence).filter(({ kind }) => kind === 'dns-record');
    expect(record).toMatchObject([{ text: 'web.shop.svc.cluster.local.\t30\tIN\tA\t10.152.183.40', matched: true }]);
  });

  test('explains each hop in one or two sentences of the language', () => {
    const english = report(`${CALL} -o json`).hops.map(({ explain }) => explain);
    const french = report(`${CALL} -o json --lang fr`).hops.map(({ explain }) => explain);
    for (const text of [...english, ...french]) expect(text).toMatch(/^\S.{20,}[.!?]$/s);
    for (const text of [...english, ...french]) expect(text.split(/[.!?] /).length).toBeLessThan(3);
    expect(french.every((text, index) => text !== english[index])).toBe(true);
  });

  test('sends often in one world, and counts', () => {
    const { counts } = report(`${CALL} -o json --count 40`);
    expect(Object.keys(counts ?? {})).toEqual(['10.1.1.10:8080', '10.1.1.11:8080']);
    expect(Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(40);
  });

  test('gives the same bytes for the same seed', () => {
    for (const seed of [1, 2, 3]) expect(kubehop(`${CALL} --seed ${seed} -o json`).out).toBe(kubehop(`${CALL} --seed ${seed} -o json`).out);
  });

  test('is status 0 whatever became of the request', () => {
    const { status, out } = kubehop('trace -f shop.yaml --from pod/shop/client --to 10.1.1.10:81 -o json');
    const told: TraceReport = JSON.parse(out);
    expect({ status, outcome: told.outcome, backends: told.backends, masquerade: told.masquerade }).toEqual({
      status: 0,
      outcome: 'rejected',
      backends: [],
      masquerade: null,
    });
    expect(told.hops.map(({ stage }) => stage)).toContain('rejected');
  });
});

describe('kubehop trace', () => {
  test('prints the steps with sentences and evidence', () => {
    const { out } = kubehop(CALL);
    expect(out).toContain('pod/shop/client -> http://web/');
    expect(out).toMatch(/^ +\d+ A {2}PREROUTING DNAT {2}10\.1\.1\.1[01]:8080$/m);
    expect(out).toMatch(/^ +\+ -A KUBE-SEP-\S+ .*-j DNAT --to-destination/m);
    expect(out).toContain('10.1.1.11:8080  shop/web-2  50.0 %');
  });

  test('leaves a refused object out, in one line, and uses the rest', () => {
    const { status, err, out } = kubehop(`${CALL} -f wrong.yaml`);
    expect(status).toBe(0);
    expect(err).toMatch(/^wrong\.yaml:6:\d+: Service shop\/odd is left out: spec\.ports\[0\]\.port: Invalid: .+\n$/);
    expect(out).toContain('delivered');
  });

  test.each([
    ['trace --from pod/a --to b:80', /^kubehop: no file/],
    ['trace -f shop.yaml --to b:80', /^kubehop: trace: --from is missing\n$/],
    ['trace -f shop.yaml --from pod/shop/nobody --to b:80', /^kubehop: --from pod\/shop\/nobody: /],
    ['trace -f shop.yaml --from pod/shop/client --to web', /^kubehop: --to web: /],
    ['trace -f shop.yaml --from external/203.0.113.9 --via node/none --to 10.152.183.40:80', /^kubehop: --via node\/none: /],
    ['trace -f broken.yaml --from pod/a --to b:80', /^broken\.yaml:\d+:\d+: /],
    ['trace -f gone.yaml --from pod/a --to b:80', /^gone\.yaml:1:1: /],
    [`${CALL} --proxy-mode userspace`, /--proxy-mode userspace is not one of iptables, ipvs, nftables/],
    [`${CALL} --network weave`, /--network weave is not one of calico, /],
    [`${CALL} -o svg`, /-o svg is not there yet/],
    ['kubectl --at soon -f shop.yaml -- get pods', /--at soon is not a whole number from 0 to 3600/],
    ['lint course', /lint is not there yet/],
  ])('refuses `%s` with one line and status 2', (line, message) => {
    const { status, out, err } = kubehop(line);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a cluster some time after its files were applied', () => {
  const ill = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web }, annotations: { kubehop.dev/pull: error } }
spec: { containers: [{ name: web, image: 'nginx:1.161', ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.152.183.25, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { containers: [{ name: main, image: busybox, command: [sleep, '3600'] }] }
`;
  const read = () => ill;
  const call = '-f ill.yaml --from pod/client --to http://web'.split(' ');

  test('is traced as it is by then', () => {
    expect(JSON.parse(run(['trace', ...call, '-o', 'json'], read).out).outcome).toBe('delivered');
    expect(JSON.parse(run(['trace', ...call, '--at', '30', '-o', 'json'], read).out).outcome).toBe('rejected');
  });

  test('is diagnosed as it is by then', () => {
    const { cause } = JSON.parse(run(['diagnose', ...call, '--at', '30', '-o', 'json'], read).out);
    expect(cause).toMatchObject({ object: expect.stringContaining('web'), explain: expect.stringContaining('ImagePullBackOff') });
  });
});

describe('kubehop check', () => {
  test('finds nothing wrong with a good file', () => {
    const { status, out } = kubehop('check -f shop.yaml -o json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ valid: true });
  });

  test('says where and what is wrong, counting documents in each file', () => {
    const { status, out } = kubehop('check -f shop.yaml -f wrong.yaml -o json');
    expect(status).toBe(1);
    const { valid, problems } = JSON.parse(out);
    expect(valid).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({ file: 'wrong.yaml', line: 6, document: 0, path: 'spec.ports[0].port', kind: 'Invalid', severity: 'error' }),
    );
  });

  test('reports a text that is no YAML as a problem', () => {
    const { status, out } = kubehop('check -f shop.yaml broken.yaml');
    expect(status).toBe(1);
    expect(out).toMatch(/^broken\.yaml:\d+:\d+: error: Parse: /m);
  });
});

describe('kubehop verify', () => {
  test('judges every case, in order, and counts those that state something', () => {
    const { status, out } = kubehop('verify cases.json -o json');
    expect(status).toBe(1);
    const { cases } = JSON.parse(out);
    expect(cases).toMatchObject([
      { id: 'a', ok: true },
      { id: 'b', ok: false },
      { id: 'c', ok: null },
      { id: 'd', error: expect.any(String) },
    ]);
    expect(kubehop('verify cases.json').out).toMatch(/\n1 passed, 2 failed\n$/);
  });

  test('says where a file is no JSON', () => {
    expect(kubehop('verify no.json')).toMatchObject({ status: 2, out: '' });
    expect(kubehop('verify no.json').err).toMatch(/^no\.json:\d+:\d+: not JSON/);
  });
});

describe('kubehop kubectl', () => {
  test('reads the files that the command names, and writes none', () => {
    expect(kubehop('kubectl -f shop.yaml -- apply -f shop.yaml')).toMatchObject({
      status: 0,
      err: '',
      out: expect.stringMatching(/^(?:\S+ unchanged\n)+$/),
    });
    expect(kubehop('kubectl -f shop.yaml -- apply -f nope.yaml')).toEqual({
      status: 1,
      out: '',
      err: 'error: the path "nope.yaml" does not exist\n',
    });
  });

  test('has no editor', () => {
    expect(kubehop('kubectl -f shop.yaml -- edit svc web -n shop')).toEqual({
      status: 1,
      out: '',
      err: 'error: unable to launch the editor "vi"\n',
    });
  });
});

describe('kubehop diagnose', () => {
  test('makes the checks in order and names the cause, with its place', () => {
    const { out, status } = kubehop('diagnose -f typo.yaml --from pod/shop/client --to http://web/');
    expect(status).toBe(0);
    expect(out).toContain('$ kubectl get pods -n shop -l app=wbe -o wide\n        No resources found\n');
    expect(out).toContain('\nThe cause: No Pod bears the labels of web\n');
    expect(out).toMatch(/typo\.yaml:\d+:\d+: Service shop\/web spec\.selector\.app\n$/);
  });

  test('says the same as JSON, and in French', () => {
    const { checks, cause, failing } = JSON.parse(
      kubehop('diagnose -f typo.yaml --from pod/shop/client --to http://web/ -o json --lang fr').out,
    );
    expect(failing).toBe(1);
    expect(cause).toMatchObject({
      code: 'selector-matches-nothing',
      title: 'Aucun Pod ne porte les étiquettes de web',
      remedy: { object: 'Service shop/web', path: 'spec.selector.app', value: 'web' },
    });
    expect(checks.map(({ verdict }: { verdict: string }) => verdict)).toContain('not-reached');
  });

  test('finds nothing where the request is answered', () => {
    const { cause, failing } = JSON.parse(kubehop('diagnose -f shop.yaml --from pod/shop/client --to http://web/ -o json').out);
    expect({ cause, failing }).toEqual({ cause: null, failing: 0 });
  });

  test('refuses a source that is not there', () => {
    expect(kubehop('diagnose -f shop.yaml --from pod/shop/nobody --to http://web/')).toMatchObject({ status: 2, out: '' });
  });
});

describe('kubehop dataplane', () => {
  test('prints what every node was programmed with', () => {
    const { nodes, pods } = JSON.parse(kubehop('dataplane -f shop.yaml').out);
    expect(nodes.map(({ name }: { name: string }) => name)).toEqual(['node-1', 'node-2']);
    expect(nodes[0].rules).toMatch(/^\*\w+\n/);
    expect(nodes[0].rules).toContain('--to-destination 10.1.1.11:8080');
    expect(nodes[0].routes).toContain('10.1.2.0/24 via 192.168.1.11 dev eth0 proto bird');
    expect(pods).toContainEqual({
      ns: 'shop',
      name: 'web-1',
      ips: ['10.1.1.10'],
      node: 'node-1',
      listen: [{ port: 8080, protocol: 'TCP' }],
    });
  });
});
