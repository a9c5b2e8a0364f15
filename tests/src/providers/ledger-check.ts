import type { BillEntry, RecordedRequest, Vendor } from '@aura/vendors';
import type { Metadata } from '../harness/index.js';

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
    const noted = sum(linesOf(cost, vendor.name).map(({ calls }) => calls));
    if (noted < arrived || noted > arrived + cutOff) {
      faults.push(`${vendor.name}: ${noted} calls in the ledger, ${arrived} arrived`);
    }
    faults.push(...usageFaults(cost, vendor));
  }
  const billed = sum(vendors.flatMap(tellingEntries).map(({ costUsd }) => costUsd));
  const sure = sum((cost?.byProvider ?? []).filter(isTelling).map((one) => one.usd));
  if (sure > billed + CENT_OF_CENT) faults.push(`${sure} USD in the ledger, ${billed} billed`);
  if (billed > sure + possibleUsd + CENT_OF_CENT) {
    faults.push(`${billed} USD billed, ${sure} + ${possibleUsd} in the ledger`);
  }
  return faults;
}

/** Sums of decimal fractions. */
const CENT_OF_CENT = 1e-6;

function usageFaults(cost: Metadata['cost'], vendor: Vendor): string[] {
  const isSure = !cost?.unknown.some(({ provider }) => provider === vendor.name);
  const lines = linesOf(cost, vendor.name).filter(isTelling);
  return USAGE.flatMap((unit) => {
    const billed = sum(tellingEntries(vendor).map(({ usage }) => usage[unit] ?? 0));
    const noted = sum(lines.map((one) => one[unit]));
    return noted > billed || (isSure && noted < billed)
      ? [`${vendor.name}: ${noted} ${unit} in the ledger, ${billed} billed`]
      : [];
  });
}

/** OpenAI's newer voices bill tokens and do not tell them: the ledger has an estimate by the length of the sound. */
function isTelling({ model }: { model: string }): boolean {
  return !model.endsWith('-tts');
}

function tellingEntries(vendor: Vendor): BillEntry[] {
  return vendor.bill().entries.filter(isTelling);
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
