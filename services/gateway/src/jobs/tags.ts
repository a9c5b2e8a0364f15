import { z } from 'zod';

const MOST_TAGS = 20;

/** A word by which users find jobs again. Without commas, so that several stand in one parameter of an address. */
export const tag = z
  .string('must be a text')
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._:/@ -]{0,59}$/u,
    'must be 1 to 60 letters, digits, spaces and . _ : / @ -, and begin with a letter or a digit',
  )
  .transform((value) => value.trim().normalize('NFC'))
  .meta({ type: 'string', minLength: 1, maxLength: 60 });

export const tags = z
  .array(tag, 'must be a list of texts')
  .max(MOST_TAGS, `must be at most ${MOST_TAGS}`)
  .transform((given) => [...new Set(given)])
  .meta({ type: 'array', maxItems: MOST_TAGS })
  .describe('What the job is filed under; GET /api/jobs?tag= finds it again.');
