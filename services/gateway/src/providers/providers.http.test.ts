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
