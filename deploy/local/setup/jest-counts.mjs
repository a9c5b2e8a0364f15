import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from './paths.mjs';

const NOT_RUN = ['pending', 'todo', 'skipped', 'disabled'];

/**
 * Counts the tests in a report of Jest (`--json`); undefined where there is none. A file that cannot even be loaded
 * counts as one failed test. What passed only when it was tried again has passed, and is named.
 */
export function countsIn(report) {
  const { testResults } = read(report) ?? {};
  if (!testResults) return undefined;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failures = namesOf(tests.filter(({ status }) => status === 'failed'));
  const unloadable = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  const passed = tests.filter(({ status }) => status === 'passed');
  return {
    passed: passed.length,
    skipped: tests.filter(({ status }) => NOT_RUN.includes(status)).length,
    failures: [...failures, ...unloadable.map(({ name }) => path.relative(CHECKOUT, name))],
    triedAgain: namesOf(passed.filter(({ invocations }) => invocations > 1)),
  };
}

/** A Jest that has died is one failed test. */
export function jestItself(code) {
  return { passed: 0, skipped: 0, failures: [`Jest itself (ended with ${code})`], triedAgain: [] };
}

/** The lines that sum a group up. */
export function summaryOf({ title, passed, skipped, failures, triedAgain = [] }) {
  const more = [
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(triedAgain.length > 0 ? [`${triedAgain.length} only at the second try`] : []),
  ];
  return [
    [`${title}: ${passed} passed, ${failures.length} failed`, ...more].join(', '),
    ...failures.map((name) => `  failed: ${name}`),
    ...triedAgain.map((name) => `  only at the second try: ${name}`),
  ];
}

function namesOf(tests) {
  return tests.map(({ fullName }) => fullName);
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
}
