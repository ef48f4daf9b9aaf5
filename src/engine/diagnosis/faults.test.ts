// Every fault in every world: the diagnosis names its cause, and the object at fault, without being told what was broken.

import { describe, expect, test } from 'vitest';
import { build } from '../built';
import { formatRef } from '../kube/ref';
import { PLAYGROUND } from '../settings';
import { type Broken, sound } from './breaking.test-support';
import { diagnosed } from './diagnose';
import type { Diagnosis } from './diagnosis';
import { FAULTS } from './faults.test-support';
import { withRemedy } from './remedy';
import { isTold } from './told.test-support';
import { WORLDS } from './worlds.test-support';

function diagnosisOf({ built, world, request }: Broken, seed = 1): Diagnosis {
  const found = diagnosed(built, request, seed, world);
  if (found.kind === 'refused') throw new Error(JSON.stringify(found.problem));
  return found.diagnosis;
}

function inShort({ checks, cause }: Diagnosis): string {
  const lines = checks.map((check) => `${check.verdict.padEnd(11)} ${check.about} ${check.code}`);
  return [...lines, JSON.stringify(cause?.fact), cause?.object == null ? '' : formatRef(cause.object)].join('\n');
}

/** Where one field is the remedy, the request is answered once it is written. */
function remedyHelps({ built, text, settings, request }: Broken, { cause }: Diagnosis): void {
  if (cause === null || cause.remedy === null) return;
  const mended = withRemedy(built, text, cause.remedy);
  expect(mended, JSON.stringify(cause.remedy)).not.toBeNull();
  const again = build(mended ?? '', PLAYGROUND, { chosen: settings });
  const diagnosis = diagnosisOf({ built: again, world: again.world, request, text, settings });
  expect(diagnosis, inShort(diagnosis)).toMatchObject({ cause: null, failing: 0 });
}

describe.each(WORLDS)('in the world $name', (world) => {
  test('nothing is found where nothing is broken', () => {
    const diagnosis = diagnosisOf(sound(world));
    expect(diagnosis, inShort(diagnosis)).toMatchObject({ cause: null, failing: 0 });
    expect(diagnosis.checks.map(({ verdict }) => verdict)).toEqual(diagnosis.checks.map(() => 'passed'));
  });

  test.each(FAULTS)('$name: $code', ({ set, code, object, share }) => {
    const given = set(world);
    const diagnosis = diagnosisOf(given);
    const text = inShort(diagnosis);
    expect(diagnosis.cause?.fact.code, text).toBe(code);
    const expected = object?.(world) ?? null;
    if (expected === null) expect(diagnosis.cause?.object, text).toBeNull();
    else {
      expect(diagnosis.cause?.object?.kind, text).toBe(expected.kind);
      expect(diagnosis.cause?.object?.name, text).toMatch(
        typeof expected.name === 'string' ? new RegExp(`^${expected.name}$`) : expected.name,
      );
    }
    expect(diagnosis.failing, text).toBeGreaterThan(0);
    if (share === 'some') expect(diagnosis.failing, text).toBeLessThan(1);
    if (share === undefined) expect(diagnosis.failing, text).toBe(1);
    isTold(diagnosis, given.built);
    remedyHelps(given, diagnosis);
    const failed = diagnosis.checks.filter(({ verdict }) => verdict === 'failed');
    expect(failed, text).toHaveLength(1);
  });
});
