import {
  members,
  priceAt,
  type Account,
  type Expense,
  type PriceList,
  type Reply,
  type Usage,
} from '@aura/provider';
import type { PicturePlace } from '../../visuals-provider.js';
import type { OpenAiOrder } from './openai-order.js';

const VENDOR = 'openai';

/**
 * What a picture may cost. Newer models are paid by the token and say how many it were; older ones by the picture,
 * by size and quality.
 */
export function expenseOf(
  { prices, account }: { prices: PriceList; account: Account },
  { model, size, quality, prompt, response_format: isOlder }: OpenAiOrder & { prompt: string },
  { job, key: unitKey }: PicturePlace,
): Expense {
  const price = priceAt(prices, account, model, `${size}/${quality}`);
  const one = { pictures: 1 };
  const { videoId, capUsd } = job;
  const payment = { videoId, unitKey, provider: VENDOR, price, capUsd };
  if (isOlder) return { ...payment, worst: one, usageOf: () => one };
  // No tokenizer makes more of a text than it has bytes.
  const worst = {
    ...one,
    inputTokens: Buffer.byteLength(prompt) + MORE_TOKENS,
    outputTokens: OUTPUT_TOKENS[quality] ?? 0,
  };
  return { ...payment, worst, usageOf };
}

/** What the vendor may put around a prompt. */
const MORE_TOKENS = 100;
/** Of the dearest shape. Source: the vendor's guide "Image generation", section on cost and latency, gpt-image-1. */
const OUTPUT_TOKENS: Readonly<Record<string, number>> = { low: 408, medium: 1_584, high: 6_240 };

/** Undefined where the reply does not say. */
function usageOf(reply: Reply): Usage | undefined {
  const { usage, data } = members(reply.json());
  const { input_tokens: inputTokens, output_tokens: outputTokens } = members(usage);
  const pictures = Array.isArray(data) ? data.length : 1;
  if (!isCount(inputTokens) || !isCount(outputTokens)) return undefined;
  return { pictures, inputTokens, outputTokens };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
