import { z } from 'zod';
import { actionSchema } from '../../problem/problem.js';
import { HEALTH_VALUES } from '../readiness.js';

export const AREAS = ['service', 'machine', 'program', 'stage', 'provider'] as const;

const status = z.enum(HEALTH_VALUES);

const checkSchema = z
  .object({
    name: z.string().meta({ example: 'ffmpeg' }),
    area: z.enum(AREAS),
    status,
    detail: z.string().describe('What was found.'),
    meaning: z.string().describe('What it is needed for.'),
    code: z
      .string()
      .nullable()
      .describe('What jobs that need it fail with; null where all is well.'),
    remediation: z.string().nullable(),
    actions: z.array(actionSchema),
    workers: z
      .array(z.object({ workerId: z.string(), status, detail: z.string() }))
      .describe('What each of the workers that look at it has found, at most 15 s ago.'),
  })
  .meta({ id: 'SystemCheckItem' });

export const systemCheckSchema = z
  .object({
    status,
    checkedAt: z.iso.datetime(),
    tookMs: z.int(),
    checks: z.array(checkSchema).describe('What is not well comes first.'),
  })
  .meta({ id: 'SystemCheck' });

export type SystemCheckItem = z.output<typeof checkSchema>;
export type SystemCheckResult = z.output<typeof systemCheckSchema>;
