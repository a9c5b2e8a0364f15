import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from './create-database.js';
import { SlowQueries, type SlowQuery } from './slow-queries.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase({ migrated: false });
}, 60_000);
afterAll(() => server.stop());

test('a query that takes long is counted and told, without the values that it was asked with', async () => {
  const told: SlowQuery[] = [];
  const slowQueries = new SlowQueries(200, (query) => told.push(query));
  const database = createDatabase(server.url, { slowQueries, connections: 1 });
  await database.$queryRaw`SELECT 1`;
  await database.$queryRaw`SELECT pg_sleep(0.25)::text, ${'canary value'}::text`;
  await database.$disconnect();
  expect(told).toEqual([
    { sql: expect.stringContaining('SELECT pg_sleep(0.25)'), tookMs: expect.any(Number) },
  ]);
  expect(JSON.stringify(told)).not.toContain('canary value');
  const { all, slow, worst } = slowQueries.summary();
  expect([all >= 2, slow, worst]).toEqual([true, 1, told[0]]);
});

test('a limit of 0 tells of none', () => {
  const slowQueries = new SlowQueries(0);
  slowQueries.seen('SELECT 1', 60_000);
  expect(slowQueries.summary()).toMatchObject({ all: 1, slow: 0 });
});
