import { afterAll, beforeAll, expect, test } from 'vitest';
import { paceSample } from './pace-samples.js';
import { narrate, workplace, type Narrated, type Workplace } from './testing/voices.js';

/**
 * How far the time of a word is from where it is heard. What is heard is measured in the finished WAV,
 * from its level alone, and knows nothing of what the voice program said: the first sound after a pause,
 * and the bursts of p, t and k in running speech. The tolerances are those of the captions.
 */
const FLITE_MS = 80;
const ESPEAK_MS = 250;
const FRAME_MS = 5;

/** One word at a time, without stops inside: every pause is one between words. */
const SINGLE = 'Summer, river, lemon, narrow, ocean, island, winner, salmon, mirror, yellow.';
/** Every word begins with a stop and has no other: every burst is the beginning of a word. */
const BURSTS = 'Tea pie cow key pay tall car town pull call pea tie coal pour tune kale';

// The suite shares two cores with every other one.
let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

const FLITE = ['en-US-narrator-f', 'en-US-narrator-m', 'en-GB-narrator-m'];

test.each(FLITE)('flite, %s: words between pauses are on time', async (voiceId) => {
  const spoken = await narrate(place.store, { text: SINGLE, voice: { voiceId, language: '' } });
  expect(worst(spoken, afterPauses(spoken, 60))).toBeLessThanOrEqual(FLITE_MS);
});

test.each(FLITE)('flite, %s: words in running speech are on time', async (voiceId) => {
  const spoken = await narrate(place.store, { text: BURSTS, voice: { voiceId, language: '' } });
  expect(worstInRun(spoken)).toBeLessThanOrEqual(FLITE_MS);
});

test.each(FLITE)('flite, %s: prose is on time after its pauses', async (voiceId) => {
  const text = prose('en');
  const spoken = await narrate(place.store, { text, voice: { voiceId, language: '' } });
  expect(worstOfNearest(spoken, afterPauses(spoken, 150))).toBeLessThanOrEqual(FLITE_MS);
});

test.each(['en-US', 'en-GB'])(
  'espeak-ng, %s: words between pauses and in running speech are on time',
  async (language) => {
    const voice = { voiceId: '', language };
    const single = await narrate(place.store, { provider: 'espeak-ng', text: SINGLE, voice });
    expect(worst(single, afterPauses(single, 60))).toBeLessThanOrEqual(ESPEAK_MS);
    const run = await narrate(place.store, { provider: 'espeak-ng', text: BURSTS, voice });
    expect(worstInRun(run)).toBeLessThanOrEqual(ESPEAK_MS);
    expect(run.timings.source).toBe('synthesiser');
  },
);

test.each(['ru', 'hi', 'ja', 'zh-CN'])(
  'espeak-ng, %s: prose is on time after its pauses',
  async (language) => {
    const text = prose(language);
    const voice = { voiceId: '', language };
    const spoken = await narrate(place.store, { provider: 'espeak-ng', text, voice });
    expect(worstOfNearest(spoken, afterPauses(spoken, 150))).toBeLessThanOrEqual(ESPEAK_MS);
  },
);

function prose(language: string): string {
  return paceSample(language).slice(0, language === 'ja' || language === 'zh-CN' ? 70 : 230);
}

/** Each measured onset is one word's, in order. */
function worst({ timings }: Narrated, onsets: number[]): number {
  const starts = timings.words.map(({ startMs }) => startMs);
  expect(onsets).toHaveLength(starts.length);
  return Math.max(...starts.map((startMs, index) => Math.abs(startMs - (onsets[index] ?? 0))));
}

/** Each onset after a pause is some word's. */
function worstOfNearest({ timings }: Narrated, onsets: number[]): number {
  expect(onsets.length).toBeGreaterThan(2);
  const starts = timings.words.map(({ startMs }) => startMs);
  return Math.max(
    ...onsets.map((onset) => Math.min(...starts.map((startMs) => Math.abs(startMs - onset)))),
  );
}

/** Each word but the first (which has no sound before it) is at a burst, and no two at the same one. */
function worstInRun(spoken: Narrated): number {
  const bursts = burstsOf(levelsOf(spoken));
  const starts = spoken.timings.words.slice(1).map(({ startMs }) => startMs);
  const nearest = starts.map((startMs) =>
    bursts.reduce((best, burst) =>
      Math.abs(burst - startMs) < Math.abs(best - startMs) ? burst : best,
    ),
  );
  expect(new Set(nearest).size).toBe(nearest.length);
  return Math.max(...nearest.map((burst, index) => Math.abs(burst - (starts[index] ?? 0))));
}

function levelsOf({ sound: { samples, sampleRate } }: Narrated): number[] {
  const length = (sampleRate * FRAME_MS) / 1_000;
  return Array.from({ length: Math.floor(samples.length / length) }, (_, frame) => {
    const part = samples.subarray(frame * length, (frame + 1) * length);
    const power = part.reduce((sum, sample) => sum + sample * sample, 0) / length;
    return 10 * Math.log10(power / 32_768 ** 2 + 1e-9);
  });
}

function speechLevel(levels: readonly number[]): number {
  const sorted = levels.filter((level) => level > -60).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.9)] ?? 0;
}

/** Where a sound begins (30 dB below the voice) after a pause of at least so many ms. */
function afterPauses(spoken: Narrated, pauseMs: number): number[] {
  const levels = levelsOf(spoken);
  const threshold = speechLevel(levels) - 30;
  const onsets: number[] = [];
  let quietMs = pauseMs;
  for (const [frame, level] of levels.entries()) {
    if (level < threshold) {
      quietMs += FRAME_MS;
    } else {
      if (quietMs >= pauseMs) onsets.push(frame * FRAME_MS);
      quietMs = 0;
    }
  }
  return onsets;
}

/** Where the level rises 10 dB out of a hole at least 15 dB deep: the release of a stop. */
function burstsOf(levels: readonly number[]): number[] {
  const loudest = (from: number, to: number) =>
    Math.max(...levels.slice(Math.max(0, from), to), -90);
  const bursts: number[] = [];
  for (const [frame, level] of levels.entries()) {
    const around = levels.slice(Math.max(0, frame - 6), frame + 7);
    const isHole =
      level === Math.min(...around) &&
      loudest(frame, frame + 30) > level + 15 &&
      (loudest(frame - 30, frame) > level + 15 || bursts.length === 0);
    if (!isHole) continue;
    let burst = frame;
    while (burst < levels.length && (levels[burst] ?? 0) < level + 10) burst += 1;
    if (bursts.at(-1) !== burst * FRAME_MS) bursts.push(burst * FRAME_MS);
  }
  return bursts;
}
