import { expect, test } from 'vitest';
import { invalidInput } from '../problem/invalid-input.js';
import { generateRequest } from './generate-request.js';
import { orderFrom } from './order.js';

function wrongFields(body: unknown): string[] {
  const { error } = generateRequest.safeParse(body);
  return error ? invalidInput(error.issues).fields.map(({ field }) => field) : [];
}

const orderOf = (body: object) => orderFrom(generateRequest.parse(body));
const wrong = (script: unknown) => wrongFields({ script });
const say = (narration: string, more: object = {}) => ({ narration, ...more });

test('a script stands in the place of a brief, and is spoken by its own provider alone', () => {
  const text =
    'Das Meer ist salzig, weil die Flüsse Salz von den Felsen mit sich tragen. Und es bleibt.';
  const order = orderOf({ script: { text } });
  expect(order).toMatchObject({
    brief: { text, language: 'de-DE' },
    script: { text, title: '', scenes: [] },
    choice: { script: 'own', voice: '', visuals: '', offline: false },
  });
  expect(order.plan.targetDurationMs).toBeGreaterThan(5_000);
  expect(orderOf({ script: { text }, durationMinutes: 2 }).plan.targetDurationMs).toBe(120_000);
  expect(orderOf({ brief: 'The sea', script: { text } }).brief.text).toBe('The sea');
});

test('a scene may bring the data that it tells of, whole and within bounds', () => {
  const bars = { kind: 'bars', unit: '%', items: [{ label: 'Coal', value: 36 }] };
  const { script } = orderOf({ script: { scenes: [say('One.', { figure: bars })] } });
  expect(script?.scenes[0]?.figure).toEqual({
    kind: 'bars',
    title: '',
    unit: '%',
    source: '',
    items: [{ label: 'Coal', value: 36, text: '' }],
  });
  const wrongIn = (figure: object) => wrong({ scenes: [say('One.', { figure })] });
  const figure = 'script.scenes[0].figure';
  expect(wrongIn({ kind: 'bars', items: [{ label: 'Coal' }] })).toEqual([
    `${figure}.items[0].value`,
  ]);
  expect(wrongIn({ kind: 'steps', items: [{ value: 1 }] })).toEqual([`${figure}.items[0].label`]);
  expect(wrongIn({ kind: 'quote', items: [{ label: 'A' }] })).toEqual([`${figure}.items[0].text`]);
  const nine = Array.from({ length: 9 }, (_, value) => ({ value }));
  expect(wrongIn({ kind: 'line', items: nine })).toEqual([`${figure}.items`]);
  expect(wrongIn({ kind: 'bars', items: [{ value: Number.NaN }] })).toHaveLength(1);
  expect(wrongIn({ kind: 'pie', items: [] })).toHaveLength(2);
});

test('scenes keep what they are given; what is left open is empty', () => {
  const { script, brief } = orderOf({
    script: { title: 'T', scenes: [say('One.', { kind: 'list', points: ['a'], heading: null })] },
  });
  expect(brief.text).toBe('One.');
  expect(script).toEqual({
    text: '',
    title: 'T',
    scenes: [
      {
        narration: 'One.',
        heading: '',
        kind: 'list',
        points: ['a'],
        visualPrompt: '',
        keywords: [],
      },
    ],
  });
});

test('a job without a script has none in its order', () => {
  expect(orderOf({ brief: 'x' })).not.toHaveProperty('script');
  expect(orderOf({ brief: 'x', script: null })).not.toHaveProperty('choice');
});

test('a request names what is wrong with its script', () => {
  expect(wrongFields({})).toEqual(['brief']);
  expect(wrong({})).toEqual(['script']);
  expect(wrong('text')).toEqual(['script']);
  expect(wrong({ text: 'a', scenes: [say('b')] })).toEqual(['script.text']);
  expect(wrong({ text: 'a', body: 'b' })).toEqual(['script.body']);
  for (const text of ['', ' ', '…!', 'a\0b', '\ud800 a', 'a'.repeat(50_001), 7]) {
    expect(wrong({ text })).toEqual(['script.text']);
  }
  expect(wrong({ scenes: [] })).toEqual(['script.scenes']);
  expect(wrong({ scenes: Array(121).fill(say('a')) })).toEqual(['script.scenes']);
  expect(wrong({ scenes: Array(120).fill(say('a')) })).toEqual([]);
  expect(wrong({ scenes: Array(30).fill(say('A bee. '.repeat(340))) })).toEqual(['script.scenes']);
});

test('a scene names what is wrong with it', () => {
  const wrongScene = (scene: unknown) => wrong({ scenes: [say('a'), scene] });
  for (const narration of [undefined, '', 'a\0', 'a'.repeat(2_501), 'ab '.repeat(240)]) {
    expect(wrongScene({ narration })).toEqual(['script.scenes[1].narration']);
  }
  expect(wrongScene(say('a', { kind: 'poem' }))).toEqual(['script.scenes[1].kind']);
  expect(wrongScene(say('a', { kind: 'list' }))).toEqual(['script.scenes[1].points']);
  expect(wrongScene(say('a', { heading: 'a'.repeat(61) }))).toEqual(['script.scenes[1].heading']);
  expect(wrongScene(say('a', { points: ['a', '?'] }))).toEqual(['script.scenes[1].points[1]']);
  expect(wrongScene(say('a', { keywords: Array(9).fill('a') }))).toEqual([
    'script.scenes[1].keywords',
  ]);
  expect(wrongScene(say('a', { url: 'http://x' }))).toEqual(['script.scenes[1].url']);
});

test('nobody else writes a script that is there, and none is spoken that is not', () => {
  const choose = (script: string) => ({ options: { providers: { script } } });
  const field = 'options.providers.script';
  expect(wrongFields({ script: { text: 'a' }, ...choose('openai') })).toEqual([field]);
  expect(wrongFields({ script: { text: 'a' }, ...choose('own') })).toEqual([]);
  expect(wrongFields({ brief: 'a', ...choose('own') })).toEqual(['script']);
});
