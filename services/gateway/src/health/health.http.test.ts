import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '@aura/database';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { createLog } from '@aura/telemetry';
import { send } from '../testing/requests.js';
import { startTestGateway } from '../testing/test-gateway.js';
import { worker } from '../testing/worker-report.js';
import { Health } from './health.js';
let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.stop());

const CHECKS = ['Startup', 'Database', 'Dependencies', 'DiskSpace', 'Memory', 'Providers'];

function healthWith(changes: Partial<ConstructorParameters<typeof Health>[0]> = {}): Health {
  return new Health({
    database: server.database,
    engine: { ping: () => Promise.resolve() },
    home: '/',
    minFreeDiskMb: 0,
    minFreeMemoryMb: 0,
    ...changes,
  });
}

async function report(changes: Parameters<typeof worker>[0] = {}): Promise<void> {
  const row = { report: worker(changes) as object, at: new Date() };
  await server.database.workerState.upsert({
    where: { workerId: 'w' },
    create: { workerId: 'w', ...row },
    update: row,
  });
}

test('all six checks are healthy where everything is there', async () => {
  await report();
  const readiness = await healthWith().readiness();
  expect(readiness.status).toBe('Healthy');
  expect(readiness.checks).toEqual(Object.fromEntries(CHECKS.map((name) => [name, 'Healthy'])));
});

test('each check fails for its own reason, and makes the whole unhealthy', async () => {
  await report();
  const failing = {
    DiskSpace: healthWith({ minFreeDiskMb: 1e9 }),
    Memory: healthWith({ minFreeMemoryMb: 1e9 }),
    Dependencies: healthWith({ engine: { ping: () => Promise.reject(new Error('down')) } }),
  };
  for (const [name, health] of Object.entries(failing)) {
    const { status, checks, details } = await health.readiness();
    expect([status, checks]).toEqual(['Unhealthy', { ...allHealthy(), [name]: 'Unhealthy' }]);
    expect(details[name as 'Memory']).not.toBe('');
  }
  await report({ checks: [{ name: 'ffmpeg', status: 'Unhealthy', detail: 'not installed' }] });
  expect((await healthWith().readiness()).checks.Dependencies).toBe('Unhealthy');
  await report({ providers: [] });
  expect((await healthWith().readiness()).checks.Providers).toBe('Unhealthy');
});

test('what workers said more than a minute ago counts for nothing', async () => {
  await report();
  await server.database.$executeRaw`UPDATE worker_states SET at = now() - interval '61 seconds'`;
  const { checks } = await healthWith().readiness();
  expect(checks).toMatchObject({ Dependencies: 'Unhealthy', Providers: 'Unhealthy' });
});

test('an old schema is no start', async () => {
  await server.database.$executeRaw`CREATE DATABASE empty`;
  const database = createDatabase(server.url.replace(/[^/]+$/, 'empty'));
  const { checks } = await healthWith({ database }).readiness();
  expect(checks).toMatchObject({ Startup: 'Unhealthy', Database: 'Healthy' });
  await database.$disconnect();
});

test('where a key is set, who does not send it reads nothing that a machine says of itself', async () => {
  const secret = '/srv/secret/ffmpeg on host-7: Segmentation fault';
  const providers = worker().providers.map((one) => ({ ...one, usable: false, reason: secret }));
  const checks = [{ name: 'ffmpeg', status: 'Unhealthy', detail: secret }];
  await report({ workerId: 'host-7-1', checks, providers });
  const apiKey = 'k'.repeat(22);
  const gateway = await startTestGateway(server.url, { apiKey });
  const ask = (headers: Record<string, string>) =>
    send(`${gateway.url}/health/ready`, { headers: { host: 'aura.example', ...headers } });
  for (const headers of [{}, { authorization: `Bearer ${apiKey}x` }]) {
    const { status, text, json } = await ask(headers as Record<string, string>);
    expect(status).toBe(503);
    expect(text).not.toMatch(/secret|host-7|Segmentation/);
    expect(json.details.Dependencies).toContain('ffmpeg is not well');
    expect(json.details.Providers).toBe('none usable for script, voice, visuals');
  }
  const { json } = await ask({ authorization: `Bearer ${apiKey}` });
  expect(json.details.Dependencies).toContain(secret);
  expect(json.details.Providers).toContain(secret);
  await gateway.close();
  const neighbour = await startTestGateway(server.url);
  const { json: all } = await send(`${neighbour.url}/health/ready`);
  expect(all.details.Providers).toContain(secret);
  await neighbour.close();
});

test('many probes at once are one look', async () => {
  let looks = 0;
  const engine = { ping: async () => void (looks += 1) };
  const health = healthWith({ engine });
  await Promise.all(Array.from({ length: 20 }, () => health.readiness()));
  expect(looks).toBe(1);
});

test('with neither database nor Temporal the answer has the same shape, and the process lives', async () => {
  const gateway = await startTestGateway('postgresql://nobody@127.0.0.1:1/none', {
    log: createLog('test', 'silent'),
  });
  const answer = await send(`${gateway.url}/health/ready`);
  expect(answer.status).toBe(503);
  expect(Object.keys(answer.json.checks)).toEqual(CHECKS);
  expect(answer.json).toMatchObject({
    status: 'Unhealthy',
    checks: {
      Startup: 'Unhealthy',
      Database: 'Unhealthy',
      DiskSpace: 'Healthy',
      Memory: 'Healthy',
    },
  });
  expect((await send(`${gateway.url}/health`)).json).toEqual({ status: 'Healthy' });
  expect((await send(`${gateway.url}/ping`)).text).toBe('pong');
  await gateway.close();
});

function allHealthy(): Record<string, string> {
  return Object.fromEntries(CHECKS.map((name) => [name, 'Healthy']));
}
