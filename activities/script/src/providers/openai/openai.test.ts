import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import { SCENE_SILENCE_MS } from '../../pace.js';
import { openStage, type OrderChange, type Stage } from '../../testing/asked-models.js';
import { lengthShare } from '../../testing/scripts.js';

const CANARY = 'sk-proj-canary0Canary1Canary2Canary3Canary4';

let vendor: Vendor;
let stage: Stage;
beforeEach(async () => {
  vendor = await startVendor('openai', { key: CANARY });
  stage = await openStage({
    openai: { key: CANARY, baseUrl: `${vendor.url}/v1`, model: 'gpt-4o-mini' },
  });
});
afterEach(async () => {
  await stage.close();
  await vendor.close();
});

const bodies = () => vendor.requests().map(({ json }) => json as ChatBody);
interface ChatBody {
  model: string;
  messages: { role: string; content: string }[];
  response_format: { type: string; json_schema: { name: string; strict: boolean; schema: object } };
  max_completion_tokens: number;
}

test('a short film takes one call, which is paid once whatever comes after', async () => {
  const script = await stage.write();
  expect(script).toMatchObject({ provider: 'openai', language: 'en-US', style: 'documentary' });
  expect(script.scenes.map(({ id }) => id)).toEqual(['s01', 's02', 's03', 's04', 's05']);
  expect(script.scenes[0]?.kind).toBe('title');
  expect(script.scenes.at(-1)?.kind).toBe('closing');
  expect(lengthShare(script, 60)).toBeGreaterThan(0.85);
  expect(lengthShare(script, 60)).toBeLessThan(1.15);
  for (const { visualPrompt, keywords } of script.scenes) {
    expect(visualPrompt).not.toBe('');
    expect(keywords.length).toBeGreaterThan(0);
  }
  expect(await stage.write({ videoId: 'v2' })).toEqual(script);
  expect(vendor.bill().accepted).toBe(1);

  const [call, ...others] = await stage.journal.calls('v1');
  expect(others).toEqual([]);
  expect(call).toMatchObject({ provider: 'openai', vendor: 'openai', endpoint: 'chat' });
  expect(call?.end).toMatchObject({ outcome: 'answered', isEstimate: false });
  expect(call?.end?.costUsd).toBeCloseTo(vendor.bill().costUsd, 6);
  expect(call?.worstUsd).toBeGreaterThan(call?.end?.costUsd ?? 1);
});

test('jobs that want the same script at the same time pay for it once', async () => {
  const scripts = await Promise.all(['v1', 'v2', 'v3'].map((videoId) => stage.write({ videoId })));
  expect(new Set(scripts.map(({ unitKey }) => unitKey)).size).toBe(1);
  expect(vendor.bill().accepted).toBe(1);
});

test('asks exactly so', async () => {
  await stage.write({ text: 'How bees make honey', audience: 'children of ten' });
  const [request] = vendor.requests();
  expect(request).toMatchObject({
    method: 'POST',
    url: '/v1/chat/completions',
    headers: { authorization: `Bearer ${CANARY}`, 'content-type': 'application/json' },
  });
  const [body] = bodies();
  expect(Object.keys(body ?? {}).toSorted()).toEqual([
    'max_completion_tokens',
    'messages',
    'model',
    'response_format',
  ]);
  expect(body?.model).toBe('gpt-4o-mini');
  expect(body?.response_format).toMatchObject({
    type: 'json_schema',
    json_schema: { name: 'film', strict: true, schema: { additionalProperties: false } },
  });
  expect(body?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  const [, user] = body?.messages ?? [];
  expect(user?.content).toContain('<brief>\nHow bees make honey\n</brief>');
  expect(user?.content).toContain('<audience>\nchildren of ten\n</audience>');
  expect(user?.content).toContain('exactly 3 scenes between hook and closing');
  expect(user?.content).toContain('en-US (American English)');
  expect(user?.content).not.toContain('{{');
});

test('a long film takes two calls, and what was paid for is not asked again when the second fails', async () => {
  const long: OrderChange = { seconds: 150 };
  vendor.faults([{ kind: 'status', status: 500, match: 'Describe one picture', calls: 1 }]);
  await expect(stage.write(long)).rejects.toMatchObject({ code: 'API_ERROR', retryable: true });
  expect(vendor.bill().accepted).toBe(1);
  const script = await stage.write(long);
  expect(bodies().map((body) => body.response_format.json_schema.name)).toEqual([
    'film',
    'pictures',
    'pictures',
  ]);
  expect(JSON.stringify(bodies()[0]?.response_format)).not.toContain('visualPrompt');
  expect(vendor.bill().accepted).toBe(2);
  expect(script.scenes.length).toBeGreaterThan(8);
  expect(new Set(script.scenes.map(({ visualPrompt }) => visualPrompt)).size).toBeGreaterThan(4);
  expect(script.warnings.map(({ code }) => code)).not.toContain('PicturesByRules');
});

test('a long film does without pictures from the model when it will not describe them', async () => {
  vendor.faults([{ kind: 'refusal', match: 'Describe one picture' }]);
  const script = await stage.write({ seconds: 150 });
  expect(script.warnings).toEqual(
    expect.arrayContaining([expect.objectContaining({ code: 'PicturesByRules' })]),
  );
  for (const { visualPrompt } of script.scenes) expect(visualPrompt).toContain('photograph');
});

test('no key stands in any file, and none in what was recorded of calls', async () => {
  await stage.write();
  vendor.faults([{ kind: 'unauthorized' }]);
  await stage.write({ text: 'Volcanoes' }).catch(() => undefined);
  for (const file of await readdir(stage.root, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const text = await readFile(path.join(file.parentPath, file.name), 'utf8');
    expect(text).not.toContain(CANARY.slice(8, 30));
  }
});

test('writes in the language that was asked for, or says that the model did not', async () => {
  const script = await stage.write({ text: 'Wie Bienen Honig machen', language: 'de-DE' });
  expect(script.language).toBe('de-DE');
  expect(script.scenes.map(({ narration }) => narration).join(' ')).toMatch(
    / (?:der|die|das|und) /,
  );
});

test('a job’s own prompt is asked with, is part of the key, and is refused before anything is paid', async () => {
  const own = 'Rhyme about {{brief}} in {{language}}: {{length}}, exactly {{scenes}} scenes.';
  await stage.write();
  await stage.write({ prompts: { script: own, pictures: '' } });
  expect(bodies()[1]?.messages[1]?.content).toMatch(
    /^Rhyme about <brief>\nHow bees make honey\n<\/brief> in en-US: \d+ words, exactly 3 scenes\.$/,
  );
  const asked = vendor.requests().length;
  await expect(
    stage.write({ prompts: { script: `${own} {{api_key}}`, pictures: '' } }),
  ).rejects.toMatchObject({ code: 'InvalidInput:prompts', entry: { fault: 'caller' } });
  expect(vendor.requests()).toHaveLength(asked);
});

test.each([
  ['gpt-4o-mini', 16_000],
  ['gpt-5-mini', 40_000],
])('%s is allowed as many tokens as it can give and needs, at most %i', async (model, most) => {
  await stage.close();
  stage = await openStage({ openai: { key: CANARY, baseUrl: `${vendor.url}/v1`, model } });
  await stage.write({ seconds: 1_800, language: 'ru-RU' }).catch(() => undefined);
  expect(bodies()[0]?.max_completion_tokens).toBe(most);
  expect(bodies()[0]).not.toHaveProperty('temperature');
});

test('a script is tuned after it was written, for the same money', async () => {
  const plain = await stage.write({ seconds: 60, maxScenes: 4 });
  const tuned = await stage.write({
    seconds: 60,
    maxScenes: 4,
    tuning: { pacing: true, narration: true },
  });
  expect(tuned.unitKey).not.toBe(plain.unitKey);
  expect(vendor.bill().accepted).toBe(vendor.requests().length);
  expect(new Set(vendor.requests().map(({ text }) => text)).size).toBe(vendor.requests().length);
});

test('keeps to the bounds of the film', async () => {
  for (const maxScenes of [1, 2, 4]) {
    const script = await stage.write({ maxScenes });
    expect(script.scenes.length).toBeLessThanOrEqual(maxScenes);
    expect(lengthShare(script, 60)).toBeLessThan(1.15);
  }
  expect(SCENE_SILENCE_MS).toBeGreaterThan(0);
});
