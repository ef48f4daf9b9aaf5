import { describe, expect, test } from 'vitest';
import { choice, parseArguments, wholeNumber } from './arguments';
import { UsageError } from './usage-error';

const parse = (line: string) => parseArguments(line.split(' '));

describe('the command line', () => {
  test('takes all files behind each -f, and - as one of them', () => {
    expect(parse('trace -f a.yaml b.yaml --seed 3 -f - -o json')).toEqual({
      command: 'trace',
      positionals: [],
      files: ['a.yaml', 'b.yaml', '-'],
      options: { seed: '3', o: 'json' },
    });
  });

  test('takes a value behind an equals sign, and the last one of a name', () => {
    expect(parse('trace --seed=1 --seed=2 --to=a:80').options).toEqual({ seed: '2', to: 'a:80' });
  });

  test('knows long names of -f and -o', () => {
    expect(parse('check --filename=a.yaml --output json')).toMatchObject({ files: ['a.yaml'], options: { o: 'json' } });
  });

  test('leaves what is behind -- alone', () => {
    expect(parse('kubectl -f a.yaml -- get pods -o wide').positionals).toEqual(['get', 'pods', '-o', 'wide']);
  });

  test.each(['', 'fly', 'trace --wings 2', 'trace --seed', 'trace --seed --count 3', 'check --seed 1'])('refuses `%s`', (line) => {
    expect(() => parseArguments(line === '' ? [] : line.split(' '))).toThrow(UsageError);
  });
});

describe('an option', () => {
  test('stands at the first of its words where it is not given', () => {
    expect(choice(parse('check'), 'lang', ['en', 'fr'])).toBe('en');
    expect(choice(parse('check --lang fr'), 'lang', ['en', 'fr'])).toBe('fr');
    expect(() => choice(parse('check --lang de'), 'lang', ['en', 'fr'])).toThrow('--lang de is not one of en, fr');
  });

  test('is a whole number within its range', () => {
    const range = { unset: 1, from: 1, to: 9 };
    expect(wholeNumber(parse('trace'), 'count', range)).toBe(1);
    expect(wholeNumber(parse('trace --count 9'), 'count', range)).toBe(9);
    for (const wrong of ['0', '10', '1.5', 'x', '1e0'])
      expect(() => wholeNumber(parse(`trace --count ${wrong}`), 'count', range)).toThrow(UsageError);
  });
});
