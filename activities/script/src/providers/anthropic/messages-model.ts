import { members, SDK_OPTIONS, type Usage, type Vendors } from '@aura/provider';
import type { Answer, CallPlace, LanguageModel, Question } from '../../llm/language-model.js';
import { messagesOf } from '../../llm/language-model.js';
import {
  chatCall,
  counted,
  emptyReply,
  refusedBy,
  textIn,
  type ModelPlace,
} from '../../llm/model-call.js';

export interface MessagesModelParts extends ModelPlace {
  vendors: Vendors;
}

/** Models behind Anthropic's Messages protocol, with structured output. */
export function messagesModel(parts: MessagesModelParts): LanguageModel {
  const { account, model } = parts;
  return {
    identity: `${model} at ${account.baseUrl}`,
    ask: (question, place) => ask(parts, question, place),
  };
}

/** Current models think before they answer as they see fit, and what they think counts as output. */
const THINKING_TOKENS = 8_000;

async function ask(parts: MessagesModelParts, asked: Question, place: CallPlace): Promise<Answer> {
  const { vendors, account, model } = parts;
  const question = { ...asked, maxOutputTokens: asked.maxOutputTokens + THINKING_TOKENS };
  const call = chatCall(parts, question, place, usageIn);
  const { default: Anthropic } = await import('@anthropic-ai/sdk'); // who never asks it need not load it
  const message: unknown = await vendors.callSdk(call, (fetch) =>
    new Anthropic({
      ...SDK_OPTIONS,
      baseURL: account.baseUrl,
      // The SDK would read it from the environment.
      authToken: null,
      logLevel: 'off',
      fetch,
    }).messages.create({
      model,
      max_tokens: question.maxOutputTokens,
      system: question.system,
      messages: messagesOf(question),
      output_config: { format: { type: 'json_schema', schema: { ...question.schema } } },
    }),
  );
  return answerIn(message, parts);
}

/** Errors: CONTENT_REFUSED, API_ERROR. */
function answerIn(message: unknown, { account: { vendor }, model }: MessagesModelParts): Answer {
  const { content, stop_reason: end, model: named } = members(message);
  const blocks: unknown[] = Array.isArray(content) ? content : [];
  const said = blocks
    .map(members)
    .map(({ type, text }) => (type === 'text' ? textIn(text, vendor) : ''))
    .join('');
  if (end === 'refusal') throw refusedBy(vendor, said);
  const isCut = end === 'max_tokens' || end === 'model_context_window_exceeded';
  if (said === '' && !isCut) throw emptyReply(vendor);
  return {
    text: said,
    isCut,
    model: textIn(named, vendor) || model,
    usage: usageIn(message) ?? {},
  };
}

/** `usage` of a message. What was written to or read from the cache counts as input beside `input_tokens`. */
function usageIn(body: unknown): Usage | undefined {
  const usage = members(members(body)['usage']);
  const fresh = counted(usage['input_tokens']);
  const outputTokens = counted(usage['output_tokens']);
  if (fresh === undefined || outputTokens === undefined) return undefined;
  const cachedInputTokens = counted(usage['cache_read_input_tokens']) ?? 0;
  const written = counted(usage['cache_creation_input_tokens']) ?? 0;
  return {
    inputTokens: fresh + cachedInputTokens + written,
    outputTokens,
    ...(cachedInputTokens > 0 ? { cachedInputTokens } : {}),
  };
}
