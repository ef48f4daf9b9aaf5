// Recordings beside the cluster that the objects make: findings with their place in the text. The machine that rules were taken from is
// the one that their head names, else the one whose own rules they agree with most.

import type { Cluster, ClusterSettings } from '../controlplane/cluster';
import type { Finding } from '../kube/finding';
import type { ObjectRef } from '../kube/ref';
import { formatRuleset } from '../linux/iptables-save';
import type { World } from '../linux/kernel';
import type { SourceRange } from '../manifest/parsed';
import type { Recording } from '../manifest/recordings';
import { parseCidr } from '../net/cidr';
import { agreement, clusterRangeIn, compareRules } from './compare-rules';
import { readConnections, staleConnections } from './connections';

export interface RecordedFinding {
  readonly finding: Finding;
  readonly range: SourceRange;
}

/** What recordings tell of the set-up of their cluster. */
export function recordedSettings(recordings: readonly Recording[]): Partial<ClusterSettings> {
  const texts = recordings.filter(({ kind }) => kind === 'rules').map(({ text }) => text);
  const range = texts.map((text) => parseCidr(clusterRangeIn(text) ?? '')).find((found) => found !== null);
  const byIpvs = texts.some((text) => text.includes('--match-set KUBE-CLUSTER-IP'));
  return { ...(range === undefined ? {} : { clusterCIDR: range }), ...(byIpvs ? { proxyMode: 'ipvs' } : {}) };
}

export function reviewRecordings(recordings: readonly Recording[], cluster: Cluster, world: World): readonly RecordedFinding[] {
  return recordings.flatMap((recording) =>
    recording.kind === 'rules' ? reviewRules(recording, cluster, world) : reviewConnections(recording, cluster),
  );
}

function reviewRules(recording: Recording, cluster: Cluster, world: World): readonly RecordedFinding[] {
  const candidates = cluster.nodes.flatMap(({ metadata: { name } }) => {
    const kernel = world.kernels[`node/${name}`];
    return kernel === undefined ? [] : [{ name, text: formatRuleset(kernel.iptables) }];
  });
  const scored = candidates.map((each) => ({ ...each, score: scoreOf(recording, each) })).sort((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (best === undefined) return [];
  const node: ObjectRef = { kind: 'Node', namespace: null, name: best.name };
  const differences = compareRules(recording.text, best.text);
  const isSure = next === undefined || next.score < best.score;
  const whole: Finding = { object: node, path: [], severity: 'hint', code: 'recorded-of-node', isSure, differences: differences.length };
  return [
    { finding: whole, range: lineAt(recording, 0) },
    ...differences.map(({ fact, at, service }) => {
      const [namespace = '', name = ''] = service?.split('/') ?? [];
      const object = service === null ? node : { kind: 'Service', namespace, name };
      return { finding: { object, path: [], ...fact }, range: lineAt(recording, at) };
    }),
  ];
}

/** A name in the head decides; nothing else comes near. */
const NAMED = 1_000_000;

function scoreOf({ head, text }: Recording, { name, text: compiled }: { readonly name: string; readonly text: string }): number {
  const isNamed = new RegExp(`(?:^|[^\\w.-])${name.replace(/[.]/g, '\\.')}(?:$|[^\\w-])`).test(head);
  return (isNamed ? NAMED : 0) + agreement(text, compiled);
}

function reviewConnections(recording: Recording, cluster: Cluster): readonly RecordedFinding[] {
  return staleConnections(readConnections(recording.text), cluster).map(({ reason, address, service, pod, count, first }) => {
    const [, namespace = '', name = ''] = /^Service ([^/]+)\/(.+)$/.exec(service ?? '') ?? [];
    const object: ObjectRef = service === null ? { kind: 'Address', namespace: null, name: address } : { kind: 'Service', namespace, name };
    const fact = { severity: 'warning', code: 'recorded-connections', reason, address, pod, count, first: first.written } as const;
    return { finding: { object, path: [], ...fact }, range: lineAt(recording, first.at) };
  });
}

function lineAt({ text, range }: Recording, at: number): SourceRange {
  const length = text.slice(at).search(/\r?\n|$/);
  return { from: range.from + at, to: range.from + at + length };
}
