// `npm run --silent kubehop -- COMMAND …`: the headless command, the same engine as in the page. It is TypeScript, so it is bundled
// first, once for each state of the sources; after that it starts at once. Standard output is the command's alone.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const cache = join(root, 'node_modules/.cache/kubehop');
const bundle = join(cache, `cli-${fingerprint()}.mjs`);

if (!existsSync(bundle)) await makeBundle();
goWhereTheUserIs();
await import(pathToFileURL(bundle).href);

/** Changes with every edit: the names, sizes and times of all source files, and the versions of the packages. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of sourceFiles()) {
    const { size, mtimeMs } = statSync(join(root, 'src', file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function sourceFiles() {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|json)$/.test(file) && !/\.(test|test-support|bench)\.tsx?$/.test(file))
    .sort();
}

/** Written under another name and then renamed, so that a command started meanwhile never reads half a file. */
async function makeBundle() {
  const { build } = await import('rolldown').catch(() => stop('The packages are missing: run `npm ci` first.'));
  const unfinished = `${bundle}.${process.pid}`;
  await build({
    input: join(root, 'src/cli/main.ts'),
    platform: 'node',
    logLevel: 'silent',
    output: { file: unfinished, format: 'esm', codeSplitting: false },
  }).catch((error) => stop(`The command could not be built.\n${error.message}`));
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache)) if (/^cli-\w+\.mjs$/.test(old)) rmSync(join(cache, old), { force: true });
  renameSync(unfinished, bundle);
}

/** npm starts scripts in the project's folder; the files that the user names are relative to the one where npm was called. */
function goWhereTheUserIs() {
  const place = process.env.INIT_CWD;
  if (process.env.npm_lifecycle_event === 'kubehop' && place && existsSync(place)) process.chdir(place);
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  process.exit(2);
}
