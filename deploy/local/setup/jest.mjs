import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { countsIn, jestItself } from './jest-counts.mjs';
import { CHECKOUT } from './paths.mjs';

/**
 * Modules of finished tests are never freed in a Jest worker. Grown to gigabytes it spends most of its time on
 * collecting garbage and on forking, so that it is replaced before.
 */
const SMALL_WORKERS = '--workerIdleMemoryLimit=900MB';

/** Those beside the code: some of them wait for others. Then those that start whole stacks. */
const GROUPS = {
  unit: [
    '--maxWorkers=3',
    SMALL_WORKERS,
    '--testPathIgnorePatterns',
    '/node_modules/',
    '/dist/',
    '<rootDir>/tests/src/',
  ],
  processes: [
    '--maxWorkers=2',
    '--testPathIgnorePatterns',
    '/node_modules/',
    '/dist/',
    '<rootDir>/(?!tests/src/)',
  ],
};

/**
 * Runs a group of tests (or, with `args`, what Jest is told there) and counts them. Their output goes
 * to the terminal.
 */
export async function runJest(group, { args = [], isLong }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aura-jest-'));
  const report = path.join(folder, 'report.json');
  // What was asked for goes first: the lists among our own flags would take it in.
  const flags = [
    ...args,
    '--json',
    `--outputFile=${report}`,
    '--passWithNoTests',
    ...GROUPS[group],
  ];
  const env = {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  };
  if (isLong) env.AURA_TEST_SCALE = 'long';
  const postgres = group === 'unit' ? await startSharedPostgres(folder) : undefined;
  if (postgres) env.AURA_TEST_POSTGRES = postgres.url;
  try {
    const jest = path.join(CHECKOUT, 'node_modules/jest/bin/jest.js');
    const child = spawn(process.execPath, [jest, ...flags], {
      cwd: CHECKOUT,
      env,
      stdio: ['ignore', 2, 2],
    });
    const code = await new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    return countsIn(report) ?? jestItself(code);
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One server for the databases of all tests beside the code: each file of them would else start its own. */
async function startSharedPostgres(folder) {
  const { freePort, removeHome, startPostgres } = await import('@aura/local');
  const home = path.join(folder, 'postgres');
  const settings = { fsync: 'off', track_commit_timestamp: 'on' };
  const server = await startPostgres({ home, port: await freePort(), settings });
  await server.ready;
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await removeHome(home);
    },
  };
}
