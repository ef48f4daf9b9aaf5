// The browser of the end-to-end tests: one of the Chromium family that the machine has, rather than one more download.
// Read by scripts/prepare.mjs, which installs one where there is none, and by playwright.config.ts.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

export const noBrowser = `The tests need a browser of the Chromium family, and none was found or could be installed. Install one:
  Debian    apt-get install chromium
  Fedora    dnf install chromium
  Arch      pacman -S chromium
  macOS, Windows, Ubuntu    Google Chrome or Microsoft Edge, or: npx playwright install chromium
or say where it is: BROWSER_PATH=/path/to/browser npm test`;

/**
 * Where the browser is, or null; `refused` says why BROWSER_PATH, when set, is of no use.
 * @returns {Promise<{ browser: string | null, refused?: string }>}
 */
export async function findBrowser() {
  const chosen = process.env.BROWSER_PATH;
  if (chosen)
    return existsSync(chosen) ? { browser: chosen } : { browser: null, refused: `BROWSER_PATH is ${chosen}, and no such file exists.` };
  return { browser: knownPlaces().find((place) => existsSync(place)) ?? (await playwrightsOwn()) };
}

/** Root and most containers cannot make the browser's sandbox; everybody else keeps it. */
export function launchArguments() {
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return isRoot() || process.env.CI ? [...quiet, '--no-sandbox'] : quiet;
}

/** Installs Chromium with the system's packages where that is simple, else with Playwright's own download. Failing is no error here. */
export function installBrowser() {
  if (isRoot() && systemIs('debian') && installDebianChromium()) return;
  // On Ubuntu, apt's `chromium` only leads to a snap, so there too Playwright brings the browser, and apt its libraries.
  const libraries = isRoot() && (systemIs('debian') || systemIs('ubuntu')) ? ['--with-deps'] : [];
  run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', ...libraries, 'chromium']);
}

function installDebianChromium() {
  const apt = { DEBIAN_FRONTEND: 'noninteractive' };
  return (
    run('apt-get', ['update', '-qq'], apt) &&
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-dejavu-core'], apt)
  );
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {Record<string, string>} environment
 */
function run(file, args, environment = {}) {
  return spawnSync(file, args, { stdio: 'inherit', env: { ...process.env, ...environment } }).status === 0;
}

function knownPlaces() {
  if (process.platform === 'darwin') return macPlaces();
  if (process.platform === 'win32') return windowsPlaces();
  return linuxPlaces();
}

function linuxPlaces() {
  const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];
  const folders = new Set([...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/google/chrome']);
  folders.delete('');
  return [...names.flatMap((name) => [...folders].map((folder) => join(folder, name))), '/snap/bin/chromium'];
}

function macPlaces() {
  const applications = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
  return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
    applications.map((folder) => join(folder, `${name}.app`, 'Contents/MacOS', name)),
  );
}

function windowsPlaces() {
  const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
  const files = [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ];
  return files.flatMap((file) => folders.map((folder) => join(folder, file)));
}

/** What `npx playwright install` once brought, if it did. */
async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const place = chromium.executablePath();
  return place && existsSync(place) ? place : null;
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** @param {string} id as in /etc/os-release */
function systemIs(id) {
  const release = '/etc/os-release';
  return existsSync(release) && new RegExp(`^ID="?${id}"?$`, 'm').test(readFileSync(release, 'utf8'));
}
