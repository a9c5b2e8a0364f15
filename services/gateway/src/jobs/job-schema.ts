import { JOB_STATES, STAGES, STEP_STATES, STEPS } from '@aura/proto';
import { z } from 'zod';
import { artifactSchema, metadataSchema } from '../videos/metadata-schema.js';
import { makingShape } from '../videos/making.js';
import {
  costSchema,
  downgradeSchema,
  jobErrorSchema,
  targetSeconds,
  warningSchema,
} from '../videos/status-schema.js';

const time = z.iso.datetime();
const stage = z.enum(STAGES.map(({ name }) => name));
const percent = z.int().min(0).max(100);
const run = z.int().describe('Numbered from 1; a retry of the job is its next run.');

/** As the facade tells it, but for the stage's own name. */
const failureSchema = jobErrorSchema.extend({ stage: stage.nullable() }).meta({ id: 'JobFailure' });

const stepSchema = z
  .object({
    name: z.string().meta({ enum: STEPS.map(({ name }) => name) }),
    stage,
    state: z.string().meta({ enum: [...STEP_STATES] }),
    percent,
    message: z.string(),
    error: failureSchema.nullable(),
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    durationSeconds: z.number().nullable().describe('Null until the step has ended.'),
  })
  .meta({ id: 'JobStep' });

const runSchema = z
  .object({
    run,
    state: z.enum(JOB_STATES),
    queuedAt: time,
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    errorCode: z.string().nullable(),
    edit: z
      .array(z.record(z.string(), z.unknown()))
      .nullable()
      .describe('The operations of the edit that it was begun with; null for what is none.'),
    units: z
      .array(
        z
          .object({
            unit: z.string(),
            output: z.string().nullable().describe('Of which further film; null for the first.'),
            made: z.int(),
            found: z.int().describe('Those that were there already.'),
            scenes: z.array(z.string()).describe('Those that were made, of what is made by scene.'),
          })
          .meta({ id: 'UnitsOfRun' }),
      )
      .nullable()
      .describe('What it has made; null until it has ended, and for old runs.'),
  })
  .meta({ id: 'JobRun' });

export const linksSchema = z
  .object({
    self: z.string(),
    events: z.string().describe('Server-sent events.'),
    artifacts: z.string(),
    logs: z.string(),
    diagnostics: z.string().describe('One file, for admins.'),
    cancel: z.string(),
    approval: z.string(),
    approve: z.string(),
    reject: z.string(),
    pause: z.string(),
    resume: z.string(),
    retry: z.string(),
    video: z.string(),
  })
  .meta({ id: 'JobLinks' });

export const jobArtifactSchema = artifactSchema
  .extend({
    version: z.int().describe('How many times this file of the job has been written.'),
    expiredAt: time.nullable(),
  })
  .meta({ id: 'JobArtifact' });

export const artifactsSchema = z
  .object({ jobId: z.uuid(), artifacts: z.array(jobArtifactSchema) })
  .meta({ id: 'JobArtifacts' });

const summaryShape = {
  jobId: z.uuid(),
  run,
  state: z.enum(JOB_STATES),
  stage,
  percent: percent.describe('Never falls within a run; 100 only with the film.'),
  message: z.string(),
  title: z.string().nullable().describe('Null until the script is there.'),
  brief: z.string().describe('Its first 200 characters.'),
  tags: z.array(z.string()),
  createdAt: time,
  startedAt: time.nullable().describe('Of the newest run.'),
  endedAt: time.nullable().describe('When the newest run ended, however it ended.'),
  correlationId: z.string(),
};

export const jobSummarySchema = z
  .object({
    ...summaryShape,
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    links: linksSchema,
  })
  .meta({ id: 'JobSummary' });

export const jobsSchema = z
  .object({
    jobs: z.array(jobSummarySchema),
    next: z
      .string()
      .nullable()
      .describe('What to send as `cursor` for those that follow; null where none do.'),
  })
  .meta({ id: 'Jobs' });

export const jobSchema = z
  .object({
    ...summaryShape,
    etaSeconds: z.int().nullable().describe('Null while too little is done to tell.'),
    autoRetry: z
      .object({
        atMost: z.int().describe('As `options.autoRetry` says.'),
        done: z
          .int()
          .describe('Runs that have followed by themselves since somebody asked for one.'),
        nextAt: time.nullable().describe('When the next one begins; null where none waits.'),
      })
      .describe('Runs that follow by themselves where one has failed of something that may pass.')
      .meta({ id: 'AutomaticRetry' }),
    scenesDone: z.int(),
    scenesTotal: z.int().describe('0 until the script is there.'),
    steps: z.array(stepSchema).describe('In the order of the pipeline; those of the newest run.'),
    runs: z.array(runSchema).describe('The oldest first.'),
    error: failureSchema.nullable(),
    warnings: z.array(warningSchema.extend({ stage: z.string() }).meta({ id: 'JobWarning' })),
    ...makingShape,
    downgrades: z
      .array(downgradeSchema.extend({ stage: z.string() }).meta({ id: 'JobDowngrade' }))
      .describe('What another provider has made than the one that was wanted, unit by unit.'),
    cost: costSchema.nullable().describe('Of all runs that have ended; null before the first has.'),
    output: z
      .object({
        videoUrl: z.string(),
        sizeBytes: z.int(),
        durationSeconds: z.number(),
        run: z
          .int()
          .describe('That has made it: an edit that has not, or not yet, succeeded leaves it.'),
      })
      .nullable(),
    artifacts: z.array(jobArtifactSchema),
    specs: metadataSchema.shape.specs,
    queuedAt: time.describe('Of the newest run, as the times below.'),
    cancelRequestedAt: time.nullable(),
    canceledAt: time.nullable(),
    updatedAt: time,
    links: linksSchema,
  })
  .meta({ id: 'Job' });

export const acceptedJobSchema = z
  .object({
    jobId: z.uuid(),
    run,
    state: z.enum(['queued']),
    createdAt: time,
    correlationId: z.string(),
    targetSeconds,
    links: linksSchema,
  })
  .meta({ id: 'AcceptedJob' });

export const deletedJobSchema = z
  .object({
    jobId: z.uuid(),
    events: z.int(),
    artifacts: z.int().describe('Files that the job named, its histories among them.'),
    workflows: z
      .int()
      .describe('Runs that Temporal deletes, with their histories, within about a minute.'),
    files: z
      .object({
        removed: z.int().describe('Contents that are not in the store any more.'),
        kept: z.int().describe('Contents that another job or an uploaded file has as well.'),
        waiting: z
          .int()
          .describe('Contents that work of others may just be using; they go within hours.'),
      })
      .describe('Each content counts once.'),
  })
  .meta({ id: 'DeletedJob' });

export type DeletedJob = z.output<typeof deletedJobSchema>;
export type JobView = z.output<typeof jobSchema>;
export type JobSummary = z.output<typeof jobSummarySchema>;
export type JobsPage = z.output<typeof jobsSchema>;
export type JobArtifacts = z.output<typeof artifactsSchema>;
export type AcceptedJob = z.output<typeof acceptedJobSchema>;
