// `npm run test:kernel`: the engine against the kernel of this machine. It needs Linux and root; elsewhere it says so in one line and ends well.
// `--connections` measures instead, for `npm run bench`: connections that the kernel opens, beside traces that the engine makes.
// Everything runs in private mount, process and network namespaces: nothing leaves the machine, and whatever happens, nothing stays.

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const cache = join(root, 'node_modules/.cache/kubehop');

/** Programs that the laboratory runs, and the Debian packages that hold them. */
const PROGRAMS = {
  ip: 'iproute2',
  bridge: 'iproute2',
  'iptables-restore': 'iptables',
  'ip6tables-restore': 'iptables',
  nft: 'nftables',
  ipset: 'ipset',
  conntrack: 'conntrack',
  ping: 'iputils-ping',
};

const INSIDE = 'mount -t tmpfs tmpfs /run && mkdir /run/netns && ip link set lo up && exec "$0" "$@"';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problem = obstacle();
  const args = process.argv.slice(2);
  const measures = args.includes('--connections');
  if (problem === null) process.exitCode = await inLaboratory(measures ? 'connections' : 'run', measures ? [] : args);
  else if (measures) console.log(`The connections of a real kernel were not measured: ${problem}.`);
  else console.log(`The engine was not compared with a real kernel: ${problem}.\n0 passed, 0 failed, 1 skipped`);
}

/** Why the laboratory cannot be built here; null where it can. Missing programs are installed where that is possible. */
export function obstacle() {
  if (process.platform !== 'linux') return 'that needs Linux';
  if (process.getuid?.() !== 0) return 'that needs root';
  if (!works('unshare', ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'true']))
    return 'no namespaces may be made here';
  const missing = missingPackages();
  if (missing.length === 0) return null;
  if (!works('apt-get', ['--version'])) return `${missing.join(', ')} are missing, and there is no apt-get to install them`;
  console.log(`Installing ${missing.join(', ')} …`);
  const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-o', 'DPkg::Lock::Timeout=60'];
  const install = [...patience, 'install', '--yes', '--no-install-recommends', ...missing];
  if (!works('apt-get', install) && works('apt-get', [...patience, 'update'])) works('apt-get', install);
  const left = missingPackages();
  return left.length === 0 ? null : `${left.join(', ')} could not be installed`;
}

function missingPackages() {
  const missing = Object.entries(PROGRAMS).filter(([program]) => !works('sh', ['-c', `command -v ${program}`]));
  return [...new Set(missing.map(([, name]) => name))];
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function works(program, args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, args, { stdio: 'ignore', env: environment, timeout: 150_000 }).status === 0;
}

/**
 * Runs a program of e2e/kernel in its private namespaces and gives its exit status.
 * @param {string} name
 * @param {string[]} args
 */
export async function inLaboratory(name, args) {
  const [program, agent] = [await bundled(name), await bundled('agent')];
  const apart = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const command = [...apart, 'sh', '-c', INSIDE, process.execPath, program, agent, ...args];
  return spawnSync('unshare', command, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** @param {string} name a file of e2e/kernel */
async function bundled(name) {
  const { build } = await import('rolldown').catch(() => stop('The packages are missing: run `npm ci` first.'));
  const file = join(cache, `kernel-${name}.mjs`);
  mkdirSync(cache, { recursive: true });
  await build({
    input: join(root, `e2e/kernel/${name}.ts`),
    platform: 'node',
    logLevel: 'silent',
    output: { file, format: 'esm', codeSplitting: false },
  }).catch((error) => stop(`The test could not be built.\n${error.message}`));
  return file;
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  process.exit(2);
}
