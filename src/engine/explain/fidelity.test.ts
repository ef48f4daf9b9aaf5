import { describe, expect, test } from 'vitest';
import { fidelityDocument } from './fidelity-document';
import { FIDELITY } from './fidelity-parts';

describe('how faithful the simulation is', () => {
  test('stands in FIDELITY.md as the page tells it', async () => {
    await expect(fidelityDocument()).toMatchFileSnapshot('../../../FIDELITY.md');
  });

  test.each(Object.entries(FIDELITY))('%s is told in each language, with its source', (_, { subject, source, simplified, level }) => {
    expect(subject.en).not.toBe(subject.fr);
    expect(source).not.toBe('');
    expect(simplified === null || simplified.en !== simplified.fr).toBe(true);
    expect(level === 'modelled' ? simplified : true).not.toBeNull();
  });
});
