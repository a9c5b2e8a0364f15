/** What one model can be asked for. */
export interface OpenAiModel {
  kind: 'chat' | 'speech' | 'image';
  /** The dated name that replies carry. */
  snapshot: string;
  /** Reasoning models refuse `max_tokens` and another temperature than 1. */
  isReasoning?: boolean;
  /** Models before August 2024 know no JSON schema. */
  hasNoSchema?: boolean;
  contextTokens?: number;
}

export const OPENAI_MODELS: Readonly<Record<string, OpenAiModel>> = {
  'gpt-4o-mini': chat('gpt-4o-mini-2024-07-18'),
  'gpt-4o': chat('gpt-4o-2024-08-06'),
  'gpt-4.1': chat('gpt-4.1-2025-04-14'),
  'gpt-4.1-mini': chat('gpt-4.1-mini-2025-04-14'),
  'gpt-4.1-nano': chat('gpt-4.1-nano-2025-04-14'),
  'gpt-3.5-turbo': {
    ...chat('gpt-3.5-turbo-0125'),
    hasNoSchema: true,
    contextTokens: 16_385,
  },
  'gpt-5': { ...chat('gpt-5-2025-08-07'), isReasoning: true, contextTokens: 400_000 },
  'gpt-5-mini': {
    ...chat('gpt-5-mini-2025-08-07'),
    isReasoning: true,
    contextTokens: 400_000,
  },
  'gpt-5-nano': {
    ...chat('gpt-5-nano-2025-08-07'),
    isReasoning: true,
    contextTokens: 400_000,
  },
  'tts-1': { kind: 'speech', snapshot: 'tts-1' },
  'tts-1-hd': { kind: 'speech', snapshot: 'tts-1-hd' },
  'gpt-4o-mini-tts': { kind: 'speech', snapshot: 'gpt-4o-mini-tts' },
  'gpt-image-1': { kind: 'image', snapshot: 'gpt-image-1' },
  'dall-e-3': { kind: 'image', snapshot: 'dall-e-3' },
};

function chat(snapshot: string): OpenAiModel {
  return { kind: 'chat', snapshot, contextTokens: 128_000 };
}

/** Looks a model up by its name or its dated name; names that the server was given by hand are chat models. */
export function openAiModel(name: string, extra: readonly string[] = []): OpenAiModel | undefined {
  const known =
    OPENAI_MODELS[name] ?? Object.values(OPENAI_MODELS).find(({ snapshot }) => snapshot === name);
  return known ?? (extra.includes(name) ? chat(name) : undefined);
}

/** `GET /v1/models`. */
export function modelList(extra: readonly string[]): object {
  const names = [...new Set([...Object.keys(OPENAI_MODELS), ...extra])];
  return { object: 'list', data: names.map(modelEntry) };
}

export function modelEntry(id: string): object {
  return { id, object: 'model', created: 1_721_172_741, owned_by: 'system' };
}
