import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHECKOUT } from './paths.mjs';
import { countsIn } from './test-counts.mjs';

/** Test processes are large and start thousands of programs. Each fork copies their page tables: fewer, larger pages. */
const QUICK_FORKS = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' };

/** Runs all tests (or, with `args`, what Vitest is told there) and counts them. Their output goes to the terminal. */
export async function runTests({ args = [], isLong }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aura-tests-'));
  const report = path.join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const flags = [...args, '--passWithNoTests', ...reporters];
  const postgres = await startSharedPostgres(folder);
  const env = { ...process.env, ...QUICK_FORKS, AURA_TEST_POSTGRES: postgres.url };
  if (isLong) env.AURA_TEST_SCALE = 'long';
  try {
    const vitest = path.join(CHECKOUT, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', ...flags], {
      cwd: CHECKOUT,
      env,
      stdio: ['ignore', 2, 2],
    });
    const code = await new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    return countsIn(report, code);
  } finally {
    await postgres.stop();
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
