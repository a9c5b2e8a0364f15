import { randomUUID } from 'node:crypto';
import type { MakeVideoInput } from '@aura/proto';

/** An order of its own job, for tests. */
export function sampleOrder(text = 'How bees make honey'): MakeVideoInput {
  return {
    job: { videoId: randomUUID(), run: 1, tenantId: 'local', correlationId: 'test' },
    brief: { text, style: 'documentary', audience: '', language: 'en-US' },
    plan: { targetDurationMs: 60_000, maxScenes: 12 },
    voice: { voiceId: 'en-US-narrator-f', language: 'en-US' },
    render: { widthPx: 1280, heightPx: 720, fps: 30, aspect: '16:9', quality: 'standard' },
  };
}
