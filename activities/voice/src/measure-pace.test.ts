import { afterAll, beforeAll, expect, test } from 'vitest';
import { spokenMs, type Pace } from '@aura/proto';
import { createVoiceActivities } from './create-voice-activities.js';
import { fitPace } from './fit-pace.js';
import { JOB, narrate, PROGRAMS, workplace, type Workplace } from './testing/voices.js';
let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

/** A minute of other prose than the sample's: plain, then short sentences, then learned ones. */
const SCENES = [
  'Coffee began as a berry on a hillside in Ethiopia. A goat herd noticed that his animals would not sleep after they had eaten it. Monks dried the berries, boiled them, and stayed awake for their prayers.',
  'From there the drink moved north with traders. By the fifteenth century it was grown in Yemen, and a hundred years later there were coffee houses in Cairo, Damascus and Istanbul.',
  'Stop. Look up. The sky is full of birds. They do not hurry. They know the way. Why do they go? Food runs out, and the days get short.',
  'Photosynthesis converts electromagnetic radiation into chemical energy that organisms subsequently metabolise. Chlorophyll molecules preferentially absorb wavelengths corresponding to blue and red light.',
  'So the next time you hold a cup, think of the hill, the goat, and the hands that picked it. It is a long way to come for a short moment of warmth.',
  'Today it is the most traded farm product in the world after oil seeds. Twenty five million families live from it, and a warmer climate makes their work harder every year.',
];

test('the pace of flite’s slt predicts a minute of other text within 5 %', async () => {
  const voice = { voiceId: 'en-US-narrator-f', language: 'en-US' };
  const pace = await measure({ provider: 'flite', voice, sample: '' });
  let spoken = 0;
  for (const text of SCENES) spoken += (await narrate(place.store, { text })).narration.durationMs;
  const predicted = SCENES.reduce((sum, text) => sum + spokenMs(pace, text, 'en-US'), 0);
  expect(spoken).toBeGreaterThan(55_000);
  expect(Math.abs(predicted / spoken - 1)).toBeLessThan(0.05);
});

test('a sample of one’s own is what is measured, and the same work is done once', async () => {
  const voice = { voiceId: '', language: 'de' };
  const sample = 'Ja. Das Meer ist niemals still, und tief unten ist es dunkel.';
  const pace = await measure({ provider: 'espeak-ng', voice, sample });
  expect(await measure({ provider: 'espeak-ng', voice, sample })).toEqual(pace);
  const text = 'Nein. Der Wald ist niemals leer, und hoch oben ist es hell.';
  const { narration } = await narrate(place.store, { provider: 'espeak-ng', voice, text });
  expect(Math.abs(spokenMs(pace, text, 'de') / narration.durationMs - 1)).toBeLessThan(0.1);
});

test('a sample without a word is replaced by the built-in one', async () => {
  const voice = { voiceId: '', language: 'ja' };
  const pace = await measure({ provider: 'espeak-ng', voice, sample: '🎉' });
  expect(pace.msPerCharacter).toBeGreaterThan(80);
  expect(pace.msPerCharacter).toBeLessThan(300);
});

test('the fit finds both numbers again, and stays sane where sentences do not tell them apart', () => {
  expect(fitPace([line(10), line(50), line(120)], 350)).toEqual({
    msPerCharacter: expect.closeTo(60),
    msPerSentence: expect.closeTo(500),
  });
  for (const sentences of [
    [line(40)],
    [line(40), line(42)],
    [line(40), { characters: 80, durationMs: 900 }],
  ]) {
    const { msPerCharacter, msPerSentence } = fitPace(sentences, 350);
    expect(msPerSentence).toBeCloseTo(350);
    const total = sentences.reduce((sum, { characters }) => sum + characters, 0);
    const duration = sentences.reduce((sum, { durationMs }) => sum + durationMs, 0);
    expect(msPerCharacter * total + msPerSentence * sentences.length).toBeCloseTo(duration);
  }
});

function measure(
  over: Pick<
    Parameters<ReturnType<typeof createVoiceActivities>['measurePace']>[0],
    'provider' | 'voice' | 'sample'
  >,
): Promise<Pace> {
  return createVoiceActivities({ store: place.store, ...PROGRAMS }).measurePace({
    job: JOB,
    ...over,
  });
}

function line(characters: number) {
  return { characters, durationMs: 60 * characters + 500 };
}
