import { LOG_LEVELS, MOST_LOG_LINES, STAGES, type LogLevel } from '@aura/proto';
import { z } from 'zod';

export const LEVEL_NAMES = Object.keys(LOG_LEVELS) as LogLevel[];
const STAGE_NAMES = STAGES.map(({ name }) => name);
const LIMIT_MESSAGE = `must be a whole number from 1 to ${MOST_LOG_LINES}`;
const CURSOR_MESSAGE = 'must be the `next` of an earlier page of the same order';
export const LOG_SORTS = ['oldest', 'newest'] as const;

/** A cursor is the order of its page and the number of the page's last line, such as `newest.120`. */
export const logsQuery = z
  .strictObject({
    limit: z.coerce
      .number(LIMIT_MESSAGE)
      .int(LIMIT_MESSAGE)
      .min(1, LIMIT_MESSAGE)
      .max(MOST_LOG_LINES, LIMIT_MESSAGE)
      .default(200),
    cursor: z
      .string(CURSOR_MESSAGE)
      .regex(/^(oldest|newest)\.\d{1,9}$/, CURSOR_MESSAGE)
      .optional(),
    level: z.enum(LEVEL_NAMES, `must be one of ${LEVEL_NAMES.join(', ')}`).default('info'),
    stage: z.enum(STAGE_NAMES, `must be one of ${STAGE_NAMES.join(', ')}`).optional(),
    sort: z.enum(LOG_SORTS, 'must be oldest or newest').default('oldest'),
  })
  .refine(({ cursor, sort }) => !cursor || cursor.startsWith(`${sort}.`), {
    path: ['cursor'],
    message: CURSOR_MESSAGE,
  })
  .transform(({ cursor, ...query }) => {
    return { ...query, after: cursor ? Number(cursor.split('.')[1]) : undefined };
  });

export type LogsQuery = z.output<typeof logsQuery>;
