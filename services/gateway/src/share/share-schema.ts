import { z } from 'zod';
import { ARTIFACT_KINDS } from '@aura/proto';

const WEEK_MINUTES = 7 * 24 * 60;
const minutes = `must be a whole number from 1 to ${WEEK_MINUTES}`;

export const shareRequest = z
  .strictObject(
    {
      kind: z
        .enum(ARTIFACT_KINDS, `must be one of ${ARTIFACT_KINDS.join(', ')}`)
        .default('video')
        .describe('Which file of the job.'),
      label: z.string().max(80, 'must have at most 80 characters').default(''),
      minutes: z.int(minutes).min(1, minutes).max(WEEK_MINUTES, minutes).default(60),
    },
    'must be a JSON object',
  )
  .meta({ id: 'ShareRequest', example: { minutes: 1_440 } });

export type ShareRequest = z.output<typeof shareRequest>;

export const sharedLinkSchema = z
  .object({
    url: z.string().meta({
      description: 'Path of the link at this server. Whoever has it has the file, without a key.',
    }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'SharedLink' });

export type SharedLink = z.output<typeof sharedLinkSchema>;
