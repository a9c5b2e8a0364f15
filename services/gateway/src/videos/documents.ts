import { z } from 'zod';
import { text } from './text.js';

const hasWords = (value: string) => /[\p{L}\p{N}]/u.test(value);

const document = z
  .strictObject(
    {
      assetId: z
        .uuid('must be the id of an uploaded document')
        .nullish()
        .describe('A document from POST /api/assets.'),
      text: text(100_000).refine(hasWords, 'must hold words').nullish().describe('Its text.'),
      title: text(120).nullish().describe('What it is cited as; its file name unless given.'),
    },
    'must be an object',
  )
  .superRefine(({ assetId, text: own }, context) => {
    if ((assetId == null) !== (own == null)) return;
    context.addIssue({ code: 'custom', message: 'must have either assetId or text' });
  })
  .meta({ id: 'GenerateDocument' });

/** What the film is told from. */
export const documents = z
  .array(document, 'must be a list')
  .min(1, 'must have at least 1 entry')
  .max(20, 'must have at most 20 entries')
  .describe(
    'Documents that the film is told from: it says only what stands in them, about what the brief asks for.',
  );
