import { randomBytes } from 'node:crypto';
import { PLAIN_SCRIPT, tokensIn, writeAnswer } from '../../content/write-answer.js';
import { listCharge } from '../../bill.js';
import { Refusal, type Call, type Reply } from '../../server/call.js';
import { readChatRequest, type ChatRequest } from './chat-request.js';
import { openAiError } from './openai-errors.js';
import type { OpenAiModel } from './openai-models.js';

interface Completion {
  content: string | null;
  refusal: string | null;
  finish: 'stop' | 'length';
  inputTokens: number;
  outputTokens: number;
}

/** `POST /v1/chat/completions`, whole or as server-sent events. */
export function chatCompletion(call: Call, extra: readonly string[]): Reply {
  const { request, model } = readChatRequest(call, extra);
  const completion = complete(request, model, call);
  const { inputTokens, outputTokens } = completion;
  call.charge(listCharge('openai', { model: request.model }, { inputTokens, outputTokens }));
  const base = {
    id: `chatcmpl-${randomBytes(15).toString('base64url')}`,
    created: Math.floor(Date.now() / 1000),
    model: model.snapshot,
    service_tier: 'default',
    system_fingerprint: 'fp_aura000000',
  };
  if (request.stream)
    return streamed(base, completion, request.stream_options?.include_usage === true);
  return {
    body: {
      ...base,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: completion.content,
            refusal: completion.refusal,
            annotations: [],
          },
          logprobs: null,
          finish_reason: completion.finish,
        },
      ],
      usage: usageOf(completion),
    },
  };
}

function complete(request: ChatRequest, model: OpenAiModel, call: Call): Completion {
  const prompt = request.messages.map(({ content }) => textOf(content)).join('\n\n');
  const inputTokens = tokensIn(prompt) + 4 * request.messages.length + 3;
  const { contextTokens = 128_000 } = model;
  if (inputTokens > contextTokens) {
    throw new Refusal(
      openAiError(400, {
        message: `This model's maximum context length is ${contextTokens} tokens. However, your messages resulted in ${inputTokens} tokens. Please reduce the length of the messages.`,
        param: 'messages',
        code: 'context_length_exceeded',
      }),
    );
  }
  if (call.fault?.kind === 'refusal') {
    const refusal = "I'm sorry, but I can't assist with that request.";
    return { content: null, refusal, finish: 'stop', inputTokens, outputTokens: tokensIn(refusal) };
  }
  const format = request.response_format;
  const schema = format?.type === 'json_schema' ? format.json_schema?.schema : undefined;
  const answer = writeAnswer({
    prompt,
    schema: schema ?? (format?.type === 'json_object' ? PLAIN_SCRIPT : undefined),
    seed: request.seed ?? 0,
    fault: call.fault,
  });
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Infinity;
  const tokens = tokensIn(answer.text);
  const isCut = answer.isCut || tokens > limit;
  const content = tokens > limit ? answer.text.slice(0, limit * 4) : answer.text;
  return {
    content,
    refusal: null,
    finish: isCut ? 'length' : 'stop',
    inputTokens,
    outputTokens: Math.min(tokens, limit),
  };
}

/** A message is a text or a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (part as { text?: string }).text ?? '').join('\n');
}

function usageOf({ inputTokens, outputTokens }: Completion): object {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

const PIECE_CHARACTERS = 24;

function streamed(base: object, completion: Completion, withUsage: boolean): Reply {
  const chunk = (delta: object, finish: string | null = null) => ({
    ...base,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  });
  const field = completion.refusal === null ? 'content' : 'refusal';
  const text = completion.refusal ?? completion.content ?? '';
  const pieces = text.match(new RegExp(String.raw`[\s\S]{1,${PIECE_CHARACTERS}}`, 'gu')) ?? [];
  const events = [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...pieces.map((piece) => chunk({ [field]: piece })),
    chunk({}, completion.finish),
    ...(withUsage ? [{ ...chunk({}), choices: [], usage: usageOf(completion) }] : []),
  ];
  const lines = [...events.map((event) => JSON.stringify(event)), '[DONE]'];
  return {
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    body: lines.map((line) => Buffer.from(`data: ${line}\n\n`)),
  };
}
