// Reads what vitest and Playwright wrote about a run: how many tests passed and failed, and the names of those that failed.
// A run that ended badly without naming a failed test (a file that does not load, a server that does not start) counts as one failure.

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './root.mjs';

/** @typedef {{ passed: number, failed: number, failures: string[] }} Result */

/**
 * @param {string} file vitest's JSON report
 * @param {number | null} status vitest's exit status
 * @returns {Result}
 */
export function unitResult(file, status) {
  /** @type {{ testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const report = read(file) ?? { testResults: [] };
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ status: test.status, title: `${relative(root, name)}: ${test.fullName}` })),
  );
  const broken = report.testResults.filter(
    (one) => one.status === 'failed' && !one.assertionResults.some((test) => test.status === 'failed'),
  );
  const failures = [
    ...tests.filter((test) => test.status === 'failed').map((test) => test.title),
    ...broken.map(({ name, message }) => `${relative(root, name)}: ${firstLine(message)}`),
  ];
  return concluded(tests.filter((test) => test.status === 'passed').length, failures, status, 'vitest');
}

/**
 * @param {string} file Playwright's JSON report
 * @param {number | null} status Playwright's exit status
 * @returns {Result}
 */
export function endToEndResult(file, status) {
  /** @type {{ suites: Suite[], errors: { message?: string }[] }} */
  const report = read(file) ?? { suites: [], errors: [] };
  const tests = report.suites.flatMap((suite) => testsOf(suite, []));
  const failures = [
    ...tests.filter((test) => test.status === 'unexpected').map((test) => test.title),
    ...report.errors.map(({ message }) => firstLine(message ?? 'an error without a message')),
  ];
  // A flaky test passed in the end: that it took two tries is in the output above.
  return concluded(tests.filter((test) => test.status === 'expected' || test.status === 'flaky').length, failures, status, 'Playwright');
}

/**
 * @param {string} output of scripts/test-kernel.mjs, whose last line counts
 * @param {number | null} status its exit status
 * @returns {Result}
 */
export function kernelResult(output, status) {
  const [, passed = '0', failed = '0'] = /^(\d+) passed, (\d+) failed/m.exec(output) ?? [];
  const failures = Array.from({ length: Number(failed) }, (_, index) => `the engine against a kernel: difference ${index + 1}, above`);
  return concluded(Number(passed), failures, status, 'The comparison with a kernel');
}

/** @typedef {{ title: string, suites?: Suite[], specs: { title: string, tests: { status: string }[] }[] }} Suite */

/**
 * @param {Suite} suite
 * @param {string[]} above the titles around it
 * @returns {{ title: string, status: string }[]}
 */
function testsOf(suite, above) {
  const titles = [...above, suite.title];
  const own = suite.specs.flatMap((spec) => spec.tests.map(({ status }) => ({ title: [...titles, spec.title].join(' › '), status })));
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, titles))];
}

/**
 * @param {number} passed
 * @param {string[]} failures
 * @param {number | null} status
 * @param {string} runner
 * @returns {Result}
 */
function concluded(passed, failures, status, runner) {
  const all = status !== 0 && failures.length === 0 ? [`${runner} ended badly; see its output above`] : failures;
  return { passed, failed: all.length, failures: all };
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @param {string} text */
function firstLine(text) {
  return text.trim().split('\n')[0] ?? '';
}
