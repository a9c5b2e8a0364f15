import { z } from 'zod';

const promptSchema = z
  .object({
    name: z.string().meta({ example: 'script' }),
    title: z.string().describe('What it is for, in a few words.'),
    version: z.int().describe('Raised with every change of the text.'),
    edition: z.string().describe('Version and hash of the text, as they stand in unit keys.'),
    text: z.string(),
    placeholders: z
      .array(z.object({ name: z.string(), required: z.boolean() }))
      .describe('Which its text has; required ones stand in every text, exactly once.'),
    replaceable: z.boolean().describe('Whether a job can bring its own (`options.prompts`).'),
  })
  .meta({ id: 'Prompt' });

export const promptsSchema = z
  .object({ prompts: z.array(promptSchema) })
  .meta({ id: 'PromptList' });

export type PromptsAnswer = z.output<typeof promptsSchema>;
