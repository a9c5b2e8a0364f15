import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestLogin } from '@aura/local';
import { createDatabase, type Database, type Transaction } from './create-database.js';
import { createJob } from './create-job.js';
import { transact } from './transact.js';
import { sampleOrder, startTestDatabase, type TestDatabase } from './testing/test-database.js';

const here = new AsyncLocalStorage<string>();
let server: TestDatabase;
/** As requests see it. */
let database: Database;
beforeAll(async () => {
  server = await startTestDatabase();
  const url = await requestLogin(server.url);
  database = createDatabase(url, { connections: 3, tenant: () => here.getStore() });
});
afterAll(async () => {
  await database.$disconnect();
  await server.stop();
});

async function jobOf(tenantId: string): Promise<string> {
  const order = sampleOrder();
  const { id } = await here.run(tenantId, () =>
    transact(database, (tx) => createJob(tx, { ...order, job: { ...order.job, tenantId } })),
  );
  return id;
}

const OWNED = ['steps', 'job_events', 'artifacts', 'outbox', 'asset_uses', 'job_logs', 'job_runs'];

test('whatever is of a tenant or a job has a policy, or requests cannot reach it at all', async () => {
  const tables = await server.database.$queryRaw<{ name: string; guarded: boolean }[]>`
    SELECT relname AS name, relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
      OR NOT has_table_privilege('aura_gateway', pg_class.oid, 'SELECT,INSERT,UPDATE,DELETE') AS guarded
    FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND EXISTS (
      SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname IN ('tenant_id', 'job_id'))`;
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter(({ guarded }) => !guarded)).toEqual([]);
});

test('what has no policy is not written by requests', async () => {
  const open = await server.database.$queryRaw`
    SELECT relname AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND NOT (relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))
      AND has_table_privilege('aura_gateway', oid, 'INSERT,UPDATE,DELETE,TRUNCATE')`;
  // What a deleted job leaves behind: contents by their hashes, of nobody.
  expect(open).toEqual([{ name: 'unwanted_blobs' }]);
});

test('a query that forgets the tenant sees, changes and deletes rows of its own alone', async () => {
  const [mine, theirs] = [await jobOf('mine'), await jobOf('theirs')];
  await here.run('mine', async () => {
    expect((await database.job.findMany()).map(({ id }) => id)).toEqual([mine]);
    for (const table of OWNED) {
      const sql = `SELECT DISTINCT job_id::text FROM ${table} WHERE job_id <> '${mine}'`;
      expect(await database.$queryRawUnsafe(sql)).toEqual([]);
    }
    expect(await database.jobEvent.count()).toBe(1);
    const foreign = { where: { id: theirs } };
    expect(await database.job.updateMany({ ...foreign, data: { percent: 5 } })).toEqual({
      count: 0,
    });
    expect(await database.job.deleteMany(foreign)).toEqual({ count: 0 });
    expect(await database.job.findUnique(foreign)).toBeNull();
  });
  expect(await database.job.findMany()).toEqual([]);
  expect(await database.step.findMany()).toEqual([]);
});

test('nothing is written for others, and keys and the audit log cannot be read', async () => {
  const [mine, theirs] = [await jobOf('mine'), await jobOf('theirs')];
  const attempts = [
    `UPDATE jobs SET tenant_id = 'theirs' WHERE id = '${mine}'`,
    `UPDATE steps SET job_id = '${theirs}' WHERE job_id = '${mine}' AND position = 0`,
    `INSERT INTO outbox (job_id, command, run) VALUES ('${theirs}', 'cancel', 9)`,
    `INSERT INTO job_events (job_id, seq, type, data) VALUES ('${theirs}', 9, 'job-status', '{}')`,
    `INSERT INTO idempotency_keys VALUES ('theirs', 'r', 'k', 'h', '${mine}')`,
    'SELECT * FROM api_keys',
    'SELECT * FROM audit_log',
    `DELETE FROM worker_states`,
    'ALTER TABLE jobs DISABLE ROW LEVEL SECURITY',
    'DROP POLICY of_tenant ON jobs',
    'DO $$ BEGIN SET LOCAL ROLE NONE; PERFORM FROM jobs; END $$',
    'DO $$ BEGIN SET LOCAL ROLE aura; PERFORM FROM jobs; END $$',
    'DO $$ BEGIN SET LOCAL row_security = off; PERFORM FROM jobs; END $$',
  ];
  for (const sql of attempts) {
    // Prisma asks when it is waited for, not before.
    const attempt = here
      .run('mine', async () => await database.$executeRawUnsafe(sql))
      .then(
        () => 'done',
        (error: unknown) => String(error),
      );
    expect([sql, await attempt]).toEqual([sql, expect.stringContaining('42501')]);
  }
});

test('requests of several tenants at once, on few connections, never see each other', async () => {
  const tenants = ['a', 'b', 'c', 'd', 'e'];
  const jobs = new Map<string, string>();
  for (const tenant of tenants) jobs.set(tenant, await jobOf(tenant));
  const look = async (tenant: string, turn: number): Promise<string[]> => {
    if (turn % 3 === 0) {
      const all = (tx: Transaction) => tx.job.findMany({ select: { id: true } });
      return (await database.$transaction(all, { maxWait: 30_000 })).map(({ id }) => id);
    }
    if (turn % 3 === 1) return (await database.job.findMany()).map(({ id }) => id);
    // Of another, or his own: Prisma makes one query of such questions where it can.
    const where = { id: jobs.get(tenants[turn % 5]!)! };
    const first = { jobId_seq: { jobId: jobs.get(tenant)!, seq: 1 } };
    const [one, event, own] = await Promise.all([
      database.job.findUnique({ where }),
      database.jobEvent.findUnique({ where: first }),
      database.job.findUniqueOrThrow({ where: { id: jobs.get(tenant)! } }),
    ]);
    return [...new Set([one?.id ?? own.id, event?.jobId ?? 'none', own.id])];
  };
  await Promise.all(
    Array.from({ length: 105 }, async (_, turn) => {
      const tenant = tenants[(turn % 7) % 5]!;
      const seen = await here.run(tenant, () => look(tenant, turn));
      expect(seen).toEqual([jobs.get(tenant)]);
    }),
  );
});
