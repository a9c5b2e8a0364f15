import { expect, test } from 'vitest';
import { contradictsScript, detectLanguage, hasSameLetters } from './language.js';

test.each([
  ['Пчёлы делают мёд.', 'ru'],
  ['蜂は蜜を集めます。', 'ja'],
  ['蜜蜂采集花蜜。', 'zh'],
  ['꿀벌은 꿀을 모읍니다.', 'ko'],
  ['Die Bienen sammeln den Nektar und bringen ihn in den Stock.', 'de'],
  ['Les abeilles récoltent le nectar des fleurs et en font du miel.', 'fr'],
  ['The bees collect nectar and bring it to the hive.', 'en'],
])('knows the language of "%s"', (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});

test('English that shares its small words with others stays English', () => {
  const habits =
    'Create a listicle about five habits of calm people: They say no without a speech. ' +
    'They do a walk every day. They keep one hour without a screen.';
  expect([undefined, 'en']).toContain(detectLanguage(habits));
});

test('says nothing where nothing can be told', () => {
  expect(detectLanguage('Volcano')).toBeUndefined();
  expect(detectLanguage('12345')).toBeUndefined();
});

test('sees a text in letters that the language does not have', () => {
  expect(contradictsScript('Пчёлы делают мёд.', 'en-US')).toBe(true);
  expect(contradictsScript('Пчёлы делают мёд.', 'uk')).toBe(false);
  expect(contradictsScript('Tokyo', 'ja-JP')).toBe(false);
});

test('Ukrainian is told from Russian, and a language that shares its letters with another is not taken for it', () => {
  expect(detectLanguage('Море старше за будь-яку гору. Двічі на день воно приходить.')).toBe('uk');
  expect(detectLanguage('Море старше любой горы. Эти волны приходят и уходят.')).toBe('ru');
  expect(hasSameLetters('ru', 'bg')).toBe(true);
  expect(hasSameLetters('ar', 'fa')).toBe(true);
  expect(hasSameLetters('ru', 'en')).toBe(false);
  expect(hasSameLetters('zh', 'ko')).toBe(false);
});
