import { z } from 'zod';
import { actionSchema } from '../problem/problem.js';

const HOUR_MS = 3_600_000;
const MOST_DAYS = 90;
const moment = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
  .transform((value) => new Date(value));

/** The last day, unless it is said otherwise. */
export const errorsQuery = z
  .strictObject({ from: moment.optional(), to: moment.optional() })
  .transform(({ from, to = new Date() }) => {
    return { from: from ?? new Date(to.getTime() - 24 * HOUR_MS), to };
  })
  .refine(({ from, to }) => from < to, { path: ['from'], message: 'must be before `to`' })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= MOST_DAYS * 24 * HOUR_MS, {
    path: ['from'],
    message: `must be at most ${MOST_DAYS} days before \`to\``,
  });

export type ErrorsQuery = z.output<typeof errorsQuery>;

const time = z.iso.datetime();

const exampleSchema = z
  .object({
    jobId: z.uuid().nullable(),
    at: time,
    code: z.string(),
    message: z.string(),
    stage: z.string().nullable(),
    correlationId: z.string().nullable(),
  })
  .meta({ id: 'ErrorExample' });

const errorSchema = z
  .object({
    code: z.string().meta({ example: 'FFmpegFailedExitCode:1' }),
    title: z.string(),
    fault: z.enum(['caller', 'provider', 'machine', 'aura']),
    jobs: z.int().describe('Jobs that ended with it and were not tried again since.'),
    attempts: z.int().describe('Times that a piece of work failed with it, whatever came of it.'),
    requests: z.int().describe('Requests to change something that were refused with it.'),
    lastAt: time,
    remediation: z.string(),
    actions: z.array(actionSchema),
    examples: z.array(exampleSchema).describe('The newest, at most three.'),
  })
  .meta({ id: 'ErrorSummary' });

export const errorsSchema = z
  .object({
    from: time,
    to: time,
    errors: z
      .array(errorSchema)
      .describe('What jobs ended with comes first, then what is frequent.'),
  })
  .meta({ id: 'Errors' });

export type ErrorSummary = z.output<typeof errorSchema>;
export type ErrorExample = z.output<typeof exampleSchema>;
export type Errors = z.output<typeof errorsSchema>;
