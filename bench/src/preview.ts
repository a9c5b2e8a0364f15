import { generate, startStack, statusOf, until } from '@aura/tests';
import type { Figures } from './film.js';

const FILM_SECONDS = 60;
const BRIEF = 'The lighthouse';

/** When the first preview of a film of a minute can be seen, as a share of the time that its job takes. */
export async function preview(): Promise<Figures> {
  const stack = await startStack({
    env: {
      AURA_ENCODER_PRESET: 'veryfast',
      AURA_CHECKPOINT_URL: '',
      AURA_HEARTBEAT_TIMEOUT_MS: '15000',
    },
  });
  try {
    const options = { quality: 'standard', fps: 30, rollingPreview: true };
    const startedMs = Date.now();
    const id = await generate(stack, { brief: BRIEF, seconds: FILM_SECONDS, options });
    const isSeen = async () =>
      (await fetch(`${stack.url}/api/videos/${id}/preview`, { method: 'HEAD' })).ok;
    await until('a preview is there', isSeen, 300_000);
    const seenMs = Date.now() - startedMs;
    const isDone = async () => (await statusOf(stack, id)).status === 'completed';
    await until('the film is there', isDone, 600_000);
    const wholeMs = Date.now() - startedMs;
    return {
      previewSeconds: Math.round(seenMs / 100) / 10,
      jobSeconds: Math.round(wholeMs / 100) / 10,
      previewOverJob: Math.round((1_000 * seenMs) / wholeMs) / 1_000,
    };
  } finally {
    await stack.stop();
  }
}
