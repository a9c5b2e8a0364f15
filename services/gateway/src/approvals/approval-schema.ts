import { APPROVAL_POINTS, FILM_BOUNDS } from '@aura/proto';
import { z } from 'zod';
import { ownScene } from '../videos/own-script.js';
import { text } from '../videos/text.js';

const at = z.enum(APPROVAL_POINTS, `must be one of ${APPROVAL_POINTS.join(', ')}`);
const time = z.iso.datetime();

const { narration, heading, kind, points, visualPrompt, keywords } = ownScene.shape;

const figureView = z
  .object({
    kind: z.string(),
    title: z.string(),
    unit: z.string(),
    source: z.string(),
    items: z.array(z.object({ label: z.string(), value: z.number(), text: z.string() })),
  })
  .meta({ id: 'ScriptFigure' });

const sceneView = z
  .object({
    id: z.string(),
    kind: z.string(),
    narration: z.string(),
    heading: z.string(),
    points: z.array(z.string()),
    visualPrompt: z.string(),
    keywords: z.array(z.string()),
    figure: figureView.nullable().describe('The data that it tells of.'),
  })
  .meta({ id: 'ScriptScene' });

const fileView = z
  .object({ sceneId: z.string().nullable(), url: z.string() })
  .meta({ id: 'ApprovalFile' });

/** What a job waits for, with what is to be looked at. */
export const approvalSchema = z
  .object({
    at,
    askedAt: time,
    deadline: time,
    onDeadline: z.enum(['cancel', 'approve']),
    reminded: z.boolean(),
    script: z
      .object({ title: z.string(), language: z.string(), scenes: z.array(sceneView) })
      .meta({ id: 'ApprovalScript' })
      .nullable()
      .describe('What the film is made of, as far as it is known.'),
    files: z
      .array(fileView)
      .describe('The pictures of the storyboard by scene, or the sound of the first scene.'),
    budget: z
      .object({ capUsd: z.number(), wanted: z.string() })
      .meta({ id: 'ApprovalBudget' })
      .nullable()
      .describe('Of a budget: how much it is, and what it is not enough for.'),
  })
  .meta({ id: 'Approval' });

export type ApprovalView = z.output<typeof approvalSchema>;

const editedScene = z
  .strictObject(
    {
      id: z
        .string('must be a text')
        .regex(/^s\d{2,6}$/, 'must be the id of a scene, such as s01')
        .nullish()
        .describe(
          'A scene of the script, which keeps what is left out here; a new one where absent.',
        ),
      narration: narration.optional(),
      heading,
      kind,
      points,
      visualPrompt,
      keywords,
    },
    'must be an object',
  )
  .superRefine(({ id, narration: said }, context) => {
    if (id != null || said !== undefined) return;
    const message = 'must be there for a new scene';
    context.addIssue({ code: 'custom', path: ['narration'], message });
  })
  .meta({ id: 'ApprovedScene' });

const editedScript = z
  .strictObject(
    {
      title: text(120).nullish(),
      scenes: z
        .array(editedScene, 'must be a list')
        .min(1, 'must have at least 1 entry')
        .max(FILM_BOUNDS.maxScenes, `must have at most ${FILM_BOUNDS.maxScenes} entries`)
        .describe('All scenes of the film in their order; those that are not named are left out.'),
    },
    'must be an object',
  )
  .meta({ id: 'ApprovedScript' });

export type EditedScript = z.output<typeof editedScript>;

const which = at.nullish().describe('What is answered; whatever is asked, where absent.');

/** The body of `POST /api/jobs/{id}/approve`. */
export const approveRequest = z
  .strictObject(
    {
      at: which,
      script: editedScript.nullish().describe('The script as it is to be.'),
      budgetUsd: z
        .number('must be a number')
        .min(0, 'must be at least 0')
        .max(10_000, 'must be at most 10000')
        .nullish()
        .describe(
          'What the job may spend in all from now on. Without it, it goes on with what costs nothing.',
        ),
    },
    'must be a JSON object',
  )
  .meta({ id: 'ApproveRequest', example: { at: 'script' } });

/** The body of `POST /api/jobs/{id}/reject`. */
export const rejectRequest = z
  .strictObject(
    { at: which, reason: text(500).nullish().describe('Told with the end of the job.') },
    'must be a JSON object',
  )
  .meta({ id: 'RejectRequest', example: { reason: 'Too dull.' } });

export type ApproveRequest = z.output<typeof approveRequest>;
export type RejectRequest = z.output<typeof rejectRequest>;
