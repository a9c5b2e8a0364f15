import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { promptsSchema } from './prompts-schema.js';

let server: TestDatabase;
let gateway: TestGateway;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
}, 60_000);
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

test('prompts are told with version, text and placeholders', async () => {
  const { status, json } = await send(`${gateway.url}/api/prompts`);
  expect(status).toBe(200);
  expect(promptsSchema.parse(json)).toEqual(json);
  const script = json.prompts.find(({ name }: { name: string }) => name === 'script');
  expect(script).toMatchObject({ replaceable: true, version: expect.any(Number) });
  expect(script.placeholders).toContainEqual({ name: 'brief', required: true });
  expect(script.placeholders).toContainEqual({ name: 'audience', required: false });
  expect(script.text).toContain('{{brief}}');
  const again = json.prompts.find(({ name }: { name: string }) => name === 'again');
  expect(again).toMatchObject({
    replaceable: false,
    placeholders: [{ name: 'faults', required: true }],
  });
});

test('a job’s own prompt that cannot be used is refused with every reason before there is a job', async () => {
  const prompts = { script: 'Write about {{brief}} and {{api_key}} now.' };
  const { status, json } = await postJson(`${gateway.url}/api/videos/generate`, {
    brief: 'Bees',
    options: { prompts },
  });
  expect(status).toBe(400);
  expect(json.code).toBe('InvalidInput:options.prompts.script');
  expect(json.errors.length).toBeGreaterThan(1);
  expect(await server.database.job.count()).toBe(0);
});
