import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedOf, knownRates, learnRates, placesOf, RATED_UNITS, type Rate } from './rates.js';
import { startTestDatabase, type TestDatabase } from './testing/test-database.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
}, 120_000);
afterAll(() => server.stop());

const render = { widthPx: 640, heightPx: 360, fps: 12, quality: 'draft' };
const makers = { script: ['rules'], voice: ['flite'], visuals: ['cards'] };
const film = { durationMs: 20_000, render, makers };
const WALL = { kind: 'wall', provider: '', size: '', value: 0.5 } as const;
const rates = (each: number): Rate[] => [
  ...RATED_UNITS.flatMap((unit) => placesOf(unit, film).map((one) => ({ ...one, value: each }))),
  WALL,
];

test('a film is expected to take what its units have taken, each for its makers and its size', () => {
  const known = rates(100);
  const expected = expectedOf(film, known);
  expect(expected?.totalMs).toBe(5 * 100 * 40 * 0.5);
  expect(expected?.shares).toMatchObject({ script: 0.2, narration: 0.2, mux: 0.2 });
  expect(expectedOf({ ...film, durationMs: 40_000 }, known)?.totalMs).toBe(15_000);
  // Who draws only what others do not is asked first.
  const chain = { ...makers, visuals: ['figures', 'cards'] };
  expect(expectedOf({ ...film, makers: chain }, known)).toEqual(expected);
  const others = [
    { ...film, makers: { ...makers, voice: ['another'] } },
    { ...film, render: { ...render, heightPx: 720, widthPx: 1280 } },
    { ...film, render: { ...render, quality: 'premium' } },
  ];
  // What nobody has made yet is not guessed.
  for (const other of others) expect(expectedOf(other, known)).toBeUndefined();
  expect(expectedOf(film, rates(100).slice(0, -1))).toBeUndefined();
});

test('what is new counts more than what is old, and many learn at once without losing a sample', async () => {
  const { database } = server;
  await learnRates(database, []);
  await Promise.all(Array.from({ length: 20 }, () => learnRates(database, rates(100))));
  expect(await database.rate.findMany({ select: { samples: true }, distinct: 'samples' })).toEqual([
    { samples: 20 },
  ]);
  for (let turn = 0; turn < 10; turn += 1) await learnRates(database, rates(200));
  const known = await knownRates(database);
  const { value } = known.find(({ kind }) => kind === 'encodeSegment') ?? { value: 0 };
  expect(value).toBeGreaterThan(185);
  expect(value).toBeLessThan(200);
  expect(expectedOf(film, known)?.totalMs).toBeGreaterThan(18_000);
});
