import { expect, test } from 'vitest';
import { envelopeOf } from './envelope.js';
import { CLAUSE_PAUSE_MS, joinSpeech, LEAD_MS, SENTENCE_PAUSE_MS, TAIL_MS } from './join-speech.js';
import { durationMsOf } from './wav.js';

const RATE = 16_000;

test('pieces follow each other with exact pauses, and words keep their place in the sound', () => {
  const first = tone({ silentMs: 200, soundMs: 400, restMs: 300 });
  const second = tone({ silentMs: 0, soundMs: 250, restMs: 0 });
  const joined = joinSpeech([
    { ...first, words: [{ startMs: 200, endMs: 600 }], endsSentence: true },
    { ...second, words: [{ startMs: 0, endMs: 250 }], endsSentence: false },
    { ...second, words: [{ startMs: 100, endMs: 900 }], endsSentence: true },
  ]);
  const secondMs = LEAD_MS + 400 + SENTENCE_PAUSE_MS;
  const thirdMs = secondMs + 250 + CLAUSE_PAUSE_MS;
  expect(durationMsOf(joined.sound)).toBe(thirdMs + 250 + TAIL_MS);
  expect(joined.words).toEqual([
    { startMs: LEAD_MS, endMs: LEAD_MS + 400 },
    { startMs: secondMs, endMs: secondMs + 250 },
    // What a word claims beyond its piece is cut.
    { startMs: thirdMs + 100, endMs: thirdMs + 265 },
  ]);
  const { samples } = joined.sound;
  const heardAt = (ms: number) =>
    samples.slice(ms * 16, (ms + 3) * 16).some((sample) => Math.abs(sample) > 1_000);
  expect(heardAt(LEAD_MS - 4)).toBe(false);
  expect(heardAt(LEAD_MS + 1)).toBe(true);
  expect(heardAt(secondMs - 4)).toBe(false);
  expect(heardAt(secondMs + 1)).toBe(true);
});

function tone(lengths: { silentMs: number; soundMs: number; restMs: number }) {
  const { silentMs, soundMs, restMs } = lengths;
  const samples = Int16Array.from({ length: (silentMs + soundMs + restMs) * 16 }, (_, index) => {
    const ms = index / 16;
    return ms >= silentMs && ms < silentMs + soundMs ? 8_000 * Math.cos(index / 4) : 0;
  });
  const sound = { samples, sampleRate: RATE };
  return { sound, envelope: envelopeOf(sound) };
}
