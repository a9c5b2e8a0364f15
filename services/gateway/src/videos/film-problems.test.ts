import { expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import { invalidInput } from '../problem/invalid-input.js';
import { generateRequest } from './generate-request.js';
import { orderFrom } from './order.js';
import { MOST_ORDER_BYTES, requireFilm } from './timeline/check-request.js';
import { translationsOf } from './translations.js';

/** The members of a request that are refused. */
function wrong(body: object): string[] {
  const { error, data } = generateRequest.safeParse(body);
  try {
    if (error) throw invalidInput(error.issues);
    requireFilm(data, orderFrom(data));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return failure.fields.map(({ field }) => field);
  }
  return [];
}

const ambience = { kind: 'ambience', name: 'rain' };
const styled = (sound: object, more: object = {}) => ({
  brief: 'Bees',
  durationMinutes: 0.5,
  options: { style: { sound } },
  ...more,
});

test('a style with more sounds at once than a film can have is refused with the request', () => {
  const eight = Array.from({ length: 8 }, () => ambience);
  expect(wrong(styled({ sounds: eight }))).toEqual([]);
  expect(wrong(styled({ sounds: eight, music: { mood: 'calm' } }))).toEqual([
    'options.style.sound.sounds[7]',
  ]);
  const later = { ...ambience, atSeconds: 200 };
  expect(wrong(styled({ sounds: [...eight.slice(1), later] }))).toEqual([]);
  const timeline = {
    visuals: [{ frames: 300, colour: '#203040' }],
    sounds: [{ ...ambience, start: 0, frames: 300 }],
  };
  const both = { timeline, options: { style: { sound: { sounds: eight } } } };
  expect(wrong(both)).toEqual(['timeline.sounds[0]']);
});

test('fades that take longer than their sound are refused, in a style and in a timeline', () => {
  const rain = { ...ambience, seconds: 4, fadeInSeconds: 2, fadeOutSeconds: 2 };
  expect(wrong(styled({ sounds: [rain] }))).toEqual([]);
  expect(wrong(styled({ sounds: [{ ...rain, fadeOutSeconds: 2.1 }] }))).toEqual([
    'options.style.sound.sounds[0]',
  ]);
  const music = { mood: 'calm', fadeInSeconds: 20, fadeOutSeconds: 20 };
  expect(wrong(styled({ music }))).toEqual(['options.style.sound.music']);
  expect(wrong(styled({ music }, { durationMinutes: 1 }))).toEqual([]);
  const sound = { kind: 'music', name: 'calm', start: 60, frames: 240, fadeInFrames: 200 };
  const timeline = (fadeOutFrames: number) => ({
    timeline: {
      visuals: [{ frames: 300, colour: '#203040' }],
      sounds: [{ ...sound, fadeOutFrames }],
    },
  });
  expect(wrong(timeline(40))).toEqual([]);
  expect(wrong(timeline(41))).toEqual(['timeline.sounds[0]']);
});

test('captions in other languages: one of each, none in that of the film, at most eight', () => {
  const translated = (...languages: string[]) => ({
    narration: 'Bees fly far.',
    translations: languages.map((language) => ({ language, text: `Bees in ${language}` })),
  });
  const script = (...scenes: object[]) => ({ script: { scenes }, options: { language: 'en-GB' } });
  expect(wrong(script(translated('de', 'en-us'), translated()))).toEqual([]);
  expect(wrong(script(translated('de', 'DE')))).toEqual([
    'script.scenes[0].translations[1].language',
  ]);
  expect(wrong(script(translated(), translated('en-gb')))).toEqual([
    'script.scenes[1].translations[0].language',
  ]);
  const eight = ['de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da'];
  expect(wrong(script(translated(...eight), translated('pl')))).toEqual([
    'script.scenes[1].translations[0].language',
  ]);
  const captions = { mode: 'none' };
  const silent = { ...script(translated('de')), options: { style: { captions } } };
  expect(wrong(silent)).toEqual(['options.style.captions.mode']);
  const request = generateRequest.parse(script(translated('de', 'fr'), translated('fr')));
  expect(translationsOf(request)).toEqual({
    tracks: [
      { language: 'de', texts: ['Bees in de', ''] },
      { language: 'fr', texts: ['Bees in fr', 'Bees in fr'] },
    ],
  });
  expect(translationsOf(generateRequest.parse({ brief: 'Bees' }))).toBeUndefined();
});

test('the tracks of a timeline lie within it, one caption after the other', () => {
  const track = (language: string, ...starts: number[]) => ({
    language,
    captions: starts.map((start) => ({ start, frames: 50, lines: ['Bienen'] })),
  });
  const timeline = (...captionTracks: object[]) => ({
    timeline: { visuals: [{ frames: 300, colour: '#203040' }], captionTracks },
  });
  expect(wrong(timeline(track('de', 0, 50), track('fr')))).toEqual([]);
  expect(wrong(timeline(track('de'), track('fr', 0, 40, 260)))).toEqual([
    'timeline.captionTracks[1].captions[2]',
    'timeline.captionTracks[1].captions[1].start',
  ]);
  expect(wrong(timeline(track('de'), track('de')))).toEqual(['timeline.captionTracks[1].language']);
  expect(wrong(timeline(track('en-US')))).toEqual(['timeline.captionTracks[0].language']);
});

/** As large as members allow, in letters of three bytes. */
function largest(scenes: number) {
  const items = Array.from({ length: 8 }, () => ({
    label: '国'.repeat(60),
    text: '国'.repeat(300),
  }));
  const scene = {
    narration: '国'.repeat(400),
    visualPrompt: '国'.repeat(1_000),
    figure: { kind: 'steps', title: '国'.repeat(120), items },
  };
  return { script: { scenes: Array.from({ length: scenes }, () => scene) } };
}

test('what is too large to travel with its job is refused with the request, and says how large', () => {
  const most = largest(52);
  expect(wrong(most)).toEqual([]);
  const order = JSON.stringify(orderFrom(generateRequest.parse(most)));
  expect(Buffer.byteLength(order) / MOST_ORDER_BYTES).toBeGreaterThan(0.85);
  expect(wrong(largest(120))).toEqual(['script']);
});
