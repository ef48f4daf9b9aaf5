// The order of the house, bottom to top, held by a test. A file imports its own floor and those below; some may not see even
// all of those: the blind spots. Types count as much as values, and so does a worker's address. The why is in ARCHITECTURE.md.
// Tests and their support are outside the order: nothing is built on them, which is checked too.

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ESTree, parseSync, Visitor } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';

const FLOORS = [
  'engine/net',
  'engine/linux',
  'engine/kube',
  'engine/manifest',
  'engine/controlplane',
  'engine/dataplane',
  'engine/recorded',
  'engine/trace',
  'engine/timeline',
  'engine/explain',
  'engine/vectors',
  'engine/*', // the files beside the index, which put the floors together
  'engine/diagnosis',
  'engine/verify',
  'engine/index',
  'kubectl',
  'lessons',
  'share',
  'worker',
  'scene',
  'export',
  'gallery',
  'i18n',
  'store',
  'ui',
  'figure',
  'embed',
  'cli',
  'main',
];

const FOLDERS = [...new Set(FLOORS.map((floor) => floor.replace(/\/.*/, '')))];

interface BlindSpot {
  readonly files: readonly string[];
  readonly mayNotSee: readonly string[];
  readonly except?: readonly string[];
  readonly why: string;
}

const BLIND_SPOTS: readonly BlindSpot[] = [
  { files: ['engine/kube'], mayNotSee: ['engine/linux'], why: 'an object is not a rule' },
  {
    files: ['engine/trace'],
    mayNotSee: ['engine/kube', 'engine/manifest', 'engine/controlplane', 'engine/dataplane'],
    why: 'the walk must not cheat: it knows kernels, wires and what listens on sockets',
  },
  ...alternatives('engine/dataplane', ['iptables', 'ipvs', 'nftables'], 'what the proxies share is decided once, in dataplane/endpoints'),
  ...alternatives(
    'engine/dataplane',
    ['calico', 'flannel', 'kindnet', 'bridge', 'none'],
    'what networks share is wired once, in dataplane/node-link, bridged-pods and vxlan',
  ),
  {
    files: ['kubectl', 'worker', 'store', 'cli', 'scene'],
    mayNotSee: ['engine'],
    except: ['engine/index'],
    why: 'the engine has one door',
  },
  { files: ['ui'], mayNotSee: ['worker', 'kubectl'], why: 'the page talks to the store' },
  { files: ['store'], mayNotSee: ['kubectl'], why: 'commands run in the worker, beside the cluster: the page sees what they print' },
  {
    files: ['gallery'],
    mayNotSee: FOLDERS,
    except: ['gallery', 'engine/index', 'engine/view', 'engine/explain/language'],
    why: 'the samples are plain data',
  },
  {
    files: ['i18n'],
    mayNotSee: FOLDERS,
    except: ['i18n', 'engine/index', 'engine/explain/language'],
    why: 'the strings of the interface are plain data',
  },
  { files: ['figure'], mayNotSee: ['ui', 'store'], why: 'it must stay small: no React Flow, no Monaco' },
  { files: ['embed'], mayNotSee: ['ui', 'store', 'engine'], why: 'it makes a frame and passes messages, in a few kilobytes' },
];

/** Which places may import a package. One that is not named here may be imported by none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['engine/manifest'],
  zustand: ['store'],
  react: ['ui', 'main'],
  'react-dom': ['ui', 'main'],
  '@xyflow/react': ['ui', 'main'],
  'monaco-editor': ['ui', 'main'],
  'monaco-yaml': ['ui', 'main'],
  '@xterm/xterm': ['ui/terminal'],
  '@xterm/addon-fit': ['ui/terminal'],
  '@fontsource/barlow': ['ui', 'figure', 'main'],
  '@fontsource/barlow-semi-condensed': ['ui', 'figure', 'main'],
  '@fontsource/ibm-plex-mono': ['ui', 'figure', 'main'],
  node: ['cli'], // node:fs and so on
};

/** Paths are relative to src/ and without `.ts` or `.tsx`; the target of a package's import is the package's name. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'file' | 'package';
  /** The compiler takes it away: `import type`, `import('…').Type`. */
  readonly typeOnly: boolean;
}

const SRC = fileURLToPath(new URL('.', import.meta.url));
const files = sourceFiles();
const modules = new Set(files.map(moduleName));
const edges = files.flatMap(edgesOf);
const program = edges.filter((edge) => !isTest(edge.from));

describe('the floors', () => {
  it('are read from real files', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(program.filter((edge) => edge.kind === 'file').length).toBeGreaterThan(0);
  });

  it('have a place for every file', () => {
    expect([...modules].filter((module) => !isTest(module) && floorOf(module) === null)).toEqual([]);
  });

  it('are imported from above only, and never through a blind spot', () => {
    expect(program.filter((edge) => edge.kind === 'file').flatMap(complaints)).toEqual([]);
  });

  it('import a package only where it belongs', () => {
    expect(program.filter((edge) => edge.kind === 'package').flatMap(packageComplaints)).toEqual([]);
  });

  it('are not built on tests', () => {
    expect(program.filter((edge) => isTest(edge.to)).map(inWords)).toEqual([]);
  });

  it('have no cycle, once types are taken away', () => {
    expect(cycles(program.filter((edge) => !edge.typeOnly))).toEqual([]);
  });
});

describe('the test of the floors', () => {
  it.each([
    ['engine/linux/route', 'engine/kube/service'],
    ['engine/kube/pod', 'engine/linux/route'],
    ['engine/trace/walk', 'engine/kube/service'],
    ['engine/trace/walk', 'engine/dataplane/endpoints'],
    ['engine/dataplane/ipvs', 'engine/dataplane/iptables-rules'],
    ['engine/built', 'engine/verify/packets'],
    ['worker/server', 'engine/trace/walk'],
    ['store/app', 'engine/settings'],
    ['scene/scene', 'engine/net/ip'],
    ['ui/App', 'worker/client'],
    ['ui/terminal/Screen', 'kubectl/kubectl'],
    ['store/terminal', 'kubectl/kubectl'],
    ['kubectl/get', 'engine/trace/walk'],
    ['gallery/gallery', 'engine/built'],
    ['figure/figure', 'ui/App'],
    ['embed/embed', 'store/app'],
    ['unheard-of/file', 'engine/net/ip'],
  ])('refuses %s importing %s', (from, to) => {
    expect(complaints(edge(from, to))).toHaveLength(1);
  });

  it.each([
    ['engine/trace/walk', 'engine/linux/route'],
    ['engine/dataplane/ipvs', 'engine/dataplane/endpoints'],
    ['engine/verify/packets', 'engine/vectors/dns.json'],
    ['worker/server', 'engine/index'],
    ['worker/command', 'kubectl/kubectl'],
    ['ui/App', 'gallery/gallery'],
  ])('allows %s importing %s', (from, to) => {
    expect(complaints(edge(from, to))).toEqual([]);
  });

  it('refuses a package out of its place', () => {
    expect(packageComplaints(edge('engine/kube/read', 'yaml'))).toHaveLength(1);
    expect(packageComplaints(edge('ui/App', 'left-pad'))).toHaveLength(1);
  });

  it('finds a cycle', () => {
    const round = [edge('a', 'b'), edge('b', 'c'), edge('c', 'b')];
    expect(cycles(round)).toEqual(['b → c → b']);
  });

  it('sees every way to name another file', () => {
    const text = `
      import type { A } from './type';
      import { type B } from './inline'; // without its names it is still an import
      import './effect';
      import x from './sheet.css?raw';
      export * from './all';
      export { y } from './some';
      const late = import('./late');
      let named: import('./named').Named;
      new Worker(new URL('./worker.ts', import.meta.url));`;
    const seen = mentions('seen.ts', text);
    const names = (some: Mention[]) => some.map(({ specifier }) => specifier.replace('./', '')).sort();
    expect(names(seen)).toEqual(['all', 'effect', 'inline', 'late', 'named', 'sheet.css?raw', 'some', 'type', 'worker.ts']);
    expect(names(seen.filter(({ typeOnly }) => typeOnly))).toEqual(['named', 'type']);
  });
});

// The rules

function complaints(edge: Edge): string[] {
  const [from, to] = [floorOf(edge.from), floorOf(edge.to)];
  if (from === null || to === null) return [`${inWords(edge)}: ${from === null ? edge.from : edge.to} is on no floor`];
  if (FLOORS.indexOf(to) > FLOORS.indexOf(from)) return [`${inWords(edge)}: ${to} is above ${from}`];
  const spot = BLIND_SPOTS.find(
    ({ files, mayNotSee, except = [] }) => within(edge.from, files) && within(edge.to, mayNotSee) && !within(edge.to, except),
  );
  return spot ? [`${inWords(edge)}: ${spot.why}`] : [];
}

function packageComplaints(edge: Edge): string[] {
  const places = PACKAGES[edge.to];
  if (places === undefined) return [`${inWords(edge)}: no place is named for this package`];
  return within(edge.from, places) ? [] : [`${inWords(edge)}: only in ${places.join(', ')}`];
}

/** Alternatives in one folder, none of which may see another. */
function alternatives(folder: string, names: readonly string[], why: string): BlindSpot[] {
  const all = names.map((name) => `${folder}/${name}`);
  return all.map((one) => ({ files: [one], mayNotSee: all.filter((other) => other !== one), why }));
}

/** Each way round is told once, from its first file in the alphabet. */
function cycles(graph: readonly Edge[]): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const next = grouped(graph);

  function visit(module: string, path: readonly string[]): void {
    const start = path.indexOf(module);
    if (start >= 0) found.add(roundTrip(path.slice(start)));
    if (start >= 0 || done.has(module)) return;
    for (const target of next.get(module) ?? []) visit(target, [...path, module]);
    done.add(module);
  }

  for (const module of [...next.keys()].sort()) visit(module, []);
  return [...found];
}

// What is asked of a path

function floorOf(module: string): string | null {
  const [first = '', second = '', ...rest] = module.split('/');
  const name = first === 'engine' ? `engine/${second}` : first;
  if (FLOORS.includes(name)) return name;
  return first === 'engine' && rest.length === 0 ? 'engine/*' : null;
}

/** `iptables` is also `iptables/chains` and `iptables-chains`. */
function within(module: string, places: readonly string[]): boolean {
  return places.some((place) => module === place || module.startsWith(`${place}/`) || module.startsWith(`${place}-`));
}

function isTest(module: string): boolean {
  return /\.(test|bench|test-support)$/.test(module);
}

// Reading the sources

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .sort();
}

function edgesOf(file: string): Edge[] {
  const from = moduleName(file);
  return mentions(file, readFileSync(SRC + file, 'utf8')).map(({ specifier, typeOnly }) =>
    specifier.startsWith('.')
      ? { from, to: resolved(file, specifier), kind: 'file', typeOnly }
      : { from, to: packageName(specifier), kind: 'package', typeOnly },
  );
}

interface Mention {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** What a file names of other files: imports, re-exports, types, late imports, and the addresses of workers. */
function mentions(file: string, text: string): Mention[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: Mention[] = [];
  const note = (source: ESTree.Node | null | undefined, typeOnly = false): void => {
    if (source?.type === 'Literal' && typeof source.value === 'string') found.push({ specifier: source.value, typeOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => note(node.source, node.importKind === 'type'),
    ExportAllDeclaration: (node) => note(node.source, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => note(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => note(node.source),
    TSImportType: (node) => note(node.source, true),
    NewExpression: (node) => {
      if (isOwnAddress(node)) note(node.arguments[0]);
    },
  }).visit(program);
  return found;
}

/** `new URL('…', import.meta.url)` */
function isOwnAddress(node: ESTree.NewExpression): boolean {
  const base = node.arguments[1];
  return (
    node.callee.type === 'Identifier' &&
    node.callee.name === 'URL' &&
    base?.type === 'MemberExpression' &&
    base.object.type === 'MetaProperty'
  );
}

function resolved(file: string, specifier: string): string {
  const target = moduleName(posix.join(posix.dirname(file), specifier.replace(/\?.*$/, '')));
  return modules.has(`${target}/index`) ? `${target}/index` : target;
}

function moduleName(file: string): string {
  return file.replace(/\.tsx?$/, '');
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

// Small words

function edge(from: string, to: string): Edge {
  return { from, to, kind: 'file', typeOnly: false };
}

function inWords({ from, to }: Edge): string {
  return `${from} → ${to}`;
}

function grouped(graph: readonly Edge[]): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const { from, to } of graph) targets.set(from, [...(targets.get(from) ?? []), to]);
  return targets;
}

function roundTrip(ring: readonly string[]): string {
  const first = ring.indexOf([...ring].sort()[0] ?? '');
  const turned = [...ring.slice(first), ...ring.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}
