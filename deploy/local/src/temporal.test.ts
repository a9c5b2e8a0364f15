import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '@aura/proto';
import { freePort } from './ports.js';
import { commandOf } from './processes.js';
import { startTemporal } from './temporal.js';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'aura-temporal-'));
});

afterAll(() => rm(home, { recursive: true }));

test('the namespace keeps histories for 30 days and knows our attributes, also after kill -9', async () => {
  const first = await start();
  expect(await namespaceOf(first.address)).toMatchObject({ retentionSeconds: 2_592_000 });
  process.kill(first.pid, 'SIGKILL');
  await first.exited;

  const second = await start();
  const { retentionSeconds, attributes } = await namespaceOf(second.address);
  expect(retentionSeconds).toBe(2_592_000);
  expect(attributes).toEqual(expect.arrayContaining(Object.values(SEARCH_ATTRIBUTES)));
  expect((await fetch(second.uiUrl)).status).toBe(200);
  await second.stop();
  expect(await commandOf(second.pid)).toBeUndefined();
}, 120_000);

async function start() {
  const service = await startTemporal({ home, port: await freePort(), uiPort: await freePort() });
  await service.ready;
  return service;
}

async function namespaceOf(address: string) {
  const connection = await Connection.connect({ address });
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'aura' });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: 'aura',
    });
    return {
      retentionSeconds: Number(config?.workflowExecutionRetentionTtl?.seconds),
      attributes: Object.keys(customAttributes),
    };
  } finally {
    await connection.close();
  }
}
