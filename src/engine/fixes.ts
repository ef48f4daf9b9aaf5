// What would put a finding right where the text alone can do it: one change, in the words of the text. A finding that needs a thought has none.

import type { Built, PlacedFinding } from './built';
import type { Told } from './explain/language';
import { type FieldPath, formatPath } from './kube/field-path';
import { list, map, type Raw, whole } from './kube/fields';
import type { Finding } from './kube/finding';
import { difference } from './manifest/difference';
import { withField } from './manifest/edit';
import type { SourceRange } from './manifest/parsed';
import type { Plain } from './manifest/spell';

/** A change that mends a finding. */
export interface Fix {
  readonly text: string;
  /** What is new in it. */
  readonly range: SourceRange;
}

interface Edit {
  readonly path: FieldPath;
  readonly value: Plain;
}

/** What the fix of a finding would write, without the writing; null where there is none. */
export function fixTitle({ finding, raw }: PlacedFinding): Told | null {
  const edits = raw === null ? [] : editsFor(finding, raw.value);
  return edits.length === 0 ? null : titleOf(edits);
}

/** The changed text; null where the place cannot be written alone. */
export function fixOf({ manifest }: Built, { finding, raw }: PlacedFinding, text: string): Fix | null {
  const edits = raw === null ? [] : editsFor(finding, raw.value);
  if (raw === null || edits.length === 0 || manifest.problems.length > 0) return null;
  const fixed = edits.reduce<string | null>(
    (sofar, { path, value }) => (sofar === null ? null : withField(sofar, { place: raw, path, value })),
    text,
  );
  if (fixed === null || fixed === text) return null;
  const { from, added } = difference(text, fixed);
  return { text: fixed, range: { from, to: from + added.length } };
}

function titleOf(edits: readonly Edit[]): Told {
  const said = edits.map(({ path, value }) => `${formatPath(path)}: ${short(value)}`).join(', ');
  return { en: `Write ${said}`, fr: `Écrire ${said}` };
}

function short(value: Plain): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(short).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${short(inner)}`)
    .join(', ')}}`;
}

function editsFor(finding: Finding, raw: Raw): readonly Edit[] {
  const { path } = finding;
  switch (finding.code) {
    case 'no-readiness-probe': {
      const port = firstPort(at(raw, path));
      return port === null ? [] : [{ path: [...path, 'readinessProbe'], value: { tcpSocket: { port }, periodSeconds: 5 } }];
    }
    case 'no-resources':
      return [{ path: [...path, 'resources'], value: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } } }];
    case 'no-labels':
      return [{ path: [...path, 'labels'], value: { app: finding.object.name } }];
    case 'port-unnamed':
      return [{ path: [...path, 'name'], value: finding.name }];
    case 'address-hard-coded':
      return finding.service === null ? [] : replaced(raw, path, finding.address, `${finding.service}.svc.cluster.local`);
    case 'name-elsewhere':
      return finding.namespaces.length === 1
        ? replaced(raw, path, finding.name, `${finding.name}.${finding.namespaces[0]}.svc.cluster.local`)
        : [];
    case 'selector-matches-nothing':
      return finding.nearest.flatMap(({ found }) => pairEdit(found));
    case 'nobody-listens':
      return targetPort(path, finding.listening[0]);
    case 'port-name-missing':
    case 'node-missing':
    case 'slice-of-unknown-service':
    case 'backend-service-missing':
    case 'bare-letter':
    case 'ingress-class-unknown':
    case 'backend-port-missing':
      return nearest(finding);
    case 'probe-fails':
      return portEdit(path, finding.listening[0]);
    case 'policy-names-service-port':
      return [{ path, value: Number(finding.target) || String(finding.target) }];
    default:
      return [];
  }
}

/** The one value that was meant, as far as anybody can tell. */
function nearest(finding: Finding): readonly Edit[] {
  const value = meant(finding);
  return value === null ? [] : [{ path: finding.path, value }];
}

function meant(finding: Finding): string | null {
  switch (finding.code) {
    case 'port-name-missing':
      return finding.names.length === 1 ? (finding.names[0] ?? null) : null;
    case 'node-missing':
    case 'slice-of-unknown-service':
    case 'backend-service-missing':
      return finding.nearest;
    case 'bare-letter':
      return finding.letter;
    case 'ingress-class-unknown':
      return finding.known.length === 1 ? (finding.known[0] ?? null) : null;
    default:
      return null;
  }
}

/** `app=web`, as a selector's pair. */
function pairEdit(pair: string): readonly Edit[] {
  const [key, value] = pair.split('=');
  return key === undefined || value === undefined ? [] : [{ path: ['spec', 'selector', key], value }];
}

/** The finding stands at the port where no targetPort is written. */
function targetPort(path: FieldPath, listening: string | undefined): readonly Edit[] {
  return portEdit(
    path.at(-1) === 'targetPort' ? path : path.at(-1) === 'port' ? [...path.slice(0, -1), 'targetPort'] : [...path, 'targetPort'],
    listening,
  );
}

function portEdit(path: FieldPath, listening: string | undefined): readonly Edit[] {
  const value = Number(listening?.split('/')[0]);
  return Number.isInteger(value) && value > 0 ? [{ path, value }] : [];
}

function replaced(raw: Raw, path: FieldPath, what: string, by: string): readonly Edit[] {
  const value = at(raw, path);
  return typeof value === 'string' && value.includes(what) ? [{ path, value: value.replace(what, by) }] : [];
}

function firstPort(container: unknown): number | null {
  const ports = list(map(container).ports).map((port) => whole(map(port).containerPort));
  return ports.find((port) => port !== null) ?? null;
}

function at(raw: Raw, path: FieldPath): unknown {
  return path.reduce<unknown>((value, key) => (typeof key === 'number' ? list(value)[key] : map(value)[key]), raw);
}
