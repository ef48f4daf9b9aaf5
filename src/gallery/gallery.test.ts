import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { load, type ScenarioRequest, send } from '../engine/index';
import { GALLERY } from './gallery';

/** What becomes of each sample's request, and whom it may reach. */
const ENDINGS: Readonly<Record<string, readonly [outcome: string, backends: readonly string[]]>> = {
  'service-three-pods': ['delivered', ['10.1.1.10:8080', '10.1.1.11:8080', '10.1.1.12:8080']],
  'service-two-nodes': ['delivered', ['10.1.1.10:8080', '10.1.2.10:8080', '10.1.2.11:8080']],
  'pod-to-pod-one-node': ['delivered', ['10.1.1.8:8080']],
  'pod-to-pod-two-nodes': ['delivered', ['10.1.2.8:8080']],
  'external-database': ['delivered', ['192.0.2.42:9376']],
  'node-port': ['delivered', ['10.244.0.2:80']],
  overlay: ['delivered', ['10.1.2.8:8080']],
  'policy-isolates': ['dropped', []],
  'policy-without-dns': ['unresolved', []],
  'ping-service': ['dropped', []],
};

function outcomeOf(text: string, request: ScenarioRequest, seed: number) {
  const sent = send(load(text), request, seed);
  if (sent.kind === 'refused') return { outcome: sent.problem.code, backends: [] };
  const { outcome, backends } = sent.sent.told.trace;
  return { outcome: outcome.kind, backends: backends.map(({ address }) => `${address.ip}:${address.port}`) };
}

describe('a sample of the gallery', () => {
  test.each(GALLERY.map((entry) => [entry.id, entry] as const))('%s is a manifest that the API server takes', (_id, { text }) => {
    expect(load(text).snapshot.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(Object.entries(ENDINGS))('%s ends as it should', (id, [outcome, backends]) => {
    const entry = GALLERY.find((candidate) => candidate.id === id);
    if (entry === undefined) throw new Error(`no sample ${id}`);
    expect(outcomeOf(entry.text, entry.request, entry.seed)).toEqual({ outcome, backends });
  });

  test('with a fault is refused, and with several Services is delivered', () => {
    const ends = Object.fromEntries(GALLERY.map(({ id, text, request, seed }) => [id, outcomeOf(text, request, seed).outcome]));
    expect(ends).toMatchObject({
      'selector-typo': 'rejected',
      'wrong-target-port': 'rejected',
      'other-namespace': 'delivered',
      'several-ports': 'delivered',
      'scaled-deployment': 'delivered',
      headless: 'delivered',
      'local-policy': 'delivered',
      ipvs: 'delivered',
      ingress: 'delivered',
    });
  });
});

const VALUES = [
  'null',
  '[]',
  '{}',
  '-1',
  '65536',
  '10.1.1.300',
  '10.1.1.5',
  'fd00::1',
  'None',
  'ExternalName',
  '10.152.183.10',
  'node-1',
  'UDP',
  '*a',
  'a'.repeat(70),
];

/** One line of a text set to another value, taken out, cut or written twice. */
function mutated(text: string, [place, value, kind]: readonly [number, string, 'value' | 'gone' | 'cut' | 'twice']): string {
  const lines = text.split('\n');
  const at = place % lines.length;
  const line = lines[at] ?? '';
  const changed = { value: [line.replace(/: .*$/, `: ${value}`)], gone: [], cut: [line.slice(0, line.length / 2)], twice: [line, line] }[
    kind
  ];
  return [...lines.slice(0, at), ...changed, ...lines.slice(at + 1)].join('\n');
}

test('whatever is written into a sample, the engine answers', () => {
  const mutation = fc.tuple(
    fc.nat(2000),
    fc.constantFrom(...VALUES),
    fc.constantFrom('value' as const, 'gone' as const, 'cut' as const, 'twice' as const),
  );
  const strays: readonly ScenarioRequest[] = [
    { from: 'node/node-1', to: 'http://10.152.183.25/', protocol: 'TCP', via: null },
    { from: 'external/203.0.113.9', to: '10.1.1.10:8080', protocol: 'TCP', via: null },
  ];
  fc.assert(
    fc.property(fc.constantFrom(...GALLERY), fc.array(mutation, { minLength: 1, maxLength: 4 }), ({ text, request }, mutations) => {
      const loaded = load(mutations.reduce(mutated, text));
      for (const one of [request, ...strays]) expect(['sent', 'refused']).toContain(send(loaded, one, 3).kind);
    }),
    { numRuns: 200, seed: 20261121 },
  );
});
