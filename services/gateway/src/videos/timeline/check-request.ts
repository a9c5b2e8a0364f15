import {
  FILM_BOUNDS,
  msOf,
  rateOf,
  type MakeVideoInput,
  type RenderSpec,
  type Timeline,
} from '@aura/proto';
import { likelySpeechMs } from '@aura/provider';
import { checkTimeline, type TimelineProblem } from '@aura/timeline';
import { invalidInput } from '../../problem/invalid-input.js';
import { timelineFrom } from './timeline-of.js';
import type { TimelineRequest } from './timeline-request.js';

/** Nobody speaks faster than this share of the time that a text usually takes. */
const FASTEST_SHARE = 0.6;

/**
 * Refuses a timeline that can be no film of this size and rate, and words that nobody could say in their place.
 * Nothing where there is none. Errors: InvalidInput, naming every place.
 */
export function requireFilm(
  { timeline: request }: { timeline?: TimelineRequest | null | undefined },
  { render, outputs = [], voice }: Pick<MakeVideoInput, 'render' | 'outputs' | 'voice'>,
): void {
  if (!request) return;
  const timeline = timelineFrom(request, render, () => undefined);
  const problems = [
    ...checkTimeline(timeline, FILM_BOUNDS),
    ...hurried(timeline, voice.delivery?.speed || 1),
  ];
  const issues = [
    ...problems.map(({ path, message }) => ({ path: ['timeline', ...path], message })),
    ...otherRates(render, outputs),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

function hurried({ narration, rate }: Timeline, speed: number): TimelineProblem[] {
  return narration.flatMap(({ text, frames }, at) => {
    if (text === '') return [];
    const leastMs = (likelySpeechMs(text) / speed) * FASTEST_SHARE;
    const placeMs = msOf(frames, rate);
    if (leastMs <= placeMs) return [];
    const [least, place] = [leastMs, placeMs].map((ms) => (ms / 1_000).toFixed(1));
    const message = `has ${place} s for words that take ${least} s at least`;
    return [{ path: ['narration', at], message }];
  });
}

/** Frames of one rate are no frames of another. */
function otherRates(render: RenderSpec, outputs: readonly RenderSpec[]) {
  const { numerator, denominator } = rateOf(render);
  return outputs.flatMap((output, at) => {
    const other = rateOf(output);
    if (other.numerator * denominator === numerator * other.denominator) return [];
    const message = 'must be that of the timeline’s film';
    return [{ path: ['options', 'outputs', at, 'frameRate'], message }];
  });
}
