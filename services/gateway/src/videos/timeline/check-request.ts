import { FILM_BOUNDS, msOf, rateOf, type RenderSpec, type Timeline } from '@aura/proto';
import { likelySpeechMs } from '@aura/provider';
import { checkTimeline, type TimelineProblem } from '@aura/timeline';
import { invalidInput } from '../../problem/invalid-input.js';
import type { GenerateRequest } from '../generate-request.js';
import type { Order } from '../order.js';
import { soundProblems } from '../sound-problems.js';
import { languageProblems } from '../translations.js';
import { cutFrom, timelineFrom } from './timeline-of.js';

/** Nobody speaks faster than this share of the time that a text usually takes. */
const FASTEST_SHARE = 0.6;

/**
 * Refuses what can be no film: a timeline that does not fit its size and rate, words that nobody could say in their
 * place, sounds that cannot be heard, captions in the film's own language twice, and more than a job can carry.
 * Errors: InvalidInput, naming every place.
 */
export function requireFilm(request: GenerateRequest, order: Order): void {
  const { timeline: cut } = request;
  const timeline = cut ? timelineFrom(cut, order.render, () => undefined) : undefined;
  const issues = [
    ...(timeline ? timelineProblems(timeline, order) : []),
    ...soundProblems(order, timeline?.sounds),
    ...languageProblems(request, order),
    ...sizeProblems(request, order),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

function timelineProblems(timeline: Timeline, { render, outputs = [], voice }: Order) {
  const problems = [
    ...checkTimeline(timeline, FILM_BOUNDS),
    ...hurried(timeline, voice.delivery?.speed || 1),
  ];
  return [
    ...problems.map(({ path, message }) => ({ path: ['timeline', ...path], message })),
    ...otherRates(render, outputs),
  ];
}

/** A script of the user's own may come to 1 MiB once all is filled in that its order leaves open, see the script stage. */
export const MOST_ORDER_BYTES = 768 * 1024;

function sizeProblems({ timeline, script }: GenerateRequest, order: Order) {
  const cut = timeline ? cutFrom(timeline, order.render, () => undefined) : undefined;
  const bytes = Buffer.byteLength(JSON.stringify({ ...order, cut }));
  if (bytes <= MOST_ORDER_BYTES) return [];
  const part = timeline ? 'timeline' : script ? 'script' : 'options';
  const message = `must be shorter: with all that it says the job comes to ${kibOf(bytes)} KiB, of ${kibOf(MOST_ORDER_BYTES)}`;
  return [{ path: [part], message }];
}

function kibOf(bytes: number): number {
  return Math.ceil(bytes / 1024);
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
