import { expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import { invalidInput } from '../../problem/invalid-input.js';
import { generateRequest } from '../generate-request.js';
import { orderFrom } from '../order.js';
import { requireFilm } from './check-request.js';
import { cutFrom, timelineFiles, timelineFrom } from './timeline-of.js';

const ASSET = '01a1ff2d-4456-77b6-95bc-cd7b02250dd8';
const BLOB = { sha256: 'a'.repeat(64), bytes: 3, mediaType: 'image/png' };
const bytesOf = (id: string | null | undefined) => (id ? BLOB : undefined);

const BEES = {
  title: 'Bees',
  visuals: [
    { frames: 90, assetId: ASSET, motion: 'in', fit: 'blur' },
    { frames: 60, colour: '#FFCC00', transition: { kind: 'wipe', frames: 12 } },
    { frames: 90, prompt: 'A hive', transition: { kind: 'cut', frames: 1 } },
    { frames: 60, clip: { assetId: ASSET, fromSeconds: 1.5, loop: true } },
    { frames: 60, figure: { kind: 'count', items: [{ value: 80, label: 'bees' }] } },
  ],
  narration: [
    { start: 10, text: 'Bees fly far.' },
    { start: 120, frames: 100, text: 'They come home.' },
  ],
  overlays: [{ kind: 'text', start: 0, frames: 30, lines: ['Bees'] }],
  sounds: [{ kind: 'music', start: 0, frames: 360, name: 'calm', fadeOutFrames: 30 }],
  chapters: [{ start: 0, title: 'Out' }],
};

const parse = (timeline: unknown, options: object = {}) =>
  generateRequest.parse({ timeline, options: { quality: 'draft', ...options } });

function wrong(timeline: unknown, more: object = {}): string[] {
  const { error, data } = generateRequest.safeParse({ timeline, ...more });
  if (error) return fieldsOf(invalidInput(error.issues));
  try {
    requireFilm(data, orderFrom(data));
  } catch (failure) {
    return fieldsOf(failure);
  }
  return [];
}

function fieldsOf(failure: unknown): string[] {
  if (!(failure instanceof Failure)) throw failure;
  return failure.fields.map(({ field }) => field.replace(/^timeline\./, ''));
}

test('a timeline becomes that film: its frames, one scene for each visual, and its own words', () => {
  const request = parse(BEES);
  const order = orderFrom(request);
  expect(order).toMatchObject({
    plan: { targetDurationMs: 12_000 },
    choice: { script: 'own' },
    brief: { text: 'Bees', language: 'en-US' },
  });
  const timeline = timelineFrom(request.timeline!, order.render, bytesOf);
  expect(timeline).toMatchObject({ frames: 360, widthPx: 640, rate: { numerator: 30 } });
  expect(timeline.visuals.map(({ start, source }) => [start, source])).toEqual([
    [0, { colour: '' }],
    [90, { colour: '#ffcc00' }],
    [150, { colour: '' }],
    [240, { clip: { video: BLOB, fromMs: 1_500, toMs: 0, speed: 0, loop: true }, colour: '' }],
    [300, { colour: '' }],
  ]);
  // The motion of the first goes on below the wipe to the second.
  expect(timeline.visuals[0]).toMatchObject({ fit: 'blur', motion: { frames: 102 } });
  expect(timeline.visuals[1]?.transition).toMatchObject({ kind: 'wipe', frames: 12 });
  expect(timeline.visuals[2]).not.toHaveProperty('transition');
  expect(timeline.sounds[0]).toMatchObject({ mood: 'calm', fadeOut: 30, duck: true });
  const cut = cutFrom(request.timeline!, order.render, bytesOf);
  expect(cut.narration).toEqual([
    { id: 'n01', start: 10, frames: 110, text: 'Bees fly far.' },
    { id: 'n02', start: 120, frames: 100, text: 'They come home.' },
  ]);
  expect(cut.shots.map(({ scene }) => [scene.id, scene.visualPrompt, scene.media])).toEqual([
    ['v01', '', BLOB],
    ['v02', '', undefined],
    ['v03', 'A hive', undefined],
    ['v04', '', undefined],
    ['v05', '', undefined],
  ]);
  expect(cut.shots[4]?.scene.figure).toMatchObject({ kind: 'count', items: [{ value: 80 }] });
  expect(
    timelineFiles(request.timeline!).map(({ kind, path }) => [kind, path.join('.')].join(' ')),
  ).toEqual(['picture timeline.visuals.0.assetId', 'clip timeline.visuals.3.clip.assetId']);
});

test('a piece of narration is a text or a recording, which is looked up like any other file', () => {
  const narration = [
    { start: 10, frames: 5, assetId: ASSET },
    { start: 120, text: 'Home.' },
  ];
  const { timeline } = parse({ ...BEES, title: undefined, narration });
  const { render } = orderFrom(parse({ ...BEES, narration }));
  const cut = cutFrom(timeline!, render, bytesOf);
  expect(cut.title).toBe('Home.');
  expect(cut.narration).toEqual([
    { id: 'n01', start: 10, frames: 5, text: '', audio: BLOB },
    { id: 'n02', start: 120, frames: 240, text: 'Home.' },
  ]);
  expect(timelineFrom(timeline!, render, bytesOf).narration[0]).toMatchObject({ audio: BLOB });
  expect(timelineFiles(timeline!)).toContainEqual({
    assetId: ASSET,
    kind: 'sound',
    path: ['timeline', 'narration', 0, 'assetId'],
  });
  expect(wrong({ ...BEES, narration })).toEqual([]);
  const both = { start: 0, text: 'Bees.', assetId: ASSET };
  expect(wrong({ ...BEES, narration: [both, { start: 90 }] })).toEqual([
    'narration[0]',
    'narration[1]',
  ]);
});

test('what cannot be a film is refused by the path of what is wrong', () => {
  const of = (changes: object) => wrong({ ...BEES, ...changes });
  const [first, second] = BEES.visuals;
  expect(of({})).toEqual([]);
  expect(of({ visuals: [] })).toEqual(['visuals']);
  expect(
    of({ visuals: [{ ...first, frames: 10 }], narration: [], overlays: [], sounds: [] }),
  ).toEqual(['visuals']);
  expect(of({ visuals: [{ frames: 90 }, { frames: 90, prompt: 'x', colour: '#000000' }] })).toEqual(
    ['visuals[0]', 'visuals[1]'],
  );
  const clip = { assetId: ASSET, fromSeconds: 3, toSeconds: 2 };
  expect(of({ visuals: [{ frames: 360, clip }] })).toEqual(['visuals[0].clip.toSeconds']);
  expect(of({ visuals: [second, ...BEES.visuals] })).toEqual(['visuals[0].transition']);
  expect(
    of({
      narration: [
        { start: 0, frames: 20, text: 'a' },
        { start: 19, text: 'b' },
      ],
    }),
  ).toEqual(['narration[1].start']);
  const long = 'Bees fly very far to find what they need. '.repeat(10);
  expect(of({ narration: [{ start: 0, frames: 60, text: long }] })).toEqual(['narration[0]']);
  expect(of({ overlays: [{ kind: 'text', start: 350, frames: 30, lines: ['x'] }] })).toEqual([
    'overlays[0]',
  ]);
  const rain = (kind: string, name: string) => ({ kind, name, start: 0, frames: 360 });
  const many = (length: number, kind = 'ambience', name = 'rain') =>
    Array.from({ length }, () => rain(kind, name));
  expect(of({ sounds: many(8) })).toEqual([]);
  expect(of({ sounds: many(9) })).toEqual(['sounds[8].start']);
  expect(of({ sounds: many(20, 'effect', 'tick') })).toEqual([]);
  const words = [{ text: 'a', start: 40, frames: 1 }];
  expect(of({ captions: [{ start: 0, frames: 30, lines: ['a'], words }] })).toEqual([
    'captions[0].words[0]',
  ]);
  expect(
    of({
      chapters: [
        { start: 3, title: 'a' },
        { start: 2, title: 'b' },
      ],
    }),
  ).toEqual(['chapters[0].start', 'chapters[1].start']);
  const motion = { from: { x: 0.1, y: 0.5, width: 0.5 }, to: { x: 0.5, y: 0.5, width: 1 } };
  expect(of({ visuals: [{ ...first, frames: 360, motion }] })).toEqual(['visuals[0].motion.from']);
});

test('the language of a film in which nobody speaks is that of what is written', () => {
  const visuals = [{ frames: 300, colour: '#203040' }];
  const captions = [{ start: 0, frames: 60, lines: ['Пчёлы летят далеко'] }];
  expect(orderFrom(parse({ visuals, captions })).brief.language).toBe('ru-RU');
  expect(orderFrom(parse({ visuals, title: '꿀벌' })).brief.language).toBe('ko-KR');
  const narration = [{ start: 0, text: 'Bees fly far.' }];
  expect(orderFrom(parse({ visuals, captions, narration })).brief.language).toBe('en-US');
});

test('what else would say what is seen, or when, does not stand beside a timeline', () => {
  const more = {
    script: { text: 'Words.' },
    durationMinutes: 1,
    options: { style: { motion: 'in', captions: { look: 'clean' } } },
  };
  expect(wrong(BEES, more)).toEqual(['script', 'durationMinutes', 'options.style.motion']);
  expect(wrong(BEES, { options: { outputs: [{ frameRate: 25 }] } })).toEqual([
    'options.outputs[0].frameRate',
  ]);
  expect(wrong(BEES, { options: { outputs: [{ aspect: '9:16' }] } })).toEqual([]);
});
