import { msOf, type Part, type Timeline } from '@aura/proto';
import { MOST_SOUNDS_AT_ONCE, soundTooMany } from './sounds.js';

/** What is wrong with a timeline, and where in it. */
export interface TimelineProblem {
  path: (string | number)[];
  message: string;
}

export interface TimelineBounds {
  minDurationMs: number;
  maxDurationMs: number;
}

/**
 * Whether a timeline can be a film: everything lies within it, what must not overlap does not. Its members have been
 * checked one by one before. Pure.
 */
export function checkTimeline(timeline: Timeline, bounds: TimelineBounds): TimelineProblem[] {
  const { frames, overlays, sounds } = timeline;
  return [
    ...lengthProblems(timeline, bounds),
    ...visualProblems(timeline),
    ...within(['overlays'], overlays, frames),
    ...within(['sounds'], sounds, frames),
    ...soundProblems(timeline),
    ...inOrder(['captions'], timeline.captions, frames),
    ...(timeline.captionTracks?.tracks ?? []).flatMap(({ captions }, at) =>
      inOrder(['captionTracks', at, 'captions'], captions, frames),
    ),
    ...inOrder(['narration'], timeline.narration, frames),
    ...wordProblems(timeline),
    ...chapterProblems(timeline),
  ];
}

function lengthProblems(
  { frames, rate }: Timeline,
  { minDurationMs, maxDurationMs }: TimelineBounds,
): TimelineProblem[] {
  const lengthMs = msOf(frames, rate);
  if (lengthMs > maxDurationMs) return mustLast('at most', maxDurationMs);
  return lengthMs < minDurationMs ? mustLast('at least', minDurationMs) : [];
}

function mustLast(bound: string, ms: number): TimelineProblem[] {
  return [{ path: ['visuals'], message: `must last ${bound} ${ms / 1_000} seconds in all` }];
}

function visualProblems({ visuals }: Timeline): TimelineProblem[] {
  return visuals.flatMap(({ transition, motion, frames }, at) => {
    const problems: TimelineProblem[] = [];
    const refuse = (members: string[], message: string) =>
      problems.push({ path: ['visuals', at, ...members], message });
    if (transition && at === 0) refuse(['transition'], 'must not be there in the first visual');
    if (transition && transition.frames > frames) {
      refuse(['transition', 'frames'], `must be at most ${frames}, the length of its visual`);
    }
    if (motion && !isInside(motion.from)) refuse(['motion', 'from'], OUTSIDE);
    if (motion && !isInside(motion.to)) refuse(['motion', 'to'], OUTSIDE);
    return problems;
  });
}

const OUTSIDE = 'must lie within the picture';

function isInside({ x, y, width }: Part): boolean {
  const half = width / 2 - 1e-6;
  return [x, y].every((centre) => centre - half >= 0 && centre + half <= 1);
}

interface Span {
  start: number;
  frames: number;
}

type Path = TimelineProblem['path'];

function within(track: Path, spans: readonly Span[], filmFrames: number): TimelineProblem[] {
  return spans.flatMap(({ start, frames }, at) => {
    if (start + frames <= filmFrames) return [];
    const message = `must end by frame ${filmFrames}, the end of the film`;
    return [{ path: [...track, at], message }];
  });
}

function soundProblems({ sounds }: Timeline): TimelineProblem[] {
  const at = soundTooMany(sounds);
  if (at === undefined) return [];
  const message = `must not begin while ${MOST_SOUNDS_AT_ONCE} others are heard`;
  return [{ path: ['sounds', at, 'start'], message }];
}

/** One after the other, never two at a time. */
function inOrder(track: Path, spans: readonly Span[], filmFrames: number): TimelineProblem[] {
  const overlaps = spans.flatMap(({ start }, at) => {
    const before = spans[at - 1];
    const free = before ? before.start + before.frames : 0;
    if (start >= free) return [];
    return [
      { path: [...track, at, 'start'], message: `must be at least ${free}, after the one before` },
    ];
  });
  return [...within(track, spans, filmFrames), ...overlaps];
}

function wordProblems({ captions }: Timeline): TimelineProblem[] {
  return captions.flatMap(({ start, frames, words }, at) =>
    words.flatMap((word, index) => {
      const before = words[index - 1];
      const isIn = word.start >= start && word.start + word.frames <= start + frames;
      if (isIn && word.start >= (before?.start ?? 0)) return [];
      const message = 'must lie within its caption, after the word before';
      return [{ path: ['captions', at, 'words', index], message }];
    }),
  );
}

function chapterProblems({ chapters, frames }: Timeline): TimelineProblem[] {
  return chapters.flatMap(({ start }, at) => {
    const path = ['chapters', at, 'start'];
    const before = chapters[at - 1];
    if (!before && start !== 0) return [{ path, message: 'must be 0 for the first' }];
    if (before && start <= before.start)
      return [{ path, message: 'must lie after the one before' }];
    return start >= frames ? [{ path, message: `must be below ${frames}` }] : [];
  });
}
