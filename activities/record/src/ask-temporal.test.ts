import { expect, test } from 'vitest';
import { getEventListeners, once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { askTemporal } from './ask-temporal.js';

test('a signal that lives as long as the process gathers no listeners, however often Temporal is asked', async () => {
  const connection = Connection.lazy({ address: '127.0.0.1:9' });
  const client = new Client({ connection });
  const { signal } = new AbortController();
  for (let times = 0; times < 3; times += 1) {
    const asked = askTemporal(client, { withinMs: 20, signal }, () =>
      client.workflowService.describeNamespace({ namespace: 'aura' }),
    );
    await expect(asked).rejects.toThrow();
  }
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  await connection.close();
});

test('the signal breaks a question off that a frozen server leaves unanswered', async () => {
  const sockets: Socket[] = [];
  const frozen = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(frozen, 'listening');
  const { port } = frozen.address() as AddressInfo;
  const connection = Connection.lazy({ address: `127.0.0.1:${port}`, connectTimeout: 30_000 });
  const client = new Client({ connection });
  const stopping = new AbortController();
  setTimeout(() => stopping.abort(), 100);
  const begin = Date.now();
  const asked = askTemporal(client, { withinMs: 15_000, signal: stopping.signal }, () =>
    client.workflowService.describeNamespace({ namespace: 'aura' }),
  );
  await expect(asked).rejects.toThrow();
  expect(Date.now() - begin).toBeLessThan(10_000);
  await connection.close();
  for (const socket of sockets) socket.destroy();
  frozen.close();
}, 120_000);
