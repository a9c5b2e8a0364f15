/** The part of JSON Schema that structured outputs use. */
export interface Schema {
  type?: string | readonly string[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  description?: string;
}

/** Follows references and takes the first alternative that is not null. */
export function resolved(schema: Schema, root: Schema, depth = 0): Schema {
  if (depth > 16) return {};
  if (schema.$ref !== undefined) return resolved(target(schema.$ref, root), root, depth + 1);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const choice = choices.find((one) => resolved(one, root, depth + 1).type !== 'null');
    return resolved(choice ?? {}, root, depth + 1);
  }
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => resolved(part, root, depth + 1));
    return Object.assign({}, schema, ...parts, { allOf: undefined }) as Schema;
  }
  return schema;
}

export function typeOf({ type, properties, items, enum: values }: Schema): string {
  const types = [type ?? []].flat();
  const named = types.find((one) => one !== 'null') ?? types[0];
  if (named !== undefined) return named;
  if (properties) return 'object';
  if (items) return 'array';
  return values ? typeof values[0] : 'string';
}

function target(ref: string, root: Schema): Schema {
  if (ref === '#') return root;
  let found: unknown = root;
  for (const part of ref.replace(/^#\//u, '').split('/')) {
    found = (found as Record<string, unknown> | undefined)?.[
      part.replaceAll('~1', '/').replaceAll('~0', '~')
    ];
  }
  return found ?? {};
}
