import { expect, test } from 'vitest';
import fc from 'fast-check';
import { priceOverrides } from './price-overrides.js';
import { PRICES } from './price-table.js';
import { costOf, freePrice, type Price } from './prices.js';

const find = (vendor: string, model: string, variant?: string): Price => {
  return PRICES.find(vendor, model, variant);
};

test.each<[vendor: string, model: string, usage: object, usd: number]>([
  ['openai', 'gpt-4o-mini', { inputTokens: 1_000_000, outputTokens: 100_000 }, 0.21],
  ['openai', 'gpt-4o-mini', { inputTokens: 1_000_000, cachedInputTokens: 400_000 }, 0.12],
  ['openai', 'gpt-4o-mini-2024-07-18', { outputTokens: 1_000_000 }, 0.6],
  ['openai', 'tts-1', { characters: 1_000 }, 0.015],
  ['openai', 'gpt-image-1', { pictures: 1, outputTokens: 6_240 }, 0.2496],
  ['anthropic', 'claude-haiku-4-5-20251001', { inputTokens: 1_000, outputTokens: 1_000 }, 0.006],
  ['elevenlabs', 'eleven_multilingual_v2', { characters: 1_000 }, 0.1],
  ['elevenlabs', 'eleven_flash_v2_5', { characters: 1_000 }, 0.05],
])('%s %s: %j is %d dollars', (vendor, model, usage, usd) => {
  expect(costOf(find(vendor, model), usage)).toBeCloseTo(usd, 9);
});

test('a picture costs by its size and quality, and one of an unknown size as much as the dearest', () => {
  expect(find('openai', 'dall-e-3', '1024x1024/standard').perPicture).toBe(0.04);
  expect(find('openai', 'dall-e-3', '1792x1024/hd').perPicture).toBe(0.12);
  expect(find('openai', 'dall-e-3', '4096x4096/hd').perPicture).toBe(0.12);
});

test('a model that is not in the table costs no less than any of its vendor; other vendors have no price', () => {
  const usage = {
    inputTokens: 1e6,
    cachedInputTokens: 5e5,
    outputTokens: 1e6,
    characters: 1e6,
    pictures: 1,
  };
  const unknown = costOf(find('openai', 'gpt-9-ultra'), usage);
  for (const model of ['gpt-4o', 'gpt-5.5', 'tts-1-hd', 'gpt-image-1', 'dall-e-3']) {
    expect(costOf(find('openai', model), usage)).toBeLessThanOrEqual(unknown);
  }
  expect(PRICES.listed('ollama', 'llama3.1:8b')).toBeUndefined();
  expect(find('router', 'meta/llama').isGuess).toBe(true);
});

test('what is not known is a guess; models and dated names of a family are none', () => {
  const guessed = (vendor: string, model: string) => find(vendor, model).isGuess === true;
  const asked = ['gpt-9-ultra', 'gpt-4o-mini-search', 'gpt-4o-mini', 'gpt-4o-mini-2024-07-18'];
  expect(asked.map((model) => guessed('openai', model))).toEqual([true, true, false, false]);
  expect(guessed('router', 'meta/llama')).toBe(true);
});

test('a name that merely begins like a model is another model', () => {
  expect(find('openai', 'gpt-4o-mini-search').source).toContain('dearest');
  expect(find('openai', 'gpt-5.5').inputPerMillion).toBe(5);
});

test('what runs on own machines costs nothing, however much of it', () => {
  expect(costOf(freePrice('ollama'), { inputTokens: 1e9, pictures: 1e6, seconds: 1e6 })).toBe(0);
});

test('every row says whose page it is from and when, and costs something', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('openai', 'anthropic', 'elevenlabs'),
      fc.string(),
      (vendor, model) => {
        const price = find(vendor, model);
        expect(price.source.length).toBeGreaterThan(5);
        expect(price.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
        const all = { inputTokens: 1, outputTokens: 1, characters: 1, pictures: 1 };
        expect(costOf(price, all)).toBeGreaterThan(0);
      },
    ),
  );
});

test('an operator’s own prices stand above the table', () => {
  const own = priceOverrides(
    ' elevenlabs/eleven_v3 = charactersPerMillion:220 ; router/meta/llama:70b=inputPerMillion:0.1,outputPerMillion:0.2;',
    '2026-11-21',
  );
  const list = PRICES.with(own);
  expect(list.find('elevenlabs', 'eleven_v3')).toEqual({
    vendor: 'elevenlabs',
    model: 'eleven_v3',
    charactersPerMillion: 220,
    source: 'set by the operator',
    asOf: '2026-11-21',
  });
  expect(list.find('router', 'meta/llama:70b')?.outputPerMillion).toBe(0.2);
  expect(list.find('elevenlabs', 'eleven_flash_v2')?.charactersPerMillion).toBe(50);
  expect(priceOverrides('', '2026-11-21')).toEqual([]);
});

test.each([
  'x',
  'openai=perPicture:1',
  'openai/m=',
  'openai/m=perPicture',
  'openai/m=perPicture:-1',
  'openai/m=perPicture:1e3',
  'openai/m=source:1',
  '/m=perPicture:1',
])('an override that cannot be read is named: %s', (setting) => {
  expect(() => priceOverrides(setting, '2026-11-21')).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG' }),
  );
});
