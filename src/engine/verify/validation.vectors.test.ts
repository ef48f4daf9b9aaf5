// What an API server accepts and refuses: cases made from the upstream validation tests.

import { describe, expect, test } from 'vitest';
import cases from '../vectors/validation.json';
import { holds, verifyCase } from './case';

describe('the API server', () => {
  test.each(cases.map((one) => [one.id, one.about, one] as const))('[%s] %s', (_id, _about, one) => {
    const verified = verifyCase(one);
    if (verified === null) throw new Error('not valid in any mode');
    if (holds(verified) !== true) expect('actual' in verified ? verified.actual : verified).toEqual(one.expect);
    expect(holds(verified)).toBe(true);
  });
});
