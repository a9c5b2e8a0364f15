import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Request, Response } from 'express';
import { Streams, type StreamDependencies } from './stream/streams.js';
import { newJob } from './testing/jobs.js';
import { SseClient } from './testing/sse-client.js';
import { startTestGateway } from './testing/test-gateway.js';
let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.stop());

test('a gateway stops at once with streams open, and with connections on which nothing was asked yet', async () => {
  const gateway = await startTestGateway(server.url);
  const jobId = await newJob(server.database);
  const url = `${gateway.url}/api/videos/${jobId}/stream`;
  const clients = await Promise.all([1, 2].map(() => SseClient.open(url)));
  await Promise.all(clients.map((client) => client.until(({ ids }) => ids.length === 1)));
  const silent = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  await once(silent, 'connect');
  const before = performance.now();
  await gateway.close();
  expect(performance.now() - before).toBeLessThan(1_500);
  await Promise.all(clients.map((client) => client.until(({ isOver }) => isOver)));
});

test('a stream whose job was still being looked up when all streams were ended is not begun', async () => {
  const jobId = await newJob(server.database);
  const streams = new Streams({
    database: server.database,
    tenantId: 'local',
    maxStreams: 10,
  } as StreamDependencies);
  const request = { accepts: () => 'text/event-stream', headers: {}, query: {} } as unknown;
  const opening = streams.open(jobId, request as Request, {} as Response);
  streams.close();
  await expect(opening).rejects.toMatchObject({ code: 'ShuttingDown' });
  expect(streams.count).toBe(0);
});
