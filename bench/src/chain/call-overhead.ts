import { open, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import OpenAI from 'openai';
import {
  openAiAccount,
  SDK_OPTIONS,
  type Account,
  type Expense,
  type Vendors,
} from '@aura/provider';
import { startVendor, type Vendor } from '@aura/vendors';
import type { Figures } from '../film.js';
import { round, spread, tookMs } from './figures.js';
import { inWorkplace } from './workplace.js';

const ROUNDS = 200;
const WARM_UP = 20;
const ORDER = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user' as const, content: 'Say something about bees.' }],
};

/**
 * The same small answer asked for in four ways by turns: bare, by hand without and with a journal, and through the vendor's
 * SDK; and what the disk alone takes for the two entries of the journal.
 */
export async function callOverhead(): Promise<Figures> {
  const vendor = await startVendor('openai');
  try {
    return await inWorkplace(({ vendors, folder }) => measured(vendor, vendors, folder));
  } finally {
    await vendor.close();
  }
}

async function measured(vendor: Vendor, vendors: Vendors, folder: string): Promise<Figures> {
  const account = openAiAccount({ key: vendor.key, baseUrl: `${vendor.url}/v1` });
  const ways = {
    bare: () => bare(vendor),
    unpaid: () => unpaid(vendors, account),
    byHand: (round: number) => byHand(vendors, account, round),
    bySdk: (round: number) => bySdk(vendors, account, round),
    disk: (round: number) => twoEntries(folder, round),
  };
  const times: Record<keyof typeof ways, number[]> = {
    bare: [],
    unpaid: [],
    byHand: [],
    bySdk: [],
    disk: [],
  };
  for (let turn = 0; turn < WARM_UP + ROUNDS; turn += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const ms = await tookMs(() => way(turn));
      if (turn >= WARM_UP) times[name as keyof typeof ways].push(ms);
    }
  }
  const [fetched, free, called, asked, disk] = Object.values(times).map(spread);
  return {
    bareFetchMs: fetched!.median,
    callWithoutJournalMs: free!.median,
    callVendorMs: called!.median,
    callSdkMs: asked!.median,
    diskMs: disk!.median,
    callVendorOverheadMs: round(called!.median - fetched!.median),
    callSdkOverheadMs: round(asked!.median - fetched!.median),
    callVendorP95Ms: called!.p95,
    callSdkP95Ms: asked!.p95,
  };
}

async function bare({ url, key }: Vendor): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = JSON.stringify(ORDER);
  const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body });
  if (!reply.ok) throw new Error(`the vendor answered ${reply.status}`);
  await reply.json();
}

async function unpaid(vendors: Vendors, account: Account): Promise<void> {
  const call = { account, endpoint: 'chat', path: '/chat/completions', json: ORDER };
  (await vendors.callVendor(call)).json();
}

/** An intent and an end, durable before the next step: written, synced, named and the folder synced. */
async function twoEntries(folder: string, turn: number): Promise<void> {
  for (const kind of ['intent', 'end']) {
    const file = path.join(folder, `${turn}.${kind}`);
    await writeFile(`${file}.part`, ENTRY, { flush: true });
    await rename(`${file}.part`, file);
    const handle = await open(folder);
    await handle.sync();
    await handle.close();
  }
}

const ENTRY = 'x'.repeat(500);

async function byHand(vendors: Vendors, account: Account, turn: number): Promise<void> {
  const call = { account, endpoint: 'chat', path: '/chat/completions', json: ORDER };
  (await vendors.callVendor({ ...call, expense: expenseOf(`hand-${turn}`) })).json();
}

async function bySdk(vendors: Vendors, account: Account, turn: number): Promise<void> {
  const call = { account, endpoint: 'chat', expense: expenseOf(`sdk-${turn}`) };
  await vendors.callSdk(call, (fetch) =>
    new OpenAI({ ...SDK_OPTIONS, baseURL: account.baseUrl, fetch }).chat.completions.create(ORDER),
  );
}

/** With a cap, so that each call is weighed against what the job has spent; a job has some fifty calls. */
function expenseOf(unitKey: string): Expense {
  const job = Math.floor(Number(unitKey.split('-')[1]) / 25);
  return {
    videoId: `film-${job}`,
    unitKey,
    provider: 'openai',
    price: {
      vendor: 'openai',
      model: ORDER.model,
      inputPerMillion: 0.15,
      outputPerMillion: 0.6,
      source: 'this benchmark',
      asOf: '2026-11-21',
    },
    worst: { inputTokens: 100, outputTokens: 1_000 },
    usageOf: () => ({ inputTokens: 10, outputTokens: 100 }),
    capUsd: 10,
  };
}
