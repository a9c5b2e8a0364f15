import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase, type Database } from '@aura/database';
import { migrate, removeHome, startPostgres, type PostgresService } from '@aura/local';
import { append, failedWith, newJob, progressTo, RUNNING } from '../testing/jobs.js';
import { lastingPort } from '../testing/lasting-port.js';
import { postJson, send } from '../testing/requests.js';
import { SseClient } from '../testing/sse-client.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
let home: string;
let port: number;
let server: PostgresService;
let database: Database;
let gateways: TestGateway[];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'aura-restart-'));
  port = await lastingPort();
  await start();
  await migrate({ home, databaseUrl: server.url });
  database = createDatabase(server.url);
  gateways = await Promise.all([1, 2].map(() => startTestGateway(server.url)));
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await database.$disconnect();
  await server.stop();
  await removeHome(home);
});

async function start(): Promise<void> {
  server = await startPostgres({ home, port, settings: { fsync: 'off' } });
  await server.ready;
}

test('PostgreSQL restarts under open streams: requests are refused well, and no event is lost or doubled', async () => {
  const url = gateways[0]!.url;
  expect((await send(`${url}/health/ready`)).json.checks).toMatchObject({
    Startup: 'Healthy',
    Database: 'Healthy',
  });
  const jobId = await newJob(database);
  await append(database, jobId, [RUNNING, progressTo(5)]);
  const clients = await Promise.all(
    gateways.map((gateway) => SseClient.open(`${gateway.url}/api/videos/${jobId}/stream`)),
  );
  await Promise.all(clients.map((client) => client.until(({ ids }) => ids.length === 3)));

  await server.stop();
  const before = performance.now();
  const refused = await Promise.all([
    send(`${url}/api/videos/${jobId}/status`),
    postJson(`${url}/api/videos/generate`, { brief: 'x' }),
    send(`${url}/api/videos/${jobId}/stream`),
  ]);
  for (const answer of refused) {
    expect([answer.status, answer.json.code]).toEqual([503, 'DatabaseUnavailable']);
    expect(answer.headers['retry-after']).toBe('2');
  }
  expect(performance.now() - before).toBeLessThan(8_000);
  const ready = await send(`${url}/health/ready`);
  expect([ready.status, ready.json.checks.Database]).toEqual([503, 'Unhealthy']);

  await start();
  await append(database, jobId, [progressTo(6), progressTo(7)]);
  await Promise.all(clients.map((client) => client.until(({ ids }) => ids.length === 5)));
  await append(database, jobId, [failedWith({}, 7)]);
  await Promise.all(clients.map((client) => client.until(({ isOver }) => isOver)));
  for (const client of clients) expect(client.ids).toEqual([1, 2, 3, 4, 5, 6]);
  expect((await postJson(`${url}/api/videos/generate`, { brief: 'x' })).status).toBe(202);
});
