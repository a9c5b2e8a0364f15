import { STAGES } from '@aura/proto';
import { z } from 'zod';
import { LEVEL_NAMES } from './logs-query.js';

export const logLineSchema = z
  .object({
    seq: z.int().describe('Numbered from 1 as lines arrived.'),
    at: z.iso.datetime().describe('By the clock of the machine that wrote it.'),
    level: z.enum(LEVEL_NAMES),
    service: z.string().meta({ example: 'worker' }),
    stage: z.enum(STAGES.map(({ name }) => name)).nullable(),
    message: z.string(),
    code: z.string().nullable().describe('Of a failure or a warning.'),
    detail: z.string().nullable().describe('What went wrong.'),
    run: z.int().nullable(),
    activity: z.string().nullable(),
    attempt: z.int().nullable(),
    provider: z.string().nullable(),
    sceneId: z.string().nullable(),
    tookMs: z.int().nullable(),
    retry: z.boolean().nullable().describe('Of a failure: whether it is tried again.'),
  })
  .meta({ id: 'JobLogLine' });

export const logsSchema = z
  .object({
    jobId: z.uuid(),
    lines: z.array(logLineSchema),
    next: z.string().nullable().describe('The `cursor` of the next page; null on the last.'),
    dropped: z.int().describe('So many of the oldest lines had to make room for newer ones.'),
  })
  .meta({ id: 'JobLogs' });

export type JobLogLine = z.output<typeof logLineSchema>;
export type JobLogs = z.output<typeof logsSchema>;
