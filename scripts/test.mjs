// `npm test`: everything that must hold, stage by stage. A stage that fails does not hide the later ones, unless these cannot run
// without it. The last line counts all tests, with one more for each of the stages that are no tests: `N passed, N failed`.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endToEndResult, kernelResult, unitResult } from './reports.mjs';
import { root } from './root.mjs';

/** @typedef {import('./reports.mjs').Result} Result */
/** @typedef {{ name: string, seconds: number, result: Result }} Done */

const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });

const types = stage('types', () => whole(['typescript/bin/tsc', '--noEmit'], ['typescript/bin/tsc', '--noEmit', '-p', 'src/engine']));
const lint = stage('lint', () => whole(['@biomejs/biome/bin/biome', 'check', '--error-on-warnings']));
const unit = stage('unit and conformance tests', unitTests);
const build = stage('build', () => whole(['vite/bin/vite.js', 'build', '--logLevel', 'warn']));
const endToEnd = build.result.failed > 0 ? [] : [stage('end-to-end tests', endToEndTests)];
const kernel = stage('the engine against a kernel', kernelTests);

conclude([types, lint, unit, build, ...endToEnd, kernel]);

function unitTests() {
  const report = join(results, 'unit.json');
  const status = run(['vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]);
  return unitResult(report, status);
}

function endToEndTests() {
  const report = join(results, 'e2e.json');
  const status = run(['@playwright/test/cli.js', 'test', '--reporter=line,json', '--pass-with-no-tests'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return endToEndResult(report, status);
}

/** The samples and a few generated clusters in the kernel of this machine; a line says so where that cannot be. */
function kernelTests() {
  const program = join(root, 'scripts/test-kernel.mjs');
  const { stdout, status } = spawnSync(process.execPath, [program, '--slice'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  process.stdout.write(stdout);
  return kernelResult(stdout, status);
}

/**
 * Runs one stage under its name.
 * @param {string} name
 * @param {() => Result} work
 * @returns {Done}
 */
function stage(name, work) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const result = work();
  const done = { name, seconds: (performance.now() - start) / 1000, result };
  console.log(inWords(done));
  return done;
}

/**
 * A stage that holds or does not: all of its commands are run.
 * @param {...string[]} commands
 * @returns {Result}
 */
function whole(...commands) {
  const held = commands.map((command) => run(command)).every((status) => status === 0);
  return held ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [] };
}

/**
 * Runs a package's program in this Node, with its output on ours, and gives its exit status.
 * @param {string[]} command the program's file below node_modules, then its arguments
 * @param {Record<string, string>} environment
 */
function run([file = '', ...args], environment = {}) {
  const program = join(root, 'node_modules', file);
  return spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } }).status;
}

/** @param {Done[]} stages */
function conclude(stages) {
  console.log('\n── all');
  for (const done of stages) console.log(`${done.name.padEnd(28)} ${inWords(done)}`);
  if (build.result.failed > 0) console.log('end-to-end tests             not run: there is no build');
  for (const failure of stages.flatMap(({ result }) => result.failures)) console.log(`✗ ${failure}`);

  const passed = sum(stages.map(({ result }) => result.passed));
  const failed = sum(stages.map(({ result }) => result.failed));
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** @param {Done} done */
function inWords({ seconds, result }) {
  const verdict = result.failed === 0 ? 'ok' : 'FAILED';
  const counts = result.passed + result.failed === 1 ? '' : `, ${result.passed} passed, ${result.failed} failed`;
  return `${verdict} in ${seconds.toFixed(1)} s${counts}`;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
