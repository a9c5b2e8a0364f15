import { parseJson, type JsonProblem } from '@aura/provider';
import { misfits, type AnswerSchema } from './answer-schema.js';
import { faulty, type Fault } from './fault.js';

/** A script of 120 scenes is some 60 KiB; beyond this nobody reads on. */
const MAX_ANSWER_BYTES = 512 * 1024;
const MAX_ANSWER_DEPTH = 8;

export type ReadAnswer =
  { ok: true; value: unknown } | { ok: false; faults: Fault[]; value?: undefined };

/**
 * Reads what a model wrote as one JSON object of a schema. Models without a strict mode put words or a code
 * fence around it, which are left out. Limited in size and depth; never throws.
 */
export function readAnswer(text: string, schema: AnswerSchema, { isCut = false } = {}): ReadAnswer {
  const parsed = parseJson(objectIn(text), {
    maxBytes: MAX_ANSWER_BYTES,
    maxDepth: MAX_ANSWER_DEPTH,
  });
  // What is nested without end fills any answer, and is no better where there is room for more of it.
  if (isCut && parsed.problem !== 'too deep') {
    return refused(
      'the answer was cut off before its end',
      'write less, so that it can be finished',
    );
  }
  if (!parsed.ok) return refused(PROBLEMS[parsed.problem], 'write one JSON object of the schema');
  const faults = misfits(schema, parsed.value).map((what) => faulty(what));
  return faults.length === 0 ? { ok: true, value: parsed.value } : { ok: false, faults };
}

function objectIn(text: string): string {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  return from >= 0 && to > from ? text.slice(from, to + 1) : text;
}

const PROBLEMS: Readonly<Record<JsonProblem, string>> = {
  'too large': 'the answer is too large',
  'not JSON': 'the answer is not JSON',
  'too deep': 'the answer is JSON that is nested too deeply',
  'holds NUL': 'the answer holds characters that are no text',
};

function refused(what: string, order: string): ReadAnswer {
  return { ok: false, faults: [faulty(what, order)] };
}
