import type { Schema } from '../../content/schema.js';
import { Refusal, type Call } from '../../server/call.js';
import { modelMissing, refuse } from './openai-errors.js';
import { openAiModel, type OpenAiModel } from './openai-models.js';
import { checkStrictSchema } from './strict-schema.js';

export interface ChatRequest {
  model: string;
  messages: { role: string; content?: unknown; name?: string }[];
  response_format?: {
    type: string;
    json_schema?: { name?: string; schema?: Schema; strict?: boolean | null; description?: string };
  };
  temperature?: number | null;
  top_p?: number | null;
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  seed?: number | null;
  stream?: boolean | null;
  stream_options?: { include_usage?: boolean } | null;
  n?: number | null;
}

const FIELDS = new Set(
  'messages model service_tier modalities verbosity reasoning_effort max_completion_tokens frequency_penalty presence_penalty web_search_options top_logprobs response_format audio store moderation stream stop logit_bias logprobs max_tokens n prediction seed stream_options tools tool_choice parallel_tool_calls function_call functions metadata temperature top_p user safety_identifier prompt_cache_key prompt_cache_retention prompt_cache_options'.split(
    ' ',
  ),
);
const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];

/** Checks a chat request as the vendor does. Errors: Refusal. */
export function readChatRequest(
  call: Call,
  extra: readonly string[],
): { request: ChatRequest; model: OpenAiModel } {
  const body = jsonBody(call);
  const stranger = Object.keys(body).find((field) => !FIELDS.has(field));
  if (stranger !== undefined) refuse(`Unrecognized request argument supplied: ${stranger}`);
  const request = body as unknown as ChatRequest;
  if (typeof request.model !== 'string' || request.model === '')
    refuse('you must provide a model parameter');
  const model = openAiModel(request.model, extra);
  if (!model) throw new Refusal(modelMissing(request.model));
  if (model.kind !== 'chat') {
    throw new Refusal({
      status: 404,
      body: {
        error: {
          message:
            'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
          type: 'invalid_request_error',
          param: 'model',
          code: null,
        },
      },
    });
  }
  checkMessages(request);
  checkSampling(request, model);
  checkFormat(request, model);
  return { request, model };
}

/** Errors: Refusal where the body is no JSON object. */
export function jsonBody(call: Call): Record<string, unknown> {
  const { json, headers } = call.request;
  if (!(headers['content-type'] ?? '').includes('application/json')) {
    refuse(
      `Unsupported content type: '${headers['content-type'] ?? ''}'. This API method only accepts 'application/json' requests, but you specified the header 'Content-Type: ${headers['content-type'] ?? ''}'. Please try again with a supported content type.`,
      null,
      'unsupported_content_type',
    );
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    refuse(
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)",
    );
  }
  return json as Record<string, unknown>;
}

function checkMessages({ messages }: ChatRequest): void {
  if (messages === undefined)
    refuse("Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter');
  if (!Array.isArray(messages)) {
    refuse(
      `Invalid type for 'messages': expected an array of objects, but got ${kindOf(messages)} instead.`,
      'messages',
      'invalid_type',
    );
  }
  if (messages.length === 0) {
    refuse(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages',
      'empty_array',
    );
  }
  for (const [at, message] of messages.entries()) {
    if (!ROLES.includes(message.role)) {
      refuse(
        `Invalid value: '${message.role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.`,
        `messages[${at}].role`,
        'invalid_value',
      );
    }
    if (
      message.content === undefined ||
      (message.content === null && message.role !== 'assistant')
    ) {
      refuse(
        `Invalid value for 'content': expected a string, got null.`,
        `messages.[${at}].content`,
      );
    }
  }
}

function checkSampling(
  request: ChatRequest,
  { isReasoning, contextTokens = 128_000 }: OpenAiModel,
): void {
  const { temperature, max_tokens: maxTokens, top_p: topP, n } = request;
  if (isReasoning && maxTokens !== undefined && maxTokens !== null) {
    refuse(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    );
  }
  if (isReasoning && typeof temperature === 'number' && temperature !== 1) {
    refuse(
      `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`,
      'temperature',
      'unsupported_value',
    );
  }
  checkRange('temperature', temperature, 0, 2);
  checkRange('top_p', topP, 0, 1);
  checkRange('n', n, 1, 128);
  checkRange('max_completion_tokens', request.max_completion_tokens, 1, contextTokens);
  checkRange('max_tokens', maxTokens, 1, contextTokens);
}

function checkRange(name: string, value: unknown, least: number, most: number): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'number') {
    refuse(
      `Invalid type for '${name}': expected a decimal, but got ${kindOf(value)} instead.`,
      name,
      'invalid_type',
    );
  }
  if (value > most) {
    refuse(
      `Invalid '${name}': decimal above maximum value. Expected a value <= ${most}, but got ${value} instead.`,
      name,
      'decimal_above_max_value',
    );
  }
  if (value < least) {
    refuse(
      `Invalid '${name}': decimal below minimum value. Expected a value >= ${least}, but got ${value} instead.`,
      name,
      'decimal_below_min_value',
    );
  }
}

function checkFormat({ response_format: format, messages }: ChatRequest, model: OpenAiModel): void {
  if (!format) return;
  if (!['text', 'json_object', 'json_schema'].includes(format.type)) {
    refuse(
      `Invalid value: '${format.type}'. Supported values are: 'json_object', 'json_schema', and 'text'.`,
      'response_format.type',
      'invalid_value',
    );
  }
  if (format.type === 'json_object' && !/json/iu.test(JSON.stringify(messages))) {
    refuse(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      'messages',
    );
  }
  if (format.type !== 'json_schema') return;
  if (model.hasNoSchema) {
    refuse(
      "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide: https://platform.openai.com/docs/guides/structured-outputs",
      'response_format',
    );
  }
  const { json_schema: wanted } = format;
  if (!wanted)
    refuse(
      "Missing required parameter: 'response_format.json_schema'.",
      'response_format.json_schema',
      'missing_required_parameter',
    );
  if (!wanted.name)
    refuse(
      "Missing required parameter: 'response_format.json_schema.name'.",
      'response_format.json_schema.name',
      'missing_required_parameter',
    );
  if (!/^[a-zA-Z0-9_-]{1,64}$/u.test(wanted.name)) {
    refuse(
      "Invalid 'response_format.json_schema.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
      'response_format.json_schema.name',
      'invalid_value',
    );
  }
  if (wanted.schema === undefined)
    refuse(
      "Missing required parameter: 'response_format.json_schema.schema'.",
      'response_format.json_schema.schema',
      'missing_required_parameter',
    );
  if (wanted.strict === true) checkStrictSchema(wanted.name, wanted.schema);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
