import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { removeHome, startTemporal, type TemporalService } from '@aura/local';
import { MAKE_VIDEO, QUEUES, workflowIdOf } from '@aura/proto';
import { Client, Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastingPort } from '../testing/lasting-port.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
let database: TestDatabase;
let home: string;
let ports: { port: number; uiPort: number };
let temporal: TemporalService | undefined;
let gateways: TestGateway[];

beforeAll(async () => {
  database = await startTestDatabase();
  home = await mkdtemp(path.join(tmpdir(), 'aura-outbox-'));
  ports = { port: await lastingPort(), uiPort: await lastingPort() };
  const options = { temporalAddress: `127.0.0.1:${ports.port}`, timing: { outboxPollMs: 2_000 } };
  gateways = await Promise.all([1, 2].map(() => startTestGateway(database.url, options)));
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await temporal?.stop();
  await database.stop();
  await removeHome(home);
});

const generate = (gateway: number, brief: string) =>
  postJson(`${gateways[gateway]!.url}/api/videos/generate`, { brief });

async function untilDelivered(withinMs: number): Promise<number> {
  const before = performance.now();
  while ((await database.database.outbox.count()) > 0) {
    if (performance.now() - before > withinMs) throw new Error('the outbox does not become empty');
    await sleep(20);
  }
  return performance.now() - before;
}

test('jobs that were accepted while Temporal was down begin within 10 s of its return, once', async () => {
  const accepted = await Promise.all(
    Array.from({ length: 30 }, (_, n) => generate(n % 2, `brief ${n}`)),
  );
  expect(accepted.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 202));
  const canceled = accepted[0]!.json.jobId;
  const cancel = await send(`${gateways[0]!.url}/api/videos/${canceled}/cancel`, {
    method: 'POST',
  });
  expect(cancel.status).toBe(200);
  await sleep(1_500);
  expect(await database.database.outbox.count()).toBe(31);

  temporal = await startTemporal({ home, ...ports });
  await temporal.ready;
  expect(await untilDelivered(10_000)).toBeLessThan(10_000);

  const connection = await Connection.connect({ address: temporal.address });
  const { workflow } = new Client({ connection, namespace: 'aura' });
  for (const { json } of accepted) {
    const { type, taskQueue, memo, status, ...described } = await workflow
      .getHandle(workflowIdOf(json.jobId))
      .describe();
    expect([type, taskQueue, status.name]).toEqual([MAKE_VIDEO, QUEUES.workflows, 'RUNNING']);
    expect(memo).toMatchObject({ videoId: json.jobId, correlationId: json.correlationId });
    expect(described.searchAttributes['AuraTenant']).toEqual(['local']);
    expect(await described.staticSummary()).toMatch(/^brief \d+ · 60 s · 16:9 · standard$/);
  }
  const { events } = await workflow.getHandle(workflowIdOf(canceled)).fetchHistory();
  expect(events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes)).toBe(true);
  await connection.close();

  const before = performance.now();
  await generate(0, 'while it is up');
  await untilDelivered(1_000);
  expect(performance.now() - before).toBeLessThan(1_000);
  const { json: ready } = await send(`${gateways[0]!.url}/health/ready`);
  expect(ready.details.Dependencies).toBe(
    'no worker serves workflows, record, script, voice, visuals, compose-cpu',
  );
});
