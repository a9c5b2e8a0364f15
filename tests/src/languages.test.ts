import { afterAll, expect, test } from 'vitest';
import { LANGUAGES, testLanguages } from './films/languages.js';
import { isLong, stopPlainStack } from './harness/index.js';

/** A film in every language by `npm run test:long -- languages`; a few of them are made with the other films. */
if (isLong) {
  testLanguages(LANGUAGES);
  afterAll(stopPlainStack, 60_000);
} else {
  test('films are made in seventeen languages', () => {
    expect(new Set(LANGUAGES).size).toBe(17);
  });
}
