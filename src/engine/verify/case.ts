// One conformance case of any family, told apart by its shape. A case that throws says so; the others go on.

import type { ProxyModeName } from '../controlplane/cluster';
import { settle } from '../controlplane/settle';
import { slicesOf } from '../controlplane/slices-of';
import { parseManifest } from '../manifest/parse';
import { readObjects, validateManifest } from '../manifest/read';
import { BARE } from '../settings';
import { type DnsCase, judgeDns } from './dns';
import { type EnvCase, judgeEnv } from './env';
import { type JudgedRequest, judgePackets, type PacketActual, type PacketCase } from './packets';

const ALL_MODES: readonly ProxyModeName[] = ['iptables', 'nftables', 'ipvs'];

export type Verified =
  | {
      readonly id: string;
      readonly requests: readonly {
        readonly expect: unknown;
        readonly actual: unknown;
        readonly ok: boolean | null;
        /** Modes of kube-proxy in which something else came out. */
        readonly otherModes?: Readonly<Partial<Record<ProxyModeName, unknown>>>;
      }[];
    }
  | { readonly id: string; readonly expect: unknown; readonly actual: unknown; readonly ok: boolean | null }
  | { readonly id: string; readonly error: string };

/** Runs the case; null where it is not valid in the mode that was asked for. */
export function verifyCase(given: Readonly<Record<string, unknown>>, mode: ProxyModeName | null = null): Verified | null {
  const id = String(given.id ?? '');
  try {
    return verify(id, given, mode);
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether every part of the case came out as expected; null where nothing was expected. */
export function holds(verified: Verified): boolean | null {
  if ('error' in verified) return false;
  if (!('requests' in verified)) return verified.ok;
  if (verified.requests.some(({ ok }) => ok === false)) return false;
  return verified.requests.some(({ ok }) => ok === true) ? true : null;
}

function verify(id: string, given: Readonly<Record<string, unknown>>, mode: ProxyModeName | null): Verified | null {
  if (typeof given.manifest !== 'string') return { id, error: 'the case has no manifest' };
  if (typeof given.pod === 'string') return { id, ...judgeEnv(given as unknown as EnvCase) };
  if (Array.isArray(given.requests)) return verifyRequests(id, given, mode);
  return { id, ...judgeManifest(given.manifest, given.expect as ManifestExpectation) };
}

function verifyRequests(id: string, given: Readonly<Record<string, unknown>>, mode: ProxyModeName | null): Verified | null {
  const requests = given.requests as readonly Readonly<Record<string, unknown>>[];
  if (requests.some((request) => 'query' in request)) return { id, requests: judgeDns(given as unknown as DnsCase) };
  const claimed = claimedModes(given);
  if (mode !== null && !claimed.includes(mode)) return null;
  if (claimed.length === 0) return { id, error: `kube-proxy has no mode ${String(given.proxy)}` };
  return { id, requests: inEveryMode(given as unknown as PacketCase, mode === null ? claimed : [mode]) };
}

/** What came out in the first mode; a request holds where it holds in all of them. */
function inEveryMode(
  given: PacketCase,
  modes: readonly ProxyModeName[],
): readonly (JudgedRequest & { readonly otherModes?: OtherModes })[] {
  const judged = modes.map((mode) => ({ mode, requests: judgePackets(given, mode) }));
  const [first, ...others] = judged;
  return (first?.requests ?? []).map((request, index) => {
    const inOthers = others.flatMap(({ mode, requests }) => ({ mode, judged: requests[index] ?? request }));
    const differing = inOthers.filter((other) => canonical(other.judged.actual) !== canonical(request.actual));
    const failed = inOthers.some((other) => other.judged.ok === false);
    const otherModes: OtherModes = Object.fromEntries(differing.map((other) => [other.mode, other.judged.actual]));
    return { ...request, ok: failed ? false : request.ok, ...(differing.length === 0 ? {} : { otherModes }) };
  });
}

type OtherModes = Readonly<Partial<Record<ProxyModeName, PacketActual>>>;

function claimedModes(given: Readonly<Record<string, unknown>>): readonly ProxyModeName[] {
  const also = Array.isArray(given.alsoValidFor) ? given.alsoValidFor : [];
  const named = [given.proxy, ...also];
  return named.includes('any') || given.proxy === undefined ? ALL_MODES : ALL_MODES.filter((one) => named.includes(one));
}

interface ManifestExpectation {
  readonly slices?: unknown;
  readonly valid?: boolean;
  readonly errors?: readonly { readonly doc?: number; readonly path: string; readonly kind: string }[];
}

function judgeManifest(manifest: string, expect: ManifestExpectation): { expect: unknown; actual: unknown; ok: boolean | null } {
  return expect.slices === undefined ? judgeValidation(manifest, expect) : judgeSlices(manifest, expect);
}

function judgeSlices(manifest: string, expect: ManifestExpectation): { expect: unknown; actual: unknown; ok: boolean } {
  const { objects } = readObjects(parseManifest(manifest));
  const { cluster } = settle(
    objects.map(({ object }) => object),
    BARE,
  );
  const actual = { slices: slicesOf(cluster) };
  return { expect, actual, ok: canonical(actual.slices) === canonical(expect.slices) };
}

function judgeValidation(manifest: string, expect: ManifestExpectation): { expect: unknown; actual: unknown; ok: boolean | null } {
  const actual = validateManifest(manifest);
  if (expect.valid === undefined && expect.errors === undefined) return { expect, actual, ok: null };
  const set = (errors: ManifestExpectation['errors']): string =>
    [...new Set((errors ?? []).map(({ doc, path, kind }) => `${doc ?? 0} ${path} ${kind}`))].sort().join('\n');
  return { expect, actual, ok: actual.valid === expect.valid && set(actual.errors) === set(expect.errors) };
}

/** JSON with its keys in order: two values are equal when these texts are. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
