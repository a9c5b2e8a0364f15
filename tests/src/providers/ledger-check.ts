import type { BillEntry, RecordedRequest, Vendor } from '@aura/vendors';
import type { Metadata } from '../harness/index.js';

/** Calls that one kill may cut off: four lanes, each with a voice and a picture. */
export const MOST_AT_ONCE = 8;

/** Vendors that send bills, by the provider's name, which is theirs. */
export const PAID = ['openai', 'anthropic', 'elevenlabs', 'deepgram'] as const;
const USAGE = ['characters', 'inputTokens', 'outputTokens', 'pictures'] as const;

type Cost = NonNullable<Metadata['cost']>;

/**
 * What is wrong between the ledger of a film and the bills of its vendors. Every request that arrived is in the ledger; what
 * is sure there is on the bill, and what is on the bill is sure or possible there. Of the calls that a kill may have
 * `cutOff` some were noted and never sent.
 */
export function ledgerFaults(
  cost: Metadata['cost'],
  vendors: readonly Vendor[],
  { cutOff, capUsd }: { cutOff: number; capUsd: number },
): string[] {
  const faults: string[] = [];
  const { usd = 0, possibleUsd = 0 } = cost ?? {};
  if (usd + possibleUsd > capUsd + 1e-9)
    faults.push(`${usd} + ${possibleUsd} USD are above ${capUsd}`);
  for (const vendor of vendors.filter(({ name }) => isPaid(name))) {
    const arrived = vendor.requests().filter(({ method }) => method === 'POST').length;
    const lines = linesOf(cost, vendor.name);
    const noted = sum(lines.map(({ calls, refused = 0 }) => calls + refused));
    if (noted < arrived || noted > arrived + cutOff) {
      faults.push(`${vendor.name}: ${noted} calls in the ledger, ${arrived} arrived`);
    }
    faults.push(...usageFaults(cost, vendor));
  }
  return [...faults, ...usdFaults(cost, vendors)];
}

/** Vendors that have billed anything so far, in all films. */
export const everBilled = new Set<string>();

/**
 * Where a vendor's bill is not what the ledger has of it: what is sure is on the bill, and what is on the bill is sure or
 * possible, to a tenth of a cent.
 */
export function usdFaults(cost: Metadata['cost'], vendors: readonly Vendor[]): string[] {
  return vendors.flatMap((vendor) => {
    const billed = sum(tellingEntries(vendor).map(({ costUsd }) => costUsd));
    if (billed > 0) everBilled.add(vendor.name);
    const lines = linesOf(cost, vendor.name).filter((one) => isTelling(one, vendor));
    const sure = sum(lines.map(({ usd }) => usd));
    const unknown = cost?.unknown.filter(({ provider }) => provider === vendor.name) ?? [];
    const possible = sum(unknown.map(({ worstUsd }) => worstUsd));
    return sure > billed + TENTH_OF_CENT || billed > sure + possible + TENTH_OF_CENT
      ? [`${vendor.name}: ${billed} USD billed, ${sure} + ${possible} in the ledger`]
      : [];
  });
}

/** Sums of decimal fractions, and the estimate of speech that is paid by the token: a token more or less a call. */
const TENTH_OF_CENT = 1e-3;

function usageFaults(cost: Metadata['cost'], vendor: Vendor): string[] {
  const isSure = !cost?.unknown.some(({ provider }) => provider === vendor.name);
  const lines = linesOf(cost, vendor.name).filter(isCounting);
  return USAGE.flatMap((unit) => {
    const entries = vendor.bill().entries.filter(isCounting);
    const billed = sum(entries.map(({ usage }) => usage[unit] ?? 0));
    const noted = sum(lines.map((one) => one[unit]));
    return noted > billed || (isSure && noted < billed)
      ? [`${vendor.name}: ${noted} ${unit} in the ledger, ${billed} billed`]
      : [];
  });
}

/** OpenAI's newer voices bill tokens and do not tell them: the ledger has an estimate by the length of the sound. */
function isCounting({ model }: { model: string }): boolean {
  return !model.endsWith('-tts');
}

/** The estimate is right where the sound came as it was made. */
function isTelling(one: { model: string }, vendor: Vendor): boolean {
  const isSpoilt = vendor
    .requests()
    .some(({ path, fault }) => path.endsWith('/audio/speech') && fault !== undefined);
  return isCounting(one) || !isSpoilt;
}

function tellingEntries(vendor: Vendor): BillEntry[] {
  return vendor.bill().entries.filter((entry) => isTelling(entry, vendor));
}

/** Scenes that a vendor has worked for more often than once, its spoilt work left out; each kill may cost a scene once more. */
export function repeatedWork(
  vendors: readonly Vendor[],
  words: readonly string[],
  kills: number,
): string[] {
  return vendors.flatMap((vendor) =>
    words.flatMap((word) => {
      const asked = vendor.requests().filter((one) => one.method === 'POST' && isAbout(one, word));
      return [...new Set(asked.map(({ path }) => path))].flatMap((path) => {
        const here = asked.filter((one) => one.path === path);
        const spoilt = here.filter(({ fault }) => fault !== undefined).length;
        const isTooOften = here.length > 1 + spoilt + kills;
        return isTooOften ? [`${vendor.name} ${path} ${here.length} times for ${word}`] : [];
      });
    }),
  );
}

function isAbout({ text }: RecordedRequest, word: string): boolean {
  return text.includes(word);
}

function isPaid(name: string): boolean {
  return (PAID as readonly string[]).includes(name);
}

function linesOf(cost: Metadata['cost'], provider: string): Cost['byProvider'] {
  return cost?.byProvider.filter((one) => one.provider === provider) ?? [];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
