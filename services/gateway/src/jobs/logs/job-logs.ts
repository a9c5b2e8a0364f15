import type { Database } from '@aura/database';
import { LOG_LEVELS, type LogFields, type LogLevel, type StageName } from '@aura/proto';
import { notFound } from '../jobs.js';
import type { JobLogLine, JobLogs } from './log-schema.js';
import type { LogsQuery } from './logs-query.js';

interface JobLogsDependencies {
  database: Database;
  tenantId: string;
}

/** What was logged of a job, and is kept with it. */
export class JobLogsReader {
  constructor(private readonly deps: JobLogsDependencies) {}

  /** A page of lines. Errors: JobNotFound. */
  async page(jobId: string, query: LogsQuery): Promise<JobLogs> {
    const { database, tenantId } = this.deps;
    const job = await database.job.findFirst({
      where: { id: jobId, tenantId },
      select: { id: true, logs: { take: 1, orderBy: { seq: 'asc' }, select: { seq: true } } },
    });
    if (!job) throw notFound();
    const { sort, after, level, stage, limit } = query;
    const rows = await database.jobLog.findMany({
      where: {
        jobId,
        level: { gte: LOG_LEVELS[level] },
        ...(stage ? { stage } : {}),
        ...(after === undefined ? {} : { seq: sort === 'newest' ? { lt: after } : { gt: after } }),
      },
      orderBy: { seq: sort === 'newest' ? 'desc' : 'asc' },
      take: limit + 1,
    });
    const lines = rows.slice(0, limit).map(logLine);
    const next = rows.length > limit ? `${sort}.${lines.at(-1)?.seq}` : null;
    return { jobId, lines, next, dropped: (job.logs[0]?.seq ?? 1) - 1 };
  }
}

type LogRow = NonNullable<Awaited<ReturnType<Database['jobLog']['findFirst']>>>;

function logLine({ seq, at, level, stage, message, code, fields }: LogRow): JobLogLine {
  const { service, ...said } = fields as unknown as LogFields;
  return {
    seq,
    at: at.toISOString(),
    level: LEVEL_OF.get(level) ?? 'info',
    service,
    stage: (stage || null) as StageName | null,
    message,
    code,
    detail: said.detail ?? null,
    run: said.run ?? null,
    activity: said.activity ?? null,
    attempt: said.attempt ?? null,
    provider: said.provider ?? null,
    sceneId: said.sceneId ?? null,
    tookMs: said.tookMs ?? null,
    retry: said.retry ?? null,
  };
}

const LEVEL_OF = new Map<number, LogLevel>(
  Object.entries(LOG_LEVELS).map(([name, number]) => [number, name as LogLevel]),
);
