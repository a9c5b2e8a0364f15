import { expect, test } from 'vitest';
import { languageOf } from './language-of.js';

test.each([
  ['ru-RU', 'Почему море солёное'],
  ['el-GR', 'Γιατί η θάλασσα είναι αλμυρή'],
  ['ar-SA', 'لماذا البحر مالح'],
  ['he-IL', 'למה הים מלוח'],
  ['hi-IN', 'समुद्र का पानी खारा क्यों होता है'],
  ['ko-KR', '바다는 왜 짠가요'],
  ['ja-JP', '海はなぜ塩辛いのか'],
  ['zh-CN', '为什么海水是咸的'],
  ['th-TH', 'ทำไมน้ำทะเลถึงเค็ม'],
])('the writing alone tells %s', (language, brief) => {
  expect(languageOf(brief)).toBe(language);
});

test.each([
  [
    'de-DE',
    'Das Meer ist salzig, weil die Flüsse das Salz der Steine mit sich tragen. Es bleibt zurück.',
  ],
  [
    'fr-FR',
    'La mer est salée parce que les fleuves apportent le sel des roches, et ce sel reste dans les océans.',
  ],
  [
    'es-ES',
    'El mar es salado porque los ríos llevan la sal de las rocas y el agua del mar se evapora.',
  ],
  [
    'it-IT',
    'Il mare è salato perché i fiumi portano il sale delle rocce, e il sale non evapora più.',
  ],
  [
    'pt-BR',
    'O mar é salgado porque os rios levam o sal das rochas, e a água não leva o sal quando evapora em nuvens.',
  ],
  [
    'nl-NL',
    'De zee is zout omdat de rivieren het zout van de stenen meenemen, en het zout blijft in de zee.',
  ],
])('small words tell %s', (language, brief) => {
  expect(languageOf(brief)).toBe(language);
});

test.each([
  'Why the sea is salty',
  'x',
  '2026!',
  'Create a listicle about five habits of calm people: They say no without a speech. They do one thing at a time.',
  'Explain the German words der, die and das to people who learn the language',
  'Explain "die" and "das", "der" and "den", "und" and "mit" as they are used by children',
  'El Niño and La Niña: how the oceans of the world make the weather in Los Angeles',
  'El Greco, Los Angeles, Las Vegas, El Paso, Del Mar: Spanish names',
  'The word Логос in Greek and Russian texts',
  'Das Auto',
])('what is English, short or doubtful stays English: %s', (brief) => {
  expect(languageOf(brief)).toBe('en-US');
});

test('a text of the greatest length takes no time', () => {
  const startedAt = performance.now();
  languageOf('a '.repeat(50_000));
  languageOf('海'.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(500);
});
