import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { postJson, send } from '../testing/requests.js';
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

test('who is named is refused with the request and its estimate: with Retry-After while left alone, with the budget where that is the reason', async () => {
  const price = {
    model: 'm',
    inputPerMillion: 0,
    outputPerMillion: 0,
    charactersPerMillion: 100,
    perPicture: 0,
    perSecond: 0,
    asOf: '2026-01-01',
  };
  const kind = { kind: 'speech', remote: true, configured: true };
  const facts = { ...kind, account: 'a', gives: '', models: [], price };
  const about = { stage: 'voice', languages: [], facts };
  const open = { usable: false, reason: 'It is left alone.', code: 'CIRCUIT_OPEN' };
  const report: object = worker({
    providers: [
      { ...about, name: 'paid', usable: true, reason: '' },
      { ...about, name: 'resting', ...open },
    ],
  });
  await server.database.workerState.update({ where: { workerId: 'w' }, data: { report } });
  for (const route of ['generate', 'estimate']) {
    const ask = (voice: string, more: object) => {
      const options = { providers: { voice }, ...more };
      return postJson(`${gateway.url}/api/videos/${route}`, { brief: 'Bees', options });
    };
    const resting = await ask('resting', {});
    expect([resting.status, resting.json.code]).toEqual([503, 'CIRCUIT_OPEN']);
    expect(resting.headers['retry-after']).toBe('75');
    const poor = await ask('paid', { budgetUsd: 0 });
    expect([poor.status, poor.json.code]).toEqual([400, 'InvalidInput:options.providers.voice']);
    expect(poor.json.remediation).toContain('budgetUsd');
  }
  expect(await server.database.job.count()).toBe(0);
});
