import { z } from 'zod';
import { languageProblem } from './language-problem.js';

/**
 * A text of 1 to `max` characters (code points) once white space around it is cut. Text that PostgreSQL
 * cannot hold (NUL) or that is no Unicode (half a surrogate pair) is refused; anything else is taken
 * literally, whatever it looks like.
 */
export function text(max: number) {
  return z
    .string('must be a text')
    .transform((value) => value.trim())
    .superRefine((value, context) => {
      const message = textProblem(value, max);
      if (message) context.addIssue({ code: 'custom', message, continue: false });
    })
    .meta({ type: 'string', minLength: 1, maxLength: max });
}

function textProblem(value: string, max: number): string | undefined {
  if (value === '') return 'must not be empty';
  if (value.length > max && Array.from(value).length > max) {
    return `must have at most ${max.toLocaleString('en-US')} characters`;
  }
  if (value.includes('\0')) return 'must not contain the character U+0000';
  if (/\p{Surrogate}/u.test(value)) return 'must not contain half a surrogate pair';
  return undefined;
}

/** A BCP 47 tag of a language that there is, in its canonical spelling, without extensions. */
export function languageTag() {
  return z
    .string('must be a text')
    .max(35, 'must have at most 35 characters')
    .transform((value, context) => {
      const message = languageProblem(value);
      if (message === undefined) return new Intl.Locale(value).baseName;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}
