import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDatabase, Prisma, type Database } from '@aura/database';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { listJobs, pageSql } from './list-jobs.js';
import { listQuery } from './list-query.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const JOBS = process.env['AURA_TEST_SCALE'] === 'long' ? 1_000_000 : 20_000;

const AT_ONCE = 20_000;

let server: TestDatabase;
/** As requests see it. */
let database: Database;
beforeAll(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url, { tenant: () => 'local' });
  // One in 40 has failed, nearly all the others have succeeded; one in 2,000 is about foxes and filed under rare.
  for (let first = 1; first <= JOBS; first += AT_ONCE) {
    await server.database.$executeRawUnsafe(`
    INSERT INTO jobs (id, tenant_id, state, percent, seq, correlation_id, "order", film, error, ended_at, created_at, tags)
    SELECT gen_random_uuid(), 'local', state, CASE state WHEN 'succeeded' THEN 100 ELSE 7 END, 3, 'c',
      jsonb_build_object('brief', jsonb_build_object('text',
        CASE WHEN n % 2000 = 0 THEN 'A fox in the wood' ELSE 'The bees of valley ' || n % 500 END)),
      '{}'::jsonb, '{"code":"VoiceFailed","message":"No voice."}'::jsonb, now(),
      now() - n * interval '1 second',
      CASE WHEN n % 2000 = 0 THEN ARRAY['all', 'rare'] ELSE ARRAY['all'] END
    FROM generate_series(${first}, ${first + AT_ONCE - 1}) AS n,
      LATERAL (SELECT CASE WHEN n % 40 = 0 THEN 'failed' ELSE 'succeeded' END AS state) AS s`);
  }
  await server.database.$executeRawUnsafe('ANALYZE jobs');
});
afterAll(async () => {
  await database.$disconnect();
  await server.stop();
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Plan Rows': number;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Plan[];
}

async function plansOf(filter: Record<string, unknown>): Promise<Plan[]> {
  const sql = pageSql('local', listQuery.parse(filter));
  const isSearch = 'q' in filter || 'tag' in filter;
  const [row] = await (isSearch ? server.database : database).$queryRaw<
    { 'QUERY PLAN': { Plan: Plan }[] }[]
  >(Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`);
  const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
  return row!['QUERY PLAN'].flatMap(({ Plan: plan }) => nodesOf(plan));
}

const page = (filter: Record<string, unknown>) =>
  listJobs({ database, whole: server.database }, 'local', listQuery.parse(filter));

async function middle(filter: Record<string, unknown>): Promise<string> {
  return (
    await page({
      ...filter,
      createdBefore: new Date(Date.now() - (JOBS / 2) * 1_000).toISOString(),
    })
  ).next!;
}

const FILTERS: [string, Record<string, unknown>, string][] = [
  ['the newest', {}, 'jobs_tenant_id_created_at_id_idx'],
  ['the oldest', { sort: 'oldest' }, 'jobs_tenant_id_created_at_id_idx'],
  ['those in one state', { state: 'failed' }, 'jobs_tenant_id_state_created_at_id_idx'],
  [
    'those in several states',
    { state: 'failed,running,succeeded' },
    'jobs_tenant_id_state_created_at_id_idx',
  ],
  ['those under a rare tag', { tag: 'rare' }, 'jobs_tags_idx'],
  ['those under a common tag', { tag: 'all' }, 'jobs_tenant_id_created_at_id_idx'],
  ['those with a common word', { q: 'bees' }, 'jobs_tenant_id_created_at_id_idx'],
  ['those with a rare word', { q: 'fox' }, 'jobs_search_idx'],
];

test.each(FILTERS)(
  '%s are read from an index, and no more of them than needed',
  async (_, filter, index) => {
    const filters = [
      filter,
      ...(index.startsWith('jobs_tenant') ? [{ ...filter, cursor: await middle(filter) }] : []),
    ];
    for (const one of filters) {
      const plans = await plansOf({ limit: 20, ...one });
      expect(plans.map((plan) => plan['Node Type'])).not.toContain('Seq Scan');
      expect(plans.map((plan) => plan['Index Name'])).toContain(index);
      const most = Math.max(...plans.map((plan) => plan['Actual Rows'] * plan['Actual Loops']));
      expect(most).toBeLessThanOrEqual(index.startsWith('jobs_tenant') ? 3 * 21 : JOBS / 2_000);
    }
  },
);

test('pages of jobs in several states are those of the whole list', async () => {
  const { jobs, next } = await page({ limit: 50, state: 'failed,succeeded' });
  const { jobs: all } = await page({ limit: 50 });
  expect(jobs).toEqual(all);
  const following = await page({ limit: 50, state: 'failed,succeeded', cursor: next });
  const { jobs: rest } = await page({ limit: 50, cursor: next });
  expect(following.jobs).toEqual(rest);
});
