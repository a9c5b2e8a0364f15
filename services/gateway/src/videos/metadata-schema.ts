import { ARTIFACT_KINDS } from '@aura/proto';
import { z } from 'zod';
import { FACADE_STATUSES } from './facade.js';
import { makingShape } from './making.js';
import { costSchema, downgradeSchema, warningSchema } from './status-schema.js';

const time = z.iso.datetime();

export const artifactSchema = z
  .object({
    kind: z.string().meta({ enum: [...ARTIFACT_KINDS] }),
    label: z.string().describe('Tells files of one kind apart; empty where there is one.'),
    fileName: z.string(),
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    url: z.string(),
    available: z.boolean().describe('False once the file has been cleaned up.'),
    createdAt: time,
  })
  .meta({ id: 'Artifact' });

const renderSchema = z.object({
  widthPx: z.int(),
  heightPx: z.int(),
  fps: z.int(),
  aspect: z.string(),
  quality: z.string(),
  rate: z
    .object({ numerator: z.int(), denominator: z.int() })
    .optional()
    .describe('Absent for `fps` pictures a second exactly.'),
  platform: z.string().optional(),
  encoding: z.unknown().optional().describe('Absent where it follows from the quality.'),
});

const specsSchema = z
  .object({
    brief: z.object({
      text: z.string(),
      style: z.string(),
      audience: z.string(),
      language: z.string(),
    }),
    plan: z.object({ targetDurationMs: z.int(), maxScenes: z.int() }),
    voice: z.object({
      voiceId: z.string(),
      language: z.string(),
      delivery: z
        .object({
          speed: z.number(),
          pauses: z.number(),
          pronunciations: z.array(z.object({ word: z.string(), spoken: z.string() })),
        })
        .optional(),
    }),
    render: renderSchema,
    rollingPreview: z.boolean().optional(),
    timeline: z.unknown().optional().describe('Absent where the request has none.'),
    cut: z.unknown().optional().describe('What of a timeline is spoken and pictured.'),
    outputs: z.array(renderSchema).optional().describe('Absent where there is one film.'),
    edited: z
      .unknown()
      .optional()
      .describe(
        'EditedFilm of the contract: what its user has made of an earlier film of the job.',
      ),
    choice: z
      .object({
        script: z.string(),
        voice: z.string(),
        visuals: z.string(),
        offline: z.boolean(),
      })
      .optional()
      .describe('Absent where everything was left to Aura.'),
    style: z
      .unknown()
      .optional()
      .describe('FilmStyle of the contract, times in frames. Absent where the request has none.'),
    budget: z
      .object({ capUsd: z.number().optional(), strict: z.boolean() })
      .optional()
      .describe('Absent where the job has no budget of its own.'),
    tuning: z
      .object({ pacing: z.boolean(), narration: z.boolean(), analysis: z.boolean().optional() })
      .optional(),
    prompts: z.object({ script: z.string(), pictures: z.string() }).optional(),
  })
  .meta({ id: 'Specs' });

const citationSchema = z
  .object({
    sceneId: z.string(),
    document: z.int().describe('As in the request, from 0.'),
    title: z.string().describe('Name of the document.'),
    position: z.int().describe('Of the passage in its document, from 0.'),
    text: z
      .string()
      .nullable()
      .describe(
        'The sentence of the passage that is nearest to what the scene says, at most 200 characters. Null in jobs from before it was kept.',
      ),
  })
  .meta({ id: 'Citation' });

const share = z.number().min(0).max(1);

const analysisSchema = z
  .object({
    by: z.string().describe('The provider whose language model was asked, or rules.'),
    level: z.string().meta({ enum: ['easy', 'moderate', 'demanding'] }),
    complexity: share.describe('How much it asks of who listens.'),
    arcProblems: z.array(z.string()).describe('What its story lacks; empty where it is sound.'),
    scenes: z.array(
      z.object({
        sceneId: z.string(),
        part: z.string().meta({ enum: ['opening', 'development', 'high point', 'closing'] }),
        mood: z.string().meta({ enum: ['calm', 'tense', 'joyful', 'solemn', 'curious'] }),
        shot: z.string().meta({ enum: ['wide', 'medium', 'close-up'] }),
        importance: share.describe('How much the film would miss it.'),
        difficulty: share.describe('How hard it is to follow by ear.'),
      }),
    ),
  })
  .describe('How the script is built and how it feels.')
  .meta({ id: 'ScriptAnalysis' });

const creditSchema = z
  .object({
    sceneId: z.string(),
    author: z.string(),
    authorUrl: z.string(),
    pageUrl: z.string(),
    licence: z.string(),
    licenceUrl: z.string(),
    source: z.string().meta({ example: 'Pexels' }),
  })
  .meta({ id: 'Credit' });

export const metadataSchema = z
  .object({
    jobId: z.uuid(),
    status: z.enum(FACADE_STATUSES),
    title: z.string().nullable(),
    fileSizeBytes: z.int().nullable(),
    resolution: z.string().nullable().meta({ example: '1920x1080' }),
    widthPx: z.int().nullable(),
    heightPx: z.int().nullable(),
    fps: z.number().nullable(),
    videoCodec: z.string().nullable(),
    hardwareEncoder: z
      .string()
      .nullable()
      .describe('Graphics hardware that has encoded the film, such as h264_nvenc; null: none has.'),
    audioCodec: z.string().nullable(),
    durationSeconds: z.number().nullable(),
    loudnessLufs: z.number().nullable(),
    scenes: z.int(),
    artifacts: z.array(artifactSchema),
    specs: specsSchema,
    warnings: z.array(warningSchema),
    ...makingShape,
    downgrades: z.array(downgradeSchema),
    citations: z
      .array(citationSchema)
      .describe('Where in the documents of the job each scene stands; empty where it has none.'),
    analysis: analysisSchema.nullable(),
    checks: z
      .array(z.object({ name: z.string(), found: z.string() }))
      .describe('What the film was held against before it was published, and what was measured.'),
    credits: z
      .array(creditSchema)
      .describe('Whose pictures the film shows: name them where it is published.'),
    cost: costSchema.nullable(),
    createdAt: time,
    queuedAt: time,
    startedAt: time.nullable(),
    completedAt: time.nullable(),
    canceledAt: time.nullable(),
    correlationId: z.string(),
  })
  .meta({ id: 'VideoMetadata' });

export type VideoMetadata = z.output<typeof metadataSchema>;
