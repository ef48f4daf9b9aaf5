import { expect, test } from 'vitest';
import cases from '../vectors/env.json' with { type: 'json' };
import { type EnvCase, judgeEnv } from './env';

test.each(cases as unknown as EnvCase[])('$id: $about', (env) => {
  const { expect: wanted, actual, ok } = judgeEnv(env);
  expect(actual).toEqual(wanted);
  expect(ok).toBe(true);
});
