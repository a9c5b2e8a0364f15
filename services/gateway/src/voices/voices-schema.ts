import { z } from 'zod';
import { languageTag } from '../videos/text.js';

/** The query of `GET /api/voices`. */
export const voicesQuery = z.strictObject(
  {
    language: languageTag().optional(),
    provider: z
      .string('must be a text')
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be the name of a provider')
      .optional(),
  },
  'must be an object',
);

const speakerSchema = z.object({
  provider: z.string(),
  voice: z.string().describe('The provider’s own name.'),
  style: z.string().describe('What it is like; empty where nothing is known.'),
  caveat: z.string().describe('Something that listeners should know; empty mostly.'),
  available: z.boolean().describe('Whether a job that begins now could have it.'),
});

export const voiceSchema = z
  .object({
    id: z
      .string()
      .meta({ example: 'en-GB-narrator-f' })
      .describe('What `voiceId` of a request takes.'),
    language: z.string().describe('BCP 47; with a region where it is an accent.'),
    gender: z.enum(['f', 'm']),
    speakers: z
      .array(speakerSchema)
      .describe('Who speaks it, in the order in which they are asked.'),
  })
  .meta({ id: 'Voice' });

export const voicesSchema = z.object({ voices: z.array(voiceSchema) }).meta({ id: 'Voices' });

export type VoicesQuery = z.output<typeof voicesQuery>;
export type VoicesAnswer = z.output<typeof voicesSchema>;
export type VoiceView = z.output<typeof voiceSchema>;
