import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from './paths.mjs';

/**
 * Counts the tests in a report of Vitest (`--reporter=json`), which has ended with `code`. A file that cannot even be
 * loaded or set up counts as one failed test, and so does Vitest where it fails or dies without a failed test: by an
 * error that nobody caught, for example. What passed only when it was tried again has passed, and is named.
 */
export function countsIn(report, code) {
  const testResults = read(report)?.testResults ?? [];
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed');
  const failed = tests.filter(({ status }) => status === 'failed');
  const failures = [...namesOf(failed), ...testResults.filter(isUnloadable).map(fileOf)];
  if (failures.length === 0 && code !== 0) failures.push(`Vitest itself (ended with ${code})`);
  return {
    passed: passed.length,
    skipped: tests.length - passed.length - failed.length,
    failures,
    triedAgain: namesOf(passed.filter(({ failureMessages }) => failureMessages.length > 0)),
  };
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

function isUnloadable({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

function fileOf({ name }) {
  return path.relative(CHECKOUT, name);
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
