import { PriceList, type Price } from './prices.js';

/**
 * List prices in US dollars, without tax, batches, tiers and regional surcharges. Vendors change them when they like: each
 * says whose page it is from and when that page, or a guide that quotes it, said so, and `priceOverrides` puts newer ones above. Local
 * programs and stock libraries are not in here, since they cost nothing.
 */
const TABLE: readonly Price[] = [
  ...listed('openai', 'OpenAI, API pricing', '2026-06-04', [
    text('gpt-5.4', 2.5, 0.25, 15),
    text('gpt-5.4-mini', 0.75, 0.075, 4.5),
    text('gpt-5.4-nano', 0.2, 0.02, 1.25),
    text('gpt-5.5', 5, 0.5, 30),
  ]),
  ...listed('openai', 'OpenAI, API pricing', '2026-04-06', [
    text('gpt-4o', 2.5, 1.25, 10),
    text('gpt-4o-mini', 0.15, 0.075, 0.6),
    text('gpt-4.1', 2, 0.5, 8),
    text('gpt-4.1-mini', 0.4, 0.1, 1.6),
    text('gpt-4.1-nano', 0.1, 0.025, 0.4),
    // Speech by character, pictures by picture.
    { model: 'tts-1', charactersPerMillion: 15 },
    { model: 'tts-1-hd', charactersPerMillion: 30 },
    ...pictures('dall-e-3', {
      '1024x1024/standard': 0.04,
      '1792x1024/standard': 0.08,
      '1024x1792/standard': 0.08,
      '1024x1024/hd': 0.08,
      '1792x1024/hd': 0.12,
      '1024x1792/hd': 0.12,
    }),
    ...pictures('dall-e-2', { '256x256': 0.016, '512x512': 0.018, '1024x1024': 0.02 }),
  ]),
  ...listed('openai', 'OpenAI, API pricing', '2026-03-21', [
    text('gpt-5', 1.25, 0.125, 10),
    text('gpt-5-mini', 0.25, 0.025, 2),
    text('gpt-5-nano', 0.05, 0.005, 0.4),
    text('gpt-5.1', 1.25, 0.125, 10),
    // Speech and pictures by tokens: those of the sound and of the picture are output. Nothing but text is ever sent in, which
    // costs less than pictures would.
    { model: 'gpt-4o-mini-tts', inputPerMillion: 0.6, outputPerMillion: 12 },
    { model: 'gpt-image-1', inputPerMillion: 5, outputPerMillion: 40 },
    { model: 'gpt-image-1-mini', inputPerMillion: 2, outputPerMillion: 8 },
    { model: 'gpt-image-1.5', inputPerMillion: 5, outputPerMillion: 32 },
  ]),
  ...listed('anthropic', 'Anthropic, Claude platform documentation, Pricing', '2026-03-21', [
    text('claude-haiku-4-5', 1, 0.1, 5),
    text('claude-sonnet-4-5', 3, 0.3, 15),
    text('claude-sonnet-4-6', 3, 0.3, 15),
    text('claude-opus-4-1', 15, 1.5, 75),
    text('claude-opus-4-5', 5, 0.5, 25),
    text('claude-opus-4-6', 5, 0.5, 25),
  ]),
  // For prompts of up to 100,000 tokens; ours are far shorter.
  ...listed(
    'anthropic',
    'Anthropic, Claude platform documentation, Claude Haiku 5.5',
    '2026-11-21',
    [text('claude-haiku-5-5', 0.1, 0.01, 0.5)],
  ),
  ...listed('anthropic', 'Anthropic, Claude platform documentation, Models', '2026-11-21', [
    text('claude-sonnet-5', 2, 0.2, 10),
    text('claude-sonnet-5-5', 2, 0.2, 10),
    text('claude-opus-5', 5, 0.5, 25),
    text('claude-opus-5-5', 4, 0.2, 20),
  ]),
  ...listed('elevenlabs', 'ElevenLabs, API pricing; plans with credits differ', '2026-06-01', [
    { model: 'eleven_v3', charactersPerMillion: 100 },
    { model: 'eleven_multilingual_v2', charactersPerMillion: 100 },
    { model: 'eleven_flash_v2_5', charactersPerMillion: 50 },
    { model: 'eleven_flash_v2', charactersPerMillion: 50 },
    { model: 'eleven_turbo_v2_5', charactersPerMillion: 50 },
    { model: 'eleven_turbo_v2', charactersPerMillion: 50 },
  ]),
  ...listed('deepgram', 'Deepgram, pay as you go', '2026-05-04', [
    { model: 'aura-2', charactersPerMillion: 30 },
  ]),
];

/** The price list that Aura comes with. */
export const PRICES = new PriceList(TABLE);

/**
 * Audio tokens that a second of speech takes where speech is paid by the token: OpenAI says 0.015 dollars a minute of
 * gpt-4o-mini-tts (2026-04-25), at 12 per million; a bill that a user has published (2025-11-02) comes to 20.1. What is read
 * is billed as the tokens of the text, without any more.
 */
export const SPEECH_TOKENS_PER_SECOND = 20.8;

type Row = Omit<Price, 'vendor' | 'source' | 'asOf'>;

function listed(vendor: string, source: string, asOf: string, rows: readonly Row[]): Price[] {
  return rows.map((row) => ({ vendor, ...row, source, asOf }));
}

function text(model: string, input: number, cachedInput: number, output: number): Row {
  return {
    model,
    inputPerMillion: input,
    cachedInputPerMillion: cachedInput,
    outputPerMillion: output,
  };
}

/** One row per size and quality, and one for whatever else, which costs as much as the dearest. */
function pictures(model: string, variants: Readonly<Record<string, number>>): Row[] {
  const rows = Object.entries(variants).map(([variant, perPicture]) => ({
    model: `${model}/${variant}`,
    perPicture,
  }));
  return [...rows, { model, perPicture: Math.max(...Object.values(variants)) }];
}
