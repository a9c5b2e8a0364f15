import { JOB_STATES, STAGES, STEP_STATES, STEPS } from '@aura/proto';
import { z } from 'zod';
import { actionSchema } from '../problem/problem.js';
import { FACADE_STATUSES } from './facade.js';
import { makingShape } from './making.js';

const time = z.iso.datetime();
const stage = z.enum(STAGES.map(({ title }) => title));

export const targetSeconds = z
  .number()
  .describe(
    'How long the film is to be: the length that the request or its brief asks for, else 60. Of a script or timeline of your own: how long that takes.',
  );

export const acceptedSchema = z
  .object({
    jobId: z.uuid(),
    status: z.literal('pending'),
    correlationId: z.string(),
    createdAt: time,
    targetSeconds,
    statusUrl: z.string(),
    streamUrl: z.string(),
  })
  .meta({ id: 'Accepted' });

export const warningSchema = z
  .object({ code: z.string(), message: z.string(), stage, sceneId: z.string().nullable() })
  .meta({ id: 'Warning' });

export const downgradeSchema = z
  .object({
    stage,
    sceneId: z.string().nullable().describe('Null where it concerns the whole film.'),
    unit: z.string().nullable().describe('Null where it was known before any work.'),
    asked: z.string().describe('The provider that was wanted.'),
    used: z.string().describe('The provider that did the work.'),
    code: z.string().meta({ example: 'QUOTA_EXCEEDED' }),
    reason: z.string(),
  })
  .meta({ id: 'Downgrade' });

export const costSchema = z
  .object({
    usd: z.number().describe('Billed for sure, in US dollars.'),
    possibleUsd: z
      .number()
      .describe('What calls may have cost on top of which nobody knows whether they were billed.'),
    calls: z
      .int()
      .describe('Calls that a vendor took: answered, or nobody knows what became of them.'),
    refused: z.int().describe('Calls that a vendor answered with an error; nobody bills them.'),
    byProvider: z.array(
      z.object({
        provider: z.string(),
        model: z.string(),
        calls: z.int(),
        refused: z.int(),
        usd: z.number(),
        inputTokens: z.number(),
        outputTokens: z.number(),
        characters: z.number(),
        pictures: z.number(),
        seconds: z.number(),
      }),
    ),
    unknown: z.array(
      z.object({ provider: z.string(), worstUsd: z.number(), startedAt: z.iso.datetime() }),
    ),
  })
  .meta({ id: 'Cost' });

export const jobErrorSchema = z
  .object({
    code: z.string().meta({ example: 'StepTimeout:narration' }),
    message: z.string(),
    remediation: z.string(),
    actions: z.array(actionSchema).describe('What a client can offer.'),
    stage: stage.nullable(),
    step: z.string().nullable(),
    sceneId: z.string().nullable(),
    correlationId: z.string(),
  })
  .meta({ id: 'JobError' });

const stepSchema = z
  .object({
    name: z.string().meta({ enum: STEPS.map(({ name }) => name) }),
    stage,
    status: z.string().meta({ enum: [...STEP_STATES] }),
    progress: z.int().min(0).max(100),
    message: z.string(),
    errorMessage: z.string().nullable(),
    startedAt: time.nullable(),
    completedAt: time.nullable(),
  })
  .meta({ id: 'ProcessingStep' });

export const jobStatusSchema = z
  .object({
    jobId: z.uuid(),
    status: z.enum(FACADE_STATUSES),
    state: z.enum(JOB_STATES).describe('The state within Aura, finer than `status`.'),
    progressPercentage: z.int().min(0).max(100).describe('Never falls; 100 only with the film.'),
    currentStage: stage,
    message: z.string(),
    scenesDone: z.int(),
    scenesTotal: z.int().describe('0 until the script is there.'),
    etaSeconds: z.int().nullable().describe('Null while too little is done to tell.'),
    createdAt: time,
    startedAt: time.nullable(),
    completedAt: time.nullable().describe('When the job ended, however it ended.'),
    canceledAt: time.nullable(),
    videoUrl: z.string().nullable(),
    errorMessage: z.string().nullable(),
    error: jobErrorSchema.nullable(),
    processingSteps: z.array(stepSchema),
    warnings: z.array(warningSchema),
    ...makingShape,
    downgrades: z
      .array(downgradeSchema)
      .describe('What another provider has made than the one that was wanted, unit by unit.'),
    cost: costSchema
      .nullable()
      .describe(
        'Once the job has ended, 0 where nothing was called that costs money; null before, and where nobody can say.',
      ),
    correlationId: z.string(),
  })
  .meta({ id: 'JobStatus' });

export type JobStatus = z.output<typeof jobStatusSchema>;
