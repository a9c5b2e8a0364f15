import { expect, test } from 'vitest';
import { goodFilm, scene, yardstick } from '../testing/films.js';
import type { FilmAnswer } from './film-contract.js';
import { asOrdered, type Fault } from './fault.js';
import { filmFaults } from './film-faults.js';
import { repairFilm } from './repair-film.js';
import { scriptOf } from './film-script.js';
import { validateScript } from '../validate-script.js';

type Spoil = (film: FilmAnswer) => FilmAnswer;
const narrations =
  (change: (narration: string, at: number) => string): Spoil =>
  (film) => ({
    ...film,
    scenes: film.scenes.map((one, at) => ({ ...one, narration: change(one.narration, at) })),
  });

const MENDED: [name: string, spoil: Spoil, fault: RegExp][] = [
  ['markdown', narrations((text) => `**${text}**`), /scene 1 has markdown/],
  [
    'stage directions',
    narrations((text) => `[Music] ${text} (pause)`),
    /scene 2 has stage directions/,
  ],
  ['speaker labels', narrations((text) => `Narrator: ${text}`), /speaker labels/],
  ['links', narrations((text) => `${text} See https://example.com.`), /links/],
  [
    'a sentence said twice',
    narrations((text, at) =>
      at === 1
        ? `${text} She carries it home in a second stomach that is kept apart from her own food.`
        : text,
    ),
    /scene 2 repeats a sentence of scene 1/,
  ],
  ['no hook', (film) => ({ ...film, hook: ' ' }), /hook is empty/],
  ['no closing', (film) => ({ ...film, closing: '…' }), /closing is empty/],
  ['no title', (film) => ({ ...film, title: '' }), /title is empty/],
  [
    'a scene without narration',
    (film) => ({ ...film, scenes: [...film.scenes, scene('Empty', '')] }),
    /scene 4 has no narration/,
  ],
  [
    'a scene without heading',
    (film) => ({
      ...film,
      scenes: [scene('', film.scenes[0]!.narration), ...film.scenes.slice(1)],
    }),
    /scene 1 has no heading/,
  ],
  [
    'a list without points',
    (film) => ({ ...film, scenes: film.scenes.map((one) => ({ ...one, kind: 'list' })) }),
    /list without points/,
  ],
  [
    'too many scenes',
    (film) => ({
      ...film,
      scenes: film.scenes.flatMap((one) =>
        one.narration
          .split('. ')
          .map((half, at) => scene(`${one.heading} ${at}`, half.endsWith('.') ? half : `${half}.`)),
      ),
    }),
    /6 scenes between hook and closing, not 2: write exactly 2/,
  ],
  [
    'words about itself',
    narrations((text, at) => (at === 0 ? `As an AI language model I like bees. ${text}` : text)),
    /language model/,
  ],
  [
    'words that degrade',
    narrations((text, at) => (at === 0 ? `${text} Kill all the immigrants now.` : text)),
    /.*/,
  ],
  [
    'an endless sentence',
    narrations((text, at) =>
      at === 2 ? `The syrup ${'is fanned by many wings, '.repeat(40)}and dries.` : text,
    ),
    /one breath/,
  ],
];

const orders = (faults: Fault[]) => faults.map(asOrdered).join('\n');
const reasons = (faults: Fault[]) => faults.map(({ what }) => what).join('\n');
/** What only a model is told to do. */
const ORDERS =
  /\b(?:write every|write only|write less|write exactly|write one|say more|say less|leave that out|must)\b/;

test('a good film has no faults, and is mended into itself', () => {
  expect(filmFaults(goodFilm(), yardstick())).toEqual([]);
  const film = repairFilm(goodFilm(), yardstick());
  expect(film?.scenes.map(({ kind }) => kind)).toEqual([
    'title',
    'statement',
    'statement',
    'statement',
    'closing',
  ]);
  expect(film?.scenes[1]?.narration).toBe(goodFilm().scenes[0]?.narration);
  expect(film?.share).toBeGreaterThan(0.85);
});

test.each(MENDED)('%s is named, and mended by rules', (_name, spoil, fault) => {
  const spoiled = spoil(goodFilm());
  const faults = filmFaults(spoiled, yardstick());
  expect(orders(faults)).toMatch(fault);
  expect(reasons(faults)).not.toMatch(ORDERS);
  const film = repairFilm(spoiled, yardstick());
  expect(film).toBeDefined();
  const script = scriptOf(film!, {
    language: 'en-US',
    style: 'documentary',
    provider: 'test',
    warnings: [],
  });
  expect(validateScript(script, { maxScenes: 5 })).toBe(script);
  const said = script.scenes.map(({ narration }) => narration).join('\n');
  expect(said).not.toMatch(/\*\*|\[|Narrator|https|language model|immigrants/);
});

test('another language, hardly any text and no scenes are named, and cannot be mended', () => {
  const german = narrations(
    () =>
      'Die Biene ist nicht nur ein Tier, sondern auch der Anfang von vielen Dingen, die wir mit ihr teilen.',
  )(goodFilm());
  const foreign = filmFaults(
    {
      ...german,
      hook: 'Das ist die Biene, und sie ist auf dem Weg zu den Blumen.',
      closing: 'Und das ist auch das Ende, das wir für sie nicht wollen.',
    },
    yardstick(),
  );
  expect(orders(foreign)).toMatch(/not written in en-US: write every word of it in en-US/);
  expect(reasons(foreign)).not.toMatch(ORDERS);
  const chinese = narrations(
    () => '蜜蜂在花丛中飞舞，它们采集花蜜，然后回到蜂巢里酿造甜美的蜂蜜，供整个冬天食用。',
  )(goodFilm());
  expect(repairFilm(chinese, yardstick())).toBeUndefined();
  const thin = narrations((_text, at) => `Bees are busy ${at}.`)({
    ...goodFilm(),
    hook: 'Look at the bees now.',
    closing: 'Good bye.',
  });
  expect(orders(filmFaults(thin, yardstick()))).toMatch(
    /would last \d+ % of the length that was asked for: say more, about \d+ words/,
  );
  expect(repairFilm(thin, yardstick())).toBeUndefined();
  expect(orders(filmFaults({ ...goodFilm(), scenes: [] }, yardstick()))).toMatch(/0 scenes/);
  expect(repairFilm({ ...goodFilm(), scenes: [] }, yardstick())).toBeUndefined();
});

test('a film that is far too long is shortened to its length, and no scene loses its first sentence', () => {
  const long = narrations(
    (text, at) =>
      `${text} ${Array.from({ length: 8 }, (_, n) => `Another thing about bees is number ${at * 10 + n} on the list.`).join(' ')}`,
  )(goodFilm());
  expect(orders(filmFaults(long, yardstick()))).toMatch(/say less/);
  const film = repairFilm(long, yardstick());
  expect(film?.share).toBeGreaterThan(0.9);
  expect(film?.share).toBeLessThan(1.07);
  const starts = goodFilm().scenes.map(({ narration }) => narration.slice(0, 30));
  for (const start of starts)
    expect(film?.scenes.some(({ narration }) => narration.startsWith(start))).toBe(true);
});

test('one thought too many for the bounds of the film is joined to its neighbour', () => {
  const film = repairFilm(goodFilm(), yardstick({ maxScenes: 2 }));
  expect(film?.scenes).toHaveLength(2);
  expect(repairFilm(goodFilm(), yardstick({ maxScenes: 1 }))?.scenes).toHaveLength(1);
});

test('a scene that holds half the film becomes several', () => {
  const [first, ...rest] = goodFilm().scenes;
  const one = scene('All of it', [first!, ...rest].map(({ narration }) => narration).join(' '));
  const film = repairFilm({ ...goodFilm(), scenes: [one] }, yardstick({ maxScenes: 12 }));
  expect(film!.scenes.length).toBeGreaterThan(3);
  expect(new Set(film!.scenes.map(({ heading }) => heading)).size).toBeGreaterThan(2);
});

test('answers without end and half an hour of film are judged within seconds', () => {
  const sentences = (count: number, from: number) =>
    Array.from(
      { length: count },
      (_, n) => `This is remark number ${from + n} on bees and honey.`,
    ).join(' ');
  const endless = {
    ...goodFilm(),
    scenes: Array.from({ length: 400 }, (_, at) => scene(`Part ${at}`, sentences(25, at * 25))),
  };
  const half = yardstick({ seconds: 1_800, maxScenes: 120 });
  const long = { ...endless, scenes: endless.scenes.slice(0, 80) };
  const startedAt = performance.now();
  expect(filmFaults(endless, yardstick()).length).toBeGreaterThan(0);
  expect(repairFilm(endless, yardstick())).toBeUndefined();
  expect(orders(filmFaults(long, half))).toMatch(/say less/);
  const film = repairFilm(long, half);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(film?.scenes.length).toBeLessThanOrEqual(120);
  expect(film?.share).toBeLessThan(1.07);
  expect(film?.share).toBeGreaterThan(0.9);
});
