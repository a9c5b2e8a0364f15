import type { RenderSpec } from '../gen/aura/v1/video.js';
import { rateOf } from './encodings.js';

/** What tells the films of a job apart: where they are for, or their shape, and their container where it is not usual. */
export function labelsOf(renders: readonly RenderSpec[]): string[] {
  const labels: string[] = [];
  for (const { platform, aspect, widthPx, heightPx, encoding, ...render } of renders) {
    const shape = `${aspect.replace(':', 'x')}-${Math.min(widthPx, heightPx)}p`;
    const { numerator, denominator } = rateOf(render);
    const name = [platform ?? shape, encoding?.codec, encoding?.container]
      .filter(Boolean)
      .join('-');
    const faster = `${name}-${Math.round(numerator / denominator)}fps`;
    const free = [name, faster].find((label) => !labels.includes(label));
    labels.push(free ?? `${name}-${labels.length + 1}`);
  }
  return labels;
}
