import { z } from 'zod';
import { targetSeconds } from './status-schema.js';

const overBudget = z
  .object({
    provider: z.string(),
    calls: z.int().describe('How many scripts, voices or pictures about.'),
    callUsd: z
      .number()
      .nullable()
      .describe(
        'What one of them reserves: its worst case. Null where nobody has said what it costs.',
      ),
    instead: z
      .string()
      .nullable()
      .describe('Who makes them; null where nobody may, and the job fails with BUDGET_EXCEEDED.'),
    message: z.string(),
  })
  .meta({ id: 'OverBudget' });

export const estimateSchema = z
  .object({
    targetSeconds,
    likelySeconds: z
      .int()
      .nullable()
      .describe(
        'How long it takes to make here, by what finished jobs have taken; null until one of its kind has ended: same makers, size, rate and quality.',
      ),
    usualError: z
      .number()
      .nullable()
      .describe(
        'How far off such forecasts have been lately, as a share of the time: 0.2 for a fifth.',
      ),
    likelyUsd: z
      .number()
      .describe(
        'What it usually comes to, in US dollars, with those who would do the work within the budget; where the job would fail, with those who are wanted.',
      ),
    worstUsd: z
      .number()
      .describe(
        'What it comes to where every answer is asked for again; not more than the budget, over which those go on who cost nothing.',
      ),
    fails: z
      .object({
        stage: z.string().meta({ enum: ['Script', 'Voice', 'Visuals'] }),
        provider: z.string(),
        callUsd: z.number().nullable(),
      })
      .nullable()
      .describe(
        'The call over which the job would fail with BUDGET_EXCEEDED, for nobody else may make it; null where none.',
      ),
    holds: z
      .boolean()
      .nullable()
      .describe(
        'Whether the budget, and what is left of the day’s, holds the worst case of those who are wanted first, so that nobody is replaced for its sake; null where there is none.',
      ),
    reason: z.string().nullable().describe('Why it does not hold, and what follows from that.'),
    capUsd: z
      .number()
      .nullable()
      .describe(
        'The budget of the request, or the one that this installation gives each job; null where there is none.',
      ),
    dayLeftUsd: z
      .number()
      .nullable()
      .describe(
        'What running and ended jobs of today (UTC) leave of AURA_DAY_BUDGET_USD; null where that is not set.',
      ),
    stages: z.array(
      z.object({
        stage: z.string().meta({ enum: ['Script', 'Voice', 'Visuals'] }),
        provider: z
          .string()
          .nullable()
          .describe('Who begins, within the budget. Null where none can be used now.'),
        instead: z
          .array(z.string())
          .describe('Who would take its place, in the order in which they are asked.'),
        likelyUsd: z.number(),
        worstUsd: z.number(),
        priced: z
          .boolean()
          .describe(
            'False where nobody has said what it costs: set AURA_PRICES. Nothing is counted then.',
          ),
        overBudget: z
          .array(overBudget)
          .describe('What the budget does not hold, and who makes it.'),
      }),
    ),
  })
  .meta({ id: 'Estimate' });

export type Estimate = z.output<typeof estimateSchema>;
