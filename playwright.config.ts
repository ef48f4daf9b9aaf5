// End-to-end tests: the built page in a real browser, one that the machine already has (scripts/browser.mjs finds it).
// A free port is chosen each time, so that two runs and a forgotten server do not meet.

import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { findBrowser, launchArguments } from './scripts/browser.mjs';

const { browser } = await findBrowser();
const port = await chosenPort();
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results/e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'on-first-retry',
    launchOptions: { ...(browser ? { executablePath: browser } : {}), args: launchArguments() },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --strictPort --port ${port}`,
    url: address,
    reuseExistingServer: false,
  },
});

/** The workers read this file again: they find in the environment what the first reading chose. */
async function chosenPort(): Promise<string> {
  process.env.KUBEHOP_E2E_PORT ??= String(await freePort());
  return process.env.KUBEHOP_E2E_PORT;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const place = probe.address();
      probe.close(() => (place && typeof place === 'object' ? resolve(place.port) : reject(new Error('no free port'))));
    });
  });
}
