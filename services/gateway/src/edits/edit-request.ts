import { z } from 'zod';
import { ownScene } from '../videos/own-script.js';
import { captions } from '../videos/style/style-request.js';
import { music } from '../videos/style/sound-request.js';
import { text } from '../videos/text.js';

const MOST_OPERATIONS = 200;
const sceneId = z
  .string('must be the id of a scene')
  .regex(/^s\d{2,6}$/, 'must be the id of a scene, such as s01')
  .describe('Of a scene of the film as the operations before have left it.');
const before = sceneId
  .nullish()
  .describe('The scene that it comes to stand before; at the end where absent.');
const { translations: _, ...members } = ownScene.shape;

const operation = z.discriminatedUnion(
  'op',
  [
    z
      .strictObject({
        op: z.literal('scene'),
        sceneId,
        ...members,
        narration: members.narration.optional(),
        voiceId: z
          .string('must be a text')
          .regex(/^[\w.:-]{1,100}$/, 'must be at most 100 letters, digits and . _ : -')
          .nullish()
          .describe('Who speaks it; null for the voice of the job.'),
      })
      .describe('Changes of a scene what is given; null takes away.')
      .meta({ id: 'EditScene' }),
    z.strictObject({ op: z.literal('move'), sceneId, before }).meta({ id: 'EditMove' }),
    z
      .strictObject({ op: z.literal('insert'), before, scene: ownScene })
      .describe('The new scene has the next id that none has had.')
      .meta({ id: 'EditInsert' }),
    z.strictObject({ op: z.literal('remove'), sceneId }).meta({ id: 'EditRemove' }),
    z
      .strictObject({
        op: z.literal('captions'),
        captions: captions.nullable().describe('In the place of what there is; null: as usual.'),
      })
      .meta({ id: 'EditCaptions' }),
    z
      .strictObject({ op: z.literal('music'), music: music.nullable().describe('Null: none.') })
      .meta({ id: 'EditMusic' }),
    z.strictObject({ op: z.literal('title'), title: text(120) }).meta({ id: 'EditTitle' }),
    z
      .strictObject({
        op: z.literal('upgrade'),
        sceneIds: z
          .array(sceneId, 'must be a list')
          .min(1, 'must have at least 1 entry')
          .nullish()
          .describe('Of these scenes; of all where absent.'),
      })
      .describe('What another provider has made than the one that was wanted is asked for anew.')
      .meta({ id: 'EditUpgrade' }),
  ],
  'must be one of scene, move, insert, remove, captions, music, title and upgrade',
);

/** The body of `POST /api/jobs/{id}/edits`. */
export const editRequest = z
  .strictObject(
    {
      operations: z
        .array(operation, 'must be a list')
        .min(1, 'must have at least 1 entry')
        .max(MOST_OPERATIONS, `must have at most ${MOST_OPERATIONS} entries`)
        .describe('Carried out one after the other.'),
      dryRun: z
        .boolean('must be true or false')
        .nullish()
        .describe('True: nothing is changed; the answer says what would be made.'),
    },
    'must be a JSON object',
  )
  .meta({
    id: 'EditRequest',
    example: {
      operations: [{ op: 'scene', sceneId: 's02', narration: 'The sea is salty.' }],
      dryRun: true,
    },
  });

export type EditRequest = z.output<typeof editRequest>;
export type Operation = EditRequest['operations'][number];
export type OperationOf<Op extends Operation['op']> = Extract<Operation, { op: Op }>;
