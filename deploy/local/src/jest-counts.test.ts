import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { countsIn, jestItself, summaryOf } from '../setup/jest-counts.mjs';
import { CHECKOUT } from '../setup/paths.mjs';

/** Tests with every end, run by the real Jest with our rule of a second try. */
const TESTS = {
  'ends.test.js': `
    let tries = 0;
    test('is well at once', () => {});
    test('is well the second time', () => { tries += 1; if (tries === 1) throw new Error('starved'); });
    test('is broken', () => { throw new Error('broken'); });
    test.skip('is left out', () => {});`,
  'unloadable.test.js': 'throw new Error("cannot be loaded");',
};

let folder: string;
let report: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aura-counts-'));
  report = path.join(folder, 'report.json');
  const place = path.join(folder, 'tests/src');
  mkdirSync(place, { recursive: true });
  for (const [name, text] of Object.entries(TESTS)) writeFileSync(path.join(place, name), text);
  const setup = path.join(CHECKOUT, 'tests/retry-once.mjs');
  const config = {
    rootDir: folder,
    setupFilesAfterEnv: [setup],
    transform: {},
    injectGlobals: true,
  };
  const jest = path.join(CHECKOUT, 'node_modules/jest/bin/jest.js');
  spawnSync(
    process.execPath,
    [jest, '--config', JSON.stringify(config), '--json', `--outputFile=${report}`, '--runInBand'],
    { cwd: folder, env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules' } },
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a test that passed only at the second try has passed, and is counted and named as such', () => {
  const counts = countsIn(report)!;
  expect(counts).toMatchObject({
    passed: 2,
    skipped: 1,
    failures: ['is broken', expect.stringContaining('unloadable.test.js')],
    triedAgain: ['is well the second time'],
  });
  expect(summaryOf({ title: 'Tests', ...counts, failures: ['is broken'] })).toEqual([
    'Tests: 2 passed, 1 failed, 1 skipped, 1 only at the second try',
    '  failed: is broken',
    '  only at the second try: is well the second time',
  ]);
});

test('a Jest that left no report is one failure', () => {
  expect(countsIn(path.join(folder, 'nothing.json'))).toBeUndefined();
  expect(jestItself('SIGKILL')).toMatchObject({ passed: 0, failures: [expect.any(String)] });
});
