import type { Schema } from '../../content/schema.js';
import { refuse } from './openai-errors.js';

/**
 * Structured Outputs take a subset of JSON Schema when strict. Source: OpenAI's guide "Structured model
 * outputs", section "Supported schemas"; the messages are those that callers of the service have reported.
 */
const ALLOWED = new Set(
  '$schema $defs definitions $ref type properties required additionalProperties items enum const anyOf description title pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems'.split(
    ' ',
  ),
);
const MAX_PROPERTIES = 5_000;
const MAX_NESTING = 10;

/** Errors: Refusal with what the vendor says of such a schema. */
export function checkStrictSchema(name: string, schema: Schema): void {
  const fail = (context: readonly string[], problem: string): never =>
    refuse(
      `Invalid schema for response_format '${name}': In context=${tuple(context)}, ${problem}`,
      'response_format',
    );
  if (schema.type !== 'object') {
    refuse(
      `Invalid schema for response_format '${name}': schema must be a JSON Schema of 'type: "object"', got 'type: "${typeof schema.type === 'string' ? schema.type : 'None'}"'.`,
      'response_format',
    );
  }
  let properties = 0;
  const visit = (node: Schema, context: readonly string[], nesting: number): void => {
    const stranger = Object.keys(node).find((keyword) => !ALLOWED.has(keyword));
    if (stranger !== undefined) fail(context, `'${stranger}' is not permitted.`);
    if (node.properties || [node.type ?? []].flat().includes('object')) {
      if (nesting > MAX_NESTING)
        fail(context, `schema exceeds the maximum nesting of ${MAX_NESTING} levels.`);
      const names = Object.keys(node.properties ?? {});
      properties += names.length;
      if (node.additionalProperties !== false) {
        fail(context, "'additionalProperties' is required to be supplied and to be false.");
      }
      const missing = names.find((one) => !node.required?.includes(one));
      if (missing !== undefined || !node.required) {
        fail(
          context,
          `'required' is required to be supplied and to be an array including every key in properties.${missing === undefined ? '' : ` Missing '${missing}'.`}`,
        );
      }
      for (const one of names)
        visit(node.properties?.[one] ?? {}, [...context, 'properties', one], nesting + 1);
    }
    if ([node.type ?? []].flat().includes('array') && !node.items)
      fail(context, 'array schema missing items.');
    if (node.items) visit(node.items, [...context, 'items'], nesting);
    for (const [at, choice] of (node.anyOf ?? []).entries())
      visit(choice, [...context, 'anyOf', String(at)], nesting);
    for (const group of ['$defs', 'definitions'] as const) {
      for (const [key, part] of Object.entries(node[group] ?? {}))
        visit(part, [...context, group, key], 0);
    }
  };
  visit(schema, [], 1);
  if (properties > MAX_PROPERTIES) fail([], `schema exceeds ${MAX_PROPERTIES} properties.`);
}

/** As Python prints a tuple. */
function tuple(parts: readonly string[]): string {
  if (parts.length === 1) return `('${parts[0]}',)`;
  return `(${parts.map((part) => `'${part}'`).join(', ')})`;
}
