/**
 * The part of JSON Schema that all vendors' strict modes share: objects whose members are all required and
 * closed, lists, texts, choices and whole numbers. No lengths and no patterns: some vendors refuse them, so
 * they are judged afterwards.
 */
export type AnswerSchema =
  | { type: 'string'; description: string; enum?: readonly string[] }
  | { type: 'integer'; description: string }
  | { type: 'array'; description: string; items: AnswerSchema }
  | {
      type: 'object';
      description: string;
      properties: Readonly<Record<string, AnswerSchema>>;
      required: readonly string[];
      additionalProperties: false;
    };

/** An object schema that demands all its members. */
export function objectSchema(
  description: string,
  properties: Record<string, AnswerSchema>,
): AnswerSchema {
  return {
    type: 'object',
    description,
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** More members than this in one list are no script but an attack or a loop. */
const MAX_ITEMS = 400;
/** A model that is wrong is wrong everywhere: the first few places say enough. */
const MAX_PROBLEMS = 8;

/**
 * What of a value does not fit a schema, one line each with the place of it; empty where all fits. Members that
 * the schema does not know are no problem: they are never read. Pure.
 */
export function misfits(schema: AnswerSchema, value: unknown, place = 'answer'): string[] {
  switch (schema.type) {
    case 'string':
      return textMisfits(schema.enum, value, place);
    case 'integer':
      return Number.isSafeInteger(value) ? [] : [`${place} is no whole number`];
    case 'array':
      if (!Array.isArray(value)) return [`${place} is no list`];
      if (value.length > MAX_ITEMS) return [`${place} has ${value.length} entries`];
      return value
        .flatMap((item, index) => misfits(schema.items, item, `${place}[${index}]`))
        .slice(0, MAX_PROBLEMS);
    case 'object':
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return [`${place} is no object`];
      return Object.entries(schema.properties)
        .flatMap(([name, member]) =>
          Object.hasOwn(value, name)
            ? misfits(member, (value as Record<string, unknown>)[name], `${place}.${name}`)
            : [`${place}.${name} is missing`],
        )
        .slice(0, MAX_PROBLEMS);
  }
}

function textMisfits(
  choices: readonly string[] | undefined,
  value: unknown,
  place: string,
): string[] {
  if (typeof value !== 'string') return [`${place} is no text`];
  return !choices || choices.includes(value) ? [] : [`${place} is none of ${choices.join(', ')}`];
}
