import { STAGES } from '@aura/proto';
import { z } from 'zod';
import { warningSchema } from '../videos/status-schema.js';

const stage = z.enum(STAGES.map(({ title }) => title));
const common = { jobId: z.uuid(), percentage: z.int().min(0).max(100), at: z.iso.datetime() };

const progress = z
  .object({
    ...common,
    stage,
    message: z.string(),
    status: z.string(),
    state: z.string().optional().describe('Where it is known to have changed.'),
    step: z.string().optional(),
    stepState: z.string().optional(),
    stepPercentage: z.int().optional(),
    code: z.string().optional().describe('Of a step that failed; it may be tried again.'),
    warning: warningSchema.optional(),
    scenesDone: z.int().optional(),
    scenesTotal: z.int().optional(),
    units: z
      .array(z.object({ unit: z.string(), percentage: z.int(), detail: z.string() }))
      .optional()
      .describe('What is in work right now; in messages without an id only.'),
  })
  .meta({ id: 'ProgressMessage' });

const stageComplete = z
  .object({ ...common, stage, nextStage: stage.nullable(), message: z.string() })
  .meta({ id: 'StageCompleteMessage' });

const done = z
  .object({
    ...common,
    status: z.literal('completed'),
    videoUrl: z.string(),
    sizeBytes: z.int(),
    durationSeconds: z.number(),
    correlationId: z.string(),
  })
  .meta({ id: 'DoneMessage' });

const error = z
  .object({
    ...common,
    status: z.enum(['failed', 'canceled']),
    code: z.string(),
    message: z.string(),
    remediation: z.string(),
    stage,
    step: z.string().optional(),
    sceneId: z.string().optional(),
    correlationId: z.string(),
  })
  .meta({ id: 'ErrorMessage' });

/** The data of each message, by its name. */
export const STREAM_MESSAGES = { progress, 'stage-complete': stageComplete, done, error };

export const streamMessageSchema = z
  .union([progress, stageComplete, done, error])
  .meta({ id: 'StreamMessage' });
