import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startVendor, type BillStatement, type Vendor, type VendorName } from '@aura/vendors';
import {
  forgetWork,
  generate,
  historyJson,
  metadataOf,
  post,
  scriptOfJob,
  smallFilm,
  startStack,
  until,
  untilSucceeded,
  untilTerminal,
  type Metadata,
  type Stack,
} from './harness/index.js';
import { clipFilm } from './providers/clip-film.js';

/**
 * Films by vendors that speak their true protocols on this machine: what they are asked, what they bill, and what
 * becomes of a film when they fail.
 */
const NAMES = ['openai', 'elevenlabs', 'pexels'] as const satisfies VendorName[];
type Name = (typeof NAMES)[number];
let vendors: Record<Name, Vendor>;
let stack: Stack;

beforeAll(async () => {
  const started = await Promise.all(NAMES.map(async (name) => [name, await startVendor(name)]));
  vendors = Object.fromEntries(started) as Record<Name, Vendor>;
  const env = Object.assign({}, ...Object.values(vendors).map(({ environment }) => environment));
  stack = await startStack({ env });
}, 120_000);

afterEach(() => {
  for (const vendor of Object.values(vendors)) vendor.reset();
});

afterAll(async () => {
  await stack?.stop();
  await Promise.all(Object.values(vendors ?? {}).map((vendor) => vendor.close()));
}, 60_000);

const SPEECH = 'POST /v1/text-to-speech/*';
const PICTURES = 'POST /v1/images/generations';

/** Requests that were accepted, free ones left out. */
const accepted = (): number => sum(bills().map((bill) => paid(bill).length));
const bills = () => NAMES.map((name) => vendors[name].bill());
const paid = ({ entries }: BillStatement) => entries.filter(({ costUsd }) => costUsd > 0);

async function film(options: Record<string, unknown> = {}, brief?: string): Promise<Metadata> {
  const id = await generate(stack, { seconds: 12, options, ...(brief ? { brief } : {}) });
  await untilSucceeded(stack, id, 120_000);
  return metadataOf(stack, id);
}

test('a film by those who come first: each unit is asked for once, and the ledger is the bill', async () => {
  const metadata = await film();
  expect(metadata.downgrades).toEqual([]);
  const { cost, analysis } = metadata;
  expect(analysis).toMatchObject({ by: 'openai', scenes: { length: metadata.scenes } });
  expect(cost).toMatchObject({ possibleUsd: 0, unknown: [], calls: accepted() });
  const entries = bills().flatMap(paid);
  for (const unit of ['characters', 'inputTokens', 'outputTokens', 'pictures'] as const) {
    const billed = sum(entries.map(({ usage }) => usage[unit] ?? 0));
    expect([unit, sum(cost!.byProvider.map((line) => line[unit]))]).toEqual([unit, billed]);
  }
  expect(cost!.usd).toBeGreaterThan(0);
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(entries.length);
}, 180_000);

test('who fails at a scene is replaced at that scene only, and asked again only that scene is made anew', async () => {
  const brief = 'The lighthouse keeper of the northern island counts the ships of every night.';
  const first = await film({}, brief);
  const scenes = await scriptOfJob(stack, first.jobId);
  const spoken = scenes[1]!;
  const painted = scenes.find(({ kind }) => kind === 'statement')!;
  for (const name of NAMES) vendors[name].reset();

  // The same film once more, without what was kept of it.
  await forgetWork(stack);
  vendors.elevenlabs.faults([
    { route: SPEECH, match: spoken.narration.slice(0, 24), kind: 'status', status: 500 },
  ]);
  vendors.openai.faults([
    { route: PICTURES, match: painted.visualPrompt.slice(0, 24), kind: 'status', status: 503 },
  ]);
  const replaced = await film({}, brief);
  expect(lines(replaced)).toEqual([
    `Visuals ${painted.id} openai → pexels API_ERROR`,
    `Voice ${spoken.id} elevenlabs → openai API_ERROR`,
  ]);

  for (const name of NAMES) vendors[name].reset();
  const again = await film({}, brief);
  expect(again.downgrades).toEqual([]);
  const asked = NAMES.flatMap((name) => vendors[name].bill().entries.map(({ route }) => route));
  expect(asked.map((route) => route.split(' ')[1] ?? '').toSorted()).toEqual([
    '/v1/images/generations',
    '/v1/text-to-speech/{voice}/with-timestamps',
  ]);
}, 300_000);

test('a key that is refused in the middle of a job is left alone for the rest of it', async () => {
  vendors.elevenlabs.faults([{ route: SPEECH, calls: { from: 3 }, kind: 'unauthorized' }]);
  const { downgrades, scenes } = await film();
  const codes = new Set(downgrades.map(({ stage, code }) => `${stage} ${code}`));
  expect([...codes]).toEqual(['Voice AUTH_FAILED']);
  const refused = vendors.elevenlabs.requests().filter(({ status }) => status === 401);
  expect(refused.length).toBeLessThan(scenes);
}, 180_000);

test('a reply that is lost after it was billed is shown as possible cost, and the scene is spoken all the same', async () => {
  vendors.elevenlabs.faults([{ route: SPEECH, calls: 2, kind: 'lost-reply' }]);
  const { cost } = await film();
  expect(cost!.unknown).toMatchObject([{ provider: 'elevenlabs' }]);
  expect(cost!.possibleUsd).toBeGreaterThan(0);
  expect(cost!.calls).toBe(accepted());
}, 180_000);

test('a worker that is killed during a paid call costs one call more at most, and it is shown', async () => {
  vendors.elevenlabs.faults([{ route: SPEECH, calls: 2, kind: 'hang' }]);
  const id = await generate(stack, { seconds: 12 });
  await until('a call hangs', () =>
    vendors.elevenlabs.requests().some(({ fault }) => fault === 'hang'),
  );
  const [worker] = stack.workers;
  await worker!.kill();
  await worker!.start();
  await untilSucceeded(stack, id, 120_000);
  const { cost } = await metadataOf(stack, id);
  expect(cost!.unknown.map(({ provider }) => provider)).toContain('elevenlabs');
  // Only what was in flight at the kill may have been asked for twice.
  const asked = vendors.elevenlabs.requests().filter(({ method }) => method === 'POST');
  const again = asked.length - new Set(asked.map(({ url, text }) => url + text)).size;
  expect(again).toBeLessThanOrEqual(cost!.unknown.length);
  expect(cost!.calls).toBe(accepted());
}, 240_000);

test('a budget of nothing makes the film with those who are free; a strict one ends it', async () => {
  const { cost, downgrades } = await film({ budgetUsd: 0 });
  expect([cost?.usd ?? 0, cost?.possibleUsd ?? 0, accepted()]).toEqual([0, 0, 0]);
  expect(new Set(downgrades.map(({ code }) => code))).toEqual(new Set(['BUDGET_EXCEEDED']));
  const id = await generate(stack, { options: { budgetUsd: 0, overBudget: 'fail' } });
  const { status, error } = await untilTerminal(stack, id);
  expect([status, (error as { code: string }).code]).toEqual(['failed', 'BUDGET_EXCEEDED']);
}, 180_000);

test('offline nothing is asked; a provider that is named and cannot work is told at once', async () => {
  const { downgrades } = await film({ offline: true });
  expect(downgrades).toEqual([]);
  // Workers may look meanwhile whether the vendors are there; that costs nothing.
  expect(accepted()).toBe(0);
  for (const [stage, name, why] of [
    ['script', 'anthropic', 'ANTHROPIC_API_KEY is not set'],
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
  expect(bills().map((bill) => bill.accepted)).toEqual([0, 0, 0]);
}, 60_000);

test('where a scene wishes for movement a stock clip is shown, and clips of the user’s own move and begin anew', async () => {
  const { replacements, warnings, sources, credits, colours } = await clipFilm(stack);
  expect([replacements, warnings]).toEqual([[], []]);
  expect(sources).toMatchObject([{ clip: { loop: true } }, { clip: { loop: true, speed: 1 } }]);
  expect(credits).toEqual(['Pexels']);
  const [first, second] = colours.map(({ red, blue }) => red - blue);
  expect(first! * second!).toBeLessThan(-1_000);
}, 180_000);

test('no key stands in a log, a history, a file, the database or the gateway', async () => {
  const id = await generate(stack, { seconds: 8 });
  await untilSucceeded(stack, id, 120_000);
  const keys = NAMES.map((name) => vendors[name].key);
  const history = JSON.stringify(await historyJson(stack, id));
  const found = keys.filter((key) => history.includes(key));
  const entries = await readdir(stack.home, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    found.push(...keys.filter((key) => bytes.includes(key)).map(() => file));
  }
  expect(entries.length).toBeGreaterThan(50);
  if (process.platform === 'linux') {
    const gateway = await readFile(`/proc/${stack.gateway.pid}/environ`, 'utf8');
    found.push(...keys.filter((key) => gateway.includes(key)));
  }
  expect(found).toEqual([]);
}, 180_000);

function lines({ downgrades }: Metadata): string[] {
  return downgrades
    .map(
      ({ stage, sceneId, asked, used, code }) => `${stage} ${sceneId} ${asked} → ${used} ${code}`,
    )
    .toSorted();
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
