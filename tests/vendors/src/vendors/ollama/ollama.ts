import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Call,
  type Reply,
  type Trouble,
  type VendorBehaviour,
  type VendorContext,
} from '../../server/call.js';
import { answerChat, answerGenerate } from './generation.js';
import { bodyOf, modelDetails, ollamaError, showReply, tagsReply } from './models.js';

const USUAL_MODELS = ['llama3.1:8b', 'llama3.2:latest', 'qwen2.5:7b'];
const VERSION = '0.12.6';

/**
 * Ollama's own interface under /api. Source: its server (server/routes.go, api/types.go, docs/api.md): models
 * without a tag mean ":latest", replies are streamed as lines of JSON unless `stream` is false, errors are
 * `{"error": text}`, durations are nanoseconds. No key is asked for; nothing costs.
 */
export function ollama({ options }: VendorContext): VendorBehaviour {
  const models = (options.models ?? USUAL_MODELS).map(withTag);
  const loaded = new Set<string>();
  const load = async (model: string, signal: AbortSignal) => {
    const isNew = !loaded.has(model);
    if (isNew && options.loadMs) await sleep(options.loadMs, undefined, { signal });
    loaded.add(model);
    return isNew ? (options.loadMs ?? 0) : 0;
  };
  const find = (name: string) => models.find((model) => model === withTag(name));
  return {
    routes: [
      { method: 'GET', path: '/', handle: () => ({ body: 'Ollama is running' }) },
      { method: 'GET', path: '/api/version', handle: () => ({ body: { version: VERSION } }) },
      { method: 'GET', path: '/api/tags', handle: () => ({ body: tagsReply(models) }) },
      {
        method: 'GET',
        path: '/api/ps',
        handle: () => ({ body: { models: [...loaded].map(modelDetails) } }),
      },
      {
        method: 'POST',
        path: '/api/show',
        handle: (call) => {
          const { model, name } = bodyOf(call) as { model?: string; name?: string };
          const asked = model ?? name ?? '';
          if (asked === '') return ollamaError(400, 'model is required');
          const found = find(asked);
          return found ? { body: showReply(found) } : missing(asked);
        },
      },
      {
        method: 'POST',
        path: '/api/chat',
        handle: (call) => answerChat(call, { find, load, missing }),
      },
      {
        method: 'POST',
        path: '/api/generate',
        handle: (call) => answerGenerate(call, { find, load, missing }),
      },
    ],
    trouble: ollamaTrouble,
    notFound: () => ({
      status: 404,
      headers: { 'content-type': 'text/plain' },
      body: '404 page not found',
    }),
  };
}

function missing(model: string): Reply {
  return ollamaError(404, `model '${model}' not found`);
}

function withTag(name: string): string {
  return name.includes(':') ? name : `${name}:latest`;
}

function ollamaTrouble(trouble: Trouble, call: Call): Reply {
  const { model = 'llama3.2' } = (call.request.json ?? {}) as { model?: string };
  switch (trouble.kind) {
    case 'model-missing':
      return missing(model);
    case 'unauthorized':
      return ollamaError(401, 'unauthorized');
    case 'no-money':
      return ollamaError(402, 'you have reached your usage limit, upgrade for higher limits');
    case 'rate-limit':
      return {
        ...ollamaError(
          429,
          'you have reached your hourly usage limit, please wait or upgrade to continue',
        ),
        ...(trouble.retryAfter === undefined
          ? {}
          : { headers: { 'retry-after': trouble.retryAfter } }),
      };
    default:
      return ollamaError(
        trouble.status,
        STATUS_TEXTS[trouble.status] ?? 'an error was encountered while running the model',
      );
  }
}

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  500: 'llama runner process has terminated: signal: killed',
  502: 'unable to reach the remote model',
  503: 'server busy, please try again.  maximum pending requests exceeded',
};
