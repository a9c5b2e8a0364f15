import { z } from 'zod';
import { promptProblems } from '@aura/prompts';
import { text } from './text.js';

const pronunciation = z.strictObject({
  word: z
    .string('must be a text')
    .regex(/^\S{1,60}$/u, 'must be one word of at most 60 characters')
    .describe('As it stands in the text.'),
  spoken: text(200).describe('What is said in its place.'),
});

/** How a job wants its words spoken. */
export const delivery = z
  .strictObject(
    {
      speed: z
        .number('must be a number')
        .min(0.5, 'must be at least 0.5')
        .max(2, 'must be at most 2')
        .nullish()
        .describe('Times the pace of the voice.'),
      pauses: z
        .number('must be a number')
        .min(0.5, 'must be at least 0.5')
        .max(3, 'must be at most 3')
        .nullish()
        .describe('Times the silence between sentences.'),
      pronunciations: z
        .array(pronunciation)
        .max(200, 'must be at most 200')
        .nullish()
        .describe('Words that are said otherwise than they are written; captions show the word.'),
    },
    'must be an object',
  )
  .describe('How the words are spoken.')
  .meta({ id: 'Delivery' });

/** What is done to a script after it has been written. */
export const tuning = z
  .strictObject(
    {
      pacing: z
        .boolean('must be true or false')
        .nullish()
        .describe('Scenes that stand too long are split, flashes joined to their neighbours.'),
      narration: z
        .boolean('must be true or false')
        .nullish()
        .describe('Signs and abbreviations are written as spoken, sentences beyond a breath cut.'),
      analysis: z
        .boolean('must be true or false')
        .nullish()
        .describe(
          'A language model that wrote the script also says how it is built; pictures and pacing follow. True where absent.',
        ),
    },
    'must be an object',
  )
  .describe('What is done to a script after it has been written.')
  .meta({ id: 'Tuning' });

/** A job's own texts for the prompts that language models are asked with. */
export const prompts = z
  .strictObject(
    { script: text(20_000).nullish(), pictures: text(20_000).nullish() },
    'must be an object',
  )
  .superRefine((own, context) => {
    for (const name of ['script', 'pictures'] as const) {
      for (const problem of promptProblems(name, own[name] ?? '')) {
        context.addIssue({ code: 'custom', path: [name], message: `cannot be used: ${problem}` });
      }
    }
  })
  .describe(
    'Own texts for the prompts that language models are asked with, with the placeholders of docs/prompts.md.',
  )
  .meta({ id: 'Prompts' });

/** Presets by name: what they fill in where a request leaves it open. */
export const PRESETS = {
  default: {},
  debug: { quality: 'draft', tuning: { pacing: false, narration: false, analysis: false } },
  'quick-demo': {
    quality: 'draft',
    offline: true,
    tuning: { pacing: false, narration: false, analysis: false },
  },
  'sample-hello-youtube': { quality: 'draft', offline: true },
} as const;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]];

export const preset = z
  .enum(PRESET_NAMES, `must be one of ${PRESET_NAMES.join(', ')}`)
  .nullish()
  .describe(
    'Fills in what the request leaves open: debug (small, untouched), quick-demo (small, offline), sample-hello-youtube (small, offline; alone it makes a sample film with pictures that come with Aura); the setting AURA_PRESET where absent.',
  );
