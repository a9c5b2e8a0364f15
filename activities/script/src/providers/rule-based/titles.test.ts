import { expect, test } from 'vitest';
import type { WrittenScript } from '../../script-provider.js';
import { STYLES } from '../../styles.js';
import { hasDictionary, write } from '../../testing/scripts.js';

/** What is no single noun that the dictionary knows. */
const ODD_BRIEFS = [
  ['glorp fizzwick', 'Glorp Fizzwick'],
  ['my grandmother’s kitchen', 'My Grandmother’s Kitchen'],
  ['Our new bakery opens on Monday in Leeds', 'Our New Bakery Opens on Monday in Leeds'],
  ['Kubernetes networking', 'Kubernetes Networking'],
  ['The fall of the Roman Empire', 'The Fall of the Roman Empire'],
  ['remote work vs office', 'Remote Work vs Office'],
  ['blorptech 3000 launch', 'Blorptech 3000 Launch'],
  ['Why the sky is blue', 'Why the Sky Is Blue'],
  ['How do bees make honey?', 'How Do Bees Make Honey?'],
  ['42', '42'],
] as const;

/** `npm run test:long` takes them all. */
const STYLES_NOW = process.env['AURA_TEST_SCALE'] === 'long' ? STYLES : STYLES.slice(0, 2);

test.each(ODD_BRIEFS)('the film of "%s" is called that, in any style', async (text, title) => {
  for (const style of STYLES_NOW) {
    expect((await filmOf(text, style)).title).toBe(title);
  }
});

test.each(ODD_BRIEFS.slice(0, 7))(
  'the film of "%s" does not call that a word',
  async (text, _title) => {
    for (const style of STYLES_NOW) {
      const [opening] = (await filmOf(text, style)).scenes;
      expect(opening?.narration).not.toMatch(/\b(?:a|the|single) word\b/i);
    }
  },
);

const made = new Map<string, Promise<WrittenScript>>();

/** Each film is written once, however many tests look at it. */
function filmOf(text: string, style: string): Promise<WrittenScript> {
  const film = made.get(`${text} ${style}`) ?? write({ text, style, seconds: 30 });
  made.set(`${text} ${style}`, film);
  return film;
}

const withDictionary = (await hasDictionary()) ? test : test.skip;

withDictionary('a plain noun gets a title in the manner of the style', async () => {
  const titles = await Promise.all(
    STYLES.map(async (style) => (await write({ text: 'volcanoes', style, seconds: 30 })).title),
  );
  expect(new Set(titles).size).toBeGreaterThan(3);
  for (const title of titles) {
    expect(title).toContain('Volcanoes');
    expect(title).not.toMatch(/\bword|entr(?:y|ies)|record/i);
  }
});
