import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { referenceFor, timekeepersIn } from '../reference-voice.js';
import { resolveVoice } from '../resolve-voice.js';
import { voiceProvidersOf } from '../providers/index.js';
import { envelopeOf } from '../sound/envelope.js';
import { voiceStage, type SpokenScene, type VoiceStage } from '../testing/voice-stage.js';
import { speakableWords } from '../text/speakable.js';
import { speechWeight } from '../text/speech-weight.js';
import { matchPauses, type Clause, type Pause } from './match-pauses.js';
import { timeWords } from './time-words.js';

let stage: VoiceStage;
beforeAll(async () => {
  stage = await voiceStage({});
});
afterAll(() => stage.close());

/** Captions of a voice that does not tell its times may be so far off. */
const TOLERANCE_MS = 250;

/** Plain, learned, numbers, abbreviations, short and long sentences without a comma. */
const TEXT =
  'Every summer thousands of people travel to the coast because they want to swim. Dr. Smith found 3 birds in 1984! ' +
  'Photosynthesis converts electromagnetic radiation into chemical energy that organisms metabolise. Why? ' +
  'Nobody, it seems, believed her.';

/** flite tells its times, so what is found without them can be held against them. */
test.each(['en-US-narrator-f', 'en-GB-narrator-m'])(
  'words of %s are found within 250 ms by another voice that tells its times',
  async (voiceId) => {
    const voice = { voiceId, language: '' };
    const spoken = await stage.narrate({ provider: 'flite', text: TEXT, voice });
    const providers = voiceProvidersOf(stage.services);
    const speaker = resolveVoice(providers, 'flite', voice);
    const { words, sentences } = wordsOf(spoken);
    const reference = await referenceFor(
      speaker,
      { words, sentences },
      { scratch: stage.root, ffmpegPath: 'ffmpeg', timekeepers: timekeepersIn(providers) },
    );
    expect(reference).toBeDefined();
    const errors = errorsOf(spoken, reference);
    expect(Math.max(...errors)).toBeLessThanOrEqual(TOLERANCE_MS);
    expect(errors.toSorted((a, b) => a - b)[Math.floor(errors.length / 2)]).toBeLessThan(60);
  },
);

test('without such a voice sentences still begin on time', async () => {
  const spoken = await stage.narrate({ provider: 'flite', text: TEXT });
  const { sentences } = wordsOf(spoken);
  const starts = errorsOf(spoken).filter((_, index) => sentences[index] !== sentences[index - 1]);
  expect(starts).toHaveLength(5);
  expect(Math.max(...starts)).toBeLessThanOrEqual(TOLERANCE_MS);
});

test('every clause is matched once and in order, whatever the pauses are', () => {
  const clause = fc.record({ weight: fc.nat(90), endsSentence: fc.boolean() });
  const pause = fc.record({
    after: fc.integer({ min: 1, max: 300 }),
    length: fc.integer({ min: 14, max: 200 }),
  });
  fc.assert(
    fc.property(
      fc.array(clause, { minLength: 1, maxLength: 20 }),
      fc.array(pause, { maxLength: 30 }),
      (given, silences) => {
        const clauses: Clause[] = given.map((one, index) => ({ ...one, to: index + 1 }));
        const pauses: Pause[] = [];
        let frame = 0;
        for (const { after, length } of silences) {
          pauses.push({ from: frame + after, to: frame + after + length, ms: length * 5 });
          frame += after + length;
        }
        const heard = Float64Array.from({ length: frame + 100 }, (_, index) => index * 5);
        const matches = matchPauses(clauses, pauses, heard);
        expect(matches.at(-1)).toEqual({ clause: clauses.length - 1, pause: -1 });
        for (const [index, { clause: at, pause: where }] of matches.entries()) {
          expect(at).toBeGreaterThan(matches[index - 1]?.clause ?? -1);
          if (index < matches.length - 1)
            expect(where).toBeGreaterThan(matches[index - 1]?.pause ?? -1);
        }
      },
    ),
    { numRuns: 100 },
  );
});

function wordsOf({ timings }: SpokenScene) {
  return {
    words: timings.words.map(({ text }) => text),
    sentences: timings.words.map(({ sentence }) => sentence),
  };
}

/** How far each word is from where it is heard, in ms. */
function errorsOf(spoken: SpokenScene, reference?: Parameters<typeof timeWords>[2]['reference']) {
  const { words, sentences } = wordsOf(spoken);
  const weights = speakableWords(words).map(speechWeight);
  const envelope = envelopeOf(spoken.sound);
  const times = timeWords({ words, weights, sentences }, spoken.sound, { envelope, reference });
  expect(times).toHaveLength(words.length);
  return times.map(({ startMs }, index) =>
    Math.abs(startMs - (spoken.timings.words[index]?.startMs ?? 0)),
  );
}
