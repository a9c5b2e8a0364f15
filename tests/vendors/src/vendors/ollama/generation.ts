import { PLAIN_SCRIPT, tokensIn, writeAnswer } from '../../content/write-answer.js';
import type { Schema } from '../../content/schema.js';
import type { Call, Reply } from '../../server/call.js';
import { Refusal } from '../../server/call.js';
import { bodyOf, ollamaError } from './models.js';

export interface Models {
  /** The full name of a model that is there. */
  find: (name: string) => string | undefined;
  /** Brings it into memory; gives the milliseconds that this took. */
  load: (model: string, signal: AbortSignal) => Promise<number>;
  missing: (name: string) => Reply;
}

interface Generated {
  model: string;
  text: string;
  reason: 'stop' | 'length';
  loadMs: number;
  inputTokens: number;
  outputTokens: number;
}

/** `POST /api/chat`. Without messages the model is only loaded. */
export async function answerChat(call: Call, models: Models): Promise<Reply> {
  const body = bodyOf(call);
  if (!body['model']) return ollamaError(400, 'model is required');
  const { messages = [] } = body as { messages?: { role: string; content?: string }[] };
  const wrong = messages.find(
    ({ role }) => !['system', 'user', 'assistant', 'tool'].includes(role),
  );
  if (wrong) return ollamaError(400, `invalid role: ${wrong.role}`);
  const wrap = (text: string) => ({ message: { role: 'assistant', content: text } });
  const generated = await generate(call, models, {
    prompt: messages.map(({ content = '' }) => content).join('\n\n'),
    isLoadOnly: messages.length === 0,
  });
  return reply(body, generated, wrap);
}

/** `POST /api/generate`. Without a prompt the model is only loaded. */
export async function answerGenerate(call: Call, models: Models): Promise<Reply> {
  const body = bodyOf(call);
  const { prompt = '', system = '' } = body as { prompt?: string; system?: string };
  if (!body['model']) return models.missing('');
  const wrap = (text: string) => ({ response: text });
  const generated = await generate(call, models, {
    prompt: `${system}\n\n${prompt}`,
    isLoadOnly: prompt === '',
  });
  return reply(body, generated, wrap);
}

async function generate(
  call: Call,
  models: Models,
  { prompt, isLoadOnly }: { prompt: string; isLoadOnly: boolean },
): Promise<Generated> {
  const {
    model: name = '',
    format,
    options = {},
  } = bodyOf(call) as {
    model?: string;
    format?: unknown;
    options?: { seed?: number; num_predict?: number };
  };
  const model = models.find(name);
  if (!model) throw new Refusal(models.missing(name));
  const schema = schemaOf(format);
  const loadMs = await models.load(model, call.signal);
  if (isLoadOnly)
    return { model: name, text: '', reason: 'stop', loadMs, inputTokens: 0, outputTokens: 0 };
  const refused = call.fault?.kind === 'refusal' && "I'm sorry, but I can't help with that.";
  const answer = refused
    ? { text: refused, isCut: false }
    : writeAnswer({ prompt, schema, seed: options.seed ?? 0, fault: call.fault });
  const limit =
    options.num_predict !== undefined && options.num_predict > 0 ? options.num_predict : Infinity;
  const tokens = tokensIn(answer.text);
  const generated: Generated = {
    model: name,
    text: tokens > limit ? answer.text.slice(0, limit * 4) : answer.text,
    reason: answer.isCut || tokens > limit ? 'length' : 'stop',
    loadMs,
    inputTokens: tokensIn(prompt),
    outputTokens: Math.min(tokens, limit),
  };
  const { inputTokens, outputTokens } = generated;
  call.charge({ model: name, usage: { inputTokens, outputTokens }, costUsd: 0 });
  return generated;
}

/** `format` is "json" or a schema. Errors: Refusal in the server's own words. */
function schemaOf(format: unknown): Schema | undefined {
  if (format === undefined || format === null || format === '') return undefined;
  if (format === 'json') return PLAIN_SCRIPT;
  if (typeof format === 'object' && !Array.isArray(format)) return format;
  throw new Refusal(
    ollamaError(
      500,
      `invalid format: ${JSON.stringify(JSON.stringify(format))}; expected "json" or a valid JSON Schema object`,
    ),
  );
}

const PIECE = /[\s\S]{1,16}/gu;

function reply(
  body: Record<string, unknown>,
  generated: Generated,
  wrap: (text: string) => object,
): Reply {
  const line = (text: string) => ({
    model: generated.model,
    created_at: new Date().toISOString(),
    ...wrap(text),
  });
  const last = {
    done: true,
    done_reason: generated.outputTokens === 0 ? 'load' : generated.reason,
  };
  const whole = generated.outputTokens === 0 ? last : { ...last, ...timings(generated) };
  if (body['stream'] === false) {
    return {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: { ...line(generated.text), ...whole },
    };
  }
  const pieces = generated.text.match(PIECE) ?? [];
  const lines = [
    ...pieces.map((piece) => ({ ...line(piece), done: false })),
    { ...line(''), ...whole },
  ];
  return {
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.map((one) => Buffer.from(`${JSON.stringify(one)}\n`)),
  };
}

/** Nanoseconds, as if a small graphics card had done it. */
function timings({ loadMs, inputTokens, outputTokens }: Generated): object {
  const load = Math.round(loadMs * 1e6) + 2_154_458;
  const [read, write] = [inputTokens * 1_500_000, outputTokens * 11_000_000];
  return {
    total_duration: load + read + write,
    load_duration: load,
    prompt_eval_count: inputTokens,
    prompt_eval_duration: read,
    eval_count: outputTokens,
    eval_duration: write,
  };
}
