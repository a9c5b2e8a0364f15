import { Failure } from '@aura/failure';
import { fieldName } from '../problem/fields.js';
import { scanJson } from './scan-json.js';

/** Deeper bodies parse, but break what walks them recursively later, `JSON.stringify` first. */
export const MAX_JSON_DEPTH = 20;

/**
 * Bytes of a request body as a JSON value. Refuses what is not UTF-8, not JSON, too deep, or names a
 * member twice. Throws Failure: MalformedJson, InvalidInput.
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  const { depth, hostileMember } = scanJson(text, MAX_JSON_DEPTH);
  if (depth > MAX_JSON_DEPTH) {
    throw new Failure('MalformedJson', `The body is nested deeper than ${MAX_JSON_DEPTH} levels.`);
  }
  const value = parse(text);
  if (hostileMember !== undefined) {
    const field = fieldName([hostileMember]);
    const message = 'is given twice, or is not a member of this request';
    throw new Failure(`InvalidInput:${field}`, `${field} ${message}.`, {
      fields: [{ field, message }],
    });
  }
  return value;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure('MalformedJson', 'The body is not UTF-8.', { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('MalformedJson', 'The body is not valid JSON.', { cause: error });
  }
}
