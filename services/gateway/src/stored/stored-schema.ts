import { z } from 'zod';

const share = {
  files: z.int(),
  bytes: z.int(),
  quotaBytes: z.int().nullable().describe('What they may take together; null: no limit.'),
};

export const storedSchema = z
  .object({
    uploads: z.object(share).describe('Files that were uploaded.'),
    films: z
      .object({ ...share, expiredFiles: z.int().describe('Whose time is over.') })
      .describe('Films, with their other files; the same content counts once.'),
  })
  .meta({ id: 'Stored' });

export type StoredView = z.output<typeof storedSchema>;
