// Every sentence of a diagnosis is there, in both languages, and reads like one.

import { expect } from 'vitest';
import type { Built } from '../built';
import type { Diagnosis } from './diagnosis';
import { tellDiagnosis } from './tell-diagnosis';

export function isTold(diagnosis: Diagnosis, built: Built): void {
  const { checks, cause, summary } = tellDiagnosis(diagnosis, built);
  const texts = [summary, ...checks.flatMap(({ title, sentence }) => [title, sentence ?? []].flat())];
  const told = cause === null ? texts : [...texts, cause.title, cause.sentence, cause.advice];
  for (const { en, fr } of told) {
    for (const text of [en, fr]) {
      expect(text).toMatch(/^\S.{6,}\S$/u);
      expect(text).not.toMatch(/undefined|null|NaN|\[object| {2}|\.\./u);
    }
    expect(fr, en).not.toMatch(/ [:;?!]/);
    expect(fr).not.toBe(en);
  }
}
