// The cases that were made from the tests of the EndpointSlice controller, each through the whole way from text to slices.

import { expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse';
import { readObjects } from '../manifest/read';
import { BARE } from '../settings';
import cases from '../vectors/endpoints.json';
import { settle } from './settle';
import { slicesOf } from './slices-of';

test.each(cases)('[$id] $about', ({ manifest, expect: expected }) => {
  const { objects } = readObjects(parseManifest(manifest));
  const { cluster } = settle(
    objects.map(({ object }) => object),
    BARE,
  );
  expect(slicesOf(cluster)).toEqual(expected.slices);
});
