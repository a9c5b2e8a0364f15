const MODELS =
  'claude-haiku-5-5 claude-sonnet-5-5 claude-opus-5-5 claude-sonnet-5 claude-opus-5 claude-opus-4-8 claude-opus-4-6 claude-sonnet-4-6 claude-haiku-4-5 claude-haiku-4-5-20251001 claude-sonnet-4-5 claude-sonnet-4-5-20250929 claude-opus-4-5'.split(
    ' ',
  );

export function isKnownModel(model: string, extra: readonly string[]): boolean {
  return MODELS.includes(model) || extra.includes(model);
}

export function modelEntry(id: string, extra: readonly string[]): object | undefined {
  if (!isKnownModel(id, extra)) return undefined;
  return {
    id,
    type: 'model',
    display_name: id,
    created_at: '2025-10-01T00:00:00Z',
    lifecycle: 'active',
  };
}

/** `GET /v1/models`. */
export function modelList(extra: readonly string[]): object {
  const data = [...MODELS, ...extra].map((id) => modelEntry(id, extra));
  return { data, has_more: false, first_id: MODELS[0], last_id: [...MODELS, ...extra].at(-1) };
}
