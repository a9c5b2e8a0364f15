import { UNITS, type UnitName } from '@aura/proto';
import { z } from 'zod';
import { linksSchema } from '../jobs/job-schema.js';

const unitSchema = z
  .object({
    unit: z.enum(Object.keys(UNITS) as [UnitName, ...UnitName[]]),
    sceneId: z.string().nullable().describe('Null for the whole film.'),
    output: z.string().nullable().describe('Of which further film of the job; null for the first.'),
  })
  .meta({ id: 'UnitOfWork' });

export const editSchema = z
  .object({
    jobId: z.uuid(),
    run: z.int().describe('The run that makes it; where nothing was changed the one that would.'),
    dryRun: z.boolean(),
    scenes: z.array(z.string()).describe('The ids of its scenes, in their new order.'),
    units: z.array(unitSchema).describe('What is made; all else is there already.'),
    seconds: z.number().describe('About how long that takes.'),
    usd: z.number().describe('About what it costs.'),
    links: linksSchema,
  })
  .meta({ id: 'JobEdit' });

export type JobEdit = z.output<typeof editSchema>;
