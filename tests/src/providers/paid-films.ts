import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Vendor } from '@aura/vendors';
import {
  generate,
  metadataOf,
  post,
  smallFilm,
  until,
  untilSucceeded,
  untilTerminal,
  type Metadata,
  type Stack,
} from '../harness/index.js';
import { clipFilm } from './clip-film.js';
import { line } from './expected-report.js';
import { ledgerFaults, MOST_AT_ONCE, usdFaults } from './ledger-check.js';
import { freshWords, orderOfWords } from './own-words.js';
import { resetVendors, vendorStack, type VendorStack } from './vendor-stack.js';
import { watchedFilm } from './watched-film.js';

/** Films by vendors: what they are asked, what they bill, and what becomes of a film when they fail. */
const SPEECH = 'POST /v1/text-to-speech/*';
const PICTURES = 'POST /v1/images/generations';
const CAP_USD = 5;
let stack: Stack;
let vendors: VendorStack['vendors'];
let all: readonly Vendor[];
let killWorker: VendorStack['killWorker'];

beforeAll(async () => {
  ({ stack, vendors, all, killWorker } = await vendorStack());
}, 120_000);

afterEach(resetVendors);

/** Requests that were accepted, free ones left out. */
const accepted = (): number => all.flatMap(paid).length;
const paid = (vendor: Vendor) => vendor.bill().entries.filter(({ costUsd }) => costUsd > 0);

async function madeOf(id: string): Promise<Metadata> {
  await untilSucceeded(stack, id, 120_000);
  return metadataOf(stack, id);
}

const madeOfWords = async (words: readonly string[]) => madeOf(await orderOfWords(stack, words));

test('a film by those who come first: each unit is asked for once, and the ledger is the bill to the cent', async () => {
  const metadata = await metadataOf(stack, await watchedFilm(await vendorStack(), 12));
  expect(metadata.downgrades).toEqual([]);
  expect(metadata.warnings.map(({ code }) => code)).not.toContain('LengthMissed');
  const { cost, analysis } = metadata;
  expect(analysis).toMatchObject({ by: 'openai', scenes: { length: metadata.scenes } });
  expect(cost).toMatchObject({ possibleUsd: 0, unknown: [], calls: accepted() });
  expect(ledgerFaults(cost, all, { cutOff: 0, capUsd: CAP_USD })).toEqual([]);
  const entries = all.flatMap(paid);
  expect(cost!.usd).toBeGreaterThan(0);
  expect(cost!.usd).toBeCloseTo(sum(entries.map(({ costUsd }) => costUsd)), 4);
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(entries.length);
}, 180_000);

test('where a scene wishes for movement a stock clip is shown, and clips of the user’s own move and begin anew', async () => {
  const { replacements, warnings, sources, credits, colours } = await clipFilm(stack);
  expect([replacements, warnings]).toEqual([[], []]);
  expect(sources).toMatchObject([{ clip: { loop: true } }, { clip: { loop: true, speed: 1 } }]);
  expect(credits).toEqual(['Pexels']);
  const [first, second] = colours.map(({ red, blue }) => red - blue);
  expect(first! * second!).toBeLessThan(-1_000);
}, 180_000);

test('a budget of nothing makes the film with those who are free; a strict one ends it', async () => {
  const id = await generate(stack, { options: { budgetUsd: 0 } });
  const { cost, downgrades } = await madeOf(id);
  expect([cost?.usd ?? 0, cost?.possibleUsd ?? 0, accepted()]).toEqual([0, 0, 0]);
  expect(new Set(downgrades.map(({ code }) => code))).toEqual(new Set(['BUDGET_EXCEEDED']));
  const strict = await generate(stack, { options: { budgetUsd: 0, overBudget: 'fail' } });
  const { status, error } = await untilTerminal(stack, strict);
  expect([status, (error as { code: string }).code]).toEqual(['failed', 'BUDGET_EXCEEDED']);
}, 180_000);

test('offline nothing is asked; a provider that is named and cannot work is told at once', async () => {
  const { downgrades } = await madeOf(await generate(stack, { options: { offline: true } }));
  expect(downgrades).toEqual([]);
  // Workers may look meanwhile whether the vendors are there; that costs nothing.
  expect(accepted()).toBe(0);
  for (const [stage, name, why] of [
    ['script', 'openai-compatible', 'OPENAI_COMPATIBLE_BASE_URL is not set'],
    ['voice', 'siri', 'must be one of'],
  ]) {
    const wish = smallFilm({ options: { providers: { [stage!]: name } } });
    const response = await post(`${stack.url}/api/videos/generate`, wish);
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    expect([response.status, code]).toEqual([400, `InvalidInput:options.providers.${stage}`]);
    expect(detail).toContain(why);
  }
}, 180_000);

test('an estimate names who would work and what it costs, and asks nobody', async () => {
  const response = await post(`${stack.url}/api/videos/estimate`, smallFilm({ seconds: 60 }));
  const estimate = (await response.json()) as { likelyUsd: number; worstUsd: number };
  expect(response.status).toBe(200);
  expect(estimate).toMatchObject({
    stages: [{ provider: 'openai' }, { provider: 'elevenlabs' }, { provider: 'openai' }],
  });
  expect(estimate.likelyUsd).toBeGreaterThan(0);
  expect(estimate.worstUsd).toBeGreaterThan(estimate.likelyUsd);
  expect(accepted()).toBe(0);
}, 60_000);

test('who fails at a scene is replaced at that scene only, and asked again only that scene is made anew', async () => {
  const words = freshWords(2);
  vendors.elevenlabs.faults([{ route: SPEECH, match: words[0]!, kind: 'status', status: 500 }]);
  vendors.openai.faults([{ route: PICTURES, match: words[1]!, kind: 'status', status: 503 }]);
  const replaced = await madeOfWords(words);
  expect(replaced.downgrades.map(line).toSorted()).toEqual([
    'Visuals s02 openai → comfyui API_ERROR',
    'Voice s01 elevenlabs → openai API_ERROR',
  ]);

  await resetVendors();
  const again = await madeOfWords(words);
  expect(again.downgrades).toEqual([]);
  const asked = all.flatMap((vendor) => vendor.bill().entries.map(({ route }) => route));
  expect(asked.map((route) => route.split(' ')[1] ?? '').toSorted()).toEqual([
    '/v1/images/generations',
    '/v1/text-to-speech/{voice}/with-timestamps',
  ]);
}, 300_000);

test('a key that is refused in the middle of a job is left alone for the rest of it; a reply that is lost after it was billed is shown as possible cost', async () => {
  vendors.openai.faults([{ route: PICTURES, calls: { from: 2 }, kind: 'unauthorized' }]);
  vendors.elevenlabs.faults([{ route: SPEECH, calls: 2, kind: 'lost-reply' }]);
  const { downgrades, scenes, cost } = await madeOfWords(freshWords(3));
  const codes = new Set(downgrades.map(({ stage, code }) => `${stage} ${code}`));
  expect([...codes]).toEqual(['Visuals AUTH_FAILED']);
  const refused = vendors.openai.requests().filter(({ status }) => status === 401);
  expect(refused.length).toBeLessThan(scenes);
  // Every scene was spoken by whoever was asked first.
  expect(cost!.unknown).toMatchObject([{ provider: 'elevenlabs' }]);
  expect(cost!.possibleUsd).toBeGreaterThan(0);
  expect(ledgerFaults(cost, all, { cutOff: 0, capUsd: CAP_USD })).toEqual([]);
}, 180_000);

test('a worker that is killed during a paid call costs one call more at most, and it is shown', async () => {
  vendors.elevenlabs.faults([{ route: SPEECH, calls: 2, kind: 'hang' }]);
  const id = await orderOfWords(stack, freshWords(2));
  await until('a call hangs', () =>
    vendors.elevenlabs.requests().some(({ fault }) => fault === 'hang'),
  );
  await killWorker();
  const { cost } = await madeOf(id);
  expect(cost!.unknown.map(({ provider }) => provider)).toContain('elevenlabs');
  // Only what was in flight at the kill may have been asked for twice.
  const asked = vendors.elevenlabs.requests().filter(({ method }) => method === 'POST');
  const again = asked.length - new Set(asked.map(({ url, text }) => url + text)).size;
  expect(again).toBeLessThanOrEqual(cost!.unknown.length);
  expect(ledgerFaults(cost, all, { cutOff: MOST_AT_ONCE, capUsd: CAP_USD })).toEqual([]);
  expect(usdFaults(cost, all)).toEqual([]);
}, 240_000);

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
