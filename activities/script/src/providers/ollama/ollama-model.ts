import { Ollama } from 'ollama';
import { members, type Usage, type Vendors } from '@aura/provider';
import type { Answer, CallPlace, LanguageModel, Question } from '../../llm/language-model.js';
import { messagesOf, worstUsage } from '../../llm/language-model.js';
import { chatCall, counted, emptyReply, textIn, type ModelPlace } from '../../llm/model-call.js';
import type { OllamaServer } from './ollama-server.js';

export interface OllamaModelParts extends ModelPlace {
  vendors: Vendors;
  server: OllamaServer;
}

/** Models behind Ollama's own protocol: the schema is a grammar that the model cannot leave. */
export function ollamaModel(parts: OllamaModelParts): LanguageModel {
  const { account, model, server } = parts;
  return {
    identity: `${model} at ${account.baseUrl}`,
    async ask(question, place) {
      const name = await server.modelName(place.signal);
      try {
        return await ask({ ...parts, model: name }, question, place);
      } catch (error) {
        place.signal?.throwIfAborted();
        throw await server.explained(error, name);
      }
    },
  };
}

async function ask(parts: OllamaModelParts, question: Question, place: CallPlace): Promise<Answer> {
  const { vendors, account, model } = parts;
  const call = chatCall(parts, question, place, usageIn);
  const reply: unknown = await vendors.callSdk(call, (fetch) =>
    new Ollama({ host: account.baseUrl, fetch }).chat({
      model,
      messages: [{ role: 'system', content: question.system }, ...messagesOf(question)],
      format: question.schema,
      stream: false,
      options: { num_predict: question.maxOutputTokens, num_ctx: contextTokens(question) },
    }),
  );
  const { message, done_reason: end, model: named } = members(reply);
  const text = textIn(members(message)['content'], account.vendor);
  const isCut = end === 'length';
  if (text === '' && !isCut) throw emptyReply(account.vendor);
  return {
    text,
    isCut,
    model: textIn(named, account.vendor) || model,
    usage: usageIn(reply) ?? {},
  };
}

/** Fewer than models make of any language that films are made in. */
const BYTES_PER_TOKEN = 2.5;

/**
 * Ollama silently forgets the beginning of what does not fit its window, which is small unless asked for; a larger
 * one takes more memory, so it is as large as needed, in few steps so that the model is not loaded anew each time.
 */
function contextTokens(question: Question): number {
  const { inputTokens = 0, outputTokens = 0 } = worstUsage(question);
  const needed = inputTokens / BYTES_PER_TOKEN + outputTokens;
  return [8_192, 16_384, 32_768].find((tokens) => tokens >= needed) ?? 65_536;
}

/** `prompt_eval_count` is missing where the prompt was still in memory. */
function usageIn(body: unknown): Usage | undefined {
  const reply = members(body);
  const outputTokens = counted(reply['eval_count']);
  if (outputTokens === undefined) return undefined;
  return { inputTokens: counted(reply['prompt_eval_count']) ?? 0, outputTokens };
}
