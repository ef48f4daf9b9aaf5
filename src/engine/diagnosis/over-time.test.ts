// What breaks while a cluster lives: the moment at which the request is sent is all that the diagnosis sees.

import { describe, expect, test } from 'vitest';
import { beginLive, change, known, type Live, type LiveChange, liveLoaded, seek } from '../live';
import { load } from '../loaded';
import type { Fault } from '../timeline/fault';
import type { ScenarioRequest } from '../view';
import { diagnosed } from './diagnose';
import type { Diagnosis } from './diagnosis';
import { isTold } from './told.test-support';
import { WORLDS } from './worlds.test-support';

const [SHOP] = WORLDS;
if (SHOP === undefined) throw new Error('no world');
const { text, request } = SHOP;

function begun(): Live {
  return beginLive(load(text), text);
}

function later(live: Live, seconds: number, ...changes: readonly LiveChange[]): Live {
  const at = live.at + seconds * 1000;
  return changes.reduce(change, seek(known(live, at), at));
}

const broken = (fault: Fault): LiveChange => ({ kind: 'set-fault', fault });

function found(live: Live, asked: ScenarioRequest = request): Diagnosis {
  const { built } = liveLoaded(live);
  const diagnosis = diagnosed(built, asked, 1);
  if (diagnosis.kind === 'refused') throw new Error(JSON.stringify(diagnosis.problem));
  isTold(diagnosis.diagnosis, built);
  return diagnosis.diagnosis;
}

function pods(live: Live) {
  return liveLoaded(live).built.cluster.pods.filter(({ metadata }) => metadata.labels.app === 'web');
}

function inShort(diagnosis: Diagnosis): string {
  return `${diagnosis.failing} ${JSON.stringify(diagnosis.cause)}\n${diagnosis.checks.map(({ verdict, code }) => `${verdict} ${code}`).join('\n')}`;
}

describe('a cluster at rest', () => {
  test('is well', () => {
    expect(found(later(begun(), 5))).toMatchObject({ failing: 0, cause: null });
  });
});

describe('a fault', () => {
  test('of a program that hangs is named until the readiness probe has taken it out', () => {
    const live = begun();
    const [pod] = pods(live);
    const ill = later(live, 1, broken({ kind: 'ill', pod: `shop/${pod?.metadata.name}`, answers: 'hang' }));
    const diagnosis = found(later(ill, 0.1));
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'program-silent', by: pod?.metadata.name });
    expect(diagnosis.failing).toBeCloseTo(1 / 3);
    expect(found(later(ill, 60))).toMatchObject({ failing: 0, cause: null });
  });

  test('of a program that answers 500 is not laid at the door of the network', () => {
    const live = begun();
    const [pod] = pods(live);
    const diagnosis = found(later(later(live, 1, broken({ kind: 'ill', pod: `shop/${pod?.metadata.name}`, answers: 500 })), 0.1));
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'program-answers-error', status: 500, by: pod?.metadata.name });
    expect(diagnosis.failing).toBeCloseTo(1 / 3);
  });

  test('of every program leads to the probes that fail', () => {
    const live = begun();
    const ills = pods(live).map(({ metadata }): LiveChange => broken({ kind: 'ill', pod: `shop/${metadata.name}`, answers: 500 }));
    const diagnosis = found(later(later(live, 1, ...ills), 60));
    expect(diagnosis.cause?.fact.code, inShort(diagnosis)).toBe('pod-not-ready');
  });

  test('of kube-proxy shows with the first Service that is new', () => {
    const stopped = later(begun(), 1, broken({ kind: 'proxy-stopped', node: 'node-1' }));
    expect(found(stopped)).toMatchObject({ failing: 0, cause: null });
    const second = text.replace('kind: Service\nmetadata: { name: web,', 'kind: Service\nmetadata: { name: site,');
    const live = later(later(stopped, 1, { kind: 'manifest', text: `${text}\n---\n${second.split('---')[0]}` }), 20);
    const diagnosis = found(live, { ...request, to: 'http://site/' });
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'kube-proxy-behind', node: 'node-1', rules: 'none' });
    const mended = later(later(live, 1, { kind: 'mend-fault', fault: { kind: 'proxy-stopped', node: 'node-1' } }), 20);
    expect(found(mended, { ...request, to: 'http://site/' })).toMatchObject({ failing: 0, cause: null });
  });

  test('of CoreDNS on every node is found behind the name', () => {
    const faults = ['node-1', 'node-2'].map((node): LiveChange => broken({ kind: 'dns-stopped', node }));
    const diagnosis = found(later(later(begun(), 1, ...faults), 0.5));
    expect(diagnosis.checks.find(({ code }) => code === 'name-resolves')?.verdict, inShort(diagnosis)).toBe('symptom');
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'program-not-up', pod: expect.stringContaining('coredns') });
  });

  test('of CoreDNS on one node makes some look-ups fail', () => {
    const diagnosis = found(later(later(begun(), 1, broken({ kind: 'dns-stopped', node: 'node-2' })), 0.5));
    expect(diagnosis.failing, inShort(diagnosis)).toBeCloseTo(1 / 2);
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'program-not-up', pod: expect.stringContaining('coredns') });
  });

  test('of a machine is a machine that cannot be reached, and later one that is not ready', () => {
    const lost = later(begun(), 1, broken({ kind: 'node-lost', node: 'node-2' }));
    const soon = found(later(lost, 1));
    expect(soon.cause, inShort(soon)).toMatchObject({ fact: { code: 'node-unreachable', node: 'node-2' } });
  });

  test('of a link is told from one of a machine', () => {
    const cut = later(begun(), 1, broken({ kind: 'link-cut', nodes: ['node-1', 'node-2'] }));
    const diagnosis = found(later(cut, 1));
    expect(diagnosis.cause?.fact, inShort(diagnosis)).toMatchObject({ code: 'link-cut', from: 'node-1', to: 'node-2' });
  });
});

describe('a cluster that comes up', () => {
  test.each(WORLDS)('says at every moment what it waits for ($name)', ({ text: manifest, settings, request: asked }) => {
    let live = beginLive(load(manifest, { settings }), manifest, 'nothing');
    const codes: (string | undefined)[] = [];
    for (let turn = 0; turn < 40; turn += 1) {
      live = later(live, 0.25);
      const diagnosis = diagnosed(liveLoaded(live).built, asked, 1);
      if (diagnosis.kind === 'refused') continue;
      const { failing, cause } = diagnosis.diagnosis;
      expect(failing === 0, `${live.at} ${inShort(diagnosis.diagnosis)}`).toBe(cause === null);
      expect(cause?.fact.code, `${live.at} ${inShort(diagnosis.diagnosis)}`).not.toBe('way-ends');
      codes.push(cause?.fact.code);
    }
    expect(new Set(codes).size, codes.join(' ')).toBeGreaterThan(1);
  });
});
