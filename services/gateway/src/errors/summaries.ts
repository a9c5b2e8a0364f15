import { actionsOf, entryOf, isFailureCode } from '@aura/failure';
import type { ErrorExample, ErrorSummary } from './errors-schema.js';
import type { MetIn, MetRow } from './read-errors.js';

const MOST_EXAMPLES = 3;
/** Examples with a job are of more use than those of a request alone. */
const TELLING: Record<MetIn, number> = { jobs: 0, attempts: 1, requests: 2 };

/** One summary for each code that the table of failures knows. Pure. */
export function summaries(rows: readonly MetRow[]): ErrorSummary[] {
  const codes = [...new Set(rows.map(({ code }) => code))];
  return codes
    .filter((code) => isFailureCode(asked(code)))
    .map((code) =>
      summary(
        code,
        rows.filter((row) => row.code === code),
      ),
    )
    .toSorted(
      (one, other) =>
        other.jobs - one.jobs ||
        other.attempts + other.requests - (one.attempts + one.requests) ||
        one.code.localeCompare(other.code, 'en'),
    );
}

function summary(code: string, rows: readonly MetRow[]): ErrorSummary {
  const { title, fault, remediation } = entryOf(asked(code));
  const [jobs, attempts, requests] = (['jobs', 'attempts', 'requests'] as const).map(
    (met) => rows.find((row) => row.met === met)?.count ?? 0,
  ) as [number, number, number];
  const newest = rows.toSorted(
    (one, other) => TELLING[one.met] - TELLING[other.met] || +other.at - +one.at,
  );
  const lastAt = new Date(Math.max(...rows.map(({ at }) => at.getTime()))).toISOString();
  const actions = actionsOf(asked(code), jobs + attempts > 0 ? 'job' : 'request');
  const examples = newest.slice(0, MOST_EXAMPLES).map(example);
  return { code, title, fault, jobs, attempts, requests, lastAt, remediation, actions, examples };
}

function example(row: MetRow): ErrorExample {
  const { at, message, stage } = row;
  return {
    jobId: row.job_id,
    at: at.toISOString(),
    code: row.full_code,
    message,
    stage,
    correlationId: row.correlation_id,
  };
}

/** Wrong fields are counted as one code, whichever they are. */
function asked(code: string): string {
  return code === 'InvalidInput' ? 'InvalidInput:request' : code;
}
