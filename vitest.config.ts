// Unit and conformance tests. They run in Node: what needs a browser is an end-to-end test (playwright.config.ts).

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    benchmark: { include: ['src/**/*.bench.ts'] },
    pool: 'threads',
    testTimeout: 30_000, // some tests run the whole suite of cases, and a laptop may be busy
  },
});
