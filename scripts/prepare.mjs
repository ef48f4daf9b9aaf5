// What a fresh clone lacks: the packages, and a browser for the tests. Uses only what Node brings, and does nothing, fast, when all is there.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findBrowser, installBrowser, noBrowser } from './browser.mjs';
import { ExpectedError } from './expected-error.mjs';
import { root } from './root.mjs';

const lockfile = `${root}/package-lock.json`;
const mark = `${root}/node_modules/.installed-from`;

/** @param {{ browser: boolean }} wanted */
export async function prepare(wanted) {
  if (!packagesAreInstalled()) installPackages();
  if (wanted.browser) await ensureBrowser();
}

function packagesAreInstalled() {
  return existsSync(mark) && readFileSync(mark, 'utf8').trim() === fingerprint();
}

/** What decides which packages belong here: the lockfile, and what Node and the system are (some packages hold binaries). */
function fingerprint() {
  const [major] = process.versions.node.split('.');
  const lock = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  return `${lock} node${major} ${process.platform} ${process.arch}`;
}

function installPackages() {
  console.log('Installing the packages (once, about a minute) …');
  const done = runNpm(['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
  if (done.status !== 0) throw new ExpectedError(`${done.stderr.trim()}\n\n${whyNotInstalled(done.stderr)}`);
  writeFileSync(mark, `${fingerprint()}\n`);
}

/** @param {string[]} args */
function runNpm(args) {
  const npm = process.env.npm_execpath ?? '';
  const command = /npm-cli\.[cm]?js$/.test(npm) ? { file: process.execPath, args: [npm, ...args] } : { file: 'npm', args };
  return spawnSync(command.file, command.args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
    shell: command.file === 'npm' && process.platform === 'win32', // there npm is a script of the shell
  });
}

/** @param {string} stderr */
function whyNotInstalled(stderr) {
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|EHOSTUNREACH|ENOTCACHED|network/i.test(stderr);
  return offline
    ? 'The packages could not be downloaded: the npm registry cannot be reached. Connect to the network (or set npm’s proxy) and try again; it is needed only this once.'
    : 'The packages could not be installed (`npm ci` failed, its words are above).';
}

async function ensureBrowser() {
  const found = await findBrowser();
  if (found.browser) return;
  if (found.refused) throw new ExpectedError(found.refused);
  console.log('No browser for the tests yet: installing Chromium (once) …');
  installBrowser();
  if (!(await findBrowser()).browser) throw new ExpectedError(noBrowser);
}
