import { expect, test } from 'vitest';
import { invalidInput } from '../problem/invalid-input.js';
import { QUALITIES } from '@aura/proto';
import { generateRequest } from './generate-request.js';
import { ASPECTS } from './output/output-request.js';
import { orderFrom } from './order.js';

const parse = (body: unknown) => generateRequest.safeParse(body);
const orderOf = (body: object) => orderFrom(generateRequest.parse({ brief: 'x', ...body }));

const msOf = (durationMinutes: number) => orderOf({ durationMinutes }).plan.targetDurationMs;

function wrongFields(body: unknown): string[] {
  const { error } = parse(body);
  return error ? invalidInput(error.issues).fields.map(({ field }) => field) : [];
}

test('a brief alone is enough', () => {
  expect(orderOf({})).toEqual({
    brief: { text: 'x', style: '', audience: '', language: 'en-US' },
    plan: { targetDurationMs: 60_000, maxScenes: 120 },
    voice: { voiceId: 'en-US-narrator-f', language: 'en-US' },
    render: { widthPx: 1920, heightPx: 1080, fps: 30, aspect: '16:9', quality: 'standard' },
    tuning: { pacing: false, narration: false, analysis: true },
  });
});

test('null means absent', () => {
  const nulls = { voiceId: null, style: null, durationMinutes: null };
  const options = { audience: null, aspect: null, fps: null, language: null, quality: null };
  expect(orderOf({ ...nulls, options })).toEqual(orderOf({}));
  expect(orderOf({ ...nulls, options: null })).toEqual(orderOf({}));
});

test('every aspect at every quality is even in both directions and has its shape', () => {
  for (const aspect of ASPECTS) {
    for (const quality of QUALITIES) {
      const { widthPx, heightPx } = orderOf({ options: { aspect, quality } }).render;
      const [width, height] = aspect.split(':').map(Number) as [number, number];
      expect([widthPx % 2, heightPx % 2]).toEqual([0, 0]);
      expect(widthPx * height).toBe(heightPx * width);
    }
  }
  const draft = orderOf({ options: { aspect: '9:16', quality: 'draft' } }).render;
  expect([draft.widthPx, draft.heightPx]).toEqual([360, 640]);
  const best = orderOf({ options: { quality: 'maximum' } }).render;
  expect([best.widthPx, best.heightPx]).toEqual([2560, 1440]);
});

test('a film lasts 5 seconds to 30 minutes; 5 seconds may be rounded as minutes are', () => {
  expect([5 / 60, 0.083, 0.0833, 0.5, 30].map(msOf)).toEqual([
    5_000, 5_000, 5_000, 30_000, 1_800_000,
  ]);
  for (const durationMinutes of [0, 0.08, -1, 30.01, 1e9, '1', true, [1]]) {
    expect(wrongFields({ brief: 'x', durationMinutes })).toEqual(['durationMinutes']);
  }
});

test('a length that the brief asks for is the order’s, unless the request says one; neither fits a script of one’s own', () => {
  const brief = 'Create a 30 second video about how lighthouses saved sailors';
  const of = (body: object) => orderOf({ brief, ...body }).plan.targetDurationMs;
  expect(of({})).toBe(30_000);
  expect(of({ durationMinutes: 2 })).toBe(120_000);
  expect(of({ brief: 'Create a 2 second video about tea' })).toBe(5_000);
  expect(of({ brief: 'Create a 2 hour video about tea' })).toBe(1_800_000);
  expect(of({ script: { text: 'Tea is a drink.' } })).toBe(5_000);
  const shorts = {
    brief: 'Create a 10 minute video about tea',
    options: { output: { platform: 'youtube-shorts' } },
  };
  expect(wrongFields(shorts)).toEqual(wrongFields({ ...shorts, durationMinutes: 10 }));
});

test('the language follows the voice where none is asked for', () => {
  expect(orderOf({ voiceId: 'de-DE-narrator-m' }).brief.language).toBe('de-DE');
  expect(orderOf({ voiceId: 'slt' }).voice).toEqual({ voiceId: 'slt', language: 'en-US' });
  expect(orderOf({ options: { language: 'pt-br' } }).voice).toEqual({
    voiceId: 'pt-BR-narrator-f',
    language: 'pt-BR',
  });
});

test('where neither says one, the brief itself tells its language, to the voice too', () => {
  const order = orderOf({ brief: 'Почему море солёное', voiceId: null });
  expect(order.brief.language).toBe('ru-RU');
  expect(order.voice).toEqual({ voiceId: 'ru-RU-narrator-f', language: 'ru-RU' });
  const told = orderOf({ brief: 'Почему море солёное', options: { language: 'en' } });
  expect(told.voice.language).toBe('en');
  expect(orderOf({ brief: 'Почему', voiceId: 'en-US-narrator-m' }).brief.language).toBe('en-US');
});

test('a brief has 1 to 100,000 characters after trimming, counted as people count', () => {
  expect(orderOf({ brief: '  a\n' }).brief.text).toBe('a');
  expect(parse({ brief: '🐝'.repeat(100_000) }).success).toBe(true);
  for (const brief of ['', ' \n\t ', 'x'.repeat(100_001), 5, null, [], {}]) {
    expect(wrongFields({ brief })).toEqual(['brief']);
  }
});

test('text that PostgreSQL cannot hold is refused; odd text is taken as it is', () => {
  for (const bad of ['a\0b', '\ud800', 'x\udc00y']) {
    expect(wrongFields({ brief: bad })).toEqual(['brief']);
    expect(wrongFields({ brief: 'x', style: bad })).toEqual(['style']);
    expect(wrongFields({ brief: 'x', options: { audience: bad } })).toEqual(['options.audience']);
  }
  for (const odd of [
    "'; DROP TABLE jobs; --",
    '${7*7}',
    '<script>',
    '../../etc/passwd',
    '\u202e',
  ]) {
    expect(orderOf({ brief: odd }).brief.text).toBe(odd);
  }
});

test('every wrong field is named, unknown ones too', () => {
  const body = {
    brief: '',
    voiceId: '../x',
    durationMinutes: 99,
    nope: 1,
    options: { aspect: '2:1', fps: 29.97, language: 'klingon!', quality: 'splendid', 'a b': 1 },
  };
  expect(wrongFields(body).toSorted()).toEqual(
    ['brief', 'voiceId', 'durationMinutes', 'nope']
      .concat(['options.aspect', 'options.fps', 'options.language', 'options.quality'])
      .concat('options.a?b')
      .toSorted(),
  );
  for (const fps of [11, 61, '30', null]) {
    expect(wrongFields({ brief: 'x', options: { fps } })).toEqual(fps ? ['options.fps'] : []);
  }
  for (const body of [null, [], 'x', 1, true]) expect(wrongFields(body)).toEqual(['body']);
});

test('who is to make it is part of the order only where somebody was named or left out', () => {
  const choices = [{}, null, { voice: 'auto' }, { voice: 'automatic' }, { voice: null }];
  for (const providers of choices) {
    expect(orderOf({ options: { providers, offline: false } })).toEqual(orderOf({}));
  }
  expect(orderOf({ options: { providers: { voice: 'piper' } } }).choice).toEqual({
    script: '',
    voice: 'piper',
    visuals: '',
    offline: false,
  });
  expect(orderOf({ options: { offline: true } }).choice?.offline).toBe(true);
});

test('names of providers are checked, and stages that have none are refused', () => {
  const wrong = (providers: unknown) => wrongFields({ brief: 'x', options: { providers } });
  expect(wrong({ voice: 'a b' })).toEqual(['options.providers.voice']);
  expect(wrong({ compose: 'ffmpeg' })).toEqual(['options.providers.compose']);
  expect(wrong('openai')).toEqual(['options.providers']);
  expect(wrongFields({ brief: 'x', options: { offline: 'yes' } })).toEqual(['options.offline']);
});

const OWN_PROMPT = 'Write of {{brief}} in {{language}}, {{length}} in {{scenes}} scenes.';

test('how words are spoken and scripts are tuned is part of the order only where it is asked for', () => {
  const nothing = { delivery: null, tuning: { pacing: false }, prompts: { script: null } };
  expect(orderOf({ options: nothing })).toEqual(orderOf({}));
  const options = {
    delivery: { speed: 1.2, pronunciations: [{ word: 'GIF', spoken: 'jif' }] },
    tuning: { pacing: true },
    prompts: { script: OWN_PROMPT },
  };
  expect(orderOf({ options })).toMatchObject({
    voice: { delivery: { speed: 1.2, pauses: 0, pronunciations: [{ word: 'GIF' }] } },
    tuning: { pacing: true, narration: false },
    prompts: { script: OWN_PROMPT, pictures: '' },
  });
  expect(wrongFields({ brief: 'x', options: { delivery: { speed: 3 } } })).toEqual([
    'options.delivery.speed',
  ]);
  const spaced = { pronunciations: [{ word: 'two words', spoken: 'x' }] };
  expect(wrongFields({ brief: 'x', options: { delivery: spaced } })).toEqual([
    'options.delivery.pronunciations[0].word',
  ]);
});

test('a preset fills in what the request leaves open, and nothing else', () => {
  const demo = orderOf({ options: { preset: 'quick-demo' } });
  expect(demo.choice?.offline).toBe(true);
  expect(demo.render.quality).toBe('draft');
  const own = orderOf({ options: { preset: 'quick-demo', quality: 'standard', offline: false } });
  expect(own).toEqual(orderOf({ options: { tuning: { analysis: false } } }));
  const request = generateRequest.parse({ brief: 'x' });
  expect(orderFrom(request, 'quick-demo')).toEqual(demo);
  expect(wrongFields({ brief: 'x', options: { preset: 'fast' } })).toEqual(['options.preset']);
});
