import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHECKOUT } from '../setup/paths.mjs';
import { countsIn, summaryOf } from '../setup/test-counts.mjs';

/** Tests with every end, run by the real Vitest with our rules for those across processes. */
const TESTS = {
  'ends.test.ts': `
    import { test } from 'vitest';
    let tries = 0;
    test('is well at once', () => {});
    test('is well the second time', () => { tries += 1; if (tries === 1) throw new Error('starved'); });
    test('is broken', () => { throw new Error('broken'); });
    test.skip('is left out', () => {});`,
  'unloadable.test.ts': 'throw new Error("cannot be loaded");',
  'uncaught.test.ts': `
    import { test } from 'vitest';
    test('leaves something behind', () => void Promise.reject(new Error('nobody caught me')));`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aura-counts-'));
  const place = path.join(folder, 'tests/src');
  mkdirSync(place, { recursive: true });
  for (const [name, text] of Object.entries(TESTS)) writeFileSync(path.join(place, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...names: string[]) {
  const report = path.join(folder, `${names.join('-')}.json`);
  const vitest = path.join(CHECKOUT, 'node_modules/vitest/vitest.mjs');
  const config = path.join(CHECKOUT, 'vitest.config.mjs');
  const place = [`--root=${folder}`, `--config=${config}`, '--project=processes'];
  const reporter = ['--reporter=json', `--outputFile.json=${report}`];
  const words = [vitest, 'run', ...names, ...place, ...reporter];
  const ended = spawnSync(process.execPath, words, { cwd: folder });
  return countsIn(report, ended.status);
}

test('a test that passed only at the second try has passed, and is counted and named as such', () => {
  const counts = run('ends', 'unloadable');
  expect(counts).toMatchObject({
    passed: 2,
    skipped: 1,
    failures: ['is broken', expect.stringContaining('unloadable.test.ts')],
    triedAgain: ['is well the second time'],
  });
  expect(summaryOf({ title: 'Tests', ...counts, failures: ['is broken'] })).toEqual([
    'Tests: 2 passed, 1 failed, 1 skipped, 1 only at the second try',
    '  failed: is broken',
    '  only at the second try: is well the second time',
  ]);
});

test('an error that nobody caught is one failure', () => {
  expect(run('uncaught')).toMatchObject({ passed: 1, failures: ['Vitest itself (ended with 1)'] });
});

test('a Vitest that left no report is one failure', () => {
  expect(countsIn(path.join(folder, 'nothing.json'), 'SIGKILL')).toMatchObject({
    passed: 0,
    failures: ['Vitest itself (ended with SIGKILL)'],
  });
});
