import { parseJson } from '@aura/provider';
import { misfits, type AnswerSchema } from './answer-schema.js';

/** A script of 120 scenes is some 60 KiB; beyond this nobody reads on. */
const MAX_ANSWER_BYTES = 512 * 1024;
const MAX_ANSWER_DEPTH = 8;

export type ReadAnswer =
  { ok: true; value: unknown } | { ok: false; faults: string[]; value?: undefined };

/**
 * Reads what a model wrote as one JSON object of a schema. Models without a strict mode put words or a code
 * fence around it, which are left out. Limited in size and depth; never throws.
 */
export function readAnswer(text: string, schema: AnswerSchema, { isCut = false } = {}): ReadAnswer {
  if (isCut)
    return refused('the answer was cut off before its end: write less, so that it can be finished');
  const parsed = parseJson(objectIn(text), {
    maxBytes: MAX_ANSWER_BYTES,
    maxDepth: MAX_ANSWER_DEPTH,
  });
  if (!parsed.ok) return refused(`the answer is ${parsed.problem}: it must be one JSON object`);
  const faults = misfits(schema, parsed.value);
  return faults.length === 0 ? { ok: true, value: parsed.value } : { ok: false, faults };
}

function objectIn(text: string): string {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  return from >= 0 && to > from ? text.slice(from, to + 1) : text;
}

function refused(fault: string): ReadAnswer {
  return { ok: false, faults: [fault] };
}
