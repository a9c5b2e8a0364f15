import { likelySpeechMs, type FilmOutline } from '@aura/provider';
import type { GenerateRequest } from './generate-request.js';
import type { Order } from './order.js';
import { wordsOf } from './timeline/timeline-of.js';

/** What is known of a film before anything of it is made, for what it may cost. Pure. */
export function outlineOf(
  request: GenerateRequest,
  { brief, plan, tuning }: Pick<Order, 'brief' | 'plan' | 'tuning'>,
): FilmOutline {
  return {
    durationMs: plan.targetDurationMs,
    briefCharacters: brief.text.length,
    isAnalysed: tuning?.analysis,
    ...ownWork(request),
  };
}

/** What is known of films whose scenes the request brings. */
function ownWork({ script, timeline }: GenerateRequest) {
  if (timeline) {
    const pictures = timeline.visuals.filter(({ prompt }) => prompt != null).length;
    return { pictures, spokenMs: likelySpeechMs(wordsOf(timeline)) };
  }
  if (!script?.scenes) return {};
  const isPainted = ({ assetId, figure }: (typeof script.scenes)[number]) => !(assetId ?? figure);
  return { pictures: script.scenes.filter(isPainted).length };
}
