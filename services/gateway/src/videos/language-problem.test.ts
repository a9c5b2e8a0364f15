import { expect, test } from 'vitest';
import { languageProblem } from './language-problem.js';

test.each(['en', 'en-US', 'pt-br', 'zh-Hant-TW', 'cmn', 'es-419', 'quc', 'no', 'sh'])(
  '%s is a language',
  (tag) => {
    expect(languageProblem(tag)).toBeUndefined();
  },
);

test.each([
  ['English', '"en" for English'],
  ['english', '"en" for English'],
  ['Deutsch', '"de" for German'],
  ['français', '"fr" for French'],
  ['Spanish', '"es" for Spanish'],
  ['xx-YY', 'such as "en-US"'],
  ['zz', 'such as "en-US"'],
  ['elvish', 'such as "en-US"'],
  ['en_US', 'such as "en-US"'],
  ['', 'such as "en-US"'],
])('%p is none, and it is said which tag would do', (value, words) => {
  expect(languageProblem(value)).toContain(`must be a BCP 47 language tag`);
  expect(languageProblem(value)).toContain(words);
});
