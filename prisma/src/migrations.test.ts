import { afterAll, beforeAll, expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase({ migrated: false });
}, 120_000);
afterAll(() => server.stop());

test('the migrations apply to an empty database, by two processes at once, and say what schema.prisma says', async () => {
  const deployed = await Promise.all([migrate('deploy'), migrate('deploy')]);
  expect(deployed.map(({ code, text }) => code && text)).toEqual([0, 0]);
  const applied = await server.database.$queryRaw<{ migration_name: string; rolled: unknown }[]>`
    SELECT migration_name, rolled_back_at AS rolled FROM _prisma_migrations`;
  expect(applied.map(({ rolled }) => rolled)).toEqual(applied.map(() => null));
  expect(new Set(applied.map((row) => row.migration_name)).size).toBe(applied.length);
  const [status, diff] = await Promise.all([migrate('status'), migrate('diff')]);
  expect(status).toEqual({ code: 0, text: expect.stringContaining('is up to date') });
  expect(diff).toEqual({ code: 0, text: expect.stringContaining('No difference detected') });
}, 120_000);

test('says in one line what is missing', async () => {
  expect(await migrate('deploy', '')).toMatchObject({
    code: 2,
    text: expect.stringContaining('DATABASE_URL is not set'),
  });
  expect(await migrate('upwards')).toMatchObject({
    code: 2,
    text: expect.stringContaining('usage'),
  });
  const nowhere = await migrate('deploy', 'postgresql://aura@127.0.0.1:9/aura');
  expect(nowhere).toMatchObject({ code: 1, text: expect.stringMatching(/P1001|ECONNREFUSED/) });
}, 120_000);

async function migrate(command: string, url = server.url): Promise<{ code: number; text: string }> {
  const script = path.resolve(import.meta.dirname, '../migrate.mjs');
  const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: url };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, command], {
      env,
    });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}
