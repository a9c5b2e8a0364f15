/** Names of the models in the reply to GET /api/tags. */
export function modelsIn(body: unknown): string[] {
  const { models } = (body ?? {}) as { models?: unknown };
  if (!Array.isArray(models)) return [];
  return models.flatMap((model: unknown) => {
    const { name } = (model ?? {}) as { name?: unknown };
    return typeof name === 'string' ? [name] : [];
  });
}

/**
 * The model on the machine that stands for the one asked for: the same name, the same without its tag, or the same
 * size in another quantisation (`llama3.1:8b` is there as `llama3.1:8b-instruct-q4_K_M`). Pure; looks once.
 */
export function modelThere(asked: string, there: readonly string[]): string | undefined {
  const wanted = asked.toLowerCase();
  const full = wanted.includes(':') ? wanted : `${wanted}:latest`;
  const exact = there.find((name) => name.toLowerCase() === full);
  if (exact !== undefined) return exact;
  const stem = wanted.replace(QUANTISED, '');
  const kin = there.filter((name) => {
    const other = name.toLowerCase();
    return stem.includes(':')
      ? other === stem || other.startsWith(`${stem}-`)
      : other.startsWith(`${stem}:`);
  });
  return kin.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}

/** `-q4_K_M`, `-instruct-q8_0`, `-fp16` … at the end of a tag. */
const QUANTISED = /(?:-(?:instruct|chat|text))?-(?:q\d[\w.]*|iq\d\w*|fp16|bf16|f16)$/;

/** What a user does about a model that is not there. */
export function pullHint(model: string): string {
  return `Ollama has no model ${model}. Run: ollama pull ${model}`;
}
