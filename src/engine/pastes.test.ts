// What people paste: the output of `kubectl get … -o yaml|json` as minikube, kind, MicroK8s, k3s, EKS and GKE print it (`pastes/`).

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dispatch } from './dispatch';
import { type Loaded, load } from './index';
import { checkTrace } from './trace/laws';
import { trace } from './trace/trace';

const ORIGINS = ['minikube.yaml', 'kind.json', 'microk8s.yaml', 'k3s.yaml', 'eks.json', 'gke.yaml'] as const;

const paste = (file: string): string => readFileSync(new URL(`pastes/${file}`, import.meta.url), 'utf8');

const codes = ({ snapshot }: Loaded): readonly string[] => snapshot.diagnostics.map(({ kind }) => kind);

const message = ({ snapshot }: Loaded, kind: string): string => snapshot.diagnostics.find((each) => each.kind === kind)?.message.en ?? '';

const podsOf = ({ snapshot }: Loaded, namespace: string, start = ''): readonly string[] =>
  snapshot.view.pods.filter((pod) => pod.namespace === namespace && pod.name.startsWith(start)).map(({ name }) => name);

const rangesOf = ({ snapshot }: Loaded): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(snapshot.view.nodes.map(({ name, podCIDRs }) => [name, podCIDRs]));

function backends({ built }: Loaded, from: string, to: string): readonly string[] {
  const ready = dispatch(built, built.world, { from, to, protocol: 'TCP', via: null });
  if ('problem' in ready) throw new Error(`${from} -> ${to}: ${ready.problem.code}`);
  const before = { ...ready.world, seed: 1 };
  const made = trace(before, ready.request);
  checkTrace({ before, request: ready.request, trace: made.trace, after: made.world });
  if (made.trace.outcome.kind !== 'delivered') return [made.trace.outcome.kind];
  return made.trace.backends.map(({ address }) => `${address.ip}:${address.port}`).sort();
}

describe('a paste from a running cluster', () => {
  test.each(ORIGINS)(
    'of %s has nothing that the API server would refuse, and nothing to warn of but workloads without a controller here',
    (file) => {
      const wrong = load(paste(file)).snapshot.diagnostics.filter(({ severity, kind }) => severity !== 'hint' && kind !== 'pods-not-made');
      expect(wrong).toEqual([]);
    },
  );

  test.each(ORIGINS)('of %s keeps every address that it shows', (file) => {
    const text = paste(file);
    const { view } = load(text).snapshot;
    const shown = [...text.matchAll(/[^/]podIP"?: "?([\d.]+)/g)].map(([, ip]) => ip);
    const clusterIPs = [...text.matchAll(/"?clusterIP"?: "?([\d.]+)/g)].map(([, ip]) => ip);
    expect(
      view.pods
        .filter(({ range }) => range !== null)
        .map(({ addresses }) => addresses[0])
        .sort(),
    ).toEqual(shown.sort());
    expect(
      view.services
        .filter(({ range }) => range !== null)
        .map((each) => each.clusterIPs[0])
        .sort(),
    ).toEqual(clusterIPs.sort());
  });

  test.each([
    ['minikube.yaml', 'pod/kube-system/coredns-674b8bbfcf-jq7ws', 'http://10.104.172.11/', ['10.244.0.5:8080', '10.244.0.6:8080']],
    ['kind.json', 'pod/shop/web-7c56dcdb9b-2lrwh', 'http://web/', ['10.244.1.3:80', '10.244.1.4:80', '10.244.2.2:80']],
    [
      'microk8s.yaml',
      'pod/production/frontend-5b9d6c7f8c-q4mzt',
      'http://backend/',
      ['10.1.243.202:8080', '10.1.243.203:8080', '10.1.88.72:8080'],
    ],
    ['microk8s.yaml', 'pod/production/frontend-5b9d6c7f8c-q4mzt', 'kubernetes.default:443', ['192.168.1.10:16443', '192.168.1.11:16443']],
    ['k3s.yaml', 'pod/whoami-6c8d9b7f5-4jq2x', 'http://whoami/', ['10.42.0.14:80', '10.42.1.7:80']],
    ['eks.json', 'pod/prod/api-5f8b9d7c6b-7kd2x', 'http://api/', ['10.0.11.141:8080', '10.0.12.18:8080', '10.0.12.251:8080']],
    ['gke.yaml', 'pod/shop/cart-64c7f8d9b5-5qzkx', 'redis:6379', ['10.108.0.24:6379']],
  ])('of %s carries a request from %s to %s', (file, from, to, expected) => {
    expect(backends(load(paste(file)), from, to)).toEqual(expected);
  });

  test('shows the Service range by kubernetes, by kube-dns, or by what clouds give', () => {
    const range = (file: string): string => load(paste(file)).snapshot.view.serviceCIDR;
    expect(ORIGINS.map(range)).toEqual([
      '10.96.0.0/12',
      '10.96.0.0/12',
      '10.152.183.0/24',
      '10.43.0.0/16',
      '172.20.0.0/16',
      '34.118.224.0/20',
    ]);
    expect(load(paste('k3s.yaml').replaceAll('10.43.', '198.18.')).snapshot.view.serviceCIDR).toBe('198.18.0.0/17');
  });

  test('shows the network by its Pods and by what it notes on Nodes; one that is not simulated is named', () => {
    const network = (file: string): string => load(paste(file)).snapshot.view.settings.network;
    expect(ORIGINS.map(network)).toEqual(['bridge', 'kindnet', 'calico-vxlan', 'flannel', 'calico', 'calico']);
    expect(message(load(paste('eks.json')), 'network-not-simulated')).toContain('Amazon VPC CNI');
  });
});

describe('the ranges of nodes', () => {
  test('are Calico’s blocks where a Node holds no podCIDR, or one that nobody uses', () => {
    const blocks = { 'atelier-1': ['10.1.243.192/26'], 'atelier-2': ['10.1.88.64/26'] };
    expect(rangesOf(load(paste('microk8s.yaml')))).toEqual(blocks);
    const unused = paste('microk8s.yaml').replace('  spec: {}\n', '  spec: {podCIDR: 10.1.0.0/24}\n');
    expect(rangesOf(load(unused))).toEqual(blocks);
  });

  test('stay clear of machines and of each other where Pods have addresses of the machines’ subnets', () => {
    const ranges = rangesOf(load(paste('eks.json')));
    expect(ranges['ip-10-0-11-87.eu-west-3.compute.internal']).toEqual(['10.0.11.128/28', '10.0.11.32/28']);
    expect(ranges['ip-10-0-12-203.eu-west-3.compute.internal']).toEqual(['10.0.12.16/28', '10.0.12.240/28', '10.0.12.160/28']);
  });

  test.each(['10.42', '192.168', '172.31', '100.64', '198.18', '169.254', '203.0'])('may be of any range: %s', (start) => {
    const loaded = load(paste('gke.yaml').replaceAll('10.108.', `${start}.`));
    expect(codes(loaded).filter((code) => code !== 'no-readiness-probe')).toEqual(['not-in-this-text']);
    expect(backends(loaded, 'pod/shop/cart-64c7f8d9b5-5qzkx', 'redis:6379')).toEqual([`${start}.0.24:6379`]);
  });
});

describe('what a paste leaves out', () => {
  test('is a Node that Pods run on: it is completed, with the address that they report', () => {
    const loaded = load(paste('gke.yaml'));
    expect(loaded.snapshot.view.nodes.map(({ name, addresses, podCIDRs, added }) => [name, addresses, podCIDRs, added])).toEqual([
      ['gke-demo-default-pool-7f3a9c21-4xk2', ['10.132.0.12'], ['10.108.1.0/24'], true],
      ['gke-demo-default-pool-7f3a9c21-q9wz', ['10.132.0.13'], ['10.108.0.0/24'], true],
    ]);
    expect(message(loaded, 'not-in-this-text')).toContain('Node gke-demo-default-pool-7f3a9c21-4xk2, gke-demo-default-pool-7f3a9c21-q9wz');
  });

  test('is told in one quiet hint, with the kinds that are not simulated', () => {
    const loaded = load(paste('k3s.yaml'));
    expect(codes(loaded).filter((code) => code === 'not-in-this-text')).toHaveLength(1);
    expect(codes(loaded)).not.toContain('kind-not-simulated');
    expect(message(loaded, 'not-in-this-text')).toMatch(/IngressClass traefik.*HelmChart kube-system\/traefik/);
  });

  test('is not told where a text is written by hand', () => {
    expect(codes(load('apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}'))).toEqual([
      'selector-matches-nothing',
    ]);
  });

  test('may be the Pods behind Services: their slices or Endpoints count then', () => {
    const [head = '', ...rest] = paste('microk8s.yaml').split(/^(?=- |kind: List)/m);
    const only = (...kinds: readonly string[]): string =>
      [head, ...rest.filter((item) => !item.startsWith('- ') || kinds.some((kind) => item.includes(`\n  kind: ${kind}\n`)))].join('');
    const loaded = load(only('Node', 'Service', 'Endpoints'));
    const backend = loaded.snapshot.view.services.find(({ name }) => name === 'backend');
    expect(backend?.endpoints.map(({ address }) => address)).toEqual(['10.1.243.202:8080', '10.1.243.203:8080', '10.1.88.72:8080']);
    expect(message(loaded, 'not-in-this-text')).toContain('Pod production/backend-7d4c8f9b6d-5xk7q');
    const bare = load(only('Service'));
    expect(codes(bare)).toEqual(['not-in-this-text']);
    expect(message(bare, 'not-in-this-text')).toContain('Service production/backend, production/database');
  });

  test('are ReplicaSets: the Pods of a Deployment are recognised and not made again', () => {
    const loaded = load(paste('kind.json'));
    expect(podsOf(loaded, 'shop')).toEqual(['web-7c56dcdb9b-2lrwh', 'web-7c56dcdb9b-6kz9f', 'web-7c56dcdb9b-tqx7m']);
    expect(podsOf(loaded, 'kube-system', 'coredns')).toHaveLength(2);
    const without = load(paste('kind.json').replaceAll(/"ownerReferences": \[[^\]]*\],/g, ''));
    expect(podsOf(without, 'shop')).toHaveLength(3);
    const scaled = load(paste('kind.json').replaceAll('"replicas": 3', '"replicas": 4'));
    expect(podsOf(scaled, 'shop')).toHaveLength(4);
  });
});

describe('what a paste brings too much of', () => {
  test('are slices and Endpoints that controllers wrote: they do not count twice', () => {
    const loaded = load(paste('kind.json'));
    const web = loaded.built.cluster.endpointSlices.filter(({ metadata }) => metadata.namespace === 'shop');
    expect(web.map(({ endpoints }) => endpoints.length)).toEqual([3]);
  });

  test('is a finished Pod whose address another has by now', () => {
    const loaded = load(paste('minikube.yaml'));
    expect(codes(loaded)).not.toContain('address-taken');
    expect(backends(loaded, 'node/minikube', 'http://10.244.0.5:8080/')).toEqual(['10.244.0.5:8080']);
    expect(loaded.built.cluster.pods.filter(({ status }) => status.podIPs.includes('10.244.0.5' as never))).toHaveLength(2);
  });

  test('is an object that stands there twice: the later one counts, said once for all of them', () => {
    const text = paste('microk8s.yaml');
    const loaded = load(`${text}---\n${text.replaceAll('10.152.183.25', '10.152.183.26')}`);
    expect(loaded.snapshot.view.services.find(({ name }) => name === 'backend')?.clusterIPs).toEqual(['10.152.183.26']);
    expect(codes(loaded).filter((code) => code === 'object-twice')).toHaveLength(1);
    expect(message(loaded, 'object-twice')).toMatch(/^2[0-9] objects stand in the text twice/);
  });
});

describe('the text of a paste', () => {
  const view = (text: string) => ({ ...load(text).snapshot.view, pods: podsOf(load(text), 'shop'), services: [], nodes: [] });

  test('may have CRLF, a byte order mark and nulls', () => {
    const text = paste('gke.yaml');
    const odd = `\uFEFF${text.replaceAll('\n', '\r\n')}`.replace(
      /(\r\n {4}namespace: shop\r\n)/g,
      '$1    deletionTimestamp: null\r\n    finalizers: null\r\n',
    );
    expect(view(odd)).toEqual(view(text));
    expect(codes(load(odd))).toEqual(codes(load(text)));
  });

  test('may be two outputs, one below the other, without a mark between them', () => {
    const [gke, k3s] = [paste('gke.yaml'), paste('k3s.yaml')];
    expect(codes(load(gke + k3s))).not.toContain('key-twice');
    expect(load(gke + k3s).snapshot.view.pods.length).toBeGreaterThan(load(k3s).snapshot.view.pods.length);
    const json = load(paste('kind.json') + paste('eks.json'));
    expect(json.built.manifest.problems).toEqual([]);
    expect(podsOf(json, 'prod')).toHaveLength(3);
    expect(podsOf(json, 'shop')).toHaveLength(3);
  });
});
