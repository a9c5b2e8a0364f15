import { Prisma, searchWords, type Database } from '@aura/database';
import type { JobState, StageName } from '@aura/proto';
import { isoOf } from '../videos/status.js';
import { jobLinks } from './job-links.js';
import type { JobsPage, JobSummary } from './job-schema.js';
import { writeCursor, type ListQuery } from './list-query.js';

interface ListedRow {
  id: string;
  run: number;
  state: string;
  stage: string;
  percent: number;
  message: string;
  title: string | null;
  brief: string | null;
  tags: string[];
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  correlation_id: string;
  error_code: string | null;
  error_message: string | null;
}

interface Listed {
  database: Database;
  /** All tenants' rows. */
  whole: Database;
}

/** A page of a tenant's jobs, and where the next begins. */
export async function listJobs(
  parts: Listed,
  tenantId: string,
  query: ListQuery,
): Promise<JobsPage> {
  const rows = await pageOf(parts, pageSql(tenantId, query), query);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const isMore = rows.length > query.limit;
  return {
    jobs: shown.map(summary),
    next:
      isMore && last ? writeCursor({ createdAt: last.created_at, id: last.id }, query.sort) : null,
  };
}

/**
 * Words and tags are looked up in indexes that PostgreSQL does not use behind row-level security. What is found with
 * them is asked for once more there.
 */
async function pageOf(
  { database, whole }: Listed,
  sql: Prisma.Sql,
  { q, tag }: ListQuery,
): Promise<ListedRow[]> {
  if (q === undefined && !tag) return database.$queryRaw<ListedRow[]>(sql);
  const rows = await whole.$queryRaw<ListedRow[]>(sql);
  const where = { id: { in: rows.map(({ id }) => id) } };
  const seen = await database.job.findMany({ where, select: { id: true } });
  const ids = new Set(seen.map(({ id }) => id));
  return rows.filter(({ id }) => ids.has(id));
}

/**
 * One row more than the page has, to see whether there is a next one. Each state has a branch of its own, which reads
 * its index from where the page begins: jobs in several states would have to be sorted all. Of what a row is shown with
 * nothing is read before it is on the page. Pure.
 */
export function pageSql(tenantId: string, query: ListQuery): Prisma.Sql {
  const order =
    query.sort === 'newest'
      ? Prisma.sql`created_at DESC, id DESC`
      : Prisma.sql`created_at ASC, id ASC`;
  const limit = query.limit + 1;
  const conditions = conditionsOf(query);
  const branches = (query.state ?? [undefined]).map((state) => {
    const where = [
      Prisma.sql`tenant_id = ${tenantId}`,
      ...(state ? [Prisma.sql`state = ${state}`] : []),
      ...conditions,
    ];
    return Prisma.sql`(
      SELECT id, created_at FROM jobs WHERE ${Prisma.join(where, ' AND ')}
      ORDER BY ${order} LIMIT ${limit})`;
  });
  return Prisma.sql`
    WITH page AS MATERIALIZED (
      SELECT id, created_at FROM (${Prisma.join(branches, ' UNION ALL ')}) AS found
      ORDER BY ${order} LIMIT ${limit}
    )
    SELECT id, run, state, stage, percent, message, tags, created_at, started_at, ended_at, correlation_id,
           script ->> 'title' AS title, left("order" #>> '{brief,text}', 200) AS brief,
           error ->> 'code' AS error_code, error ->> 'message' AS error_message
    FROM page JOIN jobs USING (id, created_at) ORDER BY ${order}`;
}

function conditionsOf({ at, tag, q, sort, createdAfter, createdBefore }: ListQuery): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (at) {
    const place = Prisma.sql`(${at.createdAt}::timestamptz, ${at.id}::uuid)`;
    conditions.push(
      sort === 'newest'
        ? Prisma.sql`(created_at, id) < ${place}`
        : Prisma.sql`(created_at, id) > ${place}`,
    );
  }
  if (createdAfter) conditions.push(Prisma.sql`created_at >= ${createdAfter}::timestamptz`);
  if (createdBefore) conditions.push(Prisma.sql`created_at < ${createdBefore}::timestamptz`);
  if (tag) conditions.push(Prisma.sql`tags @> ${tag}::text[]`);
  if (q !== undefined) conditions.push(Prisma.sql`${SEARCHED} @@ ${wanted(q)}`);
  return conditions;
}

/** The expression of the index jobs_search_idx, letter for letter. */
const SEARCHED = Prisma.raw(
  `to_tsvector('simple'::regconfig, left("order" #>> '{brief,text}', 20000) || ' ' || coalesce("script" ->> 'title', '') || ' ' || "words" || ' ' || "title_words")`,
);

/** All the words, the last of which may be only begun; in dense writing any of them. Nothing to look for finds nothing. */
function wanted(q: string): Prisma.Sql {
  const words = searchWords(q).split(' ').filter(Boolean);
  if (words.length > 0) {
    const anyOf = words.map((word) => `'${word.replaceAll(/['\\]/g, '')}'`).join(' | ');
    return Prisma.sql`${anyOf}::tsquery`;
  }
  return Prisma.sql`(nullif(plainto_tsquery('simple', ${q})::text, '') || ':*')::tsquery`;
}

function summary(row: ListedRow): JobSummary {
  return {
    jobId: row.id,
    run: row.run,
    state: row.state as JobState,
    stage: row.stage as StageName,
    percent: row.percent,
    message: row.message,
    title: row.title,
    brief: row.brief ?? '',
    tags: row.tags,
    createdAt: row.created_at.toISOString(),
    startedAt: isoOf(row.started_at),
    endedAt: isoOf(row.ended_at),
    correlationId: row.correlation_id,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    links: jobLinks(row.id),
  };
}
