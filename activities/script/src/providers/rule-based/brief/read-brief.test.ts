import { expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import { findRequestIn } from '../languages.js';
import { readBrief } from './read-brief.js';

function read(text: string, language = 'en-US') {
  return readBrief(text, language, findRequestIn(language));
}

test.each([
  ['volcanoes', 'volcanoes'],
  ['The history of tea', 'The history of tea'],
  ['Create a 2 minute video about how bees make honey for children', 'how bees make honey'],
  ['Please make me a short documentary on black holes.', 'black holes'],
  ['Can you create a video explaining why leaves change color?', 'why leaves change color'],
  ['I want a video about coffee in the style of a news report', 'coffee'],
  ['Tell me about the Roman Empire', 'the Roman Empire'],
  ['A 90-second explainer about solar energy for beginners', 'solar energy'],
  ['Make a video on penguins in 60 seconds', 'penguins'],
  ['Are cats smart?', 'Are cats smart?'],
  ['make me something funny about cats', 'cats'],
])('reads the topic of "%s"', (text, topic) => {
  expect(read(text).content).toMatchObject({ form: 'topic', topic });
});

test.each([
  ['Create a 2 minute video about how bees make honey for children', { audience: 'children' }],
  ['I want a video about coffee in the style of a news report', { style: 'news' }],
  ['Please make me a short documentary on black holes.', { style: 'documentary' }],
  ['Make a tutorial for beginners about chess', { style: 'tutorial', audience: 'beginners' }],
])('takes the hints of "%s"', (text, hints) => {
  expect(read(text).hints).toMatchObject(hints);
});

test.each([
  ['de-DE', 'Erstelle ein Video über die Geschichte des Kaffees', 'die Geschichte des Kaffees'],
  ['fr-FR', 'Crée une vidéo sur les volcans', 'les volcans'],
  ['es-ES', 'Crea un video sobre los volcanes', 'los volcanes'],
  ['ru-RU', 'Сделай видео про вулканы', 'вулканы'],
  ['zh-CN', '请制作一个关于火山的视频。', '火山'],
  ['ja-JP', '火山についての動画を作ってください。', '火山'],
])('reads a request in %s', (language, text, topic) => {
  expect(read(text, language).content).toMatchObject({ form: 'topic', topic });
});

test('keeps the number of a counted topic', () => {
  expect(read('Top 10 facts about penguins').content).toMatchObject({
    topic: 'penguins',
    count: 10,
  });
  expect(read('Five things about chess').content).toMatchObject({ topic: 'chess', count: 5 });
});

test('reads wishes after a request as such and not as narration', () => {
  const { content } = read(
    'Create a video about volcanoes for kids. Explain why they erupt. Keep it friendly.',
  );
  expect(content).toMatchObject({ form: 'topic', topic: 'volcanoes', wishes: ['why they erupt'] });
});

test.each([
  ['Brewing coffee\n- Grind the beans\n- Heat the water\n- Pour slowly', 'Brewing coffee', 3],
  ['The water cycle: evaporation; condensation; precipitation', 'The water cycle', 3],
  ['Three pillars: light, water and soil', 'Three pillars', 3],
  ['1. One thing\n2. Another thing', '', 2],
  ['Our trip\nPack the bags\nTake the train\nEnjoy the sea', 'Our trip', 3],
  ['Create a video about tea with the following points:\n* Origins\n* Brewing', 'tea', 2],
])('reads the outline "%s"', (text, title, count) => {
  const { content } = read(text);
  expect(content).toMatchObject({ form: 'outline', title });
  expect(content.form === 'outline' && content.points).toHaveLength(count);
});

test('gives a point what stands below it', () => {
  const { content } = read('Plan\n- Morning\n  - wake up\n  - eat\n- Evening');
  expect(content).toMatchObject({
    points: [{ text: 'Morning', details: ['wake up', 'eat'] }, { text: 'Evening' }],
  });
});

test('uses several sentences as narration, by paragraphs, with their headings', () => {
  const { content } = read(
    '# Bees\n\nBees make honey. They live in hives.\n\n## Winter\n\nIn winter they rest.',
  );
  expect(content).toEqual({
    form: 'text',
    title: '',
    paragraphs: [
      { heading: 'Bees', sentences: ['Bees make honey.', 'They live in hives.'], items: [] },
      { heading: 'Winter', sentences: ['In winter they rest.'], items: [] },
    ],
  });
});

test('leaves speakers, time codes and stage directions out of the narration', () => {
  const { content } = read(
    '[00:00] Narrator: Bees make honey. They are busy.\n\n[music fades]\n\n0:12 - Narrator: Winter comes. They rest.',
  );
  expect(content.form === 'text' && content.paragraphs.map(({ sentences }) => sentences)).toEqual([
    ['Bees make honey.', 'They are busy.'],
    ['Winter comes.', 'They rest.'],
  ]);
});

test.each(['', '   ', '!?…', '🎉🎉', 'x'.repeat(100_000), '\u0000\u0007'])(
  'refuses a brief without words',
  (text) => {
    expect(() => read(text)).toThrow(Failure);
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'InvalidInput:brief' }));
  },
);
