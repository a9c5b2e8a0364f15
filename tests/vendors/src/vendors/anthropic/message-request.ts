import type { Schema } from '../../content/schema.js';
import { Refusal, type Call } from '../../server/call.js';
import { anthropicError } from './anthropic-errors.js';
import { isKnownModel } from './anthropic-models.js';

export interface MessageRequest {
  model: string;
  max_tokens: number;
  messages: { role: string; content: unknown }[];
  system?: unknown;
  stream?: boolean;
  tools?: { name: string; input_schema?: Schema }[];
  tool_choice?: { type: 'auto' | 'any' | 'tool' | 'none'; name?: string };
  output_config?: { format?: { type: string; schema?: Schema } | null };
}

const FIELDS = new Set(
  'model max_tokens messages system stream tools tool_choice output_config metadata service_tier stop_sequences temperature top_k top_p thinking cache_control container context_management diagnostics inference_geo mcp_servers speed user_profile_id workspace_id'.split(
    ' ',
  ),
);

/** The version that newer SDKs ask for; it has no parameters of sampling, not even their default values. */
export const NEWEST_VERSION = '2026-10-21';
const SAMPLING = ['temperature', 'top_k', 'top_p'];

/** What structured output does not take: bounds. Source: the vendor's guide, "JSON Schema limitations". */
const BOUNDS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
] as const;

/** Errors: Refusal with status 400, or 404 for a model that does not exist. */
export function readMessageRequest(call: Call, extra: readonly string[]): MessageRequest {
  const fail = (message: string): never => {
    throw new Refusal(anthropicError(400, 'invalid_request_error', message, call.requestId));
  };
  const { json, headers } = call.request;
  if (!(headers['content-type'] ?? '').includes('application/json'))
    fail('content-type: must be application/json');
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    fail('The request body is not valid JSON');
  const request = json as MessageRequest;
  const isNewest = headers['anthropic-version'] === NEWEST_VERSION;
  const stranger = Object.keys(request).find(
    (field) => !FIELDS.has(field) || (isNewest && SAMPLING.includes(field)),
  );
  if (stranger !== undefined) fail(`${stranger}: Extra inputs are not permitted`);
  for (const field of ['model', 'max_tokens', 'messages'] as const) {
    if (request[field] === undefined) fail(`${field}: Field required`);
  }
  if (!Number.isInteger(request.max_tokens)) fail('max_tokens: Input should be a valid integer');
  if (request.max_tokens < 1) fail('max_tokens: Input should be greater than or equal to 1');
  if (!isKnownModel(request.model, extra)) {
    throw new Refusal(
      anthropicError(404, 'not_found_error', `model: ${request.model}`, call.requestId),
    );
  }
  if (!Array.isArray(request.messages) || request.messages.length === 0)
    fail('messages: at least one message is required');
  for (const [at, { role, content }] of request.messages.entries()) {
    if (role !== 'user' && role !== 'assistant')
      fail(`messages.${at}.role: Input should be 'user' or 'assistant'`);
    if (content === undefined || content === '')
      fail(
        `messages.${at}: all messages must have non-empty content except for the optional final assistant message`,
      );
  }
  const { temperature } = json as { temperature?: number };
  if (temperature !== undefined && (temperature < 0 || temperature > 1))
    fail('temperature: range: 0..1');
  const format = request.output_config?.format;
  if (format) {
    if (format.type !== 'json_schema')
      fail(`output_config.format.type: Input should be 'json_schema'`);
    if (!format.schema) fail('output_config.format.schema: Field required');
    const problem = format.schema && schemaProblem(format.schema);
    if (problem) fail(`output_config.format.schema: ${problem}`);
  }
  const { tools = [], tool_choice: choice } = request;
  if (choice?.type === 'tool' && !tools.some(({ name }) => name === choice.name)) {
    fail(`Tool '${choice.name}' not found in provided tools`);
  }
  for (const [at, tool] of tools.entries()) {
    if (!/^[a-zA-Z0-9_-]{1,128}$/u.test(tool.name))
      fail(`tools.${at}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
    if (tool.input_schema?.type !== 'object')
      fail(`tools.${at}.custom.input_schema.type: Input should be 'object'`);
  }
  return request;
}

function schemaProblem(schema: Schema): string | undefined {
  const type = [schema.type ?? []].flat()[0] ?? (schema.properties ? 'object' : undefined);
  if (type === 'object' && schema.additionalProperties !== false) {
    return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  }
  const bounds = BOUNDS.filter((bound) => (schema as Record<string, unknown>)[bound] !== undefined);
  if (bounds.length > 0)
    return `For '${type}' type, properties ${bounds.join(', ')} are not supported`;
  if ((schema.minItems ?? 0) > 1)
    return "For 'array' type, 'minItems' values other than 0 or 1 are not supported";
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
    ...Object.values(schema.$defs ?? {}),
  ];
  return parts.map(schemaProblem).find((problem) => problem !== undefined);
}
