import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { worker } from '../testing/worker-report.js';
import { providersSchema } from './providers-schema.js';

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

test('what the workers say of their providers is told, and their models', async () => {
  const nobody = await send(`${gateway.url}/api/providers`);
  expect([nobody.status, nobody.json]).toEqual([200, { providers: [] }]);
  const report: object = worker();
  await server.database.workerState.create({ data: { workerId: 'w', report } });
  const { status, json } = await send(`${gateway.url}/api/providers`);
  expect(status).toBe(200);
  expect(providersSchema.parse(json)).toEqual(json);
  expect(json.providers.map(({ name }: { name: string }) => name)).toEqual([
    'rules',
    'flite',
    'cards',
  ]);
  const models = await send(`${gateway.url}/api/providers/flite/models`);
  expect([models.status, models.json]).toEqual([200, { provider: 'flite', models: [] }]);
  const unknown = await send(`${gateway.url}/api/providers/siri/models`);
  expect([unknown.status, unknown.json.code]).toEqual([404, 'ProviderNotFound']);
});

test('voices are told by language and provider, and what is no language is refused', async () => {
  const list = [{ name: 'slt', gender: 'f', style: '', caveat: '', languages: ['en'] }];
  const report: object = worker({
    providers: [
      {
        name: 'flite',
        stage: 'voice',
        usable: true,
        reason: '',
        languages: ['en'],
        facts: {
          kind: 'speech',
          remote: false,
          configured: true,
          account: '',
          gives: '',
          models: [],
          voices: { list },
        },
      },
    ],
  });
  await server.database.workerState.update({ where: { workerId: 'w' }, data: { report } });
  const ask = (query: string) => send(`${gateway.url}/api/voices${query}`);
  const speakers = [{ provider: 'flite', voice: 'slt', style: '', caveat: '', available: true }];
  const voices = [{ id: 'en-narrator-f', language: 'en', gender: 'f', speakers }];
  expect([(await ask('')).json, (await ask('?language=EN')).json]).toEqual([
    { voices },
    { voices },
  ]);
  expect((await ask('?provider=espeak-ng')).json).toEqual({ voices: [] });
  for (const query of [
    '?language=no%20such',
    '?provider=A%20B',
    '?lang=en',
    '?language=en&language=de',
  ]) {
    expect([query, (await ask(query)).status]).toEqual([query, 400]);
  }
  const providers = await send(`${gateway.url}/api/providers`);
  expect(providers.text).not.toContain('slt');
});
